package org.loupe.ui.widgets;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.events.KeyEvent;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.Batch;
import org.loupe.ui.Pixels;

/**
 * Shows one picture with a caption and its state, tells a screen reader what it shows, and copies it.
 *
 * <p>With the style {@link SWT#PUSH} it can be pressed, by mouse, Enter or Space, and then sends
 * {@link SWT#Selection}.
 */
public final class PictureCanvas extends Canvas {

    private static final int GAP = 3;
    private static final int FRAME = 2;

    private final boolean canBePressed;
    private final Scaling scaling;
    private int side;
    private Image image;
    private int imageSide;
    private ImageData picture;
    private String caption = "";
    private String hint = "";
    private PictureState state = PictureState.DONE;
    private boolean isChosen;

    /**
     * Makes an empty one.
     *
     * @param style {@link SWT#NONE} or {@link SWT#PUSH}
     * @param side  height and width of the picture in points when there is room
     */
    public PictureCanvas(Composite parent, int style, Scaling scaling, int side) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.canBePressed = (style & SWT.PUSH) != 0;
        this.scaling = scaling;
        this.side = side;
        addPaintListener(event -> paint(event.gc));
        addDisposeListener(event -> forget());
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Traverse, event -> event.doit = isTraversal(event));
        addListener(SWT.MouseDown, event -> forceFocus());
        addListener(SWT.MouseUp, this::released);
        addKeyListener(KeyListener.keyPressedAdapter(this::pressed));
        describe();
    }

    /** Shows one picture of a batch; the batch is not kept. */
    public void show(Batch pictures, int index, PictureState how) {
        show(Pictures.data(pictures, index), how);
    }

    /** Shows a picture. */
    public void show(ImageData data, PictureState how) {
        forget();
        picture = data;
        show(how);
    }

    /** Shows that there is no picture. */
    public void clear(PictureState how) {
        forget();
        show(how);
    }

    /** Changes the state of the picture that is shown. */
    public void show(PictureState how) {
        state = how;
        redraw();
    }

    /** A short text below the picture; an empty one takes no room. */
    public void setCaption(String caption) {
        this.caption = caption;
        redraw();
    }

    /** What would be here and how to get it, shown instead of a picture. */
    public void setHint(String hint) {
        this.hint = hint;
        redraw();
    }

    /** Whether this is the one of several that is meant. */
    public void setChosen(boolean isChosen) {
        this.isChosen = isChosen;
        redraw();
    }

    /** Height and width of the picture in points when there is room. */
    public void setSide(int side) {
        this.side = side;
    }

    /** The picture as it was made, value for pixel, or {@code null} while there is none. */
    public ImageData picture() {
        return picture;
    }

    /** Whether this is the one of several that is meant. */
    public boolean isChosen() {
        return isChosen;
    }

    /** The state of the picture. */
    public PictureState state() {
        return state;
    }

    /** Caption and state in words, as a screen reader reads them. */
    public String description() {
        String words = picture == null && !state.isGrowing() ? hint.isEmpty() ? "no picture yet" : hint : state.words();
        return words.isEmpty() ? caption : caption.isEmpty() ? words : caption + ", " + words;
    }

    /** Puts the picture, at its own size, and its caption on the clipboard; does nothing while there is none. */
    public void copy() {
        if (picture != null) {
            Pictures.copy(getDisplay(), picture, description());
        }
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        int width = widthHint == SWT.DEFAULT ? side + 2 * FRAME : widthHint;
        int height = heightHint == SWT.DEFAULT ? Math.min(side, width - 2 * FRAME) + 2 * FRAME + captionHeight()
                : heightHint;
        return new Point(width, height);
    }

    private int captionHeight() {
        if (caption.isEmpty()) {
            return 0;
        }
        GC gc = new GC(this);
        try {
            return gc.getFontMetrics().getHeight() + GAP;
        } finally {
            gc.dispose();
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        int below = caption.isEmpty() ? 0 : gc.getFontMetrics().getHeight() + GAP;
        int room = Math.min(client.width, client.height - below) - 2 * FRAME;
        int shown = Math.min(side, room);
        Rectangle area = new Rectangle(client.x + (client.width - shown) / 2, client.y + FRAME, shown, shown);
        prepare(shown);
        if (picture != null && picture.alphaData != null) {
            PicturePainter.paintCheckerboard(gc, palette, PicturePainter.fit(area, image.getBounds()));
        }
        PicturePainter.paint(gc, palette, area, image, scaling, state);
        if (picture == null && !hint.isEmpty() && !state.isGrowing()) {
            centred(gc, palette, area);
        }
        if (isChosen || isFocusControl()) {
            gc.setForeground(isChosen ? palette.accent() : palette.muted());
            gc.setLineWidth(FRAME);
            gc.setLineStyle(isFocusControl() && !isChosen ? SWT.LINE_DOT : SWT.LINE_SOLID);
            gc.drawRectangle(area.x - 1, area.y - 1, area.width + 2, area.height + 2);
            gc.setLineStyle(SWT.LINE_SOLID);
        }
        if (!caption.isEmpty()) {
            gc.setForeground(isChosen ? palette.foreground() : palette.muted());
            String text = Texts.shortened(gc, caption, client.width);
            gc.drawText(text, client.x + (client.width - gc.textExtent(text).x) / 2, area.y + area.height + FRAME + GAP,
                    SWT.DRAW_TRANSPARENT);
        }
    }

    /** Has the picture ready at the size, in points, in which it is drawn. */
    private void prepare(int length) {
        if (picture == null || length < 1 || image != null && (imageSide == length || scaling == Scaling.NEAREST)) {
            return;
        }
        if (image != null) {
            image.dispose();
        }
        boolean isSmooth = scaling == Scaling.SMOOTH && picture.alphaData == null;
        image = isSmooth ? Pixels.image(getDisplay(), picture, length) : new Image(getDisplay(), picture);
        imageSide = length;
    }

    private void centred(GC gc, Palette palette, Rectangle area) {
        gc.setForeground(palette.muted());
        String text = Texts.shortened(gc, hint, area.width);
        Point size = gc.textExtent(text);
        gc.drawText(text, area.x + (area.width - size.x) / 2, area.y + (area.height - size.y) / 2,
                SWT.DRAW_TRANSPARENT);
    }

    private void released(Event event) {
        if (canBePressed && event.button == 1 && getClientArea().contains(event.x, event.y)) {
            notifyListeners(SWT.Selection, new Event());
        }
    }

    private void pressed(KeyEvent event) {
        if (event.keyCode == 'c' && (event.stateMask & SWT.MOD1) != 0) {
            copy();
        } else if (canBePressed && (event.character == SWT.CR || event.character == ' ')) {
            notifyListeners(SWT.Selection, new Event());
        }
    }

    private boolean isTraversal(Event event) {
        return event.detail != SWT.TRAVERSE_RETURN || !canBePressed;
    }

    private void describe() {
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent event) {
                event.detail = canBePressed ? ACC.ROLE_PUSHBUTTON : ACC.ROLE_GRAPHIC;
            }
        });
    }

    private void forget() {
        if (image != null) {
            image.dispose();
        }
        image = null;
        picture = null;
    }
}
