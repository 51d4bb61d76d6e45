package org.loupe.core.dictionary;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Draws;

/**
 * Directions in a layer's activations, for controls.
 *
 * @param count    number of directions
 * @param channels of the layer
 * @param values   {@code count * channels}, each direction of length 1
 */
record Directions(int count, int channels, float[] values) {

    private static final int SWEEPS = 60;

    /** Directions drawn from all with the same probability. */
    static Directions random(int count, int channels, Draws draws) {
        float[] values = new float[count * channels];
        for (int direction = 0; direction < count; direction++) {
            double[] drawn = IntStream.range(0, channels).mapToDouble(i -> draws.gaussian()).toArray();
            put(drawn, values, direction);
        }
        return new Directions(count, channels, values);
    }

    /** As many random directions as there are channels, each at right angles to all others. */
    static Directions rotation(int channels, Draws draws) {
        double[][] basis = new double[channels][channels];
        float[] values = new float[channels * channels];
        for (int direction = 0; direction < channels; direction++) {
            double[] drawn = IntStream.range(0, channels).mapToDouble(i -> draws.gaussian()).toArray();
            for (int round = 0; round < 2; round++) {
                for (int before = 0; before < direction; before++) {
                    double along = dot(drawn, basis[before]);
                    for (int channel = 0; channel < channels; channel++) {
                        drawn[channel] -= along * basis[before][channel];
                    }
                }
            }
            put(drawn, values, direction);
            double length = Math.sqrt(dot(drawn, drawn));
            basis[direction] = Arrays.stream(drawn).map(value -> value / length).toArray();
        }
        return new Directions(channels, channels, values);
    }

    /** The channels themselves. */
    static Directions channels(int channels) {
        float[] values = new float[channels * channels];
        for (int i = 0; i < channels; i++) {
            values[i * channels + i] = 1;
        }
        return new Directions(channels, channels, values);
    }

    /** The principal components, that with the largest variance first. */
    static Directions principal(List<float[]> vectors, double[] means) {
        int channels = means.length;
        double[][] covariance = new double[channels][channels];
        double[] centred = new double[channels];
        for (float[] some : vectors) {
            for (int from = 0; from < some.length; from += channels) {
                for (int i = 0; i < channels; i++) {
                    centred[i] = some[from + i] - means[i];
                }
                for (int i = 0; i < channels; i++) {
                    for (int j = 0; j <= i; j++) {
                        covariance[i][j] += centred[i] * centred[j];
                    }
                }
            }
        }
        for (int i = 0; i < channels; i++) {
            for (int j = 0; j < i; j++) {
                covariance[j][i] = covariance[i][j];
            }
        }
        double[][] turned = diagonalize(covariance);
        int[] order = IntStream.range(0, channels).boxed().sorted(Comparator.comparingDouble(i -> -covariance[i][i]))
                .mapToInt(Integer::intValue).toArray();
        float[] values = new float[channels * channels];
        for (int direction = 0; direction < channels; direction++) {
            put(turned[order[direction]], values, direction);
        }
        return new Directions(channels, channels, values);
    }

    /**
     * Turns a symmetric matrix until it is diagonal (Jacobi 1846).
     *
     * @param matrix which becomes the diagonal one
     * @return the directions of its axes, one in each row
     */
    private static double[][] diagonalize(double[][] matrix) {
        int size = matrix.length;
        double[][] axes = new double[size][size];
        for (int i = 0; i < size; i++) {
            axes[i][i] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = 0;
            double on = 0;
            for (int i = 0; i < size; i++) {
                on += matrix[i][i] * matrix[i][i];
                for (int j = 0; j < i; j++) {
                    off += matrix[i][j] * matrix[i][j];
                }
            }
            if (off <= 1e-20 * on) {
                break;
            }
            for (int i = 1; i < size; i++) {
                for (int j = 0; j < i; j++) {
                    turn(matrix, axes, i, j);
                }
            }
        }
        return axes;
    }

    /** Turns the plane of two axes so that the value between them becomes 0. */
    private static void turn(double[][] matrix, double[][] axes, int i, int j) {
        double between = matrix[i][j];
        if (between == 0) {
            return;
        }
        double ratio = (matrix[j][j] - matrix[i][i]) / (2 * between);
        double tangent = (ratio >= 0 ? 1 : -1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < matrix.length; k++) {
            double one = matrix[k][i];
            double other = matrix[k][j];
            matrix[k][i] = cosine * one - sine * other;
            matrix[k][j] = sine * one + cosine * other;
        }
        for (int k = 0; k < matrix.length; k++) {
            double one = matrix[i][k];
            double other = matrix[j][k];
            matrix[i][k] = cosine * one - sine * other;
            matrix[j][k] = sine * one + cosine * other;
            one = axes[i][k];
            other = axes[j][k];
            axes[i][k] = cosine * one - sine * other;
            axes[j][k] = sine * one + cosine * other;
        }
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    private static void put(double[] direction, float[] values, int at) {
        double length = Math.sqrt(dot(direction, direction));
        for (int i = 0; i < direction.length; i++) {
            values[at * direction.length + i] = (float) (direction[i] / length);
        }
    }

    /** Each direction and then the opposite one of each. */
    Directions bothWays() {
        float[] both = Arrays.copyOf(values, 2 * values.length);
        for (int i = 0; i < values.length; i++) {
            both[values.length + i] = -values[i];
        }
        return new Directions(2 * count, channels, both);
    }

    /**
     * How far vectors reach in each direction from a point.
     *
     * @return of shape (vector, direction)
     */
    float[] along(float[] vectors, double[] from) {
        float[] centred = vectors.clone();
        for (int i = 0; i < centred.length; i++) {
            centred[i] -= (float) from[i % channels];
        }
        int number = vectors.length / channels;
        float[] reached = new float[number * count];
        Products.PLAIN.multiply(centred, false, values, true, number, channels, count, reached);
        return reached;
    }

    /**
     * Of directions at right angles to each other, those of each vector that reach farthest: what is left of the vectors when
     * all other directions are set to their means.
     *
     * @param kept how many directions of each vector
     */
    Trial.Replacing farthest(int kept, double[] means) {
        return (vectors, used, which) -> {
            float[] reached = along(vectors, means);
            int number = vectors.length / channels;
            float[] far = new float[reached.length];
            for (int i = 0; i < far.length; i++) {
                far[i] = Math.abs(reached[i]);
            }
            Codes codes = Codes.largest(far, new float[count], number, kept);
            float[] few = new float[reached.length];
            for (int vector = 0; vector < number; vector++) {
                for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                    few[vector * count + codes.latent(i)] = reached[vector * count + codes.latent(i)];
                    which[codes.latent(i)] = true;
                }
            }
            used[0] += codes.size();
            float[] made = new float[vectors.length];
            Products.PLAIN.multiply(few, false, values, false, number, count, channels, made);
            for (int i = 0; i < made.length; i++) {
                made[i] += (float) means[i % channels];
            }
            return made;
        };
    }
}
