package org.loupe.ui.circuits;

import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;

/** One change of a circuit, for the history of what can be undone. */
final class CircuitOperation extends AbstractOperation {

    private final Runnable forth;
    private final Runnable back;

    CircuitOperation(String words, Runnable forth, Runnable back) {
        super(words);
        this.forth = forth;
        this.back = back;
    }

    @Override
    public IStatus execute(IProgressMonitor monitor, IAdaptable info) {
        forth.run();
        return Status.OK_STATUS;
    }

    @Override
    public IStatus redo(IProgressMonitor monitor, IAdaptable info) {
        return execute(monitor, info);
    }

    @Override
    public IStatus undo(IProgressMonitor monitor, IAdaptable info) {
        back.run();
        return Status.OK_STATUS;
    }
}
