package org.loupe.ui.widgets;

import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/** One column that is as wide as there is room and scrolls when it is taller. */
public final class ScrollingPage {

    private static final String KEY = ScrollingPage.class.getName();
    private static final String NEEDS = KEY + ".needs";
    private static final int NARROWEST = 180;
    private static final int MARGIN = 10;
    private static final int STEP = 24;

    private final ScrolledComposite scrolled;
    private final Composite body;
    private boolean isWaiting;

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
        body.addListener(SWT.Resize, event -> fit());
    }

    /** The whole page. */
    public Composite control() {
        return scrolled;
    }

    /** Where the content goes; it has a grid of one column. */
    public Composite body() {
        return body;
    }

    /** Lays everything out anew; call it when the content has become taller or less tall. */
    public void fit() {
        if (scrolled.isDisposed() || body.isDisposed()) {
            return;
        }
        int least = Math.max(NARROWEST, needed(body) + 2 * MARGIN);
        int width = Math.max(least, scrolled.getClientArea().width);
        Point size = body.computeSize(width, SWT.DEFAULT);
        scrolled.setMinSize(least, size.y);
        scrolled.getVerticalBar().setPageIncrement(Math.max(STEP, scrolled.getClientArea().height - STEP));
    }

    /** Lays everything out anew once, after all that is changed now, however many parts ask for it. */
    public void fitSoon() {
        if (!isWaiting && !scrolled.isDisposed()) {
            isWaiting = true;
            scrolled.getDisplay().asyncExec(() -> {
                isWaiting = false;
                fit();
            });
        }
    }

    /** Says that a control cannot be narrower than this; where there is less room, its page is scrolled across. */
    public static void needs(Control control, int width) {
        control.setData(NEEDS, width);
    }

    private static int needed(Control control) {
        int most = control.getData(NEEDS) instanceof Integer own ? own : 0;
        if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                if (!(child.getLayoutData() instanceof GridData place && place.exclude)) {
                    most = Math.max(most, needed(child));
                }
            }
        }
        return most;
    }

    /** Soon lays out anew the page that a control is on, if it is on one. */
    public static void fitAround(Control control) {
        for (Composite parent = control.getParent(); parent != null; parent = parent.getParent()) {
            if (parent.getData(KEY) instanceof ScrollingPage page) {
                page.fitSoon();
            }
        }
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
