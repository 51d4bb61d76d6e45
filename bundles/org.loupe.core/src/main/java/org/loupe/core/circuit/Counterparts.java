package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
 * Which channel sees on moved pictures what another one sees on the pictures as they are: an upright mirror's counterpart of a
 * head that faces left is a head that faces right. Looks at activations only.
 *
 * @param of      the counterpart of each channel, which may be itself
 * @param typical the median correlation of channels and their counterparts
 */
record Counterparts(Turn turn, Map<Unit, Unit> of, double typical, int pictures) {

    private static final double MIDDLE = .5;

    /** Sums for the correlations of all channels of a layer with all. */
    private static final class Sums {
        private final int channels;
        private double count;
        private final double[] first;
        private final double[] second;
        private final double[] firstSquares;
        private final double[] secondSquares;
        private final double[][] products;

        Sums(int channels) {
            this.channels = channels;
            first = new double[channels];
            second = new double[channels];
            firstSquares = new double[channels];
            secondSquares = new double[channels];
            products = new double[channels][channels];
        }

        void add(float[][] moved, Batch seen, int position) {
            count++;
            for (int i = 0; i < channels; i++) {
                double one = moved[i][position];
                double other = seen.values()[seen.offset(0, i) + position];
                first[i] += one;
                firstSquares[i] += one * one;
                second[i] += other;
                secondSquares[i] += other * other;
                for (int j = 0; one != 0 && j < channels; j++) {
                    products[i][j] += one * seen.values()[seen.offset(0, j) + position];
                }
            }
        }

        double correlation(int i, int j) {
            double variances = (firstSquares[i] - first[i] * first[i] / count) * (secondSquares[j] - second[j] * second[j] / count);
            return variances > 0 ? (products[i][j] - first[i] * second[j] / count) / Math.sqrt(variances) : 0;
        }
    }

    String about() {
        return String.format(Locale.ROOT, "Counterparts of channels below, on %d pictures as they are and %s: correlation %.2f at"
                + " the median.", pictures, turn.word(), typical);
    }

    /** Compares all channels of each of some layers; nothing when the progress said to stop. */
    static Optional<Counterparts> of(Session session, PictureSet set, Set<String> layers, Turn turn, int sample, Progress progress) {
        Frame frame = Frame.of(session.network().input().shape(), Fitting.COVER);
        Set<Tap> taps = layers.stream().map(Tap::after).collect(Collectors.toSet());
        Map<String, Sums> sums = new HashMap<>();
        int count = Math.min(sample, set.pictures().size());
        int used = 0;
        for (int i = 0; i < count; i++) {
            if (!progress.report(i, count, "Looking at pictures " + turn.word())) {
                return Optional.empty();
            }
            try {
                Batch picture = set.read(Sample.index(i, count, set.pictures().size()), frame);
                Readings before = session.activations(picture, taps);
                Readings after = session.activations(moved(turn, picture), taps);
                for (String layer : layers) {
                    Batch maps = before.at(Tap.after(layer));
                    add(turn, maps, after.at(Tap.after(layer)),
                            sums.computeIfAbsent(layer, any -> new Sums(maps.channels())));
                }
                used++;
            } catch (PictureException unreadable) {
                progress.report(i, count, "Left out " + unreadable.getMessage());
            }
        }
        Map<Unit, Unit> of = new HashMap<>();
        List<Double> correlations = new ArrayList<>();
        sums.forEach((layer, one) -> {
            for (int channel = 0; channel < one.channels; channel++) {
                int best = 0;
                for (int other = 1; other < one.channels; other++) {
                    best = one.correlation(channel, other) > one.correlation(channel, best) ? other : best;
                }
                of.put(new Unit(layer, channel), new Unit(layer, best));
                correlations.add(one.correlation(channel, best));
            }
        });
        return Optional.of(new Counterparts(turn, of, correlations.isEmpty() ? 1
                : Spots.median(correlations.stream().mapToDouble(one -> one).toArray()), used));
    }

    private static Batch moved(Turn turn, Batch maps) {
        Batch moved = Batch.zeros(1, maps.channels(), maps.rows(), maps.columns());
        for (int channel = 0; channel < maps.channels(); channel++) {
            System.arraycopy(moved(turn, maps, channel), 0, moved.values(), moved.offset(0, channel), maps.area());
        }
        return moved;
    }

    private static float[] moved(Turn turn, Batch maps, int channel) {
        return turn.moved(maps.values(), maps.offset(0, channel), maps.rows(), maps.columns(), (maps.rows() - 1) / 2.0,
                (maps.columns() - 1) / 2.0, true);
    }

    /** Positions near the corners, whose pictures come from outside after a turn, are left out. */
    private static void add(Turn turn, Batch before, Batch after, Sums sums) {
        float[][] moved = new float[before.channels()][];
        for (int channel = 0; channel < moved.length; channel++) {
            moved[channel] = moved(turn, before, channel);
        }
        for (int position = 0; position < before.area(); position++) {
            double down = (position / before.columns() + MIDDLE) / before.rows() - MIDDLE;
            double right = (position % before.columns() + MIDDLE) / before.columns() - MIDDLE;
            if (turn != Turn.EIGHTH || Math.hypot(down, right) <= MIDDLE) {
                sums.add(moved, after, position);
            }
        }
    }
}
