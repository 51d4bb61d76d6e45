package org.loupe.ui.tests;

import java.nio.file.Path;
import org.eclipse.swt.dnd.DND;
import org.eclipse.swt.dnd.DropTarget;
import org.eclipse.swt.dnd.DropTargetEvent;
import org.eclipse.swt.dnd.FileTransfer;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;

/** What SWT sends when files are dropped. */
final class Drops {

    private Drops() {
    }

    static DropTargetEvent of(DropTarget target, Path file) {
        Event event = new Event();
        event.widget = target.getControl();
        event.display = Display.getCurrent();
        DropTargetEvent drop = Events.of(event, target);
        drop.detail = DND.DROP_COPY;
        drop.currentDataType = FileTransfer.getInstance().getSupportedTypes()[0];
        drop.data = new String[] {file.toString()};
        return drop;
    }

    /** The only way to such an event is reflection, for SWT makes them from native ones. */
    private static final class Events {
        static DropTargetEvent of(Event event, DropTarget target) {
            try {
                Class<?> type = Class.forName("org.eclipse.swt.dnd.DNDEvent", true, DropTargetEvent.class.getClassLoader());
                var constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                Event made = (Event) constructor.newInstance();
                made.widget = target;
                made.display = event.display;
                var making = DropTargetEvent.class.getDeclaredConstructor(type);
                making.setAccessible(true);
                return making.newInstance(made);
            } catch (ReflectiveOperationException changed) {
                throw new AssertionError("SWT makes its events in another way now", changed);
            }
        }
    }
}
