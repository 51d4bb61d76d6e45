package org.loupe.core.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.dictionary.DictionaryPlan.Kind;
import org.loupe.core.network.Weights;

class LearningTest {

    private static final int CHANNELS = 6;
    private static final int LATENTS = 9;
    private static final int BATCH = 7;

    private static DictionaryPlan plan(Kind kind, int steps) {
        return kind == Kind.TOP_K ? new DictionaryPlan(kind, LATENTS, 2, 0, 0.5, 100, BATCH, steps, 0.01, 1)
                : new DictionaryPlan(kind, LATENTS, 0, 0.25, 0, 100, BATCH, steps, 0.01, 1);
    }

    /** The numbers of releng/reference/dictionary.py. */
    private static float[] numbers(int count, double start) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) StrictMath.sin(start + 0.7 * i + 0.3 * (i % 5));
        }
        return numbers;
    }

    private static float[] tenth(float[] numbers) {
        float[] small = new float[numbers.length];
        for (int i = 0; i < small.length; i++) {
            small[i] = (float) (0.1 * numbers[i]);
        }
        return small;
    }

    private static Dictionary dictionary() {
        float[] decoder = numbers(LATENTS * CHANNELS, 1);
        for (int latent = 0; latent < LATENTS; latent++) {
            double square = 0;
            for (int i = latent * CHANNELS; i < (latent + 1) * CHANNELS; i++) {
                square += (double) decoder[i] * decoder[i];
            }
            for (int i = latent * CHANNELS; i < (latent + 1) * CHANNELS; i++) {
                decoder[i] = (float) (decoder[i] / Math.sqrt(square));
            }
        }
        int[] shape = {LATENTS, CHANNELS};
        return new Dictionary(new Weights(shape, numbers(LATENTS * CHANNELS, 2)), Weights.vector(tenth(numbers(LATENTS, 3))),
                new Weights(shape, decoder), Weights.vector(tenth(numbers(CHANNELS, 4))), 2);
    }

    private static Learning learning(DictionaryPlan plan, Products products) {
        Learning learning = new Learning(plan, new float[CHANNELS], products);
        learning.start(dictionary());
        return learning;
    }

    @Test
    void twoStepsWithDeadLatentsAreThoseOfPyTorch() {
        Learning learning = learning(new DictionaryPlan(Kind.TOP_K, LATENTS, 2, 0, 0.5, 100, BATCH, 2, 0.01, 1), Products.PLAIN);
        learning.silent(new int[] {0, 0, 0, 200, 0, 200, 0, 0, 200});
        double[] losses = steps(learning);
        assertArrayEquals(new double[] {6.5005813, 1.6010164}, losses, 1e-5);
        check(learning, new double[] {0.8932696, 0.5857532, 1.0064662, 0.4916463, -0.4673971, -0.9783664},
                new double[] {-0.9144625, -0.1803547, -0.6563958, 0.2807384, 0.9468862, 0.7277181},
                new double[] {0.1216896, -0.2607855, 0.4079402, 0.7226358, 0.3170223, -0.3578571},
                new double[] {-0.4286038, -0.4534875, -0.4866843, -0.3145029, 0.1319037, 0.5074206},
                new double[] {0.0340731, -0.0956717, -0.1158730, -0.0243088, 0.0459872, 0.0018365, 0.0738052, 0.0617202,
                    -0.0262852},
                new double[] {-0.0956036, -0.1139908, -0.0081384, 0.0847568, 0.1181828, 0.1138030});
    }

    @Test
    void twoStepsWithASumOfLatentsAreThoseOfPyTorch() {
        Learning learning = learning(plan(Kind.L1, 2), Products.PLAIN);
        double[] losses = steps(learning);
        assertArrayEquals(new double[] {3.0534959, 4.5691452}, losses, 1e-5);
        check(learning, new double[] {0.8929317, 0.5855352, 0.9768163, 0.4915340, -0.4671642, -0.9780699},
                new double[] {-0.9117033, -0.2177327, -0.6635154, 0.2763562, 0.9437846, 0.7251012},
                new double[] {0.0874988, -0.2657088, 0.4143013, 0.7350434, 0.3183021, -0.3293815},
                new double[] {-0.4318906, -0.4540981, -0.4846726, -0.3074165, 0.1306955, 0.5106581},
                new double[] {-0.0057926, -0.0956005, -0.1159043, -0.0477919, 0.0456957, 0.0015145, 0.0742218, 0.0606214,
                    -0.0275123},
                new double[] {-0.0956317, -0.1158877, -0.0080473, 0.0856779, 0.1189486, 0.1137419});
    }

    private static double[] steps(Learning learning) {
        float[] vectors = numbers(BATCH * CHANNELS, 5);
        return new double[] {learning.step(vectors).loss(), learning.step(vectors).loss()};
    }

    private static void check(Learning learning, double[] encoder4, double[] encoder8, double[] decoder4, double[] decoder8,
            double[] bias, double[] centre) {
        Dictionary learned = learning.dictionary(1);
        check(encoder4, learned.encoder().values(), 4 * CHANNELS);
        check(encoder8, learned.encoder().values(), 8 * CHANNELS);
        check(decoder4, learned.decoder().values(), 4 * CHANNELS);
        check(decoder8, learned.decoder().values(), 8 * CHANNELS);
        check(bias, learned.bias().values(), 0);
        check(centre, learned.centre().values(), 0);
    }

    private static void check(double[] expected, float[] found, int from) {
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[from + i], 2e-5, "number " + (from + i));
        }
    }

    @Test
    void gradientsAreWhatFiniteDifferencesSay() {
        for (Kind kind : Kind.values()) {
            float[] vectors = numbers(BATCH * CHANNELS, 5);
            Learning learning = learning(plan(kind, 20), Products.PLAIN);
            learning.gradients(vectors);
            List<float[]> gradients = learning.parameters().stream().map(parameter -> parameter.gradient.clone()).toList();
            for (int which = 0; which < gradients.size(); which++) {
                Parameter parameter = learning.parameters().get(which);
                for (int i = 0; i < parameter.values.length; i += 3) {
                    float before = parameter.values[i];
                    float step = 2e-4f;
                    parameter.values[i] = before + step;
                    double above = learning.gradients(vectors).loss();
                    parameter.values[i] = before - step;
                    double below = learning.gradients(vectors).loss();
                    parameter.values[i] = before;
                    assertEquals((above - below) / (2 * step), gradients.get(which)[i], 5e-3, kind + ", number " + i + " of "
                            + which);
                }
            }
        }
    }

    @Test
    void slopesOfLatentsAreTheSameTogetherAndOneByOne() {
        int latents = 200;
        DictionaryPlan plan = new DictionaryPlan(Kind.L1, latents, 0, 0.25, 0, 100, BATCH, 1, 0.01, 1);
        float[] vectors = numbers(BATCH * CHANNELS, 5);
        Learning sparse = new Learning(plan, new float[CHANNELS], Products.PLAIN);
        Learning dense = new Learning(plan, new float[CHANNELS], Products.PLAIN);
        for (Learning learning : List.of(sparse, dense)) {
            Arrays.fill(learning.parameters().get(1).values, -1.4f);
        }
        sparse.togetherAbove(1e9);
        dense.togetherAbove(-1);
        Learning.Outcome few = sparse.gradients(vectors);
        Learning.Outcome same = dense.gradients(vectors);
        assertTrue(few.active() > 20, few.toString());
        assertEquals(few.active(), same.active());
        assertEquals(few.loss(), same.loss(), 1e-6);
        for (int i = 0; i < 4; i++) {
            assertArrayEquals(sparse.parameters().get(i).gradient, dense.parameters().get(i).gradient, 1e-6f);
        }
    }

    @Test
    void featuresThatVectorsAreMadeOfAreFound() {
        int features = 24;
        int channels = 16;
        Draws draws = new Draws(3);
        float[] truth = new float[features * channels];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (float) draws.gaussian();
        }
        DictionaryPlan plan = new DictionaryPlan(Kind.TOP_K, 32, 3, 0, 1 / 32.0, 50, 256, 1500, 0.005, 0);
        Learning learning = new Learning(plan, new float[channels], Products.PLAIN);
        for (int step = 0; step < plan.steps(); step++) {
            learning.step(vectors(truth, features, channels, plan.batch(), draws));
        }
        float[] found = learning.dictionary(1).decoder().values();
        long recovered = IntStream.range(0, features)
                .filter(feature -> best(truth, feature, found, channels) > 0.9).count();
        assertTrue(recovered >= 0.9 * features, recovered + " of " + features);
    }

    private static float[] vectors(float[] truth, int features, int channels, int count, Draws draws) {
        float[] vectors = new float[count * channels];
        for (int vector = 0; vector < count; vector++) {
            for (int i = 0; i < 3; i++) {
                int feature = draws.below(features);
                double amount = draws.uniform(0.5, 1.5);
                for (int channel = 0; channel < channels; channel++) {
                    vectors[vector * channels + channel] += (float) (amount * truth[feature * channels + channel]);
                }
            }
        }
        return vectors;
    }

    private static double best(float[] truth, int feature, float[] found, int channels) {
        double best = -1;
        for (int latent = 0; latent < found.length / channels; latent++) {
            double dot = 0;
            double own = 0;
            for (int channel = 0; channel < channels; channel++) {
                dot += truth[feature * channels + channel] * found[latent * channels + channel];
                own += truth[feature * channels + channel] * truth[feature * channels + channel];
            }
            best = Math.max(best, dot / Math.sqrt(own));
        }
        return best;
    }

    @Test
    void theLargestAreChosenAndOfEqualOnesTheFirst() {
        Codes codes = Codes.largest(new float[] {1, 3, 3, 3, -1, 0, -2, 5, 0, 0}, new float[5], 2, 2);
        assertEquals(3, codes.size());
        assertEquals(1, Math.min(codes.latent(0), codes.latent(1)));
        assertEquals(2, Math.max(codes.latent(0), codes.latent(1)));
        assertEquals(2, codes.latent(2));
        assertEquals(5, codes.value(2));
        Codes dead = Codes.largestOf(new float[] {1, 3, 3, 3, -1}, 1, 5, new int[] {0, 4}, 7);
        assertEquals(2, dead.size(), "dead latents count whatever their sign");
    }
}
