package org.loupe.rcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;

/** Tells the versions of everything that may matter, and copies them for a message to somebody. */
final class AboutDialog extends Dialog {

    private static final int COPY = IDialogConstants.CLIENT_ID;
    private static final int WIDTH = 560;

    private final Laboratory laboratory;
    private final Network network;
    private Text facts;

    /** @param network what is looked at, or {@code null} */
    AboutDialog(Shell parent, Laboratory laboratory, Network network) {
        super(parent);
        this.laboratory = laboratory;
        this.network = network;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("About Loupe");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(16, 16).spacing(16, 12).applyTo(area);
        Label icon = new Label(area, SWT.NONE);
        icon.setImage(new LocalResourceManager(JFaceResources.getResources(), area).create(
                ResourceLocator.imageDescriptorFromBundle("org.loupe.rcp", "icons/loupe64.png").orElseThrow()));
        Label title = new Label(area, SWT.WRAP);
        title.setText("Loupe opens a trained image network and shows what its neurons do.\n"
                + "It keeps everything on this machine and sends nothing to anybody.");
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(title);
        facts = new Text(area, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.WRAP | SWT.V_SCROLL);
        GridDataFactory.fillDefaults().span(2, 1).grab(true, true).hint(WIDTH, SWT.DEFAULT).applyTo(facts);
        facts.setText(text("being looked up"));
        CompletableFuture.supplyAsync(this::engine).thenAccept(engine -> parent.getDisplay().asyncExec(() -> {
            if (!facts.isDisposed()) {
                facts.setText(text(engine));
            }
        }));
        return area;
    }

    private String engine() {
        try {
            Engine engine = laboratory.engine();
            return engine.name() + ": " + engine.description();
        } catch (EngineException e) {
            return "none. " + e.getMessage();
        }
    }

    private String text(String engine) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("Loupe", Laboratory.version());
        lines.put("Engine", engine);
        lines.put("Network", network == null ? "none selected"
                : network.name() + ", " + network.parameters() + " parameters, SHA-256 " + laboratory.hash(network));
        lines.put("Study", laboratory.study().folder().toString());
        lines.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        lines.put("SWT", SWT.getPlatform() + " " + SWT.getVersion() + (System.getProperty(
                "org.eclipse.swt.internal.gtk.version") == null ? "" : ", GTK " + System.getProperty(
                        "org.eclipse.swt.internal.gtk.version")));
        lines.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        return lines.entrySet().stream().map(line -> line.getKey() + ": " + line.getValue())
                .collect(Collectors.joining("\n"));
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, COPY, "Copy", false);
        createButton(parent, IDialogConstants.OK_ID, IDialogConstants.CLOSE_LABEL, true);
    }

    @Override
    protected void buttonPressed(int button) {
        if (button == COPY) {
            Clipboard clipboard = new Clipboard(getShell().getDisplay());
            clipboard.setContents(new Object[] {facts.getText()}, new Transfer[] {TextTransfer.getInstance()});
            clipboard.dispose();
        } else {
            super.buttonPressed(button);
        }
    }
}
