package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Window;

/** What is known of the connections into all units of a layer, from pictures that have gone through the network once. */
public final class LayerEvidence {

    private final LayerInputs inputs;
    private final Batch pictures;
    private final Batch below;
    private final Batch sums;
    private final double[] usual;
    private final int examples;
    private final double[][] together;

    private LayerEvidence(LayerInputs inputs, Batch pictures, Batch below, Batch sums, int examples, double[][] together) {
        this.inputs = inputs;
        this.pictures = pictures;
        this.below = below;
        this.sums = sums;
        this.usual = usual(below);
        this.examples = examples;
        this.together = together;
    }

    /**
     * Collects evidence.
     *
     * @param session  of the inputs' own network; its engine runs the layer once more, with its kernels freed from noise
     * @param pictures (picture, colour, row, column) from 0 to 1
     * @param examples how many pictures count as exciting, and how many as not; at most half of the pictures
     */
    public static LayerEvidence of(LayerInputs inputs, Session session, Batch pictures, int examples) {
        if (examples < 1 || 2 * examples > pictures.images()) {
            throw new IllegalArgumentException(examples + " exciting pictures and as many others were asked for, and there"
                    + " are " + pictures.images());
        }
        Readings readings = session.activations(pictures, Set.of(inputs.input(), inputs.output()));
        Batch below = readings.at(inputs.input());
        Batch sums = readings.at(inputs.output());
        return new LayerEvidence(inputs, pictures, below, sums, examples,
                SpotLooks.of(inputs, session.engine(), below, sums, examples));
    }

    /** How likely each unit reads each input, by {@link Finder#SHARED_SPOTS}: logarithms of odds, (channel, input). */
    public double[][] together() {
        return together;
    }

    /** The evidence about one channel of the layer. */
    public Evidence unit(int channel) {
        Extremes extremes = Extremes.of(sums, channel);
        List<Integer> order = extremes.exciting();
        List<Integer> top = order.subList(0, examples);
        List<Integer> bottom = order.subList(order.size() - examples, order.size());
        List<Integer> matched = Counterfactuals.of(pictures, top, order.subList(order.size() / 2, order.size()));
        List<Integer> low = extremes.inhibiting().subList(0, examples);
        return new Evidence(inputs.kernels(channel), inputs.convolution().bias().values()[channel],
                windows(extremes.peaks(), top, top), windows(extremes.peaks(), bottom, bottom),
                windows(extremes.peaks(), matched, top), windows(extremes.troughs(), low, low), usual, together[channel],
                top.stream().map(below::image).toList(), inputs.convolution().window());
    }

    /** What an input is on the average of all pictures and positions. */
    static double[] usual(Batch below) {
        double[] means = new double[below.channels()];
        for (int i = 0; i < below.values().length; i++) {
            means[i / below.area() % means.length] += below.values()[i];
        }
        return Arrays.stream(means).map(sum -> sum / below.images() / below.area()).toArray();
    }

    private float[][][] windows(int[] peaks, List<Integer> images, List<Integer> places) {
        Window window = inputs.convolution().window();
        return IntStream.range(0, images.size()).mapToObj(i -> {
            int peak = peaks[places.get(i)];
            return IntStream.range(0, below.channels()).mapToObj(channel -> Evidence.seen(below, images.get(i), channel, window,
                    peak / sums.columns(), peak % sums.columns())).toArray(float[][]::new);
        }).toArray(float[][][]::new);
    }
}
