package org.loupe.core.facet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Sample;
import org.loupe.core.page.Sheet;
import org.loupe.core.scan.Groups;

/**
 * Which units are several things.
 *
 * @param network  name of the network
 * @param set      name of the picture set
 * @param examples how many of the strongest pictures of each unit counted, at most
 * @param units    of the network, in its order
 * @param random   the same units with random weights; none where that was not asked for
 */
public record Judged(String network, String set, int examples, List<Verdict> units, List<Verdict> random,
        boolean isPartial) implements Result {

    private static final String FACTS = "polysemantic.tsv";
    private static final String HEADING = "weights\tunit\texamples\tgroups\ttwo groups\tfacets\tapart\thalves apart"
            + "\tfound again\texcess\tseveral";
    private static final int LISTED = 25;

    /** Facets that have less than half of what carries them in common count as unrelated. */
    public static final double UNRELATED = .5;

    /**
     * What is said of one unit.
     *
     * <p>With labels it is <em>two-group</em> when among its strongest pictures two groups of classes make up at least 80 %
     * together, and the lesser at least 20 %. Without labels it is <em>several things</em> when the pictures that excite it
     * fall into at least two groups by what the channels below contribute, as {@link org.loupe.core.factor.GroupChoice} has it, and
     * these have less than half in common.
     *
     * @param examples how many pictures counted; 0 to 11 where it is silent, and nothing else is said
     * @param groups   the most frequent groups of classes, the largest first
     * @param facets   how many groups there are by what is below
     * @param apart    how little the two facets that differ most have in common, 0 to 1; 0 for one facet
     * @param halves   the same of the best two groups, whether or not they are facets: a score for sorting
     * @param strength prediction strength of these two groups, 0 to 1
     * @param excess   by how many standard deviations they are tighter than halves of a single cloud
     */
    public record Verdict(Unit unit, int examples, List<Groups.Share> groups, int facets, double apart, double halves,
            double strength, double excess) {

        public Verdict {
            groups = List.copyOf(groups);
        }

        static Verdict silent(Unit unit, int examples) {
            return new Verdict(unit, examples, List.of(), 0, 0, 0, 0, 0);
        }

        /** Whether too few pictures excite it for anything to be said. */
        public boolean isSilent() {
            return facets == 0;
        }

        /** Whether it meets the criterion that needs labels. */
        public boolean isTwoGroups() {
            return Groups.areTwo(groups);
        }

        /** Whether it meets the criterion that needs no labels. */
        public boolean isSeveral() {
            return facets > 1 && apart >= UNRELATED;
        }

        /** The groups in words, such as “cat 54 %, fox 31 %”. */
        public String groupText() {
            return groups.stream().map(group -> group.name() + " " + Math.round(100 * group.share()) + " %")
                    .collect(Collectors.joining(", "));
        }
    }

    public Judged {
        units = List.copyOf(units);
        random = List.copyOf(random);
    }

    /** The layers that were judged, in order. */
    public List<String> layers() {
        return units.stream().map(verdict -> verdict.unit().layer()).distinct().toList();
    }

    /**
     * The share of the units of a layer that are not silent and meet a criterion; NaN where there is none.
     *
     * @param among {@link #units} or {@link #random}
     * @param layer its name, or an empty text for all layers
     */
    public static double share(List<Verdict> among, String layer, Predicate<Verdict> criterion) {
        List<Verdict> judged = of(among, layer);
        return judged.isEmpty() ? Double.NaN : (double) judged.stream().filter(criterion).count() / judged.size();
    }

    private static List<Verdict> of(List<Verdict> among, String layer) {
        return among.stream().filter(one -> !one.isSilent() && (layer.isEmpty() || one.unit().layer().equals(layer))).toList();
    }

    /** Units that are several things first, then by how little their halves have in common. */
    public List<Verdict> sorted() {
        return of(units, "").stream().sorted(Comparator.comparing((Verdict one) -> !one.isSeveral())
                .thenComparingDouble(one -> -one.halves()).thenComparing(Verdict::unit)).toList();
    }

    /** The share of units of the same layer with random weights whose halves have as little in common; NaN without null. */
    public double chance(Verdict verdict) {
        return share(random, verdict.unit().layer(), other -> other.halves() >= verdict.halves());
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s on %s, the %d strongest pictures of each unit%n%n"
                + "%-14s %6s %6s  %-22s  %-22s%n", network, set, examples, "layer", "units", "silent", "two groups (random)",
                "several facets (random)"));
        for (List<String> row : summary()) {
            text.append(String.format(Locale.ROOT, "%-14s %6s %6s  %7s  %-13s  %7s  %-13s%n", row.get(0), row.get(1),
                    row.get(2), row.get(3), "(" + row.get(4) + ")", row.get(5), "(" + row.get(6) + ")"));
        }
        text.append(String.format(Locale.ROOT, "%n%-14s %-8s %7s %7s %6s %6s  %s%n", "unit", "several", "facets", "apart",
                "halves", "chance", "groups"));
        for (Verdict one : sorted().subList(0, Math.min(LISTED, sorted().size()))) {
            text.append(String.format(Locale.ROOT, "%-14s %-8s %7d %7.2f %6.2f %6s  %s%s%n", one.unit(),
                    one.isSeveral() ? "yes" : "no", one.facets(), one.apart(), one.halves(), number(chance(one)),
                    one.groupText(), one.isTwoGroups() ? "  (two groups)" : ""));
        }
        return text.append(isPartial ? "Stopped before all units were judged.\n" : "").toString();
    }

    /** A row for each layer and one for all: units, silent ones, shares of both criteria with their nulls. */
    private List<List<String>> summary() {
        List<String> names = new ArrayList<>(layers());
        if (names.size() > 1) {
            names.add("");
        }
        return names.stream().map(layer -> {
            long all = units.stream().filter(one -> layer.isEmpty() || one.unit().layer().equals(layer)).count();
            return List.of(layer.isEmpty() ? "all" : layer, all + "", all - of(units, layer).size() + "",
                    percent(share(units, layer, Verdict::isTwoGroups)), percent(share(random, layer, Verdict::isTwoGroups)),
                    percent(share(units, layer, Verdict::isSeveral)), percent(share(random, layer, Verdict::isSeveral)));
        }).toList();
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public List<Sheet> sheets() {
        if (units.isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("Which units of " + network + " are several things?");
        figure.paragraph("Two groups: among the " + examples + " strongest pictures of " + set + ", two groups of classes make"
                + " up at least 80 % together, and the lesser at least 20 %. Several facets: by what the channels below"
                + " contribute, the pictures that excite it by at least 0.4 of the most fall into stable groups that have less"
                + " than half in common. Beside each share,"
                + " that of the same network with random weights.");
        figure.table(List.of("layer", "units", "silent", "two groups", "random", "several facets", "random"), summary());
        for (String layer : layers()) {
            List<Sample> samples = new ArrayList<>(List.of(new Sample(layer, scores(units, layer), Figure.COLOURS.get(0))));
            if (!of(random, layer).isEmpty()) {
                samples.add(new Sample("random weights", scores(random, layer), Figure.COLOURS.get(1)));
            }
            figure.histogram(new Axis("how little the two halves of a unit's pictures have in common in what carries them ("
                    + layer + ")", 0, 1), 20, samples);
        }
        figure.heading("Units that are most clearly several things");
        figure.table(List.of("unit", "several", "facets", "apart", "halves", "chance", "groups of classes"), sorted().stream()
                .limit(LISTED).map(one -> List.of(one.unit().toString(), one.isSeveral() ? "yes" : "no", one.facets() + "",
                        number(one.apart()), number(one.halves()), number(chance(one)), one.groupText())).toList());
        figure.remark("Apart and halves: 1 less the cosine between what carries two facets, and the best two groups whether stable"
                + " or not. Chance: the share of units of the layer with random weights whose halves have as little in common.");
        return List.of(figure.sheet());
    }

    private static double[] scores(List<Verdict> among, String layer) {
        return of(among, layer).stream().mapToDouble(Verdict::halves).toArray();
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        Lines text = new Lines();
        text.line("polysemantic", network, set, examples, isPartial);
        text.line((Object[]) HEADING.split("\t"));
        units.forEach(one -> add(text, "own", one));
        random.forEach(one -> add(text, "random", one));
        files.write(FACTS, text.bytes());
        files.write("report.txt", text().getBytes(StandardCharsets.UTF_8));
    }

    private static void add(Lines text, String weights, Verdict one) {
        text.line(weights, one.unit(), one.examples(), one.groups().stream().map(group -> group.name() + "=" + group.share())
                .collect(Collectors.joining(";")), one.isTwoGroups(), one.facets(), one.apart(), one.halves(), one.strength(),
                one.excess(), one.isSeveral());
    }

    static Judged load(ResultFiles files) throws IOException {
        List<String[]> lines = Lines.read(files, FACTS, "polysemantic");
        try {
            List<Verdict> units = new ArrayList<>();
            List<Verdict> random = new ArrayList<>();
            for (String[] cells : lines.subList(2, lines.size())) {
                List<Groups.Share> groups = new ArrayList<>();
                for (String group : cells[3].isEmpty() ? new String[0] : cells[3].split(";")) {
                    int sign = group.lastIndexOf('=');
                    groups.add(new Groups.Share(group.substring(0, sign), Lines.number(group.substring(sign + 1))));
                }
                (cells[0].equals("own") ? units : random).add(new Verdict(Unit.parse(cells[1]), Integer.parseInt(cells[2]),
                        groups, Integer.parseInt(cells[5]), Lines.number(cells[6]), Lines.number(cells[7]),
                        Lines.number(cells[8]), Lines.number(cells[9])));
            }
            String[] head = lines.get(0);
            return new Judged(head[1], head[2], Integer.parseInt(head[3]), units, random, Boolean.parseBoolean(head[4]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
