package org.loupe.ui.widgets;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Text;

/**
 * Stands where something is not: says what would be here and how to get it, or what has failed, with what, and the
 * way on. The stack trace of a failure is one click away.
 */
public final class StateMessage {

    /** Key of {@link #getData(String)} that holds the title, for tests and tools. */
    public static final String TITLE = "org.loupe.ui.stateMessage";

    private static final int WIDTH = 260;
    private static final int TRACE_HEIGHT = 160;

    private final Composite whole;
    private final Composite ways;

    private StateMessage(Composite parent, String title, String text) {
        whole = new Composite(parent, SWT.NONE);
        whole.setData(TITLE, title);
        GridLayoutFactory.swtDefaults().margins(12, 12).spacing(6, 8).applyTo(whole);
        Label heading = new Label(whole, SWT.WRAP);
        heading.setText(title);
        heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        wrapped(heading);
        Label body = new Label(whole, SWT.WRAP);
        body.setText(text);
        wrapped(body);
        ways = new Composite(whole, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).applyTo(ways);
        GridDataFactory.fillDefaults().exclude(true).applyTo(ways);
    }

    /** Says what would be here and how to get it. */
    public static StateMessage empty(Composite parent, String title, String text) {
        return new StateMessage(parent, title, text);
    }

    /**
     * Says what has failed.
     *
     * @param title   what was tried
     * @param problem its message is shown, its stack trace on request
     */
    public static StateMessage error(Composite parent, String title, Throwable problem) {
        StateMessage message = new StateMessage(parent, title, sentence(problem));
        message.addTrace(problem);
        return message;
    }

    /** The whole message. */
    public Composite control() {
        return whole;
    }

    /** Offers a way on. */
    public Button addWay(String label, Runnable way) {
        GridDataFactory.fillDefaults().exclude(false).applyTo(ways);
        Button button = new Button(ways, SWT.PUSH);
        button.setText(label);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> way.run()));
        return button;
    }

    /** The innermost message that a person can read. */
    static String sentence(Throwable problem) {
        String message = problem.getMessage();
        return message == null || message.isBlank() ? problem.getClass().getSimpleName() : message;
    }

    private void addTrace(Throwable problem) {
        Link link = new Link(whole, SWT.NONE);
        link.setText("<a>Details</a>");
        Text trace = new Text(whole, SWT.MULTI | SWT.READ_ONLY | SWT.H_SCROLL | SWT.V_SCROLL | SWT.BORDER);
        StringWriter text = new StringWriter();
        problem.printStackTrace(new PrintWriter(text));
        trace.setText(text.toString());
        trace.setFont(JFaceResources.getTextFont());
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, TRACE_HEIGHT).exclude(true).applyTo(trace);
        trace.setVisible(false);
        Button copy = addWay("Copy details", () -> copy(text.toString()));
        show(copy, false);
        link.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            boolean shown = !trace.getVisible();
            link.setText(shown ? "<a>Hide details</a>" : "<a>Details</a>");
            show(trace, shown);
            show(copy, shown);
            ScrollingPage.fitAround(whole);
        }));
    }

    private static void show(Control control, boolean shown) {
        if (control.getLayoutData() == null) {
            GridDataFactory.swtDefaults().applyTo(control);
        }
        ((GridData) control.getLayoutData()).exclude = !shown;
        control.setVisible(shown);
    }

    private void copy(String text) {
        Clipboard clipboard = new Clipboard(whole.getDisplay());
        try {
            clipboard.setContents(new Object[] {text}, new Transfer[] {TextTransfer.getInstance()});
        } finally {
            clipboard.dispose();
        }
    }

    private static void wrapped(Label label) {
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
    }
}
