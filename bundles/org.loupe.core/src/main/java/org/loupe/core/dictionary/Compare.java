package org.loupe.core.dictionary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.dictionary.Compared.Kind;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PartMap;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;
import org.loupe.core.picture.Sample;

/**
 * Whether latents explain better than channels, with random directions and principal components as controls: the built-in
 * analysis {@code dictionary-compare}.
 */
public final class Compare implements Analysis<Compare.Arguments, Compared> {

    static final String LATENTS = "latents";
    private static final int TOGETHER = 32;
    private static final int JUDGED = 8;
    private static final int MOST_JUDGED = 256;
    private static final int FEWEST_OF_A_VALUE = 10;
    private static final double CARRIES = 0.9;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "The layers with dictionaries behind them, such as mixed4b; one result for"
                    + " each.") List<String> layers,
            @Argument(label = "Count", help = "How many pictures are shown, from all over the set; 0 for all.",
                    option = "count", standard = "0", least = 0, greatest = 1e8) int count,
            @Argument(label = "Examples", help = "How many of the pictures that excite a unit most count.", standard = "40",
                    least = 10, greatest = 10000) int examples,
            @Argument(label = "Factor", help = "The factor of the pictures that units may carry.", standard = "facing")
            String factor,
            @Argument(label = "Seed", help = "Decides which random directions are drawn.", standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {
    }

    /** Makes answers of vectors: of shape (vector, unit). */
    private interface Answers {
        float[] of(float[] vectors);
    }

    /** One kind of units. */
    private record Units(Strongest strongest, Answers answers, Quality quality) {
    }

    /** What is known about the pictures that were shown, by their number. */
    private record Known(List<Optional<String>> groups, int[] labels, List<String> factors, int classes) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public List<Arguments> parts(Network network, Arguments arguments) {
        List<String> layers = arguments.layers().isEmpty() ? DictionaryNetwork.layers(network) : arguments.layers();
        return layers.isEmpty() ? List.of(arguments) : layers.stream().map(layer -> new Arguments(List.of(layer),
                arguments.count(), arguments.examples(), arguments.factor(), arguments.seed(), arguments.fitting())).toList();
    }

    @Override
    public Compared run(Material material, Arguments arguments, Observer<? super Compared> observer) {
        Network network = material.network();
        String layer = EvaluateDictionary.layer(network, arguments.layers());
        Dictionary dictionary = DictionaryNetwork.of(network, layer);
        PictureSet set = material.requirePictures().set();
        Frame frame = Frame.of(network.input().shape(), arguments.fitting());
        int total = set.pictures().size();
        int kept = keptNumbers(dictionary);
        List<Integer> judgedBy = IntStream.range(0, total).filter(i -> i % JUDGED == JUDGED - 1 || total < 2 * JUDGED).limit(
                MOST_JUDGED).boxed().toList();
        Optional<Trial> trial = Trial.of(material.session(), layer, set, judgedBy, frame, observer);
        if (trial.isEmpty()) {
            return new Compared(network.name(), layer, set.name(), 0, arguments.examples(), kept, arguments.factor(), List.of(),
                    true);
        }
        int count = arguments.count() == 0 ? total : Math.min(total, arguments.count());
        int[] which = IntStream.range(0, count).map(i -> Sample.index(i, count, total)).toArray();
        if (kept == 0) {
            kept = (int) Math.max(1, Math.round(trial.get().of(dictionary, Products.PLAIN).active()));
        }
        Map<String, Units> kinds = kinds(trial.get(), dictionary, kept, which.length, arguments.seed());
        boolean whole = show(material, layer, which, frame, kinds, observer);
        Known known = known(set, which, arguments.factor());
        List<Kind> found = new ArrayList<>();
        kinds.forEach((name, units) -> found.add(measure(name, units, known, arguments.examples())));
        return new Compared(network.name(), layer, set.name(), which.length, arguments.examples(), kept, arguments.factor(),
                found, !whole);
    }

    /** How many numbers a vector is made of, or 0 where that is not fixed. */
    private static int keptNumbers(Dictionary dictionary) {
        return Math.min(dictionary.kept(), dictionary.channels());
    }

    private static Map<String, Units> kinds(Trial trial, Dictionary dictionary, int kept, int pictures, long seed) {
        int channels = dictionary.channels();
        double[] means = trial.means();
        Directions own = Directions.channels(channels);
        Directions random = Directions.random(dictionary.latents(), channels, new Draws(seed).split(1));
        Directions rotation = Directions.rotation(channels, new Draws(seed).split(2));
        Directions principal = Directions.principal(trial.activations(), means);
        Coder coder = new Coder(dictionary, Products.PLAIN);
        Map<String, Units> kinds = new LinkedHashMap<>();
        kinds.put("channels", new Units(new Strongest(channels, pictures), vectors -> vectors,
                trial.of(channels, own.farthest(kept, means))));
        kinds.put(LATENTS, new Units(new Strongest(dictionary.latents(), pictures), vectors -> dense(coder.encode(vectors),
                dictionary.latents()), trial.of(dictionary, Products.PLAIN)));
        kinds.put("random", new Units(new Strongest(random.count(), pictures),
                vectors -> random.along(vectors, means), trial.of(channels, rotation.farthest(kept, means))));
        kinds.put("PCA, ±", new Units(new Strongest(2 * channels, pictures),
                vectors -> principal.bothWays().along(vectors, means), trial.of(channels, principal.farthest(kept, means))));
        return kinds;
    }

    private static float[] dense(Codes codes, int latents) {
        float[] dense = new float[codes.vectors() * latents];
        for (int vector = 0; vector < codes.vectors(); vector++) {
            for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                dense[vector * latents + codes.latent(i)] = codes.value(i);
            }
        }
        return dense;
    }

    private static boolean show(Material material, String layer, int[] which, Frame frame, Map<String, Units> kinds,
            Observer<?> observer) {
        PictureSet set = material.requirePictures().set();
        Tap tap = Tap.after(layer);
        for (int from = 0; from < which.length; from += TOGETHER) {
            if (!observer.report(from, which.length, "Showing pictures")) {
                return false;
            }
            for (int number = from; number < Math.min(which.length, from + TOGETHER); number++) {
                Reading reading = set.read(which[number], which[number] + 1, frame);
                if (reading.batch().isEmpty()) {
                    continue;
                }
                Batch maps = material.session().activations(reading.batch().get(), Set.of(tap)).at(tap);
                short[] seen = seen(material.network(), tap, maps, set.parts(which[number]), frame);
                float[] vectors = Coder.vectors(maps);
                for (Units units : kinds.values()) {
                    units.strongest.add(number, units.answers.of(vectors), 0, seen);
                }
            }
        }
        return true;
    }

    /** For each position of a map, the part in the middle of what is seen from there. */
    private static short[] seen(Network network, Tap tap, Batch maps, Optional<PartMap> parts, Frame frame) {
        short[] seen = new short[maps.area()];
        for (int at = 0; parts.isPresent() && at < seen.length; at++) {
            Gaze gaze = Gaze.of(network, tap, at / maps.columns(), at % maps.columns());
            PartMap map = parts.get();
            int row = (int) Math.min(map.rows() - 1, (gaze.row() + 0.5) * map.rows() / frame.rows());
            int column = (int) Math.min(map.columns() - 1, (gaze.column() + 0.5) * map.columns() / frame.columns());
            seen[at] = (short) map.at(row, column);
        }
        return seen;
    }

    private static Known known(PictureSet set, int[] which, String factor) {
        List<Optional<String>> groups = Arrays.stream(which).mapToObj(set::group).toList();
        int[] labels = Arrays.stream(which).map(index -> set.pictures().get(index).label()).toArray();
        List<String> factors = Arrays.stream(which)
                .mapToObj(index -> Objects.requireNonNullElse(set.factors(index).get(factor), "")).toList();
        return new Known(groups, labels, factors, set.classes().size());
    }

    private static Kind measure(String name, Units units, Known known, int examples) {
        Strongest strongest = units.strongest;
        int[] judged = strongest.judged(examples);
        boolean grouped = known.groups.stream().anyMatch(Optional::isPresent);
        int twoGroups = !grouped ? -1 : (int) Arrays.stream(judged)
                .filter(unit -> strongest.isOfTwoGroups(unit, known.groups, examples)).count();
        double part = Arrays.stream(judged).mapToDouble(unit -> strongest.sharePart(unit, examples)).average().orElse(Double.NaN);
        double[] bestOfClass = new double[known.classes];
        double sum = 0;
        List<boolean[]> classes = classes(known);
        int[] all = IntStream.range(0, known.labels.length).toArray();
        for (int unit : judged) {
            double[] ranks = strongest.ranks(unit, all);
            double best = 0;
            for (int i = 0; i < classes.size(); i++) {
                double auc = classes.get(i) == null ? Double.NaN : Strongest.auc(ranks, classes.get(i));
                best = Math.max(best, Double.isNaN(auc) ? 0 : auc);
                bestOfClass[i] = Math.max(bestOfClass[i], Double.isNaN(auc) ? 0 : auc);
            }
            sum += best;
        }
        boolean labelled = classes.stream().anyMatch(Objects::nonNull);
        return new Kind(name, strongest.units(), judged.length, twoGroups, labelled ? sum / judged.length : Double.NaN,
                labelled ? IntStream.range(0, classes.size()).filter(i -> classes.get(i) != null)
                        .mapToDouble(i -> bestOfClass[i]).average().orElse(Double.NaN) : Double.NaN,
                part == 0 ? Double.NaN : part, carriers(strongest, judged, known), units.quality.explained(),
                units.quality.loss().isKnown() ? units.quality.loss().recovered() : Double.NaN);
    }

    /** For each class, which pictures are of it; null for a class without pictures. */
    private static List<boolean[]> classes(Known known) {
        List<boolean[]> classes = new ArrayList<>();
        for (int i = 0; i < known.classes; i++) {
            boolean[] some = new boolean[known.labels.length];
            int count = 0;
            for (int picture = 0; picture < some.length; picture++) {
                some[picture] = known.labels[picture] == i;
                count += some[picture] ? 1 : 0;
            }
            classes.add(count == 0 || count == some.length ? null : some);
        }
        return classes;
    }

    /** How many units tell, within some class, the most frequent value of the factor from the next; -1 where nobody can. */
    private static int carriers(Strongest strongest, int[] judged, Known known) {
        List<int[]> within = new ArrayList<>();
        List<boolean[]> values = new ArrayList<>();
        for (int label = 0; label < known.classes; label++) {
            Map<String, List<Integer>> byValue = new TreeMap<>();
            for (int picture = 0; picture < known.labels.length; picture++) {
                if (known.labels[picture] == label && !known.factors.get(picture).isEmpty()) {
                    byValue.computeIfAbsent(known.factors.get(picture), value -> new ArrayList<>()).add(picture);
                }
            }
            List<List<Integer>> largest = byValue.values().stream().filter(list -> list.size() >= FEWEST_OF_A_VALUE)
                    .sorted((one, other) -> other.size() - one.size()).limit(2).toList();
            if (largest.size() == 2) {
                int[] pictures = IntStream.concat(largest.get(0).stream().mapToInt(i -> i),
                        largest.get(1).stream().mapToInt(i -> i)).toArray();
                boolean[] first = new boolean[pictures.length];
                Arrays.fill(first, 0, largest.get(0).size(), true);
                within.add(pictures);
                values.add(first);
            }
        }
        return within.isEmpty() ? -1 : (int) Arrays.stream(judged).filter(unit -> IntStream.range(0, within.size())
                .anyMatch(i -> Math.abs(Strongest.auc(strongest.ranks(unit, within.get(i)), values.get(i)) - 0.5)
                        >= CARRIES - 0.5)).count();
    }

    @Override
    public Compared load(ResultFiles files) throws IOException {
        return Compared.load(files);
    }
}
