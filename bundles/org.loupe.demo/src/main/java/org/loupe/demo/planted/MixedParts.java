package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Draws;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Parts in superposition: more features than channels, on purpose (Elhage and others 2022). The parts of
 * {@link PlantedNetwork#parts()} that are surely seen, in the layer {@code parts}, go each in a direction of its own into the
 * fewer channels of the layer {@code mixed}. So it is known what a dictionary of {@code mixed} should find.
 *
 * @param network    with the layers {@code p1}, {@code p2}, {@code parts} and {@code mixed}
 * @param names      what each part is called
 * @param directions for each part its direction in {@code mixed}, of length 1
 */
public record MixedParts(Network network, List<String> names, List<float[]> directions) {

    static final String NAME = "planted-mixed";

    /** The layer of the parts. */
    public static final String PARTS = "parts";

    /** The layer in which they are mixed. */
    public static final String MIXED = "mixed";

    private static final String BELOW = "p2";
    private static final float SURE = 0.1f;
    private static final int TRIES = 200;

    public MixedParts {
        names = List.copyOf(names);
        directions = List.copyOf(directions);
    }

    /** The bundled network: nine parts in six channels. */
    public static MixedParts bundled() {
        return of(6, 1);
    }

    /**
     * Mixes the parts.
     *
     * @param channels of the mixed layer
     * @param seed     of the directions: of 200 draws the one whose nearest two are farthest apart
     */
    public static MixedParts of(int channels, long seed) {
        PlantedNetwork parts = PlantedNetwork.parts();
        List<String> names = parts.channelNames().get(BELOW);
        List<float[]> directions = apart(names.size(), channels, new Draws(seed));
        Network below = parts.network();
        List<Operation> operations = new ArrayList<>(below.needed(List.of(below.layer(BELOW).output())));
        operations.add(point(PARTS + ".sure", below.layer(BELOW).output(), unmixed(names.size()), names.size(), -SURE));
        operations.add(new Relu(PARTS, PARTS + ".sure"));
        operations.add(point(MIXED, PARTS, weights(directions, channels), channels, 0));
        List<Layer> layers = new ArrayList<>(below.layers().subList(0, below.layers().indexOf(below.layer(BELOW)) + 1));
        layers.add(new Layer(PARTS, PARTS, PARTS + ".sure", "Parts that are surely seen: " + String.join(", ", names) + "."));
        layers.add(new Layer(MIXED, MIXED, MIXED, "All parts in fewer channels than there are parts."));
        return new MixedParts(new Network(NAME, "Parts of planted-parts, in superposition on purpose.",
                below.input(), operations, layers, List.of()), names, directions);
    }

    private static Convolution point(String name, String input, float[] weights, int outputs, float bias) {
        float[] biases = new float[outputs];
        Arrays.fill(biases, bias);
        return new Convolution(name, input, new Weights(new int[] {outputs, weights.length / outputs, 1, 1}, weights),
                Weights.vector(biases), Window.square(1, 1, 0), 1);
    }

    private static float[] unmixed(int size) {
        float[] weights = new float[size * size];
        for (int i = 0; i < size; i++) {
            weights[i * size + i] = 1;
        }
        return weights;
    }

    private static float[] weights(List<float[]> directions, int channels) {
        float[] weights = new float[channels * directions.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = directions.get(i % directions.size())[i / directions.size()];
        }
        return weights;
    }

    private static List<float[]> apart(int count, int channels, Draws draws) {
        List<float[]> best = List.of();
        double least = Double.POSITIVE_INFINITY;
        for (int tried = 0; tried < TRIES; tried++) {
            List<float[]> drawn = new ArrayList<>();
            double nearest = 0;
            for (int i = 0; i < count; i++) {
                float[] direction = direction(channels, draws);
                for (float[] other : drawn) {
                    nearest = Math.max(nearest, Math.abs(dot(direction, other)));
                }
                drawn.add(direction);
            }
            if (nearest < least) {
                least = nearest;
                best = drawn;
            }
        }
        return best;
    }

    private static float[] direction(int channels, Draws draws) {
        float[] direction = new float[channels];
        for (int i = 0; i < channels; i++) {
            direction[i] = (float) draws.gaussian();
        }
        float length = (float) Math.sqrt(dot(direction, direction));
        for (int i = 0; i < channels; i++) {
            direction[i] /= length;
        }
        return direction;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }
}
