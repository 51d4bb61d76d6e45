package org.loupe.ui.widgets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/** One column that is as wide as there is room and scrolls when it is taller. */
public final class ScrollingPage {

    private static final String KEY = ScrollingPage.class.getName();
    private static final int NARROWEST = 180;
    private static final int MARGIN = 10;
    private static final int STEP = 24;
    /** What is stored of a unit is found within half of that. */
    private static final int HELD_MILLISECONDS = 80;

    private final ScrolledComposite scrolled;
    private final Composite body;
    private final Map<Control, Integer> needs = new HashMap<>();
    private boolean isWaiting;
    private boolean isFitting;
    private boolean isHeld;

    /** Makes an empty one. */
    public ScrollingPage(Composite parent) {
        scrolled = new ScrolledComposite(parent, SWT.V_SCROLL | SWT.H_SCROLL);
        scrolled.setData(KEY, this);
        scrolled.setExpandHorizontal(true);
        scrolled.setExpandVertical(true);
        scrolled.setShowFocusedControl(true);
        scrolled.getVerticalBar().setIncrement(STEP);
        body = new Composite(scrolled, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(MARGIN, MARGIN).spacing(0, MARGIN).applyTo(body);
        scrolled.setContent(body);
        scrolled.addListener(SWT.Resize, event -> fit());
    }

    /** The whole page. */
    public Composite control() {
        return scrolled;
    }

    /** Where the content goes; it has a grid of one column. */
    public Composite body() {
        return body;
    }

    /** Lays everything out anew, once; call it when the content has become taller or less tall. */
    public void fit() {
        if (isHeld || isFitting || scrolled.isDisposed() || body.isDisposed()) {
            return;
        }
        isFitting = true;
        body.setLayoutDeferred(true);
        int width = scrolled.getClientArea().width;
        fitTo(width);
        int now = scrolled.getClientArea().width;
        if (now != width) {
            // The scroll bar has come or gone.
            fitTo(now);
        }
        body.setLayoutDeferred(false);
        scrolled.getVerticalBar().setPageIncrement(Math.max(STEP, scrolled.getClientArea().height - STEP));
        isFitting = false;
    }

    private void fitTo(int width) {
        int least = Math.max(NARROWEST, needed() + 2 * MARGIN);
        scrolled.setMinSize(least, body.computeSize(Math.max(least, width), SWT.DEFAULT).y);
    }

    /** Lays everything out anew once, after all that is changed now, however many parts ask for it. */
    public void fitSoon() {
        if (!isWaiting && !scrolled.isDisposed()) {
            isWaiting = true;
            body.setLayoutDeferred(true);
            scrolled.getDisplay().asyncExec(() -> {
                isWaiting = false;
                end();
            });
        }
    }

    /**
     * Leaves everything where it is for a moment, while another subject's content comes in; then it is laid out once, and not
     * for each part. What changes in its place is seen at once.
     */
    public void hold() {
        if (!isHeld && !scrolled.isDisposed()) {
            isHeld = true;
            body.setLayoutDeferred(true);
            scrolled.getDisplay().timerExec(HELD_MILLISECONDS, () -> {
                isHeld = false;
                end();
            });
        }
    }

    /** Ends a time in which nothing was laid out. */
    private void end() {
        if (!body.isDisposed()) {
            fit();
            body.setLayoutDeferred(false);
        }
    }

    /** Says that a control cannot be narrower than this; where there is less room, its page is scrolled across. */
    public static void needs(Control control, int width) {
        around(control).ifPresent(page -> {
            if (page.needs.put(control, width) == null) {
                control.addListener(SWT.Dispose, event -> page.needs.remove(control));
            }
        });
    }

    /** Lets the wheel scroll the page that a control is on, instead of turning what happens to pass below the pointer. */
    public static void keepWheel(Control control) {
        control.addListener(SWT.MouseVerticalWheel, event -> around(control).ifPresent(page -> {
            event.doit = false;
            page.scrollTo(page.top() - event.count * STEP);
        }));
    }

    private int needed() {
        return needs.entrySet().stream().filter(need -> isShown(need.getKey())).mapToInt(Map.Entry::getValue).max().orElse(0);
    }

    private boolean isShown(Control control) {
        for (Control part = control; part != body; part = part.getParent()) {
            if (part.getLayoutData() instanceof GridData place && place.exclude) {
                return false;
            }
        }
        return true;
    }

    /** Has a control whose content or size has changed laid out anew soon, with the page that it is on, if it is on one. */
    public static void fitAround(Control control) {
        around(control).ifPresentOrElse(page -> page.fitSoon(control), control::requestLayout);
    }

    private void fitSoon(Control changed) {
        fitSoon();
        // Nothing is laid out by these two before the page is: they forget sizes.
        if (changed instanceof Composite composite) {
            composite.layout(true, true);
        }
        body.layout(new Control[] {changed});
    }

    /** Whether the page that a control is on is still to be laid out anew. */
    public static boolean isChanging(Control control) {
        return around(control).filter(page -> page.isHeld || page.isWaiting).isPresent();
    }

    private static Optional<ScrollingPage> around(Control control) {
        for (Composite parent = control.getParent(); parent != null; parent = parent.getParent()) {
            if (parent.getData(KEY) instanceof ScrollingPage page) {
                return Optional.of(page);
            }
        }
        return Optional.empty();
    }

    /**
     * Takes the focus without scrolling there: the click that brings a view to the front must still hit what it was aimed
     * at.
     *
     * @return whether anything on the page could take it
     */
    public boolean takeFocus() {
        int top = top();
        scrolled.setShowFocusedControl(false);
        boolean taken = scrolled.setFocus();
        scrolled.setShowFocusedControl(true);
        scrollTo(top);
        return taken;
    }

    /** How far the page is scrolled down, in points. */
    public int top() {
        return scrolled.getOrigin().y;
    }

    /** Scrolls to where the page was. */
    public void scrollTo(int top) {
        scrolled.setOrigin(0, top);
    }
}
