package org.loupe.ui.weights;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowedWeights;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.weights.Expansion.Way;
import org.loupe.ui.widgets.ImageShelf;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.Texts;

/**
 * Units several layers below with the expanded kernels from them, and below each how much of the kernel arrives on pictures: a line
 * from the 5th to the 95th of 100 pictures, a box for the middle half, a bar for the middle. A click or Enter chooses a unit, the
 * arrow keys go from one to the next.
 */
final class ExpandedRow extends Canvas {

    private static final double LEAST = -.5;
    private static final double MOST = 1.5;
    private static final int STRIP = 16;
    private static final long BYTES_OF_IMAGES = 4L << 20;
    private static final int SIDE = WeightRows.SIDE;
    private static final int STEP = WeightRows.STEP;
    private static final int GAP = WeightRows.GAP;

    private final Function<Unit, Picture> pictures;
    private final Consumer<Unit> choose;
    private final ImageShelf<Unit> images = new ImageShelf<>(getDisplay(), BYTES_OF_IMAGES);
    private Optional<Expansion> expansion = Optional.empty();
    private Optional<FollowedWeights> followed = Optional.empty();
    private int marked;

    /**
     * @param pictures gives what is known of a unit's picture
     * @param choose   is told which unit a person chooses
     */
    ExpandedRow(Composite parent, Function<Unit, Picture> pictures, Consumer<Unit> choose) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.pictures = pictures;
        this.choose = choose;
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.MouseMove, event -> setToolTipText(at(event.x).map(this::tell).orElse(null)));
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_RETURN);
        addListener(SWT.FocusIn, event -> redraw());
        addListener(SWT.FocusOut, event -> redraw());
        addListener(SWT.Dispose, event -> images.close());
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                event.result = description();
            }
        });
    }

    /**
     * Shows other ways, or more of what is known about them.
     *
     * @param arrives what arrives on pictures, as far as that is known
     */
    void show(Optional<Expansion> next, Optional<FollowedWeights> arrives) {
        boolean isOther = !next.equals(expansion);
        expansion = next;
        followed = arrives;
        if (isOther) {
            marked = 0;
        }
        setData(Texts.DESCRIPTION, description());
        redraw();
    }

    private List<Way> ways() {
        return expansion.map(Expansion::ways).orElse(List.of());
    }

    /** The units in sight. */
    List<Unit> inSight() {
        return ways().stream().limit(across()).map(way -> way.expanded().from()).toList();
    }

    /** Lines of text for what pictures say against these weights. */
    private int warnings() {
        return ways().stream().anyMatch(way -> misleads(way.expanded().from())) ? 1 : 0;
    }

    private boolean misleads(Unit unit) {
        return summary(unit).filter(FollowedWeights.Summary::misleads).isPresent();
    }

    private int across() {
        return Math.max(1, getClientArea().width / STEP);
    }

    private int shown() {
        return Math.min(across(), ways().size());
    }

    private String description() {
        return ways().stream().map(this::tell).collect(Collectors.joining("; "));
    }

    @Override
    public Point computeSize(int width, int height, boolean changed) {
        GC gc = new GC(this);
        try {
            int text = gc.getFontMetrics().getHeight();
            return new Point(width == SWT.DEFAULT ? 2 * STEP : width,
                    height != SWT.DEFAULT ? height : ways().isEmpty() ? 1 : (3 + warnings()) * text + 2 * SIDE + STRIP + 6 * GAP);
        } finally {
            gc.dispose();
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        gc.setBackground(palette.background());
        gc.fillRectangle(getClientArea());
        for (int i = 0; i < shown(); i++) {
            paint(gc, palette, ways().get(i), i * STEP);
            if (isFocusControl() && i == marked) {
                gc.setForeground(palette.accent());
                gc.setLineWidth(2);
                gc.drawRectangle(i * STEP + 1, 1, SIDE, 2 * SIDE + GAP - 2);
                gc.setLineWidth(1);
            }
        }
        if (shown() > 0) {
            WeightRows.legend(gc, palette, expansion.orElseThrow().extent(),
                    (2 + warnings()) * gc.getFontMetrics().getHeight() + 2 * SIDE + STRIP + 5 * GAP);
        }
    }

    private void paint(GC gc, Palette palette, Way way, int left) {
        Unit unit = way.expanded().from();
        int text = gc.getFontMetrics().getHeight();
        Rectangle square = new Rectangle(left + 1, 0, SIDE, SIDE);
        Picture picture = pictures.apply(unit);
        Image image = picture.pixels() == null ? null : images.image(unit, picture.pixels(), SIDE);
        PicturePainter.paint(gc, palette, square, image, Scaling.SMOOTH, picture.state());
        if (image == null) {
            String name = Integer.toString(unit.channel());
            gc.setForeground(palette.muted());
            gc.drawText(name, square.x + (SIDE - gc.textExtent(name).x) / 2, (SIDE - text) / 2, true);
        }
        WeightRows.kernel(gc, palette, way.expanded().kernel(), expansion.orElseThrow().extent(),
                new Rectangle(square.x, SIDE + GAP, SIDE, SIDE));
        int top = 2 * SIDE + 2 * GAP;
        summary(unit).ifPresent(summary -> strip(gc, palette, summary, new Rectangle(left + 1, top, STEP - 2 * GAP, STRIP)));
        gc.setForeground(palette.foreground());
        gc.drawText(Texts.shortened(gc, unit.toString(), STEP - GAP), left, top + STRIP + GAP, true);
        gc.setForeground(way.cancels() ? palette.warning() : palette.muted());
        gc.drawText(String.format(Locale.ROOT, "%.0f %% left", 100 * way.left()), left, top + STRIP + GAP + text, true);
        if (misleads(unit)) {
            gc.setForeground(palette.warning());
            gc.drawText("misleads", left, top + STRIP + GAP + 2 * text, true);
        }
    }

    private Optional<FollowedWeights.Summary> summary(Unit unit) {
        return followed.flatMap(found -> found.summary(unit));
    }

    private static void strip(GC gc, Palette palette, FollowedWeights.Summary summary, Rectangle place) {
        int middle = place.y + place.height / 2;
        gc.setForeground(palette.line());
        gc.drawLine(place.x, middle, place.x + place.width, middle);
        for (double mark = 0; mark <= 1; mark++) {
            gc.drawLine(at(mark, place), place.y, at(mark, place), place.y + place.height);
        }
        double[] parts = summary.parts();
        if (parts.length == 0) {
            return;
        }
        Color colour = summary.misleads() ? palette.warning() : palette.accent();
        gc.setForeground(colour);
        gc.setBackground(palette.faded(colour, .4));
        gc.drawLine(at(parts[0], place), middle, at(parts[4], place), middle);
        gc.fillRectangle(at(parts[1], place), place.y + 3, Math.max(1, at(parts[3], place) - at(parts[1], place)), place.height - 6);
        gc.setLineWidth(2);
        gc.drawLine(at(parts[2], place), place.y + 1, at(parts[2], place), place.y + place.height - 1);
        gc.setLineWidth(1);
    }

    private static int at(double part, Rectangle place) {
        return place.x + (int) Math.round((Math.max(LEAST, Math.min(MOST, part)) - LEAST) / (MOST - LEAST) * place.width);
    }

    private Optional<Way> at(int column) {
        int index = column / STEP;
        return column >= 0 && index < shown() ? Optional.of(ways().get(index)) : Optional.empty();
    }

    /** Everything about one way. */
    private String tell(Way way) {
        String words = String.format(Locale.ROOT, "%s to %s, as if all between were linear: norm %s, %d × %d weights; %.0f %% of the"
                + " sizes of all ways is left", way.expanded().from(), way.expanded().to(), Texts.number(way.expanded().strength()),
                way.expanded().kernel().rows(), way.expanded().kernel().columns(), 100 * way.left());
        return words + summary(way.expanded().from()).map(ExpandedRow::tell).orElse("");
    }

    private static String tell(FollowedWeights.Summary summary) {
        double[] parts = summary.parts();
        String arrives = parts.length == 0 ? "" : String.format(Locale.ROOT, ". On pictures, %.2f of it"
                + " arrives (half of them %.2f to %.2f, nine tenths %.2f to %.2f)", parts[2], parts[1], parts[3], parts[0], parts[4]);
        return arrives + String.format(Locale.ROOT, "; r %.2f of what it predicts and what arrives, the same sign on %.0f %% of them (by"
                + " chance %.0f %%)%s", summary.correlation(), 100 * summary.sameSign(), 100 * summary.byChance(),
                summary.misleads() ? ": it misleads" : "");
    }

    private void pressed(Event event) {
        forceFocus();
        at(event.x).ifPresent(way -> {
            marked = ways().indexOf(way);
            redraw();
            if (event.button == 1) {
                choose.accept(way.expanded().from());
            }
        });
    }

    private void key(Event event) {
        switch (event.keyCode) {
            case SWT.ARROW_LEFT -> mark(marked - 1);
            case SWT.ARROW_RIGHT -> mark(marked + 1);
            case SWT.CR, SWT.KEYPAD_CR, ' ' -> {
                if (marked < shown()) {
                    choose.accept(ways().get(marked).expanded().from());
                }
            }
            default -> { }
        }
    }

    private void mark(int next) {
        marked = Math.max(0, Math.min(shown() - 1, next));
        redraw();
    }
}
