package org.loupe.ui.labels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExecutableExtension;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.HandlerUtil;
import org.loupe.core.annotation.AnnotationText;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.widgets.ExportedFile;

/**
 * Takes what is written about the units of the selected network out of the study, {@code :export}, or takes in what
 * others have written, {@code :import}, which can be undone as one step.
 */
public final class LabelFileHandler extends AbstractHandler implements IExecutableExtension {

    private static final String IMPORT = "import";
    private static final String[] PATTERNS = {"*" + AnnotationText.EXTENSION, "*.tsv", "*"};
    private static final String[] NAMES = {"Labels, families and notes", "Tables", "All files"};

    private boolean isImport;

    @Override
    public void setInitializationData(IConfigurationElement element, String property, Object data) {
        isImport = IMPORT.equals(data);
    }

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        Object selected = HandlerUtil.getCurrentStructuredSelection(event).getFirstElement();
        Network network = selected instanceof LayerInNetwork layer ? layer.network()
                : selected instanceof UnitInNetwork unit ? unit.network() : (Network) selected;
        Shell shell = HandlerUtil.getActiveShellChecked(event);
        Laboratory laboratory = HandlerUtil.getActiveWorkbenchWindowChecked(event).getService(Laboratory.class);
        if (isImport) {
            take(shell, laboratory, network);
        } else {
            export(shell, laboratory, network);
        }
        return null;
    }

    private static void export(Shell shell, Laboratory laboratory, Network network) {
        Annotations own = Labels.of(PlatformUI.getWorkbench()).known(network).own();
        if (own.isEmpty()) {
            MessageDialog.openInformation(shell, "Export Labels", "Nothing is written about " + network.name()
                    + " yet. F2 names the selected units, Add to Family… groups them.");
            return;
        }
        FileDialog dialog = dialog(shell, SWT.SAVE, "Export Labels, Families and Notes");
        dialog.setFileName(network.name().replaceAll("[^\\p{L}\\p{N}.,_-]+", "-") + AnnotationText.EXTENSION);
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            new ExportedFile(Path.of(chosen), AnnotationText.write(laboratory.hash(network), network.name(), own)
                    .getBytes(StandardCharsets.UTF_8)).write("labels");
        }
    }

    private static void take(Shell shell, Laboratory laboratory, Network network) {
        String chosen = dialog(shell, SWT.OPEN, "Import Labels, Families and Notes").open();
        if (chosen == null) {
            return;
        }
        Path file = Path.of(chosen);
        Display display = shell.getDisplay();
        Job job = Job.create("Import labels", (ICoreRunnable) monitor -> {
            AnnotationText.Read read;
            Edit.Several edits;
            try {
                read = AnnotationText.read(AnnotationText.text(file));
                edits = read.taking(network, laboratory.annotations().known(network).own());
            } catch (IOException | RuntimeException problem) {
                throw new CoreException(Status.error("Nothing was taken in from " + file + ". " + problem.getMessage(), problem));
            }
            boolean isOther = !read.network().isEmpty() && !read.network().equals(laboratory.hash(network));
            if (!display.isDisposed()) {
                display.asyncExec(() -> take(shell, file, network, edits, isOther));
            }
        });
        job.setUser(true);
        job.schedule();
    }

    private static void take(Shell shell, Path file, Network network, Edit.Several edits, boolean isOther) {
        if (shell.isDisposed()) {
            return;
        }
        Labels.of(PlatformUI.getWorkbench()).change(network, edits);
        int count = edits.edits().size();
        MessageDialog.openInformation(shell, "Import Labels", (count == 0 ? "Everything in " + file.getFileName()
                + " was there already." : (count == 1 ? "One thing is" : count + " things are")
                + " written about " + network.name() + " now that were not before. Undo takes all of it back at once.")
                + (isOther ? "\n\nThe file was written about a network with the same layers, but other weights or another"
                        + " input." : ""));
    }

    private static FileDialog dialog(Shell shell, int style, String title) {
        FileDialog dialog = new FileDialog(shell, style);
        dialog.setText(title);
        dialog.setFilterExtensions(PATTERNS);
        dialog.setFilterNames(NAMES);
        return dialog;
    }
}
