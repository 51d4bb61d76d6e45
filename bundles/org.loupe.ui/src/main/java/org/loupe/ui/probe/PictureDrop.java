package org.loupe.ui.probe;

import java.util.function.Consumer;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetAdapter;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.dnd.ImageTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;

/** Takes pictures that are dropped or pasted: files, pixels, or the name of a picture of a set such as drawn:17. */
final class PictureDrop extends DropTargetAdapter {

    private final Consumer<ProbeSource> show;

    private PictureDrop(Consumer<ProbeSource> show) {
        this.show = show;
    }

    /** Lets pictures be dropped on a control. */
    static void attach(Control control, Consumer<ProbeSource> show) {
        DropTarget target = new DropTarget(control, DND.DROP_COPY | DND.DROP_DEFAULT | DND.DROP_MOVE | DND.DROP_LINK);
        target.setTransfer(FileTransfer.getInstance(), ImageTransfer.getInstance(), TextTransfer.getInstance());
        target.addDropListener(new PictureDrop(show));
    }

    /** Takes what is on the clipboard; returns whether that can be a picture. */
    static boolean paste(Display display, Consumer<ProbeSource> show) {
        Clipboard clipboard = new Clipboard(display);
        try {
            Object found = clipboard.getContents(ImageTransfer.getInstance());
            found = found != null ? found : clipboard.getContents(FileTransfer.getInstance());
            return take(found != null ? found : clipboard.getContents(TextTransfer.getInstance()), show);
        } finally {
            clipboard.dispose();
        }
    }

    private static boolean take(Object found, Consumer<ProbeSource> show) {
        if (found instanceof String[] files && files.length > 0) {
            show.accept(new ProbeSource.Named(files[0]));
        } else if (found instanceof ImageData picture) {
            show.accept(new ProbeSource.Pasted(picture));
        } else if (found instanceof String text && !text.isBlank()) {
            show.accept(new ProbeSource.Named(text.strip().lines().findFirst().orElse("")));
        } else {
            return false;
        }
        return true;
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
        take(event.data, show);
    }
}
