package org.loupe.ui.results;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/** Offers some work and says what it costs; while it is done, says how far it is and stops it on request. */
public final class AskBar {

    private static final int PARTS = 1000;
    private static final int WIDTH = 110;

    private final Composite whole;
    private final Composite offering;
    private final Button ask;
    private final Composite working;
    private final ProgressBar bar;
    private final Label done;
    private final Button cancel;
    private Runnable asked = () -> { };
    private Runnable cancelled = () -> { };

    /** Makes one that offers nothing; its parent has a grid. */
    public AskBar(Composite parent) {
        whole = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(whole);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(whole);
        whole.setVisible(false);
        offering = new Composite(whole, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(offering);
        GridDataFactory.fillDefaults().exclude(true).applyTo(offering);
        offering.setVisible(false);
        ask = new Button(offering, SWT.PUSH);
        ask.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> asked.run()));
        working = new Composite(whole, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(8, 2).applyTo(working);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(working);
        working.setVisible(false);
        bar = new ProgressBar(working, SWT.SMOOTH);
        bar.setMaximum(PARTS);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).hint(WIDTH, SWT.DEFAULT)
                .applyTo(bar);
        cancel = new Button(working, SWT.PUSH);
        cancel.setText("Cancel");
        cancel.setToolTipText("Stop within this step and keep what there is so far");
        cancel.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            cancel.setEnabled(false);
            cancelled.run();
        }));
        done = new Label(working, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(done);
    }

    /**
     * Offers some work.
     *
     * @param label what is done, such as “Make the picture”
     * @param seconds how long it probably takes
     */
    public void offer(String label, double seconds, Runnable whenAsked) {
        asked = whenAsked;
        String text = label + ", " + Texts.about(seconds);
        if (!ask.getText().equals(text)) {
            ask.setText(text);
            ScrollingPage.fitAround(ask);
        }
        bring(offering);
    }

    /**
     * Shows how far the work is.
     *
     * @param share     from 0 to 1
     * @param text      how far it is and how long it takes, in words
     * @param whenCancelled stops the work
     */
    public void working(double share, String text, Runnable whenCancelled) {
        cancelled = whenCancelled;
        if (!isWorking()) {
            cancel.setEnabled(true);
        }
        bar.setSelection((int) Math.round(PARTS * share));
        done.setText(text);
        bring(working);
    }

    /**
     * Says how a question stands.
     *
     * @param label what is done when it is asked, such as “Make the picture”
     * @param whenAsked asks it
     */
    public void show(Inquiry<?, ?> inquiry, String label, Questions questions, Runnable whenAsked) {
        if (inquiry.isWorking()) {
            working(inquiry.share(), inquiry.progress(), () -> questions.cancel(inquiry));
            cancel.setVisible(questions.canCancel(inquiry));
        } else if (inquiry.isAnswered()) {
            rest();
        } else {
            offer(label, inquiry.seconds(), whenAsked);
        }
    }

    /** Offers nothing until it is known how the question stands, and keeps the room for what will be offered. */
    public void blank() {
        whole.setVisible(false);
    }

    /** Offers nothing. */
    public void rest() {
        if (present(whole, false)) {
            fit();
        }
    }

    /** Presses whichever button is there. */
    public void press() {
        Button button = isWorking() ? cancel : ask;
        if (whole.getVisible() && button.isEnabled()) {
            button.notifyListeners(SWT.Selection, new Event());
        }
    }

    /** What is offered or said now; empty when nothing is. */
    public String text() {
        return !whole.getVisible() ? "" : isWorking() ? done.getText() : ask.getText();
    }

    /** Whether work is being done. */
    public boolean isWorking() {
        return whole.getVisible() && working.getVisible();
    }

    private void bring(Composite which) {
        boolean isNew = present(offering, which == offering) | present(working, which == working)
                | present(whole, true);
        if (isNew) {
            fit();
        }
    }

    private void fit() {
        ScrollingPage.fitAround(whole);
    }

    /** Shows or hides a part and says whether that changes anything. */
    private static boolean present(Control control, boolean isThere) {
        GridData place = (GridData) control.getLayoutData();
        boolean changes = place.exclude == isThere;
        place.exclude = !isThere;
        control.setVisible(isThere);
        return changes;
    }
}
