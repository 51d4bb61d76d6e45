package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;

/**
 * What is known of the connections into one unit: its kernels, and what these saw on pictures where the unit was
 * strongest.
 *
 * <p>On each picture only the window counts in which the unit's sum is largest. Kernels and windows are held row by row,
 * with zeros outside the map.
 *
 * @param kernels for each input channel
 * @param bias    of the unit
 * @param excited what the kernels saw on the pictures that excite the unit most, strongest first: (picture, input
 *                channel, cell)
 * @param others  the same of the pictures that excite it least, as many
 * @param matched for each picture of {@code excited}, what the kernels see at the same place of its counterfactual: the
 *                picture that is most like it of the half that excites the unit less
 * @param inhibited what the kernels saw where the unit's sum was smallest, on the pictures where it was smallest, as many
 * @param usual   of each input channel, its mean over all pictures and positions
 * @param maps    what the unit reads on the pictures of {@code excited}, whole
 * @param window  how the kernels slide
 */
public record Evidence(float[][] kernels, float bias, float[][][] excited, float[][][] others,
        float[][][] matched, float[][][] inhibited, double[] usual, List<Batch> maps, Window window) {

    /**
     * Collects evidence about one unit.
     *
     * @param session  of the inputs' own network
     * @param channel  of the layer whose inputs these are
     * @param pictures (picture, colour, row, column) from 0 to 1
     * @param examples how many pictures count as exciting, and how many as not; at most half of the pictures
     */
    public static Evidence of(LayerInputs inputs, Session session, int channel, Batch pictures, int examples) {
        if (examples < 1 || 2 * examples > pictures.images()) {
            throw new IllegalArgumentException(examples + " exciting pictures and as many others were asked for, and there"
                    + " are " + pictures.images());
        }
        Readings readings = session.activations(pictures, Set.of(inputs.input(), inputs.output()));
        Batch below = readings.at(inputs.input());
        Batch sums = readings.at(inputs.output());
        int[] peaks = IntStream.range(0, pictures.images()).map(image -> peak(sums, image, channel)).toArray();
        List<Integer> order = IntStream.range(0, pictures.images()).boxed().sorted(Comparator.comparingDouble(
                image -> -sums.values()[sums.offset(image, channel) + peaks[image]])).toList();
        List<Integer> top = order.subList(0, examples);
        List<Integer> bottom = order.subList(order.size() - examples, order.size());
        int[] troughs = IntStream.range(0, pictures.images()).map(image -> trough(sums, image, channel)).toArray();
        List<Integer> low = IntStream.range(0, pictures.images()).boxed().sorted(Comparator.comparingDouble(
                image -> sums.values()[sums.offset(image, channel) + troughs[image]])).limit(examples).toList();
        float[][] kernels = IntStream.range(0, inputs.units().size()).mapToObj(input -> inputs.kernel(channel, input))
                .toArray(float[][]::new);
        return new Evidence(kernels, inputs.convolution().bias().values()[channel],
                windows(inputs, below, sums, peaks, top, top), windows(inputs, below, sums, peaks, bottom, bottom),
                windows(inputs, below, sums, peaks, Counterfactuals.of(pictures, top, order.subList(order.size() / 2,
                        order.size())), top),
                windows(inputs, below, sums, troughs, low, low), usual(below),
                top.stream().map(below::image).toList(), inputs.convolution().window());
    }

    private static int peak(Batch maps, int image, int channel) {
        int from = maps.offset(image, channel);
        int best = 0;
        for (int position = 1; position < maps.area(); position++) {
            if (maps.values()[from + position] > maps.values()[from + best]) {
                best = position;
            }
        }
        return best;
    }

    private static int trough(Batch maps, int image, int channel) {
        int from = maps.offset(image, channel);
        int best = 0;
        for (int position = 1; position < maps.area(); position++) {
            if (maps.values()[from + position] < maps.values()[from + best]) {
                best = position;
            }
        }
        return best;
    }

    private static double[] usual(Batch below) {
        double[] means = new double[below.channels()];
        for (int i = 0; i < below.values().length; i++) {
            means[i / below.area() % means.length] += below.values()[i];
        }
        return Arrays.stream(means).map(sum -> sum / below.images() / below.area()).toArray();
    }

    private static float[][][] windows(LayerInputs inputs, Batch below, Batch sums, int[] peaks, List<Integer> images,
            List<Integer> places) {
        Window window = inputs.convolution().window();
        return IntStream.range(0, images.size()).mapToObj(i -> {
            float[][] seen = new float[below.channels()][];
            int peak = peaks[places.get(i)];
            for (int channel = 0; channel < seen.length; channel++) {
                seen[channel] = seen(below, images.get(i), channel, window, peak / sums.columns(), peak % sums.columns());
            }
            return seen;
        }).toArray(float[][][]::new);
    }

    static float[] seen(Batch maps, int image, int channel, Window window, int row, int column) {
        float[] seen = new float[window.rows() * window.columns()];
        for (int cell = 0; cell < seen.length; cell++) {
            int r = row * window.rowStep() - window.top() + cell / window.columns() * window.rowDilation();
            int c = column * window.columnStep() - window.left()
                    + cell % window.columns() * window.columnDilation();
            if (r >= 0 && r < maps.rows() && c >= 0 && c < maps.columns()) {
                seen[cell] = maps.at(image, channel, r, c);
            }
        }
        return seen;
    }

    /** How many units the unit reads. */
    public int inputs() {
        return kernels.length;
    }

    /** Contribution of an input channel to the unit's sum in one window. */
    public double contribution(int input, float[][] seen) {
        double sum = 0;
        for (int cell = 0; cell < kernels[input].length; cell++) {
            sum += kernels[input][cell] * seen[input][cell];
        }
        return sum;
    }
}
