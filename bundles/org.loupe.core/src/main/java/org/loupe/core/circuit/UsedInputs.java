package org.loupe.core.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.MeasureUse.Baseline;
import org.loupe.core.circuit.MeasureUse.By;
import org.loupe.core.page.Sheet;

/**
 * What the units of a layer contribute to a target on pictures, beside their weights.
 *
 * @param network  what the network is called
 * @param target   the unit that is explained; of a class, the unit that is its score
 * @param name     what a person calls it
 * @param layer    whose units these are
 * @param method   how contributions were measured
 * @param pictures what the picture set is called
 * @param inputs   the units of the layer, in the order of their channels
 * @param examples the pictures that excite the target most, strongest first, or the one that was asked for
 * @param others   as many that excite it less
 * @param looked   how many pictures were looked at
 */
public record UsedInputs(String network, Unit target, String name, String layer, Method method, String pictures,
        List<Input> inputs, List<Example> examples, List<Example> others, int looked, boolean isPartial) implements Result {

    /** How many units are listed and drawn. */
    static final int SHOWN = 12;

    private static final String FILE = "use.tsv";
    /** Columns for the name of a unit, where none is longer. */
    private static final int NAME = 14;
    private static final String INPUT = "input";
    private static final String EXAMPLE = "example";
    private static final String OTHER = "other";
    private static final int TOP = 10;
    private static final int DRAWS = 999;
    private static final double TAIL = .025;

    /**
     * How contributions were measured.
     *
     * @param steps    of the path; 1 where there is none
     * @param isDirect whether the target reads the layer itself; otherwise weights are those over several layers
     * @param seed     of resamples and of random ranks
     */
    public record Method(By by, Baseline baseline, int steps, boolean isDirect, long seed) {

        /** Such as “the path from zero in 32 steps”. */
        String words() {
            String from = baseline == Baseline.ZERO ? "no activation" : "mean activations";
            return by == By.PATH ? "the path from " + from + " in " + steps + " steps"
                    : "activations times the gradient, beyond " + from;
        }
    }

    /**
     * A unit of the layer.
     *
     * @param norm of its kernels to the target
     * @param net  sum of these weights
     * @param luck the chance that luck makes so strong or so smooth a kernel; NaN where that is not known, or the kernel has a shortcut
     * @param shortcut how much of the weight is a {@linkplain Kernel#shortcut shortcut}; 0 for most
     */
    public record Input(Unit unit, double norm, double net, double luck, double shortcut) {
    }

    /**
     * One picture.
     *
     * @param score         of the target
     * @param base          of the target at the baseline
     * @param contributions of each unit of the layer, over all positions
     */
    public record Example(String picture, double score, double base, double[] contributions) {

        /** All contributions together; with enough steps it is the difference of score and base. */
        public double total() {
            return Arrays.stream(contributions).sum();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Example that && picture.equals(that.picture) && score == that.score && base == that.base
                    && Arrays.equals(contributions, that.contributions);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(contributions);
        }
    }

    /** A mean with the interval that holds it in 95 of 100 resamples of the pictures; NaN for a single picture. */
    public record Interval(double mean, double low, double high) {
    }

    /**
     * How weights and use go together over the units.
     *
     * @param correlation of the ranks of norm and size of the mean contribution (Spearman), -1 to 1
     * @param chance      the share of random ranks that go together as well
     * @param together    how many of the strongest by weights are among as many of the most used
     * @param top         how many that are
     */
    public record Agreement(double correlation, double chance, int together, int top) {
    }

    public UsedInputs {
        inputs = List.copyOf(inputs);
        examples = List.copyOf(examples);
        others = List.copyOf(others);
    }

    /** The mean contribution of a unit, by its index, over the examples. */
    public double mean(int input) {
        return mean(examples, input);
    }

    static double mean(List<Example> examples, int input) {
        return examples.stream().mapToDouble(one -> one.contributions()[input]).average().orElse(Double.NaN);
    }

    /** The same with its interval. */
    public Interval interval(int input) {
        double[] values = examples.stream().mapToDouble(one -> one.contributions()[input]).toArray();
        if (values.length < 2) {
            return new Interval(mean(input), Double.NaN, Double.NaN);
        }
        Draws draws = new Draws(method.seed()).split(1);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < values.length; i++) {
                means[draw] += values[draws.below(values.length)] / values.length;
            }
        }
        Arrays.sort(means);
        int cut = (int) Math.floor(TAIL * (DRAWS - 1));
        return new Interval(mean(input), means[cut], means[DRAWS - 1 - cut]);
    }

    /** Indices of the units, the most used first. */
    public List<Integer> byUse() {
        return ranked(use());
    }

    /** Indices of the units, those with the strongest weights first. */
    public List<Integer> byWeight() {
        return ranked(inputs.stream().mapToDouble(Input::norm).toArray());
    }

    private double[] use() {
        return IntStream.range(0, inputs.size()).mapToDouble(input -> Math.abs(mean(input))).toArray();
    }

    private static List<Integer> ranked(double[] sizes) {
        return IntStream.range(0, sizes.length).boxed().sorted(Comparator.comparingDouble((Integer i) -> -sizes[i])).toList();
    }

    /** How well the weights tell what is used. */
    public Agreement agreement() {
        double[] weights = ranks(inputs.stream().mapToDouble(Input::norm).toArray());
        double[] use = ranks(use());
        double own = Correlation.of(weights, use);
        Draws draws = new Draws(method.seed()).split(2);
        int as = 1;
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = use.length - 1; i > 0; i--) {
                int other = draws.below(i + 1);
                double kept = use[i];
                use[i] = use[other];
                use[other] = kept;
            }
            as += Correlation.of(weights, use) >= own - 1e-12 ? 1 : 0;
        }
        int top = Math.min(TOP, Math.max(1, inputs.size() / 4));
        List<Integer> most = byUse().subList(0, top);
        return new Agreement(own, as / (1.0 + DRAWS), (int) byWeight().subList(0, top).stream().filter(most::contains).count(), top);
    }

    /** From 0 up; those of the same size share the mean of their ranks. */
    private static double[] ranks(double[] values) {
        Integer[] order = IntStream.range(0, values.length).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> values[i])).toArray(Integer[]::new);
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length;) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order[i]] = (from + to) / 2.0;
            }
            from = to + 1;
        }
        return ranks;
    }

    /** The most used units and those with the strongest weights, most used first. */
    List<Integer> shown() {
        List<Integer> strongest = byWeight().subList(0, Math.min(SHOWN / 2, inputs.size()));
        List<Integer> used = byUse();
        List<Integer> shown = new ArrayList<>(used.subList(0, Math.min(SHOWN, used.size())));
        strongest.stream().filter(one -> !shown.contains(one)).forEach(shown::add);
        shown.removeIf(one -> inputs.get(one).norm() == 0 && mean(one) == 0);
        return shown;
    }

    /** Which share, from 0 to 1, a unit has of all sizes of mean contributions. */
    double share(int input) {
        double sum = Arrays.stream(use()).sum();
        return sum == 0 ? 0 : Math.abs(mean(input)) / sum;
    }

    double shareOfNorms(int input) {
        double sum = inputs.stream().mapToDouble(Input::norm).sum();
        return sum == 0 ? 0 : inputs.get(input).norm() / sum;
    }

    /** One sentence: what was measured on what. */
    String about() {
        return String.format(Locale.ROOT, "What the %d units of %s contribute to %s of %s, by %s, on %s.%s", inputs.size(), layer,
                name, network, method.words(), examples.size() == 1 ? "the picture " + examples.get(0).picture() + " of " + pictures
                        : "the " + examples.size() + " pictures of " + pictures + " that excite it most (" + looked
                                + " were looked at)", isPartial ? " Stopped before all was done." : "");
    }

    /** How complete the contributions are. */
    String complete() {
        double score = examples.stream().mapToDouble(Example::score).average().orElse(Double.NaN);
        double base = examples.stream().mapToDouble(Example::base).average().orElse(Double.NaN);
        double total = examples.stream().mapToDouble(Example::total).average().orElse(Double.NaN);
        return String.format(Locale.ROOT, "On average %s is %.4g on these pictures and %.4g at the baseline; the contributions add up"
                + " to %.4g, %.2f %% of the difference.", name, score, base, total, 100 * total / (score - base));
    }

    /** How well weights tell what is used. */
    String together() {
        Agreement found = agreement();
        return String.format(Locale.ROOT, "Ranks by weight and by use: correlation %.2f (as much by chance: p %.3f). Of the %d with the"
                + " strongest weights %d are among the %d most used (by chance %.1f).%s", found.correlation, found.chance, found.top,
                found.together, found.top, (double) found.top * found.top / Math.max(1, inputs.size()),
                method.isDirect ? "" : " Weights are those over several layers, as if everything between were linear.");
    }

    @Override
    public String text() {
        if (examples.isEmpty()) {
            return about() + "\n";
        }
        StringBuilder text = new StringBuilder(about()).append('\n');
        int width = Math.max(NAME, shown().stream().mapToInt(input -> inputs.get(input).unit().toString().length()).max().orElse(0));
        text.append(String.format("  %-" + width + "s %9s %6s %5s  %-8s %10s %-22s %6s %5s  %s", "", "norm", "share", "rank", "luck",
                "use", "[95 %]", "share", "rank", "on others")).append('\n');
        List<Integer> byWeight = byWeight();
        List<Integer> byUse = byUse();
        for (int input : shown()) {
            Input one = inputs.get(input);
            Interval interval = interval(input);
            text.append(String.format(Locale.ROOT, "  %-" + width + "s %9.4f %4.1f %% %5d  %-8s %+10.4f %-22s %4.1f %% %5d  %s",
                    one.unit(), one.norm(), 100 * shareOfNorms(input), byWeight.indexOf(input) + 1, one.shortcut() != 0 ? "shortcut"
                            : Double.isNaN(one.luck()) ? "-" : String.format(Locale.ROOT, "p %.3f", one.luck()), interval.mean(), Double.isNaN(interval.low()) ? ""
                            : String.format(Locale.ROOT, "[%+.4f, %+.4f]", interval.low(), interval.high()), 100 * share(input),
                    byUse.indexOf(input) + 1, others.isEmpty() ? "" : String.format(Locale.ROOT, "%+.4f", mean(others, input))))
                    .append('\n');
        }
        return text.append("  ").append(together()).append('\n').append("  ").append(complete()).append('\n').toString();
    }

    @Override
    public List<Sheet> sheets() {
        return examples.isEmpty() ? List.of() : UsedSheets.of(this);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", network, target + "", name, layer, pictures, looked + "", isPartial + ""));
        lines.add(String.join("\t", method.by + "", method.baseline + "", method.steps + "", method.isDirect + "", method.seed + ""));
        inputs.forEach(one -> lines.add(String.join("\t", INPUT, one.unit() + "", one.norm() + "", one.net() + "", one.luck() + "",
                one.shortcut() + "")));
        examples.forEach(one -> lines.add(EXAMPLE + line(one)));
        others.forEach(one -> lines.add(OTHER + line(one)));
        files.write(FILE, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String line(Example one) {
        return "\t" + one.picture() + "\t" + one.score() + "\t" + one.base() + "\t" + Arrays.stream(one.contributions())
                .mapToObj(Double::toString).collect(Collectors.joining(" "));
    }

    static UsedInputs load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(FILE), StandardCharsets.UTF_8).split("\n");
        try {
            String[] first = lines[0].split("\t");
            String[] how = lines[1].split("\t");
            List<Input> inputs = new ArrayList<>();
            List<Example> examples = new ArrayList<>();
            List<Example> others = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(2, lines.length)) {
                String[] cells = line.split("\t");
                switch (cells[0]) {
                    case INPUT -> inputs.add(new Input(Unit.parse(cells[1]), Double.parseDouble(cells[2]),
                            Double.parseDouble(cells[3]), Double.parseDouble(cells[4]),
                            cells.length > 5 ? Double.parseDouble(cells[5]) : 0));
                    case EXAMPLE -> examples.add(example(cells));
                    case OTHER -> others.add(example(cells));
                    default -> throw new IllegalArgumentException("no line begins with " + cells[0]);
                }
            }
            return new UsedInputs(first[0], Unit.parse(first[1]), first[2], first[3], new Method(By.valueOf(how[0]),
                    Baseline.valueOf(how[1]), Integer.parseInt(how[2]), Boolean.parseBoolean(how[3]), Long.parseLong(how[4])),
                    first[4], inputs, examples, others, Integer.parseInt(first[5]), Boolean.parseBoolean(first[6]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Example example(String[] cells) {
        return new Example(cells[1], Double.parseDouble(cells[2]), Double.parseDouble(cells[3]), Arrays.stream(cells[4].split(" "))
                .mapToDouble(Double::parseDouble).toArray());
    }
}
