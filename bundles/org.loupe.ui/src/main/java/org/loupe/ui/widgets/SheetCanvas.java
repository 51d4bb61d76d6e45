package org.loupe.ui.widgets;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.image.Diverging;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;
import org.loupe.platform.SheetPicture;
import org.loupe.ui.Lookup;

/**
 * Shows sheets below each other, as wide as there is room, in the colours of the theme. They are drawn in the background,
 * for a long one takes more than a tenth of a second; until a new one is there the old one is shown.
 */
public final class SheetCanvas extends Canvas {

    private static final double POINTS_TO_PIXELS = 96 / 72.0;
    /** Where a figure is to be recognised, as in a column of many sections. */
    public static final double GLANCE = 0.45;

    /** Where a figure's words are to be read. */
    public static final double READING = 0.85;

    private static final double EDGE = 3;
    private static final double LARGEST = 1.25;
    private static final int PAPER = 0xffffff;
    private static final int VIVID = 24;
    private static final double LIGHTER = 0.35;

    private final double smallest;
    private final Lookup<Wish, List<ImageData>> drawing;
    private final List<Image> images = new ArrayList<>();
    private List<Sheet> sheets = List.of();
    private Wish wish;

    /** What is to be drawn, and how. */
    private record Wish(List<Sheet> sheets, double scale, double zoom, int ground, int ink) {
    }

