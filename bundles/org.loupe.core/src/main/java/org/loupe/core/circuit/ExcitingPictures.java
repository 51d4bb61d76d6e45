package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;

/**
 * The pictures on which a target is explained, and those that stand in for them where an edge is cut. Each pair of a picture
 * and a stand-in is a case; a picture's cases follow each other by its number of stand-ins: case {@code i} has the picture
 * {@code i % examples}.
 *
 * @param all      every picture that was looked at
 * @param cases    indices of the picture of each case
 * @param standIns indices of the stand-in of each case
 * @param peaks    for each case, where in its map the target's sum is largest
 * @param examples how many different pictures the cases have
 */
record ExcitingPictures(Batch all, List<Integer> cases, List<Integer> standIns, int[] peaks, int examples) {

    private static final int TOGETHER = 32;

    /** Reads pictures of a set; {@code null} when the progress said to stop. */
    static ExcitingPictures read(Session session, PictureSet set, Unit target, ProposeCircuit.Arguments arguments,
            Progress progress) {
        Frame frame = Frame.of(session.network().input().shape(), arguments.fitting());
        int total = set.pictures().size();
        int wanted = Math.min(total, arguments.sample());
        List<Batch> read = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            if (i % TOGETHER == 0 && !progress.report(i, wanted, "Looking for what excites " + target)) {
                return null;
            }
            try {
                read.add(set.read(Sample.index(i, wanted, total), frame));
            } catch (PictureException unreadable) {
                progress.report(i, wanted, "Left out " + unreadable.getMessage());
            }
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("None of the pictures of " + set.name() + " can be read.");
        }
        return of(session, stacked(read), target, arguments);
    }

    /**
     * Chooses among pictures.
     *
     * @throws IllegalArgumentException when there are too few of them, or none excites the target
     */
    static ExcitingPictures of(Session session, Batch all, Unit target, ProposeCircuit.Arguments arguments) {
        if (2 * arguments.examples() > all.images()) {
            throw new IllegalArgumentException(arguments.examples() + " exciting pictures are asked for, and as many others are"
                    + " needed; there are " + all.images() + " pictures. Look at more of them, or explain fewer.");
        }
        double[] strengths = new double[all.images()];
        int[] places = new int[all.images()];
        Tap tap = Tap.before(target.layer());
        for (int from = 0; from < all.images(); from += TOGETHER) {
            int count = Math.min(TOGETHER, all.images() - from);
            Batch sums = session.activations(part(all, IntStream.range(from, from + count).boxed().toList()), Set.of(tap)).at(tap);
            for (int image = 0; image < count; image++) {
                int start = sums.offset(image, target.channel());
                int best = 0;
                for (int i = 1; i < sums.area(); i++) {
                    best = sums.values()[start + i] > sums.values()[start + best] ? i : best;
                }
                strengths[from + image] = sums.values()[start + best];
                places[from + image] = best;
            }
        }
        List<Integer> order = IntStream.range(0, all.images()).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -strengths[i])).toList();
        List<Integer> top = order.subList(0, arguments.examples());
        List<Integer> weaker = order.subList(Math.max(order.size() / 2, arguments.examples()), order.size());
        List<Integer> cases = new ArrayList<>();
        List<Integer> standIns = new ArrayList<>();
        Draws draws = new Draws(arguments.seed()).split(1);
        for (int draw = 0; draw < arguments.draws(); draw++) {
            cases.addAll(top);
            standIns.addAll(arguments.against() == ProposeCircuit.Against.MATCHED
                    ? Counterfactuals.of(all, top, weaker, draw)
                    : top.stream().map(one -> other(one, all.images(), draws)).toList());
        }
        return new ExcitingPictures(all, cases, standIns, cases.stream().mapToInt(i -> places[i]).toArray(), top.size());
    }

    private static int other(int one, int count, Draws draws) {
        int drawn = draws.below(count - 1);
        return drawn < one ? drawn : drawn + 1;
    }

    /** The pictures of the cases. */
    Batch pictures() {
        return part(all, cases);
    }

    /** What layers answer to some of the pictures. */
    static Map<Tap, Batch> readings(Session session, Batch pictures, Set<Tap> taps) {
        Map<Tap, Batch> found = new HashMap<>();
        if (!taps.isEmpty()) {
            Readings readings = session.activations(pictures, taps);
            taps.forEach(tap -> found.put(tap, readings.at(tap)));
        }
        return found;
    }

    /** What edges carry that are cut: for each layer, of the shape (case, channel, row, column). */
    Map<String, Batch> standIns(Session session, Set<String> layers, ProposeCircuit.Against against) {
        Set<Tap> taps = new HashSet<>();
        layers.forEach(layer -> taps.add(Tap.after(layer)));
        Map<String, Batch> found = new HashMap<>();
        switch (against) {
            case MATCHED, RANDOM -> readings(session, part(all, standIns), taps)
                    .forEach((tap, batch) -> found.put(tap.layer(), batch));
            case MEAN -> means(session, taps).forEach(found::put);
            case ZERO -> readings(session, pictures(), taps).forEach((tap, batch) -> found.put(tap.layer(), batch.zeros()));
        }
        return found;
    }

    private Map<String, Batch> means(Session session, Set<Tap> taps) {
        Map<String, double[]> sums = new HashMap<>();
        Map<String, Batch> shapes = new HashMap<>();
        for (int from = 0; from < all.images(); from += TOGETHER) {
            List<Integer> some = IntStream.range(from, Math.min(all.images(), from + TOGETHER)).boxed().toList();
            readings(session, part(all, some), taps).forEach((tap, batch) -> {
                double[] sum = sums.computeIfAbsent(tap.layer(), any -> new double[batch.channels()]);
                for (int i = 0; i < batch.values().length; i++) {
                    sum[i / batch.area() % batch.channels()] += batch.values()[i];
                }
                shapes.putIfAbsent(tap.layer(), Batch.zeros(cases.size(), batch.channels(), batch.rows(), batch.columns()));
            });
        }
        shapes.forEach((layer, batch) -> {
            for (int i = 0; i < batch.values().length; i++) {
                batch.values()[i] = (float) (sums.get(layer)[i / batch.area() % batch.channels()] / all.images() / batch.area());
            }
        });
        return shapes;
    }

    private static Batch part(Batch all, List<Integer> which) {
        Batch part = Batch.zeros(which.size(), all.channels(), all.rows(), all.columns());
        for (int i = 0; i < which.size(); i++) {
            System.arraycopy(all.values(), all.offset(which.get(i), 0), part.values(), part.offset(i, 0), all.imageSize());
        }
        return part;
    }

    private static Batch stacked(List<Batch> pictures) {
        Batch first = pictures.get(0);
        Batch all = Batch.zeros(pictures.size(), first.channels(), first.rows(), first.columns());
        for (int image = 0; image < pictures.size(); image++) {
            System.arraycopy(pictures.get(image).values(), 0, all.values(), all.offset(image, 0), first.imageSize());
        }
        return all;
    }
}
