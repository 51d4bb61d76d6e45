package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Edge;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.Circuit.Node;
import org.loupe.core.image.Diverging;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/**
 * A circuit as a vector picture, as SVG 1.1 or as a sheet: a row for each layer, the picture at the bottom; solid lines excite, dashed ones
 * inhibit, grey dotted ones do either, as thick as their part of what the upper unit reads or, where pictures were asked, of the target's behaviour. In the middle of each line lies
 * its kernel, by its own largest weight, with a dot where the upper unit stands. Colours are those of {@link Diverging}.
 */
final class CircuitDrawing {

    private static final int BOX_WIDTH = 104;
    private static final int BOX_HEIGHT = 40;
    private static final int GAP = 16;
    private static final int ROW = 128;
    private static final int EDGE = 24;
    private static final int LEGEND = 64;
    private static final int NARROWEST = 560;
    private static final int SWEEPS = 8;
    private static final double THICKEST = 9;
    private static final double FONT = 12;
    private static final int WHITE = 0xffffff;
    private static final int LARGEST_KERNEL = 34;
    private static final int LARGEST_CELL = 5;
    private static final Map<Effect, String> COLOURS =
            Map.of(Effect.EXCITES, hexadecimal(Diverging.POSITIVE), Effect.INHIBITS, hexadecimal(Diverging.NEGATIVE),
                    Effect.BOTH, "#6f6f6f");
    private static final Map<Effect, String> DASHES = Map.of(Effect.EXCITES, "", Effect.INHIBITS,
            " stroke-dasharray=\"7 4\"", Effect.BOTH, " stroke-dasharray=\"2 3\"");
    private static final Map<Effect, String> WORDS =
            Map.of(Effect.EXCITES, "excites", Effect.INHIBITS, "inhibits", Effect.BOTH, "both, by place");

    private final Circuit circuit;
    private final List<List<Node>> rows;
    private final Map<Unit, Double> centres = new HashMap<>();
    private final Map<Unit, Integer> ranks = new HashMap<>();

    private CircuitDrawing(Circuit circuit) {
        this.circuit = circuit;
        this.rows = circuit.layers().stream().map(row -> (List<Node>) new ArrayList<>(row)).toList();
        for (int rank = 0; rank < rows.size(); rank++) {
            for (Node node : rows.get(rank)) {
                ranks.put(node.unit(), rank);
            }
        }
    }

    /**
     * The text of an SVG file.
     *
     * @param caption what it is, under the drawing
     */
    static String svg(Circuit circuit, String caption) {
        CircuitDrawing drawing = new CircuitDrawing(circuit);
        drawing.place();
        return drawing.draw(caption);
    }

    /** The same drawing for figures, without a caption. */
    static Sheet sheet(Circuit circuit, String title) {
        CircuitDrawing drawing = new CircuitDrawing(circuit);
        drawing.place();
        List<Mark> marks = new ArrayList<>();
        circuit.edges().forEach(edge -> drawing.line(edge, marks));
        circuit.edges().stream().filter(edge -> edge.kernel().values().length > 1).forEach(edge -> drawing.kernel(edge, marks));
        circuit.nodes().forEach(node -> drawing.box(node, marks));
        double bottom = drawing.bottom() + EDGE;
        double left = EDGE;
        for (Effect effect : Effect.values()) {
            stroke(new double[] {left, bottom, left + 8, bottom, left + 16, bottom, left + 24, bottom, left + 32, bottom}, 4, effect,
                    marks);
            marks.add(new Text(left + 38, bottom + 4, FONT, false, Sheet.INK, 0, WORDS.get(effect)));
            left += 110;
        }
        return new Sheet(title, "", drawing.across(), bottom + EDGE, marks);
    }

    private void line(Edge edge, List<Mark> marks) {
        double from = centres.get(edge.from());
        double to = centres.get(edge.to());
        double start = top(edge.from());
        double end = top(edge.to()) + BOX_HEIGHT;
        int steps = 2 * Math.max(8, (int) Math.round(Math.hypot(to - from, end - start) / 12)) + 1;
        double[] points = new double[2 * steps + 2];
        for (int step = 0; step <= steps; step++) {
            double t = (double) step / steps;
            double rest = 1 - t;
            double near = rest * rest * (rest + 3 * t);
            points[2 * step] = from * near + to * (1 - near);
            points[2 * step + 1] = start * near + end * (1 - near) + ROW * t * rest * (t - rest);
        }
        stroke(points, thickness(edge), edge.effect(), marks);
    }

    /** A line of short pieces: all of them, every other one, or the first half of each. */
    private static void stroke(double[] points, double width, Effect effect, List<Mark> marks) {
        int colour = Integer.decode(colour(effect));
        if (effect == Effect.EXCITES) {
            marks.add(new Stroke(points, width, colour, false));
            return;
        }
        for (int i = 0; i + 3 < points.length; i += effect == Effect.INHIBITS ? 4 : 2) {
            double share = effect == Effect.INHIBITS ? 1 : .4;
            marks.add(new Stroke(new double[] {points[i], points[i + 1], points[i] + share * (points[i + 2] - points[i]),
                    points[i + 1] + share * (points[i + 3] - points[i + 1])}, width, colour, false));
        }
    }