    /**
     * An empty one.
     *
     * @param smallest share of the size on paper that a figure has at least; where there is less room, the page is scrolled
     */
    public SheetCanvas(Composite parent, double smallest) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.smallest = smallest;
        drawing = new Lookup<>("figures", getDisplay(), SheetCanvas::draw, this::take, problem -> { });
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.Resize, event -> wish());
        addListener(SWT.Dispose, event -> {
            drawing.close();
            images.forEach(Image::dispose);
        });
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = String.join("; ", sheets.stream().map(Sheet::title).toList());
            }
        });
    }

    /** Shows other sheets. */
    public void show(List<Sheet> others) {
        List<Sheet> trimmed = others.stream().map(SheetCanvas::trimmed).toList();
        if (!trimmed.equals(sheets)) {
            sheets = trimmed;
            ScrollingPage.needs(this, least());
            wish();
            ScrollingPage.fitAround(this);
        }
    }

    /** Without the margins that a sheet has for paper. */
    private static Sheet trimmed(Sheet sheet) {
        double left = sheet.width();
        double right = 0;
        double top = sheet.height();
        double bottom = 0;
        for (Mark mark : sheet.marks()) {
            double[] bounds = bounds(mark);
            left = Math.min(left, bounds[0]);
            top = Math.min(top, bounds[1]);
            right = Math.max(right, bounds[2]);
            bottom = Math.max(bottom, bounds[3]);
        }
        if (!(right > left && bottom > top)) {
            return sheet;
        }
        return sheet.part(left - EDGE, top - EDGE, right - left + 2 * EDGE, bottom - top + 4 * EDGE);
    }

    /** From where to where, across and down. */
    private static double[] bounds(Mark mark) {
        if (mark instanceof Text text) {
            double width = Sheet.width(text);
            double begin = text.left() - text.share() * width;
            return new double[] {begin, text.baseline() - text.size(), begin + width, text.baseline()};
        }
        if (mark instanceof Box box) {
            return new double[] {box.left(), box.top(), box.left() + box.width(), box.top() + box.height()};
        }
        if (mark instanceof Sheet.Picture picture) {
            return new double[] {picture.left(), picture.top(), picture.left() + picture.width(),
                picture.top() + picture.height()};
        }
        double[] points = ((Stroke) mark).points();
        double[] bounds = {points[0], points[1], points[0], points[1]};
        for (int i = 0; i < points.length; i += 2) {
            bounds[0] = Math.min(bounds[0], points[i]);
            bounds[1] = Math.min(bounds[1], points[i + 1]);
            bounds[2] = Math.max(bounds[2], points[i]);
            bounds[3] = Math.max(bounds[3], points[i + 1]);
        }
        return bounds;
    }

    /** Whether all that is to be shown is drawn. */
    public boolean isDrawn() {
        return images.size() == sheets.size();
    }

    private double scale(int width) {
        double widest = sheets.stream().mapToDouble(Sheet::width).max().orElse(1) * POINTS_TO_PIXELS;
        return Math.max(smallest, Math.min(LARGEST, width / widest));
    }

    private int least() {
        return (int) Math.ceil(sheets.stream().mapToDouble(Sheet::width).max().orElse(0) * POINTS_TO_PIXELS * smallest);
    }

    @Override
    public Point computeSize(int widthHint, int heightHint, boolean changed) {
        int width = widthHint == SWT.DEFAULT ? getSize().x : widthHint;
        double scale = scale(width) * POINTS_TO_PIXELS;
        double height = sheets.stream().mapToDouble(sheet -> sheet.height() * scale).sum();
        return new Point(Math.max(widthHint, least()), (int) Math.ceil(height));
    }

    private void wish() {
        if (isDisposed() || getSize().x == 0) {
            return;
        }
        Palette palette = Palette.of(this);
        Wish now = new Wish(sheets, scale(getClientArea().width), getMonitor().getZoom() / 100.0, colour(palette.back()),
                colour(palette.fore()));
        if (!now.equals(wish)) {
            wish = now;
            drawing.ask(now);
        }
    }

    private static List<ImageData> draw(Wish wish) {
        return wish.sheets.stream().map(sheet -> Pictures.data(SheetPicture.pixels(
                upon(sheet, wish.ground, wish.ink), wish.scale * wish.zoom), 0)).toList();
    }

    /** A sheet in the colours of a theme: what is grey lies between its ground and its ink, what is not gets readable. */
    private static Sheet upon(Sheet sheet, int ground, int ink) {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Box(0, 0, sheet.width() + 1, sheet.height() + 1, ground));
        for (Mark mark : sheet.marks()) {
            if (mark instanceof Text text) {
                marks.add(new Text(text.left(), text.baseline(), text.size(), text.bold(), upon(text.colour(), ground, ink),
                        text.share(), text.text()));
            } else if (mark instanceof Stroke stroke) {
                marks.add(new Stroke(stroke.points(), stroke.width(), upon(stroke.colour(), ground, ink), stroke.closed()));
            } else if (mark instanceof Box box) {
                marks.add(new Box(box.left(), box.top(), box.width(), box.height(), upon(box.colour(), ground, ink)));
            } else {
                marks.add(mark);
            }
        }
        return new Sheet(sheet.title(), sheet.recipe(), sheet.width(), sheet.height(), marks);
    }

    private static int upon(int colour, int ground, int ink) {
        int red = colour >> 16 & 255;
        int green = colour >> 8 & 255;
        int blue = colour & 255;
        double light = (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
        if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) < VIVID) {
            return Diverging.mix(ink, ground, light);
        }
        boolean isDark = (ground >> 8 & 255) < 128;
        return isDark ? Diverging.mix(colour, PAPER, LIGHTER) : colour;
    }

    private static int colour(RGB colour) {
        return colour.red << 16 | colour.green << 8 | colour.blue;
    }

    private void take(List<ImageData> drawn) {
        if (!isDisposed()) {
            images.forEach(Image::dispose);
            images.clear();
            drawn.forEach(data -> images.add(new Image(getDisplay(), data)));
            redraw();
        }
    }

    private void paint(GC gc) {
        wish();
        double scale = scale(getClientArea().width) * POINTS_TO_PIXELS;
        int top = 0;
        for (int i = 0; i < images.size(); i++) {
            Image image = images.get(i);
            Rectangle all = image.getBounds();
            Sheet sheet = i < sheets.size() ? sheets.get(i) : null;
            int width = sheet == null ? all.width : (int) Math.ceil(sheet.width() * scale);
            int height = sheet == null ? all.height : (int) Math.ceil(sheet.height() * scale);
            gc.drawImage(image, 0, 0, all.width, all.height, 0, top, width, height);
            top += height;
        }
    }
}
