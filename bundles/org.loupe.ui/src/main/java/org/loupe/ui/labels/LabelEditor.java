package org.loupe.ui.labels;

import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

/** A field over a place in a view, in which a person writes a label: Enter takes it, Escape or a click elsewhere leaves it. */
public final class LabelEditor {

    private static final int NARROWEST = 150;

    private LabelEditor() {
    }

    /**
     * Opens the field.
     *
     * @param place   where in the control, in its own points
     * @param text    what is written so far
     * @param written receives what the person has written
     */
    public static void open(Control control, Rectangle place, String text, Consumer<String> written) {
        Shell shell = new Shell(control.getShell(), SWT.TOOL | SWT.NO_TRIM);
        GridLayoutFactory.fillDefaults().applyTo(shell);
        Text field = new Text(shell, SWT.SINGLE | SWT.BORDER);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(field);
        field.setText(text);
        field.setMessage("What is it?");
        field.selectAll();
        field.addKeyListener(KeyListener.keyPressedAdapter(event -> {
            if (event.keyCode == SWT.CR || event.keyCode == SWT.KEYPAD_CR) {
                event.doit = false;
                String now = field.getText();
                close(shell, control);
                written.accept(now);
            } else if (event.keyCode == SWT.ESC) {
                event.doit = false;
                close(shell, control);
            }
        }));
        shell.addListener(SWT.Deactivate, event -> shell.close());
        hideToolTip(control);
        shell.pack();
        Point at = control.toDisplay(place.x, place.y);
        int width = Math.max(place.width, NARROWEST);
        Rectangle screen = control.getMonitor().getClientArea();
        shell.setBounds(Math.max(screen.x, Math.min(at.x, screen.x + screen.width - width)), at.y, width, shell.getSize().y);
        shell.open();
        field.setFocus();
    }

    /** It would cover the field; it is there again when the pointer moves. */
    private static void hideToolTip(Control control) {
        String tip = control.getToolTipText();
        control.setToolTipText(null);
        control.addListener(SWT.MouseMove, new Listener() {
            @Override
            public void handleEvent(Event moved) {
                control.removeListener(SWT.MouseMove, this);
                if (control.getToolTipText() == null) {
                    control.setToolTipText(tip);
                }
            }
        });
    }

    private static void close(Shell shell, Control back) {
        shell.close();
        if (!back.isDisposed()) {
            back.setFocus();
        }
    }
}
