package org.loupe.core.circuit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.Scene.Box;
import org.loupe.core.circuit.graph.Scene.Curve;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.core.image.Diverging;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/**
 * A graph as a drawing for a page: what is seen, where it is seen, with a legend and a caption below. Colours are those of
 * {@link Diverging} on white.
 */
public final class GraphSheet {

    private static final int GREY = 0x6f6f6f;
    private static final int WELL = 0xececec;
    private static final double NARROWEST = 560;
    private static final double SMALL = 8.5;
    private static final double LEGEND = 30;
    private static final double[] LUCK = {1.5, 1.5};
    private static final Map<Effect, double[]> DASHES = Map.of(Effect.EXCITES, new double[0], Effect.INHIBITS,
            new double[] {7, 4}, Effect.BOTH, new double[] {2, 3});

    private final Scene scene;
    private final Function<Unit, Optional<Batch>> pictures;
    private final Function<Unit, String> labels;
    private final List<Mark> marks = new ArrayList<>();

    private GraphSheet(Scene scene, Function<Unit, Optional<Batch>> pictures, Function<Unit, String> labels) {
        this.scene = scene;
        this.pictures = pictures;
        this.labels = labels;
    }

    /**
     * Draws.
     *
     * @param pictures what units look like, of shape (1, 3, row, column), as far as that is known
     * @param labels   what units are called; empty where they have no label
     * @param title    what it is, for the file's metadata
     * @param caption  what it is and what it does not say, below the drawing
     * @param recipe   how it was made, for the file's metadata
     */
    public static Sheet of(Scene scene, Function<Unit, Optional<Batch>> pictures, Function<Unit, String> labels, String title,
            String caption, String recipe) {
        GraphSheet drawing = new GraphSheet(scene, pictures, labels);
        scene.curves().forEach(drawing::curve);
        scene.curves().stream().filter(Curve::kernel).forEach(drawing::kernel);
        scene.boxes().forEach(drawing::box);
        double width = Math.max(NARROWEST, scene.width());
        drawing.legend(scene.height() + 4);
        double baseline = scene.height() + LEGEND + SMALL;
        for (String line : Sheet.wrapped(caption, SMALL, width - 2 * Scene.MARGIN)) {
            drawing.text(Scene.MARGIN, baseline, SMALL, Sheet.INK, 0, line);
            baseline += SMALL * 1.4;
        }
        return new Sheet(title, recipe, width, baseline + Scene.MARGIN / 2, drawing.marks);
    }

    /** The colour of a line on white, {@code 0xRRGGBB}. */
    public static int colour(Effect effect) {
        return switch (effect) {
            case EXCITES -> Diverging.POSITIVE;
            case INHIBITS -> Diverging.NEGATIVE;
            case BOTH -> GREY;
        };
    }

    /** How a line is interrupted: the lengths of dashes and gaps in turn, or nothing for one that is not. */
    public static double[] dashes(Effect effect) {
        return DASHES.get(effect).clone();
    }

    private void curve(Curve curve) {
        line(curve.points(), curve.thickness(), curve.edge().effect());
    }

    private void line(double[] points, double thickness, Effect effect) {
        for (double[] dash : dashed(points, DASHES.get(effect))) {
            marks.add(new Stroke(dash, thickness, colour(effect), false));
        }
    }

    /** Cuts a line into dashes. */
    static List<double[]> dashed(double[] points, double[] pattern) {
        if (pattern.length == 0) {
            return List.of(points);
        }
        List<double[]> dashes = new ArrayList<>();
        List<Double> dash = new ArrayList<>(List.of(points[0], points[1]));
        int part = 0;
        double left = pattern[0];
        for (int i = 2; i < points.length; i += 2) {
            double column = points[i - 2];
            double row = points[i - 1];
            double length = Math.hypot(points[i] - column, points[i + 1] - row);
            double done = 0;
            while (length - done > left) {
                done += left;
                double at = done / length;
                double[] cut = {column + at * (points[i] - column), row + at * (points[i + 1] - row)};
                if (part % 2 == 0) {
                    dash.addAll(List.of(cut[0], cut[1]));
                    dashes.add(dash.stream().mapToDouble(value -> value).toArray());
                }
                dash = new ArrayList<>(List.of(cut[0], cut[1]));
                part++;
                left = pattern[part % pattern.length];
            }
            left -= length - done;
            dash.addAll(List.of(points[i], points[i + 1]));
        }
        if (part % 2 == 0 && dash.size() > 2) {
            dashes.add(dash.stream().mapToDouble(value -> value).toArray());
        }
        return dashes;
    }

