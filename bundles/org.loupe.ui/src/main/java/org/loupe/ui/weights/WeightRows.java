package org.loupe.ui.weights;

import java.util.ArrayList;
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
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Chances;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.image.Diverging;
import org.loupe.core.network.Network;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.widgets.ImageShelf;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.Texts;

/**
 * Lines of units with the kernels that connect them to one; a unit without a picture is a grey tile. A click or Enter chooses
 * a unit, the arrow keys go from one to the next.
 */
final class WeightRows extends Canvas {

    static final int SIDE = 56;
    static final int STEP = 84;
    static final int GAP = 4;
    private static final int BAR = 100;
    private static final int BAR_HEIGHT = 8;
    private static final long BYTES_OF_IMAGES = 8L << 20;

    private final Function<Unit, Picture> pictures;
    private final Consumer<Unit> choose;
    private final ImageShelf<Unit> images = new ImageShelf<>(getDisplay(), BYTES_OF_IMAGES);
    private List<Line> lines = List.of();
    private Place marked = new Place(0, 0);

    /** A tile: which line, and which of it. */
    private record Place(int line, int tile) {
    }

    /**
     * @param pictures gives what is known of a unit's picture
     * @param choose   is told which unit a person chooses
     */
    WeightRows(Composite parent, Function<Unit, Picture> pictures, Consumer<Unit> choose) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.pictures = pictures;
        this.choose = choose;
        addListener(SWT.Paint, event -> paint(event.gc));
        addListener(SWT.MouseDown, this::pressed);
        addListener(SWT.MouseMove, this::hovered);
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

    /** Shows other lines. */
    void show(List<Line> next) {
        lines = List.copyOf(next);
        marked = new Place(0, 0);
        setData(Texts.DESCRIPTION, description());
        redraw();
    }

    /** Those of the units in sight that are units of layers, not channels of the picture. */
    List<Unit> inSight() {
        List<Unit> units = new ArrayList<>();
        lines.forEach(line -> line.strongest().stream().limit(across()).map(line::other)
                .filter(unit -> !isOfPicture(unit)).forEach(units::add));
        return units;
    }

    @Override
    public Point computeSize(int width, int height, boolean changed) {
        GC gc = new GC(this);
        try {
            int text = gc.getFontMetrics().getHeight();
            return new Point(width == SWT.DEFAULT ? 2 * STEP : width,
                    height == SWT.DEFAULT ? lines.size() * rowHeight(text) + GAP : height);
        } finally {
            gc.dispose();
        }
    }

    private static boolean isOfPicture(Unit unit) {
        return unit.layer().equals(Network.INPUT);
    }

    private int across() {
        return Math.max(1, getClientArea().width / STEP);
    }

    /** Heading, picture, kernel, name, norm, legend. */
    private static int rowHeight(int text) {
        return 4 * text + 2 * SIDE + 5 * GAP + text / 2;
    }

    /** Everything in words. */
    private String description() {
        return lines.stream().map(line -> line.title() + ": " + line.strongest().stream()
                .map(connection -> line.other(connection) + " " + Texts.number(connection.strength()))
                .collect(Collectors.joining(", "))).collect(Collectors.joining("; "));
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle area = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        int height = rowHeight(gc.getFontMetrics().getHeight());
        for (int i = 0; i < lines.size(); i++) {
            paint(gc, palette, i, area.width, i * height);
        }
    }

    private void paint(GC gc, Palette palette, int index, int width, int top) {
        Line line = lines.get(index);
        int text = gc.getFontMetrics().getHeight();
        int shown = Math.min(across(), line.strongest().size());
        gc.setForeground(palette.foreground());
        gc.drawText(line.title(), 0, top, true);
        int room = gc.textExtent(line.title() + "  ").x;
        gc.setForeground(palette.muted());
        gc.drawText(Texts.shortened(gc, heading(line, shown), width - room), room, top, true);
        for (int i = 0; i < shown; i++) {
            boolean isMarked = isFocusControl() && marked.equals(new Place(index, i));
            paint(gc, palette, line, line.strongest().get(i), i * STEP, top + text + GAP, isMarked);
        }
        if (shown > 0) {
            legend(gc, palette, line.extent(), top + 3 * text + 2 * SIDE + 4 * GAP);
        }
    }

