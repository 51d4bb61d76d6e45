package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.core.runtime.IPath;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.ui.IEditorDescriptor;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.progress.IProgressConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Preparation;
import org.loupe.platform.CheckJob;
import org.loupe.platform.OpenedNetwork;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.network.InputWizard;
import org.loupe.ui.network.NetworkFiles;
import org.loupe.ui.network.NetworkLauncher;
import org.loupe.ui.network.NetworkStates;
import org.loupe.ui.network.NetworkStates.Kind;
import org.loupe.ui.network.NetworkView;
import org.loupe.ui.widgets.PictureCanvas;

/** How a person's own file becomes a network that is ready. */
class OpeningTest {

    @TempDir
    Path folder;

    @AfterEach
    void agreeAgain() {
        WrongEngine.rest();
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name + ".loupe");
        NetworkFile.write(TinyNetwork.of(name, name.hashCode()), file);
        return file;
    }

    private static Optional<Network> kept(String name) {
        return Bench.laboratory().networks().stream().filter(network -> network.name().equals(name)).findFirst();
    }

    private static Network untilKept(String name) {
        Ui.until(name + " is in the study", () -> kept(name).isPresent());
        return kept(name).orElseThrow();
    }

    private static NetworkStates states() {
        return NetworkStates.of(PlatformUI.getWorkbench());
    }

    private static void untilIs(Network network, Kind kind) {
        Ui.until(network + " is " + kind, () -> states().of(network).kind() == kind,
                () -> states().of(network).toString());
    }

    /** The network, or the layer of it that the wall shows. */
    private static void untilSelected(NetworkView view, Network network) {
        Ui.until("the network is selected", () -> ((IStructuredSelection) view.getSite().getSelectionProvider()
                .getSelection()).toList().stream().anyMatch(selected -> selected == network
                        || selected instanceof LayerInNetwork layer && layer.network() == network),
                () -> view.getSite().getSelectionProvider().getSelection().toString());
    }

    /** To its end, for what comes later would disturb the next test. */
    private static Network untilOpened(NetworkView view, String name) {
        Network network = untilKept(name);
        untilSelected(view, network);
        untilIs(network, Kind.READY);
        return network;
    }

    @Test
    void aFileIsReadCheckedAndShownAsReady() throws IOException {
        NetworkView view = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        new NetworkFiles(PlatformUI.getWorkbench(), List.of(file("opened"))).schedule();
        Network network = untilOpened(view, "opened");
        assertTrue(states().of(network).about().startsWith("Checked: the largest difference is "),
                states().of(network).about());
        assertTrue(Bench.laboratory().verdict(network).isPresent());
    }

    @Test
    void aNetworkThatEnginesDoNotAgreeAboutIsShownAsOff() throws IOException {
        NetworkView view = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        WrongEngine.wrongAbout("suspicious");
        new NetworkFiles(PlatformUI.getWorkbench(), List.of(file("suspicious"))).schedule();
        Network network = untilKept("suspicious");
        untilIs(network, Kind.OFF);
        assertEquals("off at shapes.pre", states().of(network).text());
        Tree tree = Ui.the(Ui.content(view), Tree.class, one -> true);
        Ui.until("the tree says so", () -> List.of(tree.getItems()).stream()
                .anyMatch(item -> item.getText().equals("suspicious – off at shapes.pre")),
                () -> List.of(tree.getItems()).toString());
        untilSelected(view, network);
    }

    @Test
    void aFileThatIsDroppedIsOpened() throws IOException {
        Path file = file("dropped");
        NetworkView view = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        for (Control control : List.of(Ui.shell(), Ui.the(Ui.content(view), Tree.class, one -> true))) {
            DropTarget target = (DropTarget) control.getData(DND.DROP_TARGET_KEY);
            assertTrue(target != null && target.getDropListeners().length == 1, control + " takes drops");
        }
        DropTarget target = (DropTarget) Ui.shell().getData(DND.DROP_TARGET_KEY);
        DropTargetListener listener = target.getDropListeners()[0];
        listener.drop(Drops.of(target, file));
        untilOpened(view, "dropped");
    }

    @Test
    void aDoubleClickInAProjectOpensTheFile() throws IOException {
        Path file = file("clicked");
        IEditorDescriptor editor = PlatformUI.getWorkbench().getEditorRegistry().getDefaultEditor("resnet.onnx",
                Platform.getContentTypeManager().findContentTypeFor("resnet.onnx"));
        assertEquals("org.loupe.ui.networkLauncher", editor.getId());
        NetworkView view = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        new NetworkLauncher().open(IPath.fromOSString(file.toString()));
        untilOpened(view, "clicked");
    }

    @Test
    void aBrokenFileIsToldWithItsNameAndNothingIsLost() throws IOException {
        Path file = file("broken");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        List<Network> before = Bench.laboratory().networks();
        NetworkFiles job = new NetworkFiles(PlatformUI.getWorkbench(), List.of(file));
        job.setUser(false);
        job.setProperty(IProgressConstants.NO_IMMEDIATE_ERROR_PROMPT_PROPERTY, true);
        job.schedule();
        Ui.until("the job has ended", () -> job.getResult() != null);
        assertEquals(IStatus.ERROR, job.getResult().getSeverity());
        assertTrue(job.getResult().getMessage().contains(file + " is cut off"), job.getResult().getMessage());
        assertEquals(before, Bench.laboratory().networks());
    }

    @Test
    void anUncheckedNetworkIsSaidToBeOneUntilItIsChecked() throws IOException {
        NetworkView view = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        Network network = Bench.add(TinyNetwork.of("unchecked", 77));
        untilIs(network, Kind.UNCHECKED);
        untilSelected(view, network);
        Ui.page().activate(view);
        Ui.run(LoupeUi.CHECK);
        untilIs(network, Kind.READY);
    }

    /** A wizard on a network whose colours nobody knows. */
    private WizardDialog wizard(String name) throws IOException {
        Path file = file(name);
        NetworkReading reading = new NetworkReading(NetworkFile.read(file), Certainty.UNKNOWN, Certainty.GUESSED,
                List.of("Nothing says how colours become numbers."));
        WizardDialog dialog = InputWizard.open(PlatformUI.getWorkbench(), new OpenedNetwork(reading, "Test",
                Optional.of(file)));
        Ui.settle();
        return dialog;
    }

    private static void press(WizardDialog dialog, String label) {
        Button button = Ui.the(dialog.getShell(), Button.class, one -> one.getText().replace("&", "").startsWith(label));
        assertTrue(button.isEnabled(), label);
        Ui.press(button);
    }

    @Test
    void theWizardShowsWhatTheNetworkSeesAndKeepsWhatIsChosen() throws IOException {
        NetworkView view = Ui.open(LoupeUi.NETWORK, NetworkView.class);
        WizardDialog dialog = wizard("questioned");
        Shell shell = dialog.getShell();
        String texts = Ui.texts(shell);
        assertTrue(texts.contains("Not known: nothing says so."), texts);
        Ui.until("the picture is shown as the network sees it", () -> Ui.all(shell, PictureCanvas.class).stream()
                .filter(canvas -> canvas.picture() != null).count() == 2);
        Combo colours = Ui.the(shell, Combo.class, combo -> true);
        choose(colours, "caffe");
        Ui.until("the ranges are those of the choice", () -> Ui.texts(shell).contains("blue: -"), () -> Ui.texts(shell));
        Ui.screenshot(shell, "wizard-input");
        press(dialog, "Next");
        Table table = Ui.the(shell, Table.class, one -> true);
        Ui.until("the check is there", () -> Ui.texts(shell).contains("Agrees: the largest difference"),
                () -> Ui.texts(shell));
        assertEquals("gradient of the largest output", table.getItem(table.getItemCount() - 1).getText(0));
        Ui.screenshot(shell, "wizard-check");
        press(dialog, "Finish");
        Network network = untilOpened(view, "questioned");
        assertEquals("caffe", Preparation.of(network).toString());
        assertFalse(Bench.laboratory().opened(network).orElseThrow().isGuessed());
    }

    private static void choose(Combo combo, String beginning) {
        for (int i = 0; i < combo.getItemCount(); i++) {
            if (combo.getItem(i).startsWith(beginning)) {
                combo.select(i);
                combo.notifyListeners(SWT.Selection, new Event());
                Ui.settle();
                return;
            }
        }
        throw new AssertionError("There is no choice " + beginning);
    }

    @Test
    void aWizardThatIsCancelledKeepsNothing() throws IOException {
        WizardDialog dialog = wizard("unwanted");
        press(dialog, "Next");
        press(dialog, "Cancel");
        assertTrue(dialog.getShell() == null || dialog.getShell().isDisposed());
        assertTrue(kept("unwanted").isEmpty());
        assertTrue(List.of(Job.getJobManager().find(null)).stream().noneMatch(job -> job.getName().contains("unwanted")
                && job.getState() == Job.WAITING));
    }

    @Test
    void aWizardThatIsClosedWhileItChecksDisturbsNothing() throws IOException {
        List<IStatus> errors = new CopyOnWriteArrayList<>();
        JobChangeAdapter watch = new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                if (event.getJob() instanceof CheckJob && event.getResult().getSeverity() == IStatus.ERROR) {
                    errors.add(event.getResult());
                }
            }
        };
        Job.getJobManager().addJobChangeListener(watch);
        try {
            for (int time = 0; time < 5; time++) {
                WizardDialog dialog = wizard("left" + time);
                press(dialog, "Next");
                dialog.close();
                Ui.until("the check has ended", () -> List.of(Job.getJobManager().find(null)).stream()
                        .noneMatch(CheckJob.class::isInstance));
                Ui.settle();
            }
        } finally {
            Job.getJobManager().removeJobChangeListener(watch);
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void colourNumbersThatMakeNoSenseCannotBeFinished() throws IOException {
        WizardDialog dialog = wizard("senseless");
        try {
            Composite shell = dialog.getShell();
            choose(Ui.the(shell, Combo.class, combo -> true), "other");
            Text text = Ui.the(shell, Text.class,
                    one -> one.getText().startsWith("mean"));
            text.setText("mean 1,2");
            Ui.settle();
            assertTrue(dialog.getCurrentPage().getErrorMessage().contains("does not say how to prepare pictures"),
                    dialog.getCurrentPage().getErrorMessage());
            assertFalse(Ui.button(shell, "&Finish").isEnabled());
        } finally {
            dialog.close();
        }
    }
}
