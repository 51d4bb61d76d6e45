package org.loupe.core.dictionary;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.dictionary.Quality.TaskLoss;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkFile;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Line;
import org.loupe.core.page.Sheet;

/**
 * A dictionary that was learned, in the network that it is of, with how it came about.
 *
 * @param layer     whose activations it explains
 * @param network   the network with the dictionary in it ({@link DictionaryNetwork}): what a person goes on with
 * @param set       name of the picture set
 * @param plan      how it was learned
 * @param collected number of vectors that it was learned from
 * @param curve     how good it was on the way
 * @param quality   how good it is in the end
 * @param others    the same learned from other starting points
 * @param isPartial whether the work was stopped
 */
public record LearnedDictionary(String layer, Network network, String set, DictionaryPlan plan, int collected,
        List<Point> curve, Quality quality, List<Other> others, boolean isPartial) implements Result {

    private static final String NETWORK = "network" + NetworkFile.EXTENSION;
    private static final String WEIGHTS = "dictionary.safetensors";
    private static final String FACTS = "facts.tsv";
    private static final String CURVE = "curve.tsv";

    /**
     * How good a dictionary is after so many steps: the first three on the vectors that were just learned from, the loss on
     * pictures that are kept for judging.
     *
     * @param dead number of latents that have been silent for long
     */
    public record Point(int step, double explained, double active, int dead, double recovered) {
    }

    /**
     * The dictionary from another seed, and how much of the first one is in it.
     *
     * @param cosines for each direction of the first one, its cosine with the one that it goes best with here, such that all
     *                pairs together go best (Hungarian method); of results of earlier versions, none
     * @param cosine  mean of these cosines
     * @param same    share of the directions with a cosine of at least .9
     */
    public record Other(long seed, double explained, double active, double dead, double recovered, double cosine,
            double same, List<Double> cosines) {

        public Other {
            cosines = List.copyOf(cosines);
        }
    }

    public LearnedDictionary {
        curve = List.copyOf(curve);
        others = List.copyOf(others);
    }

    /** The dictionary. */
    public Dictionary dictionary() {
        return DictionaryNetwork.of(network, layer);
    }

    /** The mean cosine between a latent's direction and those that other seeds have for it; NaN where none is known. */
    public double stability(int latent) {
        return others.stream().filter(other -> latent < other.cosines().size())
                .mapToDouble(other -> other.cosines().get(latent)).average().orElse(Double.NaN);
    }

    @Override
    public Optional<Network> derived() {
        return Optional.of(network);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%s of %s, %s%nlearned from  %,d vectors of %s in"
                + " %,d steps of %d, seed %d%n", layer, DictionaryNetwork.without(network, layer).name(), dictionary(),
                collected, set, lastStep(), plan.batch(), plan.seed()));
        text.append(quality.text());
        for (Other other : others) {
            text.append(String.format(Locale.ROOT, "seed %d  explains %.4f with %.2f latents; mean cosine with the first %.3f,"
                    + " %.1f %% of directions the same (at least .9)%n", other.seed(), other.explained(), other.active(),
                    other.cosine(), 100 * other.same()));
        }
        return text.append(String.format(Locale.ROOT, "The network with these latents as units %s%s:0, ... is in %s.%n", layer,
                DictionaryNetwork.LATENTS, NETWORK)).toString();
    }

    private int lastStep() {
        return curve.isEmpty() ? 0 : curve.get(curve.size() - 1).step();
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("A dictionary of " + layer);
        figure.paragraph(text().strip());
        figure.heading("While it was learned");
        chart(figure, "variance explained", 0, 1, Point::explained);
        if (quality.loss().isKnown()) {
            chart(figure, "task loss recovered", Double.NaN, 1, Point::recovered);
        }
        chart(figure, "latents that are not 0, of a vector", 0, Double.NaN, Point::active);
        chart(figure, "latents that have long been silent", 0, Double.NaN, Point::dead);
        if (!others.isEmpty()) {
            figure.heading("The same from other starting points");
            figure.table(List.of("seed", "explained", "latents", "dead", "loss recovered", "mean cosine", "same directions"),
                    others.stream().map(other -> List.of(Long.toString(other.seed()), number(other.explained()),
                            number(other.active()), percent(other.dead()), percent(other.recovered()),
                            number(other.cosine()), percent(other.same()))).toList());
            figure.remark("Cosine: between the directions of both dictionaries, each with the one that it goes best with"
                    + " (Hungarian method); the same: at least .9. Directions that another seed does not find are no"
                    + " facts about the network.");
        }
        return List.of(figure.sheet());
    }

    private void chart(Figure figure, String what, double least, double greatest, ToDoubleFunction<Point> value) {
        figure.lines(Axis.of("steps"), new Axis(what, least, greatest), List.of(new Line("",
                curve.stream().mapToDouble(Point::step).toArray(), curve.stream().mapToDouble(value).toArray(),
                Sheet.ACCENT, true)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "—" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NetworkFile.write(network, bytes);
        files.write(NETWORK, bytes.toByteArray());
        files.write(WEIGHTS, DictionaryFile.write(dictionary()));
        StringBuilder facts = new StringBuilder();
        line(facts, "dictionary", layer, set, collected, isPartial);
        line(facts, "plan", plan.kind(), plan.latents(), plan.kept(), plan.sparsity(), plan.auxiliary(), plan.deadAfter(),
                plan.batch(), plan.steps(), plan.rate(), plan.seed());
        line(facts, "quality", quality.explained(), quality.active(), quality.dead(), quality.pictures(), quality.vectors());
        line(facts, "loss", quality.loss().labelled(), quality.loss().original(), quality.loss().spliced(),
                quality.loss().ablated());
        for (Other other : others) {
            line(facts, "other", other.seed(), other.explained(), other.active(), other.dead(), other.recovered(),
                    other.cosine(), other.same(), other.cosines().stream().map(String::valueOf)
                            .collect(Collectors.joining(" ")));
        }
        files.write(FACTS, facts.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder points = new StringBuilder();
        line(points, "step", "explained", "active", "dead", "recovered");
        for (Point point : curve) {
            line(points, point.step(), point.explained(), point.active(), point.dead(), point.recovered());
        }
        files.write(CURVE, points.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder text, Object... cells) {
        text.append(String.join("\t", Arrays.stream(cells).map(String::valueOf).toList())).append('\n');
    }

    static LearnedDictionary load(ResultFiles files) throws IOException {
        try {
            Network network = NetworkFile.read(new ByteArrayInputStream(files.read(NETWORK)), NETWORK);
            List<String[]> facts = lines(files.read(FACTS));
            String[] first = facts.get(0);
            String[] plan = facts.get(1);
            String[] quality = facts.get(2);
            String[] loss = facts.get(3);
            List<Other> others = facts.subList(4, facts.size()).stream().map(cells -> new Other(Long.parseLong(cells[1]),
                    Double.parseDouble(cells[2]), Double.parseDouble(cells[3]), Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5]), Double.parseDouble(cells[6]), Double.parseDouble(cells[7]),
                    cells.length < 9 ? List.of() : Arrays.stream(cells[8].split(" ")).map(Double::valueOf).toList())).toList();
            List<Point> curve = new ArrayList<>();
            List<String[]> points = lines(files.read(CURVE));
            for (String[] cells : points.subList(1, points.size())) {
                curve.add(new Point(Integer.parseInt(cells[0]), Double.parseDouble(cells[1]), Double.parseDouble(cells[2]),
                        Integer.parseInt(cells[3]), Double.parseDouble(cells[4])));
            }
            return new LearnedDictionary(first[1], network, first[2],
                    new DictionaryPlan(DictionaryPlan.Kind.valueOf(plan[1]), Integer.parseInt(plan[2]),
                            Integer.parseInt(plan[3]), Double.parseDouble(plan[4]), Double.parseDouble(plan[5]),
                            Integer.parseInt(plan[6]), Integer.parseInt(plan[7]), Integer.parseInt(plan[8]),
                            Double.parseDouble(plan[9]), Long.parseLong(plan[10])), Integer.parseInt(first[3]), curve,
                    new Quality(Double.parseDouble(quality[1]), Double.parseDouble(quality[2]),
                            Double.parseDouble(quality[3]), new TaskLoss(Boolean.parseBoolean(loss[1]),
                            Double.parseDouble(loss[2]), Double.parseDouble(loss[3]), Double.parseDouble(loss[4])),
                            Integer.parseInt(quality[4]), Integer.parseInt(quality[5])), others,
                    Boolean.parseBoolean(first[4]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NetworkException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static List<String[]> lines(byte[] file) {
        return new String(file, StandardCharsets.UTF_8).lines().map(line -> line.split("\t")).toList();
    }
}