    /** Such as “8 of 72, 21 % of all norms below”. */
    static String heading(Line line, int shown) {
        if (line.count() == 0) {
            return line.isBelow() ? "nothing" : "nothing above";
        }
        return shown + " of " + line.count() + ", " + String.format(Locale.ROOT, "%.0f", 100 * line.share(shown))
                + " % of the norms of all that " + (line.isBelow() ? "it reads" : "read it");
    }

    private void paint(GC gc, Palette palette, Line line, Connection connection, int left, int top, boolean isMarked) {
        Unit unit = line.other(connection);
        Rectangle square = new Rectangle(left + 1, top, SIDE, SIDE);
        Picture picture = isOfPicture(unit) ? Picture.MISSING : pictures.apply(unit);
        Image image = picture.pixels() == null ? null : images.image(unit, picture.pixels(), SIDE);
        PicturePainter.paint(gc, palette, square, image, Scaling.SMOOTH, picture.state());
        if (image == null) {
            String name = Integer.toString(unit.channel());
            gc.setForeground(palette.muted());
            gc.drawText(name, square.x + (SIDE - gc.textExtent(name).x) / 2,
                    square.y + (SIDE - gc.getFontMetrics().getHeight()) / 2, true);
        }
        gc.setLineStyle(line.isLuck(connection) ? SWT.LINE_DOT : SWT.LINE_SOLID);
        kernel(gc, palette, connection.kernel(), line.extent(), new Rectangle(square.x, top + SIDE + GAP, SIDE, SIDE));
        gc.setLineStyle(SWT.LINE_SOLID);
        int below = top + 2 * SIDE + 2 * GAP;
        gc.setForeground(palette.foreground());
        gc.drawText(Texts.ending(gc, unit.toString(), STEP - GAP), left, below, true);
        gc.setForeground(palette.muted());
        gc.drawText(Texts.shortened(gc, strength(gc, line, connection), STEP - GAP), left, below + gc.getFontMetrics().getHeight(),
                true);
        if (isMarked) {
            gc.setForeground(palette.accent());
            gc.setLineWidth(2);
            gc.drawRectangle(square.x, square.y + 1, SIDE, 2 * SIDE + GAP - 2);
            gc.setLineWidth(1);
        }
    }

    /** How strong a connection is and the chance of luck, in as many figures as there is room for; or that it is a shortcut. */
    private static String strength(GC gc, Line line, Connection connection) {
        if (connection.kernel().shortcut() != 0) {
            return "shortcut";
        }
        double chance = line.chances().of(connection).luck();
        String luck = Double.isNaN(chance) ? "" : ", p " + shortly(chance);
        String text = Texts.number(connection.strength()) + luck;
        return gc.textExtent(text).x <= STEP - GAP ? text : String.format(Locale.ROOT, "%.2g", connection.strength()) + luck;
    }

    /** One square for each weight; a pale line where the kernel ends, for a weight near zero has the colour of the ground. */
    static void kernel(GC gc, Palette palette, Kernel kernel, double extent, Rectangle area) {
        Rectangle place = PicturePainter.fit(area, new Rectangle(0, 0, kernel.columns(), kernel.rows()));
        int ground = number(palette.well().getRGB());
        for (int row = 0; row < kernel.rows(); row++) {
            int from = place.y + row * place.height / kernel.rows();
            int to = place.y + (row + 1) * place.height / kernel.rows();
            for (int column = 0; column < kernel.columns(); column++) {
                int left = place.x + column * place.width / kernel.columns();
                int right = place.x + (column + 1) * place.width / kernel.columns();
                gc.setBackground(colour(extent == 0 ? 0 : kernel.at(row, column) / extent, ground));
                gc.fillRectangle(left, from, right - left, to - from);
            }
        }
        gc.setForeground(palette.line());
        gc.drawRectangle(place.x, place.y, place.width - 1, place.height - 1);
    }

    static void legend(GC gc, Palette palette, double extent, int top) {
        String low = "−" + Texts.number(extent);
        int text = gc.getFontMetrics().getHeight();
        int left = gc.textExtent(low).x + GAP;
        int ground = number(palette.well().getRGB());
        gc.setForeground(palette.muted());
        gc.drawText(low, 0, top, true);
        for (int i = 0; i < BAR; i++) {
            gc.setBackground(colour(2.0 * i / (BAR - 1) - 1, ground));
            gc.fillRectangle(left + i, top + (text - BAR_HEIGHT) / 2, 1, BAR_HEIGHT);
        }
        gc.drawText("+" + Texts.number(extent) + "  weight", left + BAR + GAP, top, true);
    }

