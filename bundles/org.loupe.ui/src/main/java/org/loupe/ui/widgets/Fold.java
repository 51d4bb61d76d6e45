package org.loupe.ui.widgets;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;

/** A heading that shows and hides what is below it. */
public final class Fold {

    private static final int INDENT = 14;

    private final Composite whole;
    private final Link heading;
    private final Composite body;
    private final String title;
    private Runnable turned = () -> { };

    /** Makes a folded one. */
    public Fold(Composite parent, String title) {
        this(parent, title, INDENT);
    }

    /** Makes a folded one with a heading that stands out, and its content not moved to the right. */
    public static Fold ofSection(Composite parent, String title) {
        Fold fold = new Fold(parent, title, 0);
        fold.heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        return fold;
    }

    private Fold(Composite parent, String title, int indent) {
        this.title = title;
        whole = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 4).applyTo(whole);
        heading = new Link(whole, SWT.NONE);
        heading.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> setOpen(!isOpen())));
        body = new Composite(whole, SWT.NONE);
        GridLayoutFactory.fillDefaults().extendedMargins(indent, 0, 0, 0).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(body);
        body.setVisible(false);
        name();
    }

    /** The heading with what is below it. */
    public Composite control() {
        return whole;
    }

    /** Where the content goes; it has a grid of one column. */
    public Composite body() {
        return body;
    }

    /** Whether the content is shown. */
    public boolean isOpen() {
        return body.getVisible();
    }

    /** Shows or hides the content. */
    public void setOpen(boolean open) {
        if (open == isOpen()) {
            return;
        }
        ((GridData) body.getLayoutData()).exclude = !open;
        body.setVisible(open);
        name();
        turned.run();
        ScrollingPage.fitAround(whole);
    }

    /** Does something whenever the content is shown or hidden from now on. */
    public void whenTurned(Runnable action) {
        turned = action;
    }

    private void name() {
        heading.setText((isOpen() ? "▾ <a>" : "▸ <a>") + title + "</a>");
    }
}
