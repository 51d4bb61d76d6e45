package org.loupe.ui.examples;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.network.Network;
import org.loupe.core.picture.PictureSet;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.store.StoreException;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;

/** Asks which pictures a network is to be asked with, and says at once what there is in a folder, archive or list. */
final class PictureChooser extends TitleAreaDialog {

    private static final int WIDTH = 360;

    private final Laboratory laboratory;
    private final Network network;
    private final Optional<String> before;
    private Text place;
    private Lookup<String, Counted> lookup;
    private String chosen = "";

    /** What there is in a place, or why nothing can be read there. */
    private record Counted(String words, boolean isUsable) {
    }

    private PictureChooser(Shell parent, Laboratory laboratory, Network network) {
        super(parent);
        this.laboratory = laboratory;
        this.network = network;
        this.before = laboratory.picturesOf(network);
        setHelpAvailable(false);
    }

    /** Asks, remembers in the study what is chosen, and tells all views. */
    static void choose(Shell parent, Laboratory laboratory, Network network) {
        PictureChooser chooser = new PictureChooser(parent, laboratory, network);
        if (chooser.open() == OK) {
            IEventBroker events = PlatformUI.getWorkbench().getService(IEventBroker.class);
            String place = chooser.chosen;
            Job.create("Remember the pictures for " + network, (ICoreRunnable) monitor -> {
                try {
                    laboratory.choosePictures(network, place);
                } catch (StoreException problem) {
                    throw new CoreException(Status.error(problem.getMessage(), problem));
                }
                events.post(LoupeUi.PICTURES_CHOSEN, network);
            }).schedule();
        }
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Choose Pictures");
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle("Pictures for " + network);
        setMessage("Which pictures is the network to be shown? They are only read.");
        Composite body = new Composite((Composite) super.createDialogArea(parent), SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(10, 10).numColumns(3).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        List<Registered<Supplier<PictureSet>>> bundled = laboratory.registry().pictureSets();
        for (Registered<Supplier<PictureSet>> set : bundled) {
            Button button = button(body, set.name() + " (comes with Loupe)", () -> place.setText(set.shortName()));
            GridDataFactory.swtDefaults().span(3, 1).applyTo(button);
            button.setToolTipText(set.description());
        }
        Label label = new Label(body, SWT.NONE);
        label.setText("Name, folder, archive or list:");
        GridDataFactory.swtDefaults().span(3, 1).applyTo(label);
        place = new Text(body, SWT.BORDER);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(WIDTH, SWT.DEFAULT).applyTo(place);
        button(body, "Folder…", this::folder);
        button(body, "Archive or list…", this::file);
        lookup = new Lookup<>("pictures in a place", body.getDisplay(), this::count, this::counted,
                problem -> setErrorMessage(problem.getMessage()));
        body.addDisposeListener(event -> lookup.close());
        return body;
    }

    @Override
    protected Control createContents(Composite parent) {
        Control contents = super.createContents(parent);
        place.addModifyListener(event -> ask());
        place.setText(before.orElse(""));
        ask();
        return contents;
    }

    private static Button button(Composite parent, String label, Runnable action) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(label);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> action.run()));
        return button;
    }

    private void folder() {
        DirectoryDialog dialog = new DirectoryDialog(getShell());
        dialog.setMessage("A folder of pictures; its sub-folders are classes.");
        Optional.ofNullable(dialog.open()).ifPresent(place::setText);
    }

    private void file() {
        FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setFilterExtensions(new String[] {"*.zip;*.csv;*.tsv;*.json", "*"});
        dialog.setFilterNames(new String[] {"Archives and lists of pictures", "All files"});
        Optional.ofNullable(dialog.open()).ifPresent(place::setText);
    }

    private void ask() {
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        setErrorMessage(null);
        chosen = place.getText().strip();
        if (!chosen.isEmpty()) {
            setMessage("Looking what is there…");
            lookup.ask(chosen);
        }
    }

    /** What there is, in words; in the background. */
    private Counted count(String where) {
        PictureSet set;
        try {
            set = laboratory.pictures(where);
        } catch (IllegalArgumentException | UncheckedIOException problem) {
            return new Counted(problem.getMessage(), false);
        }
        if (set.pictures().isEmpty()) {
            return new Counted("There are no pictures in " + where + " that could be read.", false);
        }
        return new Counted(String.format(Locale.ROOT, "%,d pictures", set.pictures().size())
                + (set.classes().isEmpty() ? ", without classes" : " of " + set.classes().size() + " classes")
                + (set.unreadable().isEmpty() ? "" : "; " + set.unreadable().size() + " files cannot be read"), true);
    }

    private void counted(Counted counted) {
        if (counted.isUsable) {
            setMessage(counted.words + ".");
            getButton(IDialogConstants.OK_ID).setEnabled(true);
        } else {
            setErrorMessage(counted.words);
        }
    }
}