    private static int number(RGB colour) {
        return colour.red << 16 | colour.green << 8 | colour.blue;
    }

    private static Color colour(double value, int ground) {
        int colour = Diverging.colour(value, ground);
        return new Color(colour >> 16 & 255, colour >> 8 & 255, colour & 255);
    }

    private Optional<Place> at(int left, int top) {
        GC gc = new GC(this);
        int text = gc.getFontMetrics().getHeight();
        gc.dispose();
        int line = top / rowHeight(text);
        int within = top % rowHeight(text) - text - GAP;
        int tile = left / STEP;
        boolean isTile = line < lines.size() && within >= 0 && within < 2 * SIDE + 2 * GAP + 2 * text
                && tile < Math.min(across(), lines.get(line).strongest().size());
        return isTile ? Optional.of(new Place(line, tile)) : Optional.empty();
    }

    private Connection connection(Place place) {
        return lines.get(place.line()).strongest().get(place.tile());
    }

    private void pressed(Event event) {
        forceFocus();
        at(event.x, event.y).ifPresent(place -> {
            marked = place;
            redraw();
            if (event.button == 1) {
                choose(place);
            }
        });
    }

    private void choose(Place place) {
        Unit unit = lines.get(place.line()).other(connection(place));
        if (!isOfPicture(unit)) {
            choose.accept(unit);
        }
    }

    private void hovered(Event event) {
        String text = at(event.x, event.y).map(this::tell).orElse(null);
        if (text == null ? getToolTipText() != null : !text.equals(getToolTipText())) {
            setToolTipText(text);
        }
    }

    /** Such as “mixed3b:4 to mixed4a:12: norm 0.34, sum −0.2, 3 × 3 weights, maximum over 3x3/2 below it”. */
    private String tell(Place place) {
        Connection connection = connection(place);
        Kernel kernel = connection.kernel();
        return connection.from() + " to " + connection.to() + ": norm " + Texts.number(connection.strength()) + ", sum "
                + Texts.number(kernel.net()) + ", " + kernel.rows() + " × " + kernel.columns() + " weights"
                + (connection.pooling().isEmpty() ? "" : "; between them " + connection.pooling())
                + (kernel.shortcut() == 0 ? "" : "; " + Texts.number(kernel.shortcut()) + " of it is a shortcut past all weights")
                + told(lines.get(place.line()).chances().of(connection));
    }

    /** A chance in four letters at most: {@code <.01}, {@code .35} or {@code 1}. */
    static String shortly(double chance) {
        return chance < .01 ? "<.01" : chance >= .995 ? "1" : String.format(Locale.ROOT, "%.2f", chance).substring(1);
    }

    /** The chances of luck, each where it is known. */
    private static String told(Chances.Chance chance) {
        StringBuilder text = new StringBuilder();
        if (!Double.isNaN(chance.permuted())) {
            text.append(String.format(Locale.ROOT, "; as strong by its weights in a random order: p %.2g", chance.permuted()));
        }
        if (!Double.isNaN(chance.units())) {
            text.append(String.format(Locale.ROOT, "; in other units of the layer: p %.2g", chance.units()));
        }
        if (!Double.isNaN(chance.pattern())) {
            text.append(String.format(Locale.ROOT, "; as smooth by chance: p %.2g", chance.pattern()));
        }
        return text.toString();
    }

    private void key(Event event) {
        int line = marked.line();
        int tile = marked.tile();
        switch (event.keyCode) {
            case SWT.ARROW_LEFT -> tile--;
            case SWT.ARROW_RIGHT -> tile++;
            case SWT.ARROW_UP -> line--;
            case SWT.ARROW_DOWN -> line++;
            case SWT.CR, SWT.KEYPAD_CR, ' ' -> {
                if (isThere(marked)) {
                    choose(marked);
                }
                return;
            }
            default -> {
                return;
            }
        }
        Place next = new Place(line, line < 0 || line >= lines.size() || line == marked.line() ? tile
                : Math.min(tile, Math.min(across(), lines.get(line).strongest().size()) - 1));
        if (isThere(next)) {
            marked = next;
            redraw();
        }
    }

    private boolean isThere(Place place) {
        return place.line() >= 0 && place.line() < lines.size() && place.tile() >= 0
                && place.tile() < Math.min(across(), lines.get(place.line()).strongest().size());
    }
}
