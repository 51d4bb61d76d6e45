package org.loupe.ui.network;

import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.OperationCanceledException;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchWindow;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.Preparation;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;

/**
 * Shows what is known of a network's file, lets a person say what it wants to be shown, and checks whether engines
 * agree about it. Finishing keeps the network in the study as it was set.
 */
public final class InputWizard extends Wizard {

    private final IWorkbench workbench;
    private final OpenedNetwork opened;
    private OpenedNetwork sized;
    private final InputPage input;
    private final CheckPage check;

    /** A wizard for a network; changes nothing before it is finished. */
    public InputWizard(IWorkbench workbench, OpenedNetwork opened) {
        this.workbench = workbench;
        this.opened = opened;
        this.sized = opened;
        this.input = new InputPage(opened);
        this.check = new CheckPage(workbench.getService(Laboratory.class));
        setWindowTitle("Input and Check of " + opened.network());
        setNeedsProgressMonitor(true);
        setDialogSettings(null);
    }

    /** Opens the wizard in front of the active window. */
    public static WizardDialog open(IWorkbench workbench, OpenedNetwork opened) {
        IWorkbenchWindow window = workbench.getActiveWorkbenchWindow() == null ? workbench.getWorkbenchWindows()[0]
                : workbench.getActiveWorkbenchWindow();
        return open(window.getShell(), workbench, opened);
    }

    private static WizardDialog open(Shell shell, IWorkbench workbench, OpenedNetwork opened) {
        WizardDialog dialog = new WizardDialog(shell, new InputWizard(workbench, opened));
        dialog.setPageSize(780, 510);
        dialog.setBlockOnOpen(false);
        dialog.open();
        return dialog;
    }

    @Override
    public void addPages() {
        addPage(input);
        addPage(check);
    }

    /** What is chosen now. */
    InputChoice choice() {
        return input.choice();
    }

    /** The network as it is set now, read again where its size was changed; nothing when that was stopped or failed. */
    Optional<Network> chosen() {
        InputChoice choice = input.choice();
        Network network = sized.network();
        if (choice.rows() != network.input().shape().rows() || choice.columns() != network.input().shape().columns()) {
            try {
                getContainer().run(true, true, monitor -> {
                    monitor.beginTask("Reading " + opened.network() + " for the new size", -1);
                    String file = opened.file().map(Object::toString).orElse(opened.network().name());
                    try {
                        sized = NetworkFiles.read(() -> workbench.getService(Laboratory.class).open(file, choice), monitor);
                    } catch (OperationCanceledException stopped) {
                        throw new InterruptedException();
                    }
                });
            } catch (InvocationTargetException problem) {
                input.setErrorMessage(problem.getCause().getMessage());
                return Optional.empty();
            } catch (InterruptedException stopped) {
                return Optional.empty();
            }
        }
        Preparation preparation = choice.preparation().orElseThrow();
        return Optional.of(Preparation.of(sized.network()).equals(preparation) ? sized.network()
                : preparation.applied(sized.network()));
    }

    @Override
    public boolean canFinish() {
        return input.isPageComplete();
    }

    @Override
    public boolean performFinish() {
        Optional<Network> network = check.network().or(this::chosen);
        if (network.isEmpty()) {
            return false;
        }
        OpenedNetwork confirmed = opened.confirmed(network.get());
        check.found().ifPresent(found -> NetworkStates.of(workbench).found(network.get(), found));
        Job job = Job.create("Copy " + network.get() + " into the study",
                (ICoreRunnable) monitor -> NetworkFiles.keep(workbench, confirmed));
        job.setUser(true);
        job.schedule();
        return true;
    }
}