    private void kernel(Edge edge, List<Mark> marks) {
        Kernel kernel = edge.kernel();
        double cell = cell(kernel);
        double left = left(edge, cell);
        double top = upper(edge, cell);
        double width = kernel.columns() * cell;
        double height = kernel.rows() * cell;
        marks.add(new Picture(left, top, width, height, kernel.picture(kernel.peak()), true));
        frame(left, top, width, height, .5, marks);
        if (kernel.top() <= 0 && kernel.left() <= 0) {
            marks.add(new Box(left + (.5 - kernel.left()) * cell - 1, top + (.5 - kernel.top()) * cell - 1, 2, 2, Sheet.INK));
        }
        if (!remark(edge).isEmpty()) {
            marks.add(new Text(left + width / 2, top + height + 8, 8, false, Sheet.MUTED, .5, remark(edge)));
        }
    }

    private void box(Node node, List<Mark> marks) {
        double middle = centres.get(node.unit());
        double top = top(node.unit());
        String share = shown(node);
        marks.add(new Box(middle - BOX_WIDTH / 2.0, top, BOX_WIDTH, BOX_HEIGHT, 0xf4f4f4));
        frame(middle - BOX_WIDTH / 2.0, top, BOX_WIDTH, BOX_HEIGHT, node.target() ? 2.5 : 1, marks);
        marks.add(new Text(middle, top + (share.isEmpty() ? 25 : 18), FONT, node.target(), Sheet.INK, .5,
                Sheet.shortened(node.unit().toString(), FONT, BOX_WIDTH - 6)));
        if (!share.isEmpty()) {
            marks.add(new Text(middle, top + 32, 10, false, Sheet.MUTED, .5, share));
        }
    }

    private static void frame(double left, double top, double width, double height, double thickness, List<Mark> marks) {
        marks.add(new Stroke(new double[] {left, top, left + width, top, left + width, top + height, left, top + height},
                thickness, Sheet.MUTED, true));
    }

