package org.loupe.ui.labels;

import org.eclipse.core.commands.operations.AbstractOperation;
import org.eclipse.core.runtime.IAdaptable;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.loupe.core.annotation.Edit;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;

/** One thing that a person has written, for the history of what can be undone. */
final class AnnotationOperation extends AbstractOperation {

    private final Laboratory laboratory;
    private final Network network;
    private final Runnable store;
    private Edit next;

    /** @param store is called behind each change */
    AnnotationOperation(Laboratory laboratory, Network network, Edit edit, Runnable store) {
        super(edit.words());
        this.laboratory = laboratory;
        this.network = network;
        this.next = edit;
        this.store = store;
    }

    @Override
    public IStatus execute(IProgressMonitor monitor, IAdaptable info) {
        next = laboratory.annotations().change(network, next);
        store.run();
        return Status.OK_STATUS;
    }

    @Override
    public IStatus redo(IProgressMonitor monitor, IAdaptable info) {
        return execute(monitor, info);
    }

    @Override
    public IStatus undo(IProgressMonitor monitor, IAdaptable info) {
        return execute(monitor, info);
    }
}
