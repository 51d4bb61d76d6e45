package org.loupe.core.probe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/**
 * What a target owes each activation of a layer, to first order: how far the activation is from a baseline, times the
 * target's gradient with respect to it (linear attribution, Olah et al. 2018, “The Building Blocks of Interpretability”), or
 * times the mean gradient on the straight way from the baseline to the activations there are (integrated gradients,
 * Sundararajan et al. 2017). The baseline is nothing, where no other is said.
 *
 * @param layer         whose activations are held responsible
 * @param target        what is explained, as a person calls it
 * @param contributions of the shape (1, channel, row, column) of the layer
 * @param score         the target for the picture
 * @param base          the target when all activations of the layer are those of the baseline and everything that passes it by
 *                      is as it is
 * @param steps         how many gradients the mean is of; 1 where it is the gradient at the picture's own activations
 */
public record Attribution(String layer, String target, Batch contributions, double score, double base, int steps) {

    private static final int TOGETHER = 8;

    /**
     * Explains a target.
     *
     * @param session    of the network
     * @param picture    shape (1, channels, rows, columns) of the network's input
     * @param activation of the layer for this picture, of shape (1, channel, row, column)
     * @param steps      at least 1. With 1, the gradient is that at the picture's own activations; with more, it is the mean
     *                   of those at the middles of as many equal steps from nothing to these activations
     * @return nothing when the progress said to stop
     * @throws NetworkException when the target does not depend on the layer
     */
    public static Optional<Attribution> of(Session session, Batch picture, String layer, Batch activation,
            Target target, int steps, Progress progress) {
        return of(session, picture, layer, activation, activation.zeros(), target, steps, progress);
    }

    /**
     * The same from another baseline.
     *
     * @param baseline of the shape of the activation
     */
    public static Optional<Attribution> of(Session session, Batch picture, String layer, Batch activation, Batch baseline,
            Target target, int steps, Progress progress) {
        Network upper = UpperPart.of(session, Tap.after(layer), target, picture);
        Objective objective = target.objective();
        double[] sums = new double[activation.imageSize()];
        try (Session above = session.engine().open(upper)) {
            double score = score(above, objective, activation);
            double base = score(above, objective, baseline);
            for (int done = 0; done < steps;) {
                if (!progress.report(done, steps, "Attribution of " + target + " to " + layer)) {
                    return Optional.empty();
                }
                int now = Math.min(steps - done, steps < TOGETHER ? 1 : TOGETHER);
                Batch scaled = between(baseline, activation, done, now, steps);
                float[] slopes = above.gradient(scaled, List.of(objective)).pictures().values();
                for (int i = 0; i < slopes.length; i++) {
                    sums[i % sums.length] += slopes[i];
                }
                done += now;
            }
            Batch contributions = activation.zeros();
            for (int i = 0; i < sums.length; i++) {
                contributions.values()[i] = (float) (((double) activation.values()[i] - baseline.values()[i]) * sums[i] / steps);
            }
            return Optional.of(new Attribution(layer, target.toString(), contributions, score, base, steps));
        }
    }

    /** The layers, of those given, that a target depends on. */
    public static List<String> possible(Network network, List<String> layers, Target target) {
        return layers.stream().filter(layer -> UpperPart.exists(network, Tap.after(layer), target)).toList();
    }

    /** Places on the way from a baseline to the activations. */
    private static Batch between(Batch baseline, Batch activation, int done, int now, int steps) {
        Batch scaled = Batch.zeros(now, activation.channels(), activation.rows(), activation.columns());
        for (int image = 0; image < now; image++) {
            double share = steps == 1 ? 1 : (done + image + .5) / steps;
            for (int i = 0; i < activation.imageSize(); i++) {
                scaled.values()[image * activation.imageSize() + i] =
                        (float) (share * activation.values()[i] + (1 - share) * baseline.values()[i]);
            }
        }
        return scaled;
    }

    private static double score(Session session, Objective objective, Batch activation) {
        Set<Tap> taps = objective.taps();
        Readings readings = session.activations(activation, taps);
        Map<Tap, Batch> unused = new HashMap<>();
        readings.batches().forEach((tap, batch) -> unused.put(tap, batch.zeros()));
        return objective.score(0, readings, 0, new Readings(unused));
    }

    /** All contributions together. */
    public double total() {
        double sum = 0;
        for (float contribution : contributions.values()) {
            sum += contribution;
        }
        return sum;
    }

    /**
     * The share of the difference between the target and its {@link #base} that the contributions add up to: 1 where
     * they explain it completely; NaN where there is no difference to explain.
     */
    public double completeness() {
        return score == base ? Double.NaN : total() / (score - base);
    }

    /** The contribution of each position, all channels together, of shape (1, 1, row, column). */
    public Batch byPosition() {
        Batch sums = Batch.zeros(1, 1, contributions.rows(), contributions.columns());
        for (int position = 0; position < contributions.area(); position++) {
            double sum = 0;
            for (int channel = 0; channel < contributions.channels(); channel++) {
                sum += contributions.values()[contributions.offset(0, channel) + position];
            }
            sums.values()[position] = (float) sum;
        }
        return sums;
    }

    /** The contribution of each channel, all positions together. */
    public double[] byChannel() {
        double[] sums = new double[contributions.channels()];
        for (int channel = 0; channel < sums.length; channel++) {
            int from = contributions.offset(0, channel);
            for (int i = from; i < from + contributions.area(); i++) {
                sums[channel] += contributions.values()[i];
            }
        }
        return sums;
    }

    /** The contributions of the channels at one position. */
    public double[] byChannel(int row, int column) {
        return IntStream.range(0, contributions.channels())
                .mapToDouble(channel -> contributions.at(0, channel, row, column)).toArray();
    }

    /** The channels with the largest contributions for or against, the largest first. */
    public static List<Integer> largest(double[] byChannel, int count) {
        List<Integer> channels = new ArrayList<>(IntStream.range(0, byChannel.length).boxed().toList());
        channels.sort(Comparator.comparingDouble((Integer channel) -> -Math.abs(byChannel[channel])));
        channels.removeIf(channel -> byChannel[channel] == 0);
        return Collections.unmodifiableList(channels.subList(0, Math.min(count, channels.size())));
    }

    /** Whether everything is the same, bit by bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Attribution that && layer.equals(that.layer) && target.equals(that.target)
                && contributions.equals(that.contributions)
                && Arrays.equals(new double[] {score, base, steps}, new double[] {that.score, that.base, that.steps});
    }

    @Override
    public int hashCode() {
        return 31 * layer.hashCode() + contributions.hashCode();
    }
}