    private void kernel(Curve curve) {
        Kernel kernel = curve.edge().links().get(0).kernel();
        double cell = Scene.side(kernel) / Math.max(kernel.rows(), kernel.columns());
        double width = kernel.columns() * cell;
        double height = kernel.rows() * cell;
        double left = curve.anchor()[0] - width / 2;
        double top = curve.anchor()[1] - height / 2;
        marks.add(new Picture(left, top, width, height, kernel.picture(kernel.peak()), true));
        if (curve.edge().isLuck()) {
            double[] around = {left, top, left + width, top, left + width, top + height, left, top + height, left, top};
            dashed(around, LUCK).forEach(dash -> marks.add(new Stroke(dash, 1, Sheet.INK, false)));
        } else {
            frame(left, top, width, height, .5, Sheet.LINE);
        }
        if (kernel.top() <= 0 && kernel.left() <= 0 && -kernel.top() < kernel.rows() && -kernel.left() < kernel.columns()) {
            marks.add(new Sheet.Box(left + (.5 - kernel.left()) * cell - 1, top + (.5 - kernel.top()) * cell - 1, 2, 2, Sheet.INK));
        }
    }

    private void box(Box box) {
        Node node = box.node();
        marks.add(new Sheet.Box(box.left(), box.top(), Scene.BOX_WIDTH, Scene.BOX_HEIGHT, 0xffffff));
        frame(box.left(), box.top(), Scene.BOX_WIDTH, Scene.BOX_HEIGHT, node.centre() ? 2.2 : .8,
                node.centre() ? Sheet.ACCENT : Sheet.LINE);
        double left = box.left() + Scene.PADDING;
        double top = box.top() + Scene.PADDING;
        List<Unit> units = node.units().subList(0, Math.min(node.units().size(), node.isGroup() ? 4 : 1));
        double side = units.size() == 1 ? Scene.PICTURE : Scene.PICTURE / 2;
        for (int i = 0; i < units.size(); i++) {
            double pictureLeft = left + i % 2 * side;
            double pictureTop = top + i / 2 * side;
            Optional<Batch> picture = pictures.apply(units.get(i));
            marks.add(picture.isPresent() ? new Picture(pictureLeft, pictureTop, side, side, picture.get(), false)
                    : new Sheet.Box(pictureLeft, pictureTop, side, side, WELL));
        }
        double room = Scene.BOX_WIDTH - 4;
        double baseline = top + Scene.PICTURE + 12;
        marks.add(new Text(box.middle(), baseline, 9.5, node.centre(), Sheet.INK, .5, Sheet.shortened(node.title(), 9.5, room)));
        text(box.middle(), baseline + 11, SMALL, Sheet.MUTED, .5, Sheet.shortened(second(node), SMALL, room));
    }

    private String second(Node node) {
        return second(node, labels);
    }

    /** The second line below a node's picture: what a person calls it, or how much of what it reads is shown. */
    public static String second(Node node, Function<Unit, String> labels) {
        if (node.isGroup()) {
            return node.units().size() + (node.units().size() == 1 ? " unit" : " units");
        }
        String label = labels.apply(node.unit());
        return !label.isEmpty() ? label : node.share() > 0 ? String.format(Locale.ROOT, "%.0f %% shown", 100 * node.share()) : "";
    }

    private void legend(double top) {
        double left = Scene.MARGIN;
        double middle = top + 8;
        for (Effect effect : Effect.values()) {
            line(new double[] {left, middle, left + 26, middle}, 2, effect);
            String word = switch (effect) {
                case EXCITES -> "excites";
                case INHIBITS -> "inhibits";
                case BOTH -> "both, by place";
            };
            text(left + 31, middle + 3, SMALL, Sheet.INK, 0, word);
            left += 31 + Sheet.width(new Text(0, 0, SMALL, false, 0, 0, word)) + 16;
        }
        for (double part : new double[] {.01, .1, .5}) {
            marks.add(new Stroke(new double[] {left, middle, left + 20, middle}, Scene.thickness(part), GREY, false));
            text(left + 24, middle + 3, SMALL, Sheet.INK, 0, String.format(Locale.ROOT, "%.0f %%", 100 * part));
            left += 52;
        }
        String reads = "of what the upper one reads";
        text(left, middle + 3, SMALL, Sheet.MUTED, 0, reads);
        if (scene.curves().stream().anyMatch(curve -> curve.kernel() && curve.edge().isLuck())) {
            left += Sheet.width(new Text(0, 0, SMALL, false, 0, 0, reads)) + 16;
            text(left, middle + 3, SMALL, Sheet.INK, 0, "dotted frame: no more than luck");
        }
    }

    private void text(double left, double baseline, double size, int colour, double share, String text) {
        if (!text.isEmpty()) {
            marks.add(new Text(left, baseline, size, false, colour, share, text));
        }
    }

    private void frame(double left, double top, double width, double height, double thickness, int colour) {
        marks.add(new Stroke(new double[] {left, top, left + width, top, left + width, top + height, left, top + height},
                thickness, colour, true));
    }
}
