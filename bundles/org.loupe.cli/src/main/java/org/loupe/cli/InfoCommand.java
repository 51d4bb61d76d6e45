package org.loupe.cli;

import com.google.gson.GsonBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.loupe.core.check.Checked;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.core.structure.Blocks;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tells what a network is made of. */
@Command(name = "info", description = "Tells what a network is made of: its layers with shape, channels and cost.",
        customSynopsis = "loupe info [<options>] [<network>]")
final class InfoCommand implements Callable<Integer> {

    private static final int MOST_CLASSES = 20;

    private final Shell shell;
    private final Settings settings;

    @Mixin
    private final NetworkOptions options;

    InfoCommand(Shell shell, Settings settings) {
        this.shell = shell;
        this.settings = settings;
        this.options = new NetworkOptions(settings);
    }

    @Override
    public Integer call() {
        try (Laboratory laboratory = Laboratories.openReadOnly(shell, settings)) {
            OpenedNetwork opened = Laboratories.open(laboratory, options.network, settings.choice());
            shell.out().print(options.json ? json(opened, laboratory) : text(opened, laboratory));
            shell.out().flush();
            return ExitCode.DONE;
        }
    }

    private String text(OpenedNetwork opened, Laboratory laboratory) {
        Network network = opened.network();
        List<String> lines = new ArrayList<>();
        lines.add(network.name());
        if (!network.about().isBlank()) {
            lines.addAll(wrapped(network.about()));
        }
        lines.add("");
        opened.file().ifPresent(file -> lines.add("file             " + file + " (" + opened.format() + ")"));
        lines.add("input            " + network.input().shape() + " (channels x rows x columns; " + opened.size() + ")");
        lines.add("colours          " + Preparation.of(network) + " (" + opened.colours() + ")");
        lines.add("parameters       " + grouped(network.parameters()));
        lines.add("multiplications  " + grouped(multiplications(network)) + " for one picture");
        if (!network.classes().isEmpty()) {
            lines.add("classes          " + network.classes().size() + ": " + String.join(", ", network.classes().subList(0,
                    Math.min(MOST_CLASSES, network.classes().size())))
                    + (network.classes().size() > MOST_CLASSES ? ", ..." : ""));
        }
        lines.add("SHA-256          " + laboratory.hash(network));
        lines.add("check            " + check(laboratory, network));
        lines.add("");
        opened.remarks().forEach(remark -> lines.addAll(wrapped(remark)));
        if (!opened.remarks().isEmpty()) {
            lines.add("");
        }
        lines.addAll(table(network));
        lines.add("");
        lines.addAll(wrapped("sees: rows x columns of the picture that can change the neuron in the middle of the layer's maps. Most"
                + " of them hardly do; what a unit really looks at, by its gradient, is measured by: loupe field "
                + (options.network.isEmpty() ? "" : options.network + " ")
                + network.layers().get(network.layers().size() / 2).name() + ":0"));
        notes(network).forEach((about, layers) -> {
            lines.add("");
            lines.addAll(wrapped(String.join(", ", layers) + ": " + about));
        });
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    /** Whether the network was checked, and how that went. */
    private static String check(Laboratory laboratory, Network network) {
        return laboratory.verdict(network).map(verdict -> (verdict.isOff() ? "off at " + verdict.firstOff() + ", "
                : "agrees, ") + "largest difference " + Checked.number(verdict.largest()) + ", of the gradient "
                + Checked.number(verdict.gradient()) + "; " + verdict.engine() + " against " + verdict.against() + ", "
                + verdict.when().substring(0, 10)).orElse("not yet (loupe check)");
    }

    private static List<String> table(Network network) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"layer", "shape", "channels", "sees", "parameters", "multiplications"});
        Blocks blocks = Blocks.of(network);
        String last = "";
        for (Layer layer : network.layers()) {
            Shape shape = network.shape(layer);
            ReceptiveField field = field(network, layer);
            String block = blocks.block(layer).orElse("");
            if (!block.isEmpty() && !block.equals(last)) {
                rows.add(new String[] {block + ":", "", "", "", "", ""});
            }
            last = block;
            rows.add(new String[] {(block.isEmpty() ? "" : "  ") + layer.name(), shape.toString(), Integer.toString(shape.channels()),
                    field.rows() + "x" + field.columns(), grouped(network.parameters(layer)), grouped(network.multiplications(layer))});
        }
        int[] widths = new int[6];
        for (String[] row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        return rows.stream().map(row -> String.format("%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %"
                + widths[3] + "s  %" + widths[4] + "s  %" + widths[5] + "s", (Object[]) row).stripTrailing()).toList();
    }

    private static ReceptiveField field(Network network, Layer layer) {
        Shape shape = network.shape(layer);
        return ReceptiveField.of(network, Tap.after(layer.name()), shape.rows() / 2, shape.columns() / 2);
    }

    /** What there is to know about layers, with the layers that it is said of. */
    private static Map<String, List<String>> notes(Network network) {
        Map<String, List<String>> notes = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            if (!layer.about().isBlank()) {
                notes.computeIfAbsent(layer.about(), about -> new ArrayList<>()).add(layer.name());
            }
        }
        return notes;
    }

    private static List<String> wrapped(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split("\\s+")) {
            if (line.length() + word.length() >= 100) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static long multiplications(Network network) {
        return network.layers().stream().mapToLong(network::multiplications).sum();
    }

    private static String json(OpenedNetwork opened, Laboratory laboratory) {
        Network network = opened.network();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", network.name());
        json.put("about", network.about());
        json.put("sha256", laboratory.hash(network));
        opened.file().ifPresent(file -> json.put("file", file.toString()));
        json.put("format", opened.format());
        json.put("input", shape(network.input().shape()));
        json.put("size", opened.reading().size().name().toLowerCase(Locale.ROOT));
        json.put("colours", Preparation.of(network).toString());
        json.put("coloursAre", opened.reading().colours().name().toLowerCase(Locale.ROOT));
        json.put("remarks", opened.remarks());
        laboratory.verdict(network).ifPresent(verdict -> json.put("check", verdict));
        json.put("parameters", network.parameters());
        json.put("multiplications", multiplications(network));
        json.put("classes", network.classes());
        List<Object> layers = new ArrayList<>();
        for (Layer layer : network.layers()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", layer.name());
            one.putAll(shape(network.shape(layer)));
            ReceptiveField field = field(network, layer);
            one.put("sees", Map.of("rows", field.rows(), "columns", field.columns()));
            one.put("parameters", network.parameters(layer));
            one.put("multiplications", network.multiplications(layer));
            one.put("about", layer.about());
            layers.add(one);
        }
        json.put("layers", layers);
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping()
                .serializeSpecialFloatingPointValues().create().toJson(json) + System.lineSeparator();
    }

    private static Map<String, Object> shape(Shape shape) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("channels", shape.channels());
        json.put("rows", shape.rows());
        json.put("columns", shape.columns());
        return json;
    }
}
