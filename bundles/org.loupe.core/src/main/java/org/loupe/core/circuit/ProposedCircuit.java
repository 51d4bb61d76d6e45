package org.loupe.core.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Edge;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.Circuit.Node;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.image.Diverging;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * A circuit that was found, with the files that other programs read.
 *
 * @param network    what the network is called
 * @param circuit    units and connections
 * @param evaluation how much of the target's behaviour it explains, where pictures were asked
 * @param isPartial  whether the search was stopped before it was done
 */
public record ProposedCircuit(String network, Circuit circuit, Optional<CircuitEvaluation> evaluation, boolean isPartial)
        implements Result {

    private static final String TABLE = "circuit.tsv";
    private static final Map<Effect, String> WORDS =
            Map.of(Effect.EXCITES, "excited", Effect.INHIBITS, "inhibited", Effect.BOTH, "both");
    private static final Map<Effect, String> STYLES =
            Map.of(Effect.EXCITES, "solid", Effect.INHIBITS, "dashed", Effect.BOTH, "dotted");
    private static final String NODE = "node";
    private static final String EDGE = "edge";
    private static final String EVALUATION = "evaluation";
    private static final String SHORTCUT = " shortcut ";
    private static final int EDGES_SHOWN = 40;
    /** The chance above which a kernel is said to be no more than luck. */
    public static final double LEVEL = .05;

    /** What there is of a search that was stopped at once. */
    static ProposedCircuit nothing(String network, Unit target) {
        return new ProposedCircuit(network, new Circuit(List.of(new Node(target, true, 0)), List.of()), Optional.empty(), true);
    }

    /** One sentence: of what this is a drawing, and what it does not say. */
    public String caption() {
        String targets = circuit.nodes().stream().filter(Node::target).map(node -> node.unit().toString())
                .collect(Collectors.joining(", "));
        return evaluation.map(found -> "What " + targets + " of " + network + " uses on " + found.pictures() + " pictures, found by "
                + found.by().name().toLowerCase(Locale.ROOT) + ". Alone it keeps " + found.faithfulness()
                + " of what the target does there"
                + (found.controls().isEmpty() ? "." : String.format(Locale.ROOT, "; random circuits of its shape keep %.0f %%.",
                        100 * CircuitEvaluation.mean(found.controls()))))
                .orElse("What " + targets + " of " + network + " reads, by the norm of its weights. Proposed by weights alone:"
                        + " whether the connections are used is for an experiment to say.");
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        List<List<Node>> layers = circuit.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            for (Node node : layers.get(i)) {
                if (node.share() > 0) {
                    text.append(String.format(Locale.ROOT, "%s reads, with %.0f %% of its weights:%n", node.unit(),
                            100 * node.share()));
                    circuit.edges().stream().filter(edge -> edge.to().equals(node.unit())).forEach(edge -> text
                            .append(String.format(Locale.ROOT, "  %-9s by %-16s norm %.3g, excitation %.3g, inhibition %.3g,"
                                    + " %.1f %% of its weights%s%s%n", WORDS.get(edge.effect()), edge.from(),
                                    edge.kernel().norm(), edge.excitation(), edge.inhibition(), 100 * edge.part(),
                                    lucky(edge), supported(edge))));
                }
            }
        }
        text.append(luck());
        evaluation.ifPresent(found -> text.append(found.text()));
        return text.toString();
    }

    /** What of it is a shortcut, the chance that luck does as well, and that it may be luck. */
    static String lucky(Edge edge) {
        double chance = edge.support().chance();
        String shortcut = edge.kernel().shortcut() == 0 ? ""
                : String.format(Locale.ROOT, ", %+.3g of it a shortcut", edge.kernel().shortcut());
        return shortcut + (Double.isNaN(chance) ? "" : String.format(Locale.ROOT, ", p %.2g%s%s", chance,
                shortcut.isEmpty() ? "" : " of the rest", edge.isLuck() ? " (no more than luck)" : ""));
    }

    private String luck() {
        long known = circuit.edges().stream().filter(edge -> !Double.isNaN(edge.support().chance())).count();
        long lucky = circuit.edges().stream().filter(Edge::isLuck).count();
        long shortcuts = circuit.edges().stream().filter(edge -> edge.kernel().shortcut() != 0).count();
        return (shortcuts == 0 ? "" : String.format(Locale.ROOT, "%d of these kernels %s a shortcut past all weights, such as the"
                + " identity of a residual block: nothing was learned there, and chances are those of the rest.%n", shortcuts,
                shortcuts == 1 ? "has" : "have"))
                + (known == 0 ? "" : String.format(Locale.ROOT, "%d of these %d kernels are no more than luck (p > %.2g): not stronger than the best of the unit's"
                + " own weights dealt out at random, nor smoother than random order; for one number, not stronger than those of"
                + " other units of the layer.%n", lucky,
                known, LEVEL));
    }

    private static String supported(Edge edge) {
        return !edge.support().isKnown() ? "" : String.format(Locale.ROOT, "; carries %.1f %% of the target, in %.0f %% of"
                + " resamples", 100 * edge.support().contribution(), 100 * edge.support().stability());
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("Circuit of " + circuit.nodes().stream().filter(Node::target)
                .map(node -> node.unit().toString()).collect(Collectors.joining(", ")) + " in " + network).paragraph(caption());
        evaluation.ifPresent(found -> shares(figure, found));
        List<Edge> shown = circuit.edges().subList(0, Math.min(EDGES_SHOWN, circuit.edges().size()));
        boolean isKnown = shown.stream().anyMatch(edge -> edge.support().isKnown());
        if (isKnown) {
            figure.bars(Figure.Axis.of("share of the target's behaviour that goes through the edge"), shown.stream()
                    .map(edge -> Figure.Bar.of(edge.from() + " → " + edge.to(), edge.support().contribution(),
                            edge.support().contribution() < 0 ? Diverging.NEGATIVE : Diverging.POSITIVE)).toList());
        }
        double extent = shown.stream().mapToDouble(edge -> edge.kernel().peak()).max().orElse(0);
        figure.heading("Kernels").pictures(shown.stream().map(edge -> new Figure.Plate(edge.kernel().picture(edge.kernel().peak()),
                edge.from() + "→" + edge.to() + (edge.kernel().shortcut() != 0 ? " shortcut"
                        : String.format(Locale.ROOT, " p %.2g", edge.support().chance())), true)).toList(), 6);
        figure.remark(String.format(Locale.ROOT, "Each kernel by its own largest weight; red excites, blue inhibits. The largest"
                + " weight of all is %.3g. %s%s", extent, luck().strip(), shown.size() < circuit.edges().size() ? " " + shown.size() + " of "
                        + circuit.edges().size() + " edges are shown." : ""));
        return List.of(CircuitDrawing.sheet(circuit, caption()), figure.sheet());
    }

    private static void shares(Figure figure, CircuitEvaluation found) {
        List<Figure.Bar> bars = new ArrayList<>();
        bars.add(bar("kept by the circuit alone", found.faithfulness(), Figure.COLOURS.get(0)));
        if (!found.controls().isEmpty()) {
            bars.add(Figure.Bar.of("kept by random circuits", CircuitEvaluation.mean(found.controls()), Sheet.LINE));
        }
        for (int depth = 0; depth < found.necessity().size(); depth++) {
            bars.add(bar(depth == 0 ? "lost without its edges" : "lost without those " + depth + " further down",
                    found.necessity().get(depth), Figure.COLOURS.get(1)));
        }
        if (!found.lossControls().isEmpty()) {
            bars.add(Figure.Bar.of("lost without random edges", CircuitEvaluation.mean(found.lossControls()), Sheet.LINE));
        }
        figure.bars(Figure.Axis.of("share of the target's behaviour; lines: 95 % of resamples of pictures and stand-ins"), bars);
        found.remarks().forEach(figure::remark);
    }

    private static Figure.Bar bar(String name, CircuitEvaluation.Share share, int colour) {
        return new Figure.Bar(name, share.value(), share.low(), share.high(), colour);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        write(files, TABLE, table());
        write(files, "circuit.svg", CircuitDrawing.svg(circuit, caption()));
        write(files, "circuit.dot", dot());
        write(files, "circuit.graphml", graphml());
        write(files, "circuit.json", json());
    }

    private static void write(ResultFiles files, String name, String text) throws IOException {
        files.write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String table() {
        StringBuilder text = new StringBuilder("network\t").append(network).append('\t').append(isPartial)
                .append('\n');
        for (Node node : circuit.nodes()) {
            text.append(NODE).append('\t').append(node.unit()).append('\t').append(node.target()).append('\t')
                    .append(node.share()).append('\n');
        }
        for (Edge edge : circuit.edges()) {
            text.append(EDGE).append('\t').append(edge.from()).append('\t').append(edge.to()).append('\t')
                    .append(edge.part()).append('\t').append(kernel(edge.kernel())).append('\t')
                    .append(edge.support().contribution()).append('\t').append(edge.support().stability()).append('\t')
                    .append(edge.support().chance()).append('\n');
        }
        evaluation.ifPresent(found -> text.append(found.rows(EVALUATION)));
        return text.toString();
    }

    static String kernel(Kernel kernel) {
        StringJoiner weights = new StringJoiner(" ");
        for (float weight : kernel.values()) {
            weights.add(Float.toString(weight));
        }
        return kernel.rows() + "\t" + kernel.columns() + "\t" + kernel.top() + "\t" + kernel.left() + "\t" + weights
                + (kernel.shortcut() == 0 ? "" : SHORTCUT + kernel.shortcut());
    }

    static Kernel kernel(String[] cells, int first) {
        String[] parts = cells[first + 4].split(SHORTCUT);
        String[] texts = parts[0].split(" ");
        float[] weights = new float[texts.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Float.parseFloat(texts[i]);
        }
        return new Kernel(Integer.parseInt(cells[first]), Integer.parseInt(cells[first + 1]),
                Integer.parseInt(cells[first + 2]), Integer.parseInt(cells[first + 3]), weights,
                parts.length > 1 ? Float.parseFloat(parts[1]) : 0);
    }

    static ProposedCircuit load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(TABLE), StandardCharsets.UTF_8).split("\n");
        try {
            List<Node> nodes = new ArrayList<>();
            List<Edge> edges = new ArrayList<>();
            List<String[]> evaluation = new ArrayList<>();
            for (String line : lines) {
                String[] cells = line.split("\t");
                if (cells[0].equals(NODE)) {
                    nodes.add(new Node(Unit.parse(cells[1]), Boolean.parseBoolean(cells[2]), Double.parseDouble(cells[3])));
                } else if (cells[0].equals(EDGE)) {
                    edges.add(new Edge(Unit.parse(cells[1]), Unit.parse(cells[2]), kernel(cells, 4),
                            Double.parseDouble(cells[3]), new Support(Double.parseDouble(cells[9]),
                                    Double.parseDouble(cells[10]), Double.parseDouble(cells[11]))));
                } else if (cells[0].equals(EVALUATION)) {
                    evaluation.add(cells);
                }
            }
            String[] first = lines[0].split("\t");
            return new ProposedCircuit(first[1], new Circuit(nodes, edges), evaluation.isEmpty() ? Optional.empty()
                    : Optional.of(CircuitEvaluation.read(evaluation)), Boolean.parseBoolean(first[2]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(TABLE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** The circuit for Graphviz: the text of a DOT file. */
    public String dot() {
        StringBuilder dot = new StringBuilder("digraph circuit {\n  rankdir=BT;\n  node [shape=box, style=rounded];\n");
        circuit.nodes().forEach(node -> dot.append("  ").append(quoted(node.unit())).append(node.target()
                ? " [penwidth=2.5];\n" : ";\n"));
        for (List<Node> layer : circuit.layers()) {
            dot.append("  {rank=same; ").append(layer.stream().map(node -> quoted(node.unit()))
                    .collect(Collectors.joining("; "))).append("}\n");
        }
        for (Edge edge : circuit.edges()) {
            dot.append(String.format(Locale.ROOT, "  %s -> %s [norm=%.6g, excitation=%.6g, inhibition=%.6g, penwidth=%.2f,"
                    + " color=\"%s\", style=%s];%n", quoted(edge.from()), quoted(edge.to()), edge.kernel().norm(),
                    edge.excitation(), edge.inhibition(), CircuitDrawing.thickness(edge),
                    CircuitDrawing.colour(edge.effect()), STYLES.get(edge.effect())));
        }
        return dot.append("}\n").toString();
    }

    private static String quoted(Unit unit) {
        return '"' + unit.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The circuit as GraphML 1.0. */
    public String graphml() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
        xml.append("  <key id=\"target\" for=\"node\" attr.name=\"target\" attr.type=\"boolean\"/>\n");
        for (String name : List.of("norm", "excitation", "inhibition", "part", "contribution", "stability", "chance")) {
            xml.append("  <key id=\"").append(name).append("\" for=\"edge\" attr.name=\"").append(name)
                    .append("\" attr.type=\"double\"/>\n");
        }
        xml.append("  <graph id=\"circuit\" edgedefault=\"directed\">\n");
        for (Node node : circuit.nodes()) {
            xml.append("    <node id=\"").append(CircuitDrawing.escaped(node.unit().toString()))
                    .append("\"><data key=\"target\">").append(node.target()).append("</data></node>\n");
        }
        for (Edge edge : circuit.edges()) {
            xml.append("    <edge source=\"").append(CircuitDrawing.escaped(edge.from().toString())).append("\" target=\"")
                    .append(CircuitDrawing.escaped(edge.to().toString())).append("\">");
            data(xml, "norm", edge.kernel().norm());
            data(xml, "excitation", edge.excitation());
            data(xml, "inhibition", edge.inhibition());
            data(xml, "part", edge.part());
            if (!Double.isNaN(edge.support().chance())) {
                data(xml, "chance", edge.support().chance());
            }
            if (edge.support().isKnown()) {
                data(xml, "contribution", edge.support().contribution());
            }
            if (!Double.isNaN(edge.support().stability())) {
                data(xml, "stability", edge.support().stability());
            }
            xml.append("</edge>\n");
        }
        return xml.append("  </graph>\n</graphml>\n").toString();
    }

    private static void data(StringBuilder xml, String key, double value) {
        xml.append("<data key=\"").append(key).append("\">").append(value).append("</data>");
    }

    /** The circuit as JSON, with the kernels. */
    public String json() {
        String nodes = circuit.nodes().stream().map(node -> "    {\"unit\": " + jsonText(node.unit().toString())
                + ", \"target\": " + node.target() + ", \"share\": " + node.share() + "}")
                .collect(Collectors.joining(",\n"));
        String edges = circuit.edges().stream().map(edge -> "    {\"from\": " + jsonText(edge.from().toString())
                + ", \"to\": " + jsonText(edge.to().toString()) + ", \"norm\": " + edge.kernel().norm() + ", \"excitation\": "
                + edge.excitation() + ", \"inhibition\": " + edge.inhibition() + ", \"part\": " + edge.part()
                + (Double.isNaN(edge.support().chance()) ? "" : ", \"chance\": " + edge.support().chance())
                + (edge.support().isKnown() ? ", \"contribution\": " + edge.support().contribution() : "")
                + (Double.isNaN(edge.support().stability()) ? "" : ", \"stability\": " + edge.support().stability())
                + ", \"kernel\": {\"rows\": " + edge.kernel().rows() + ", \"columns\": " + edge.kernel().columns()
                + ", \"top\": " + edge.kernel().top() + ", \"left\": " + edge.kernel().left() + ", \"values\": "
                + Arrays.toString(edge.kernel().values()) + (edge.kernel().shortcut() == 0 ? ""
                        : ", \"shortcut\": " + edge.kernel().shortcut()) + "}}").collect(Collectors.joining(",\n"));
        return "{\n  \"network\": " + jsonText(network) + ",\n  \"nodes\": [\n" + nodes + "\n  ],\n  \"edges\": [\n" + edges
                + "\n  ]\n}\n";
    }

    private static String jsonText(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char letter : text.toCharArray()) {
            json.append(letter == '"' || letter == '\\' ? "\\" + letter
                    : letter < ' ' ? String.format("\\u%04x", (int) letter) : String.valueOf(letter));
        }
        return json.append('"').toString();
    }
}
