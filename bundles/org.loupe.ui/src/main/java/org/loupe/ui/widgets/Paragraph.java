package org.loupe.ui.widgets;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.Font;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.TextLayout;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/**
 * Words in as many lines as the width asks for, on pages that change often.
 *
 * <p>GTK's own label is measured and placed anew by each layout, whether it has changed or not, and then so is all that is
 * around it: a dozen of them took most of the time in which the Unit view turned to another unit.
 */
public final class Paragraph extends Canvas {

    private static final int MOST_SIZES = 8;
    /** Drawn letters are up to so many points wider than measured ones. */
    private static final int SLACK = 4;

    private final Function<Palette, Color> colour;
    private final TextLayout layout;
    private final Map<Integer, Rectangle> sizes = new HashMap<>();

    /** An empty one in the colour of text. */
    public Paragraph(Composite parent) {
        this(parent, Palette::foreground);
    }

    /**
     * An empty one.
     *
     * @param colour what the words are drawn with
     */
    public Paragraph(Composite parent, Function<Palette, Color> colour) {
        super(parent, SWT.NO_FOCUS | SWT.DOUBLE_BUFFERED);
        this.colour = colour;
        layout = new TextLayout(getDisplay());
        layout.setFont(getFont());
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.Dispose, event -> layout.dispose());
        describe();
    }

    private void describe() {
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = getText();
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = ACC.ROLE_LABEL;
            }
        });
    }

    /** Shows other words; whoever changes them has the page laid out. */
    public void setText(String text) {
        if (!text.equals(layout.getText())) {
            layout.setText(text);
            sizes.clear();
            redraw();
        }
    }

    /** The words that are shown. */
    public String getText() {
        return layout.getText();
    }

    @Override
    public void setFont(Font font) {
        super.setFont(font);
        layout.setFont(font);
        sizes.clear();
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        checkWidget();
        Rectangle bounds = sizes.get(widthHint);
        if (bounds == null) {
            bounds = measured(widthHint);
            sizes.put(widthHint, bounds);
        }
        return new Point(widthHint == SWT.DEFAULT ? bounds.width + SLACK : widthHint, heightHint == SWT.DEFAULT ? bounds.height
                : heightHint);
    }

    private Rectangle measured(int width) {
        if (sizes.size() > MOST_SIZES) {
            sizes.clear();
        }
        layout.setWidth(width == SWT.DEFAULT ? SWT.DEFAULT : Math.max(1, width - SLACK));
        return layout.getBounds();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle area = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        gc.setForeground(colour.apply(palette));
        layout.setWidth(Math.max(1, area.width - SLACK));
        layout.draw(gc, 0, 0);
    }
}
