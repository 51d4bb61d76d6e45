package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;

/**
 * A hand-wired network that is harder to read: more channels below, which mean nothing, and noise on all the weights
 * by which the third layer reads them. What was planted is still there, and nothing else was.
 *
 * <p>The channels that mean nothing have random kernels as long (in the L2 norm) as those that mean something, and
 * answer the given pictures as strongly on average. The noise is Gaussian.
 */
final class Disturbed {

    /** The layer that gets more channels. */
    static final String BELOW = "p2";

    /** The layer whose weights get noise. */
    static final String LAYER = "p3";

    private static final float BIAS = -.2f;

    private final Engine engine;
    private final PlantedNetwork planted;
    private final Draws draws;
    private final Convolution below;
    private final Convolution above;
    private final int meaning;

    private Disturbed(Engine engine, PlantedNetwork planted, long seed) {
        this.engine = engine;
        this.planted = planted;
        this.draws = new Draws(seed);
        this.below = convolution(planted.network(), BELOW);
        this.above = convolution(planted.network(), LAYER);
        this.meaning = below.weights().shape()[0];
    }

    /**
     * Disturbs a network.
     *
     * @param engine      runs the network to find out how strongly its channels answer
     * @param noise       standard deviation of the noise, as a multiple of that of the weights of the kernels that were
     *                    planted into the same channel
     * @param distractors how many channels that mean nothing
     * @param pictures    on which these answer as strongly as the others
     */
    static PlantedNetwork of(Engine engine, PlantedNetwork planted, double noise, int distractors, Batch pictures,
            long seed) {
        Disturbed disturbed = new Disturbed(engine, planted, seed);
        Convolution more = disturbed.withDistractors(distractors, pictures);
        Convolution noisy = disturbed.withNoise(noise, distractors);
        return new PlantedNetwork(disturbed.with(more, noisy), planted.channelNames(), planted.edges());
    }

    private static Convolution convolution(Network network, String layer) {
        return (Convolution) network.operation(network.layer(layer).before()).orElseThrow();
    }

    private Network with(Convolution... changed) {
        Network network = planted.network();
        List<Operation> operations = new ArrayList<>(network.operations());
        for (Convolution convolution : changed) {
            operations.replaceAll(operation -> operation.name().equals(convolution.name()) ? convolution : operation);
        }
        return new Network(network.name(), network.about(), network.input(), operations, network.layers(),
                network.classes());
    }

    private Convolution withDistractors(int distractors, Batch pictures) {
        int each = below.weights().values().length / meaning;
        double length = 0;
        for (int channel = 0; channel < meaning; channel++) {
            length += norm(below.weights().values(), channel * each, each) / meaning;
        }
        float[] random = new float[distractors * each];
        for (int i = 0; i < random.length; i++) {
            random[i] = (float) draws.gaussian();
        }
        for (int channel = 0; channel < distractors; channel++) {
            double factor = length / norm(random, channel * each, each);
            for (int i = channel * each; i < (channel + 1) * each; i++) {
                random[i] *= factor;
            }
        }
        double factor = meanAnswer(below, pictures) / meanAnswer(kernels(below, random, constant(distractors, BIAS)),
                pictures);
        float[] biases = constant(distractors, (float) (BIAS * factor));
        for (int i = 0; i < random.length; i++) {
            random[i] *= factor;
        }
        return kernels(below, joined(below.weights().values(), random), joined(below.bias().values(), biases));
    }

    /** Mean over all channels and pictures of the layer, if it were made by another convolution. */
    private double meanAnswer(Convolution convolution, Batch pictures) {
        Network network = planted.network();
        List<Operation> operations = network.needed(List.of(network.layer(BELOW).output())).stream()
                .map(operation -> operation.name().equals(convolution.name()) ? convolution : operation).toList();
        Network lower = new Network(network.name(), network.about(), network.input(), operations,
                List.of(network.layer(BELOW)), List.of());
        try (Session session = engine.open(lower)) {
            float[] answers = session.activations(pictures, Set.of(Tap.after(BELOW))).at(Tap.after(BELOW)).values();
            double sum = 0;
            for (float answer : answers) {
                sum += answer;
            }
            return sum / answers.length;
        }
    }

    private Convolution withNoise(double noise, int distractors) {
        int[] shape = above.weights().shape();
        int cells = shape[2] * shape[3];
        double[] deviations = IntStream.range(0, shape[0]).mapToDouble(output -> noise * deviation(output)).toArray();
        float[] values = new float[shape[0] * (meaning + distractors) * cells];
        for (int i = 0; i < values.length; i++) {
            int channel = i / cells % (meaning + distractors);
            int output = i / cells / (meaning + distractors);
            float planted = channel < meaning ? above.weights().values()[(output * meaning + channel) * cells + i % cells]
                    : 0;
            values[i] = (float) (planted + deviations[output] * draws.gaussian());
        }
        return kernels(above, values, above.bias().values());
    }

    /** Standard deviation of the weights of all kernels that were planted into a channel of the upper layer. */
    private double deviation(int output) {
        int[] shape = above.weights().shape();
        int cells = shape[2] * shape[3];
        double[] weights = planted.edges().stream().filter(edge -> edge.to().equals(new Unit(LAYER, output)))
                .mapToInt(edge -> (output * shape[1] + edge.from().channel()) * cells)
                .flatMap(from -> IntStream.range(from, from + cells))
                .mapToDouble(at -> above.weights().values()[at]).toArray();
        double mean = Arrays.stream(weights).average().orElse(0);
        return Math.sqrt(Arrays.stream(weights).map(weight -> (weight - mean) * (weight - mean)).average().orElse(0));
    }

    private static Convolution kernels(Convolution like, float[] values, float[] biases) {
        int[] shape = like.weights().shape();
        int inputs = values.length / biases.length / (shape[2] * shape[3]);
        return new Convolution(like.name(), like.input(),
                new Weights(new int[] {biases.length, inputs, shape[2], shape[3]}, values), Weights.vector(biases),
                like.window(), 1);
    }

    private static double norm(float[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += (double) values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    private static float[] constant(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }

    private static float[] joined(float[] first, float[] second) {
        float[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
