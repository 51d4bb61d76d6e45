package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;

/**
 * Which channel tells pictures of a kind from others. Looks at activations only, so what is found can be held against
 * weights. A kind is a class, such as {@code dog}, or those of its pictures of which something else is known, such as
 * {@code dog+facing=left}.
 */
final class ClassChannels {

    private static final int TOGETHER = 32;
    private static final int FEWEST = 5;

    private ClassChannels() {
    }

    /**
     * A channel that stands for a kind of pictures.
     *
     * @param area   under the ROC curve of its largest activation on each picture, of this kind against other classes; with
     *               factors, the lesser of that and the same against the other pictures of the class
     * @param looked how many channels were looked at
     * @param shown  how many of the pictures are of the kind
     */
    record Found(Unit unit, String kind, double area, int looked, int shown, int pictures) {
        String about() {
            return String.format(Locale.ROOT, "%s stands for %s: of %d channels the one whose largest activation tells these"
                    + " pictures from others best (area under the ROC curve %.2f; %d of %d pictures).", unit, kind, looked, area,
                    shown, pictures);
        }
    }

    /** A class, and what else must be true. */
    private record Kind(int label, Map<String, String> factors) {

        static Kind of(PictureSet set, String word) {
            String[] parts = word.split("\\+");
            Map<String, String> factors = new LinkedHashMap<>();
            for (String part : Arrays.asList(parts).subList(1, parts.length)) {
                int equals = part.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("“" + part + "” says nothing about pictures; write such as"
                            + " dog+facing=left.");
                }
                factors.put(part.substring(0, equals), part.substring(equals + 1));
            }
            return new Kind(labelOf(set, word), factors);
        }

        boolean fits(PictureSet set, int index) {
            Map<String, String> known = factors.isEmpty() ? Map.of() : set.factors(index);
            return factors.entrySet().stream().allMatch(one -> one.getValue().equals(known.get(one.getKey())));
        }
    }

    /** Whether a word begins with one of the classes of a set. */
    static boolean isKind(PictureSet set, String word) {
        return labelOf(set, word) >= 0;
    }

    private static int labelOf(PictureSet set, String word) {
        String name = word.split("\\+")[0].replace('-', ' ');
        return IntStream.range(0, set.classes().size()).filter(i -> set.classes().get(i).equalsIgnoreCase(name)).findFirst()
                .orElse(-1);
    }

    /**
     * Looks for the channel of some layers that tells a kind best.
     *
     * @return nothing when the progress said to stop
     * @throws IllegalArgumentException when too few pictures are of the kind, or are not
     */
    static Optional<Found> best(Session session, PictureSet set, Collection<String> layers, String word, int sample,
            Progress progress) {
        Kind kind = Kind.of(set, word);
        Frame frame = Frame.of(session.network().input().shape(), Fitting.COVER);
        int count = Math.min(sample, set.pictures().size());
        Map<Unit, double[]> answers = new LinkedHashMap<>();
        List<Integer> seen = new ArrayList<>();
        for (int from = 0; from < count; from += TOGETHER) {
            if (!progress.report(from, count, "Looking for " + word)) {
                return Optional.empty();
            }
            Batch batch = Batch.zeros(Math.min(TOGETHER, count - from), frame.channels(), frame.rows(), frame.columns());
            List<Integer> read = new ArrayList<>();
            for (int i = from; i < from + batch.images(); i++) {
                int index = Sample.index(i, count, set.pictures().size());
                try {
                    set.read(index, frame, batch, read.size());
                    read.add(index);
                } catch (PictureException unreadable) {
                    progress.report(from, count, "Left out " + unreadable.getMessage());
                }
            }
            add(session, batch, read.size(), layers, seen.size(), count, answers);
            seen.addAll(read);
        }
        List<Integer> ofClass = IntStream.range(0, seen.size())
                .filter(i -> set.pictures().get(seen.get(i)).label() == kind.label).boxed().toList();
        List<Integer> shown = ofClass.stream().filter(i -> kind.fits(set, seen.get(i))).toList();
        List<List<Integer>> against = new ArrayList<>();
        against.add(IntStream.range(0, seen.size()).filter(i -> set.pictures().get(seen.get(i)).label() != kind.label).boxed()
                .toList());
        if (!kind.factors.isEmpty()) {
            against.add(ofClass.stream().filter(i -> !shown.contains(i)).toList());
        }
        if (shown.size() < FEWEST || against.stream().anyMatch(others -> others.size() < FEWEST)) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "Of %d pictures of %s, %d are %s, and against these stand %s;"
                    + " %d of each are needed. Look at more of them (--sample).", seen.size(), set.name(), shown.size(), word,
                    against.stream().map(others -> others.size() + "").collect(Collectors.joining(" and ")), FEWEST));
        }
        Found best = null;
        for (Map.Entry<Unit, double[]> one : answers.entrySet()) {
            double area = against.stream().mapToDouble(others -> area(one.getValue(), shown, others)).min().orElse(0);
            best = best == null || area > best.area ? new Found(one.getKey(), word, area, answers.size(), shown.size(),
                    seen.size()) : best;
        }
        return Optional.ofNullable(best);
    }

    /** Notes the largest activation of every channel on each picture. */
    private static void add(Session session, Batch pictures, int count, Collection<String> layers, int from, int total,
            Map<Unit, double[]> answers) {
        Set<Tap> taps = layers.stream().map(Tap::after).collect(Collectors.toSet());
        Readings readings = session.activations(pictures, taps);
        for (String layer : layers) {
            Batch maps = readings.at(Tap.after(layer));
            for (int channel = 0; channel < maps.channels(); channel++) {
                double[] largest = answers.computeIfAbsent(new Unit(layer, channel), any -> new double[total]);
                for (int image = 0; image < count; image++) {
                    int start = maps.offset(image, channel);
                    double most = Double.NEGATIVE_INFINITY;
                    for (int i = start; i < start + maps.area(); i++) {
                        most = Math.max(most, maps.values()[i]);
                    }
                    largest[from + image] = most;
                }
            }
        }
    }

    /** The share of pairs of which the first answers more; half of those that are equal. */
    private static double area(double[] answers, List<Integer> shown, List<Integer> others) {
        double more = 0;
        for (int one : shown) {
            for (int other : others) {
                more += answers[one] > answers[other] ? 1 : answers[one] == answers[other] ? .5 : 0;
            }
        }
        return more / shown.size() / others.size();
    }
}