    private void place() {
        int widest = rows.stream().mapToInt(List::size).max().orElse(1);
        double width = Math.max(NARROWEST, widest * (BOX_WIDTH + GAP));
        rows.forEach(row -> spread(row, width));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 0; i < rows.size(); i++) {
                List<Node> row = rows.get(down ? rows.size() - 1 - i : i);
                Map<Unit, Double> wanted = new HashMap<>();
                row.forEach(node -> wanted.put(node.unit(), pull(node, down)));
                row.sort(Comparator.comparingDouble((Node node) -> wanted.get(node.unit())).thenComparing(Node::unit));
                spread(row, width);
            }
        }
    }

    /** Where the middle of a node's neighbours is: above it, or below it. */
    private double pull(Node node, boolean above) {
        OptionalDouble middle = circuit.edges().stream()
                .filter(edge -> (above ? edge.from() : edge.to()).equals(node.unit()))
                .mapToDouble(edge -> centres.get(above ? edge.to() : edge.from())).average();
        return middle.orElse(centres.get(node.unit()));
    }

    private void spread(List<Node> row, double width) {
        double step = width / row.size();
        for (int i = 0; i < row.size(); i++) {
            centres.put(row.get(i).unit(), EDGE + step * (i + .5));
        }
    }

    private String draw(String caption) {
        int bottom = bottom();
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\""
                + " width=\"%1$.0f\" height=\"%2$d\" viewBox=\"0 0 %1$.0f %2$d\" font-family=\"Helvetica, Arial, sans-serif\""
                + " font-size=\"13\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n", across(), bottom + LEGEND));
        circuit.edges().forEach(edge -> svg.append(line(edge)));
        circuit.edges().stream().filter(edge -> edge.kernel().values().length > 1).forEach(edge -> svg.append(kernel(edge)));
        circuit.nodes().forEach(node -> svg.append(box(node)));
        svg.append(legend(bottom + EDGE, caption));
        return svg.append("</svg>\n").toString();
    }

    private double across() {
        double farthest = centres.values().stream().mapToDouble(centre -> centre).max().orElse(0);
        return Math.max(NARROWEST, farthest + BOX_WIDTH / 2.0) + 2 * EDGE;
    }

    private int bottom() {
        return EDGE + (rows.size() - 1) * ROW + BOX_HEIGHT;
    }

    private double top(Unit unit) {
        return EDGE + (rows.size() - 1 - ranks.get(unit)) * (double) ROW;
    }

    private String line(Edge edge) {
        double from = centres.get(edge.from());
        double to = centres.get(edge.to());
        double start = top(edge.from());
        double end = top(edge.to()) + BOX_HEIGHT;
        return String.format(Locale.ROOT, "<path d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"%s\""
                + " stroke-width=\"%.2f\"%s><title>%s</title></path>%n", from, start, from, start - ROW / 3.0, to,
                end + ROW / 3.0, to, end, colour(edge.effect()), thickness(edge), DASHES.get(edge.effect()), title(edge));
    }

    private static String title(Edge edge) {
        return String.format(Locale.ROOT, "%s to %s: norm %.3g, excitation %.3g, inhibition %.3g, %.1f %% of what it reads",
                text(edge.from()), text(edge.to()), edge.kernel().norm(), edge.excitation(), edge.inhibition(),
                100 * edge.part());
    }

    /** Width of a line in pixels. */
    static double thickness(Edge edge) {
        double share = edge.support().isKnown() ? Math.min(1, Math.abs(edge.support().contribution())) : edge.part();
        return Math.max(.75, THICKEST * Math.sqrt(share));
    }

    /** What stands below a kernel: that it is a shortcut, or that it may be luck. */
    private static String remark(Edge edge) {
        return edge.kernel().shortcut() != 0 ? "shortcut"
                : edge.isLuck() ? String.format(Locale.ROOT, "luck? p %.2g", edge.support().chance()) : "";
    }

    /** Colour of a line, as in style sheets. */
    static String colour(Effect effect) {
        return COLOURS.get(effect);
    }

    private static double cell(Kernel kernel) {
        return Math.min(LARGEST_CELL, (double) LARGEST_KERNEL / Math.max(kernel.rows(), kernel.columns()));
    }

    private double left(Edge edge, double cell) {
        return .62 * centres.get(edge.from()) + .38 * centres.get(edge.to()) - edge.kernel().columns() * cell / 2;
    }

    private double upper(Edge edge, double cell) {
        return .5 * top(edge.from()) + .5 * (top(edge.to()) + BOX_HEIGHT) - edge.kernel().rows() * cell / 2;
    }

    /** The weights as small squares, a little nearer to the lower unit, where lines into one unit are still apart. */
    private String kernel(Edge edge) {
        Kernel kernel = edge.kernel();
        double cell = cell(kernel);
        double left = left(edge, cell);
        double top = upper(edge, cell);
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, "<g><title>%s</title><rect x=\"%.1f\" y=\"%.1f\""
                + " width=\"%.1f\" height=\"%.1f\" fill=\"white\" stroke=\"#999\" stroke-width=\".5\"/>%n", title(edge),
                left, top, kernel.columns() * cell, kernel.rows() * cell));
        if (!remark(edge).isEmpty()) {
            svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"8\" fill=\"#555\""
                    + " text-anchor=\"middle\">%s</text>%n", left + kernel.columns() * cell / 2,
                    top + kernel.rows() * cell + 8, remark(edge)));
        }
        double peak = kernel.peak();
        for (int row = 0; row < kernel.rows(); row++) {
            for (int column = 0; column < kernel.columns(); column++) {
                double share = kernel.at(row, column) / peak;
                if (Math.abs(share) >= .02) {
                    svg.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.2f\""
                            + " fill=\"%s\"/>%n", left + column * cell, top + row * cell, cell, cell,
                            hexadecimal(Diverging.colour(share, WHITE))));
                }
            }
        }
        if (kernel.top() <= 0 && kernel.left() <= 0) {
            svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"1.2\" fill=\"black\"/>%n",
                    left + (.5 - kernel.left()) * cell, top + (.5 - kernel.top()) * cell));
        }
        return svg.append("</g>\n").toString();
    }

    private String box(Node node) {
        double left = centres.get(node.unit()) - BOX_WIDTH / 2.0;
        double top = top(node.unit());
        String share = shown(node);
        return String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#f4f4f4\""
                + " stroke=\"#333\" stroke-width=\"%s\"/>%n<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>%n"
                + "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"10\" fill=\"#555\">%s</text>%n", left, top,
                BOX_WIDTH, BOX_HEIGHT, node.target() ? "2.5" : "1", centres.get(node.unit()),
                top + (share.isEmpty() ? 25 : 18), text(node.unit()), centres.get(node.unit()), top + 32, share);
    }

    private static String shown(Node node) {
        return node.share() > 0 ? String.format(Locale.ROOT, "%.0f %% shown", 100 * node.share()) : "";
    }

    private static String legend(int top, String caption) {
        StringBuilder legend = new StringBuilder();
        int left = EDGE;
        for (Effect effect : Effect.values()) {
            legend.append(String.format(Locale.ROOT, "<path d=\"M%d %d h30\" stroke=\"%s\" stroke-width=\"4\"%s/>%n"
                    + "<text x=\"%d\" y=\"%d\">%s</text>%n", left, top, colour(effect), DASHES.get(effect), left + 38,
                    top + 4, WORDS.get(effect)));
            left += 110;
        }
        return legend.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-size=\"11\" fill=\"#555\">%s</text>%n",
                EDGE, top + 26, escaped(caption))).toString();
    }

    private static String text(Unit unit) {
        return escaped(unit.toString());
    }

    private static String hexadecimal(int colour) {
        return String.format("#%06x", colour);
    }

    /** Text that may stand in XML. */
    static String escaped(String text) {
        String[][] marks = {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}};
        return Arrays.stream(marks).reduce(text, (so, mark) -> so.replace(mark[0], mark[1]), (first, second) -> second);
    }
}
