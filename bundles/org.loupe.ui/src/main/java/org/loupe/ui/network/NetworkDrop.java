package org.loupe.ui.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.IWorkbench;

/** Opens network files that are dropped on a control, such as the whole window. */
public final class NetworkDrop extends DropTargetAdapter {

    private final IWorkbench workbench;

    private NetworkDrop(IWorkbench workbench) {
        this.workbench = workbench;
    }

    /** Lets files be dropped on a control and on what is in it. */
    public static void attach(IWorkbench workbench, Control control) {
        DropTarget target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT | DND.DROP_MOVE | DND.DROP_LINK);
        target.setTransfer(FileTransfer.getInstance());
        target.addDropListener(new NetworkDrop(workbench));
    }

    @Override
    public void dragEnter(DropTargetEvent event) {
        event.detail = DND.DROP_COPY;
    }

    @Override
    public void dragOperationChanged(DropTargetEvent event) {
        event.detail = DND.DROP_COPY;
    }

    @Override
    public void drop(DropTargetEvent event) {
        if (event.data instanceof String[] files && files.length > 0) {
            List<Path> paths = Arrays.stream(files).map(Path::of).toList();
            new NetworkFiles(workbench, paths).schedule();
        }
    }
}
