package org.loupe.ui.jobs;

import java.util.Optional;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;

/** Reads pictures from the store, in the order of the queue. */
final class StoreReader extends Job {

    private final PictureQueue queue;

    StoreReader(PictureQueue queue) {
        super("Pictures from the store");
        this.queue = queue;
        setSystem(true);
        setPriority(SHORT);
    }

    @Override
    protected IStatus run(IProgressMonitor monitor) {
        Optional<PictureRequest> next = queue.nextUnread();
        while (next.isPresent()) {
            queue.read(next.get());
            next = queue.nextUnread();
        }
        return Status.OK_STATUS;
    }
}
