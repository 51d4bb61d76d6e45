package org.loupe.demo.planted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Finder;
import org.loupe.core.circuit.Ranking;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * What {@link Score} has found.
 *
 * @param network whose connections were looked for
 * @param units   into which
 * @param rows    one for each finder and level of noise
 */
public record Scored(String network, List<Unit> units, List<Row> rows, boolean isPartial) implements Result {

    private static final String FILE = "score.tsv";
    private static final String HEADING =
            "finder\tnoise\trankings\taverage precision\tdeviation\tprecision\trecall at twice as many";

    public Scored {
        units = List.copyOf(units);
        rows = List.copyOf(rows);
    }

    /**
     * How good one finder is at one level of noise, over all units and runs; all but {@code noise} are from 0 to 1.
     *
     * @param noise     multiple of the standard deviation of the planted weights
     * @param rankings  how many rankings these are means of
     * @param average   average precision
     * @param deviation standard deviation of the average precision between rankings
     * @param precision the share of planted connections among as many as were planted; the recall is the same there
     * @param recall    the share of all planted connections among twice as many as were planted
     */
    public record Row(Finder finder, double noise, int rankings, double average, double deviation, double precision,
            double recall) {

        static Row of(Finder finder, double noise, List<Ranking> rankings) {
            double[] averages = rankings.stream().mapToDouble(Ranking::averagePrecision).toArray();
            double average = Arrays.stream(averages).average().orElse(0);
            double variance = Arrays.stream(averages).map(one -> (one - average) * (one - average)).average().orElse(0);
            return new Row(finder, noise, averages.length, average, Math.sqrt(variance),
                    rankings.stream().mapToDouble(one -> one.precision(one.positives())).average().orElse(0),
                    rankings.stream().mapToDouble(one -> one.recall(2 * one.positives())).average().orElse(0));
        }
    }

    /** The average precision of a finder at a level of noise, where it was measured. */
    public Optional<Double> average(Finder finder, double noise) {
        return rows.stream().filter(row -> row.finder() == finder && row.noise() == noise).map(Row::average).findFirst();
    }

    @Override
    public String text() {
        double[] noises = rows.stream().mapToDouble(Row::noise).distinct().toArray();
        StringBuilder text = new StringBuilder("Connections into ").append(units.size()).append(" units of ")
                .append(network).append(": average precision ± deviation, precision at as many as were planted\n");
        text.append(String.format(Locale.ROOT, "%-18s", "noise"));
        Arrays.stream(noises).forEach(noise -> text.append(String.format(Locale.ROOT, "  %-14s", noise)));
        text.append('\n');
        for (Finder finder : Finder.values()) {
            text.append(String.format(Locale.ROOT, "%-18s", finder.label()));
            for (Row row : rows) {
                if (row.finder() == finder) {
                    text.append(String.format(Locale.ROOT, "  %.2f±%.2f  %.2f", row.average(), row.deviation(),
                            row.precision()));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public List<Sheet> sheets() {
        if (rows.isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("Finding the connections that were planted in " + network).paragraph(about());
        EnumSet<Finder> cutting = EnumSet.of(Finder.PATCHING, Finder.ABLATION, Finder.GREEDY_ABLATION);
        lines(figure.heading("By weights and activations"), EnumSet.complementOf(cutting));
        cutting.add(Finder.WEIGHT);
        lines(figure.heading("By cutting connections, beside the plain weights"), cutting);
        List<String> header = List.of("finder", "noise", "average precision", "deviation", "precision",
                "recall at twice", "rankings");
        figure.table(header, finders().stream().flatMap(finder -> of(finder).stream()).map(row -> List.of(finder(row),
                rounded(row.noise()), rounded(row.average()), "± " + rounded(row.deviation()), rounded(row.precision()),
                rounded(row.recall()), row.rankings() + "")).toList());
        figure.remark("Average precision is 1 where all planted connections rank before all others. Precision is the share of"
                + " planted ones among as many as were planted, recall that of all planted ones among"
                        + " twice as many. Deviations are between rankings, each of one unit in one run.");
        return List.of(figure.sheet());
    }

    private String about() {
        String into = units.stream().map(Unit::toString).collect(Collectors.joining(", "));
        return "Every finder ranks all connections into " + into + "; noise and distractors hide the planted ones."
                + (isPartial ? " Stopped before all levels of noise were done." : "");
    }

    private void lines(Figure figure, Set<Finder> which) {
        List<Finder> shown = finders().stream().filter(which::contains).toList();
        figure.lines(new Figure.Axis("noise on the weights, in standard deviations of the planted ones", 0, Double.NaN),
                new Figure.Axis("average precision", 0, 1.05), IntStream.range(0, shown.size())
                        .mapToObj(i -> line(shown.get(i), Figure.COLOURS.get(i % Figure.COLOURS.size()))).toList());
    }

    private List<Finder> finders() {
        return Arrays.stream(Finder.values()).filter(finder -> !of(finder).isEmpty()).toList();
    }

    private List<Row> of(Finder finder) {
        return rows.stream().filter(row -> row.finder() == finder).toList();
    }

    private Figure.Line line(Finder finder, int colour) {
        return new Figure.Line(finder.label(), of(finder).stream().mapToDouble(Row::noise).toArray(),
                of(finder).stream().mapToDouble(Row::average).toArray(), colour, true);
    }

    private static String finder(Row row) {
        return row.finder().label();
    }

    private static String rounded(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder("network\t").append(network).append("\tpartial\t").append(isPartial)
                .append("\nunits\t").append(units.stream().map(Unit::toString).collect(Collectors.joining(" ")))
                .append('\n').append(HEADING).append('\n');
        for (Row row : rows) {
            text.append(row.finder().name()).append('\t').append(row.noise()).append('\t').append(row.rankings())
                    .append('\t').append(row.average()).append('\t').append(row.deviation()).append('\t')
                    .append(row.precision()).append('\t').append(row.recall()).append('\n');
        }
        files.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Scored load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(FILE), StandardCharsets.UTF_8).split("\n");
        try {
            String[] facts = lines[0].split("\t");
            List<Unit> units = Arrays.stream(lines[1].split("\t")[1].split(" ")).map(Unit::parse).toList();
            List<Row> rows = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(3, lines.length)) {
                String[] cells = line.split("\t");
                rows.add(new Row(Finder.valueOf(cells[0]), Double.parseDouble(cells[1]), Integer.parseInt(cells[2]),
                        Double.parseDouble(cells[3]), Double.parseDouble(cells[4]), Double.parseDouble(cells[5]),
                        Double.parseDouble(cells[6])));
            }
            return new Scored(facts[1], units, rows, Boolean.parseBoolean(facts[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
