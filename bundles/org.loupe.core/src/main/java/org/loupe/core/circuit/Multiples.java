package org.loupe.core.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.WeightColours.Banding;
import org.loupe.core.circuit.WeightColours.Load;
import org.loupe.core.page.Sheet;

/**
 * The strongest kernels between two layers.
 *
 * @param network what the network is called
 * @param below   the layer that is read, or {@code input}
 * @param above   the layer that reads it
 * @param upper   units above that are shown, those with the strongest kernels first
 * @param lower   units below that are shown, in the same order
 * @param kernels those between them that are not zero
 * @param extent  of what these are a part
 * @param colours what the kernels of the upper units have in common, over all units below; not there where this was stopped
 * @param remarks whole sentences: where the weights are not all that happens between the layers
 */
public record Multiples(String network, String below, String above, List<Unit> upper, List<Unit> lower,
        List<Connection> kernels, Extent extent, Optional<WeightColours> colours, List<String> remarks, boolean isPartial)
        implements Result {

    private static final String FILE = "multiples.tsv";
    private static final String KERNEL = "kernel";
    private static final String FACTOR = "factor";
    private static final String AMOUNT = "amount";
    private static final int NAMED = 6;
    private static final double LEAST_NAMED = .01;
    static final List<String> COLOURS = List.of("red", "green", "blue");

    /**
     * How much there is in all.
     *
     * @param upper units above that read the layer below
     * @param lower units below that are read
     * @param share of the norms of all kernels that those have that are shown, 0 to 1
     */
    public record Extent(int upper, int lower, double share) {
    }

    public Multiples {
        upper = List.copyOf(upper);
        lower = List.copyOf(lower);
        kernels = List.copyOf(kernels);
        remarks = List.copyOf(remarks);
    }

    Multiples remarking(List<String> sentences) {
        return new Multiples(network, below, above, upper, lower, kernels, extent, colours, sentences, isPartial);
    }

    /** One sentence: what is shown, and what share of all that is. */
    String summary() {
        return String.format(Locale.ROOT, "%d of %d units of %s and %d of %d units of %s that they read, the strongest: %s %% of the"
                + " norms of all kernels.%s", upper.size(), extent.upper, above, lower.size(), extent.lower, below,
                String.format(Locale.ROOT, extent.share < .01 ? "%.2f" : "%.0f", 100 * extent.share),
                isPartial ? " Stopped before all units were read." : "");
    }

    /** How good the factors are. */
    static String about(WeightColours colours) {
        return String.format(Locale.ROOT, "%d factors, over all units below, have %.0f %% of the squares of the weights of the units"
                + " above that are shown.", colours.factors().size(), 100 * (1 - colours.missed()));
    }

    /** Units of a factor with the largest loads. */
    static String strongest(List<Load> factor) {
        return factor.stream().limit(NAMED).filter(load -> load.value() >= LEAST_NAMED)
                .map(load -> String.format(Locale.ROOT, "%s %.2f", load.unit(), load.value())).collect(Collectors.joining(", "));
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder("Kernels from " + below + " to " + above + " of " + network + ": " + summary() + "\n");
        for (Unit unit : upper) {
            text.append(String.format("  %-14s reads ", unit)).append(kernels.stream().filter(one -> one.to().equals(unit))
                    .sorted(Comparator.comparingDouble(Connection::strength).reversed()).limit(NAMED)
                    .map(one -> String.format(Locale.ROOT, "%s %s%.3g", one.from(), one.excites() ? "+" : "-", one.strength()))
                    .collect(Collectors.joining(", "))).append('\n');
        }
        colours.ifPresent(found -> {
            text.append(about(found)).append('\n');
            for (int factor = 0; factor < found.factors().size(); factor++) {
                text.append(String.format("  %-6s ", COLOURS.get(factor))).append(strongest(found.factors().get(factor)))
                        .append('\n').append("         ").append(bands(found.banding(factor))).append('\n');
            }
        });
        remarks.forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    static String bands(Banding banding) {
        return Double.isNaN(banding.rows()) ? "its amounts do not vary over positions" : String.format(Locale.ROOT,
                "bands: %.0f %% of its variance over positions lies between rows (unrelated weights: %.0f %%), %.0f %% between"
                + " columns (%.0f %%)", 100 * banding.rows(), 100 * banding.rowsByChance(), 100 * banding.columns(),
                100 * banding.columnsByChance());
    }

    @Override
    public List<Sheet> sheets() {
        return upper.isEmpty() ? List.of() : new MultiplesSheets(this).sheets();
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", network, below, above, extent.upper + "", extent.lower + "", extent.share + "",
                colours.map(found -> found.missed() + "").orElse("-"), isPartial + ""));
        lines.add(units(upper));
        lines.add(units(lower));
        lines.add(String.join("\t", remarks));
        for (Connection one : kernels) {
            lines.add(String.join("\t", KERNEL, one.from() + "", one.to() + "", one.pooling(),
                    ProposedCircuit.kernel(one.kernel())));
        }
        colours.ifPresent(found -> {
            found.factors().forEach(factor -> lines.add(FACTOR + factor.stream()
                    .map(load -> "\t" + load.unit() + " " + load.value()).collect(Collectors.joining())));
            found.amounts().forEach(own -> own.forEach(map -> lines.add(AMOUNT + "\t" + ProposedCircuit.kernel(map))));
        });
        files.write(FILE, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String units(List<Unit> units) {
        return units.stream().map(Unit::toString).collect(Collectors.joining(" "));
    }

    static Multiples load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(FILE), StandardCharsets.UTF_8).split("\n", -1);
        try {
            String[] first = lines[0].split("\t");
            List<Unit> upper = units(lines[1]);
            List<Connection> kernels = new ArrayList<>();
            List<List<Load>> factors = new ArrayList<>();
            List<Kernel> amounts = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(4, lines.length - 1)) {
                String[] cells = line.split("\t");
                switch (cells[0]) {
                    case KERNEL -> kernels.add(new Connection(Unit.parse(cells[1]), Unit.parse(cells[2]),
                            ProposedCircuit.kernel(cells, 4), cells[3]));
                    case FACTOR -> factors.add(Arrays.stream(cells).skip(1).map(Multiples::load).toList());
                    case AMOUNT -> amounts.add(ProposedCircuit.kernel(cells, 1));
                    default -> throw new IllegalArgumentException("no line begins with " + cells[0]);
                }
            }
            Optional<WeightColours> colours = first[6].equals("-") ? Optional.empty()
                    : Optional.of(new WeightColours(factors, parts(amounts, upper.size(), factors.size()),
                            Double.parseDouble(first[6])));
            return new Multiples(first[0], first[1], first[2], upper, units(lines[2]), kernels,
                    new Extent(Integer.parseInt(first[3]), Integer.parseInt(first[4]), Double.parseDouble(first[5])), colours,
                    lines[3].isEmpty() ? List.of() : List.of(lines[3].split("\t")), Boolean.parseBoolean(first[7]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static List<Unit> units(String line) {
        return line.isEmpty() ? List.of() : Arrays.stream(line.split(" ")).map(Unit::parse).toList();
    }

    private static Load load(String cell) {
        String[] parts = cell.split(" ");
        return new Load(Unit.parse(parts[0]), Double.parseDouble(parts[1]));
    }

    private static List<List<Kernel>> parts(List<Kernel> maps, int units, int factors) {
        List<List<Kernel>> parts = new ArrayList<>();
        for (int unit = 0; unit < units; unit++) {
            parts.add(maps.subList(unit * factors, (unit + 1) * factors));
        }
        return parts;
    }
}
