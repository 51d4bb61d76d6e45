package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class FinderTest {

    private static final Window SMALL = Window.square(3, 1, 1);

    @Test
    void theUnitsBelowAreFoundThroughPoolingAndConcatenation() {
        LayerInputs inputs = LayerInputs.of(network(), "top");
        assertEquals(List.of(new Unit("left", 0), new Unit("left", 1), new Unit("right", 0)), inputs.units());
        assertArrayEquals(new float[] {0, 0, 0, 0, 2, 0, 0, 0, 0}, inputs.kernel(0, 1));
    }

    @Test
    void whatReadsThePictureOrIsNoConvolutionIsRefusedByName() {
        assertTrue(assertThrows(NetworkException.class, () -> LayerInputs.of(network(), "left")).getMessage()
                .contains("reads input"));
        assertTrue(assertThrows(NetworkException.class, () -> LayerInputs.of(network(), "pooled")).getMessage()
                .contains("pooled"));
    }

    @Test
    void contributionsAndTheBiasAddUpToTheUnit() {
        LayerInputs inputs = LayerInputs.of(network(), "top");
        try (Session session = new ReferenceEngine().open(inputs.network())) {
            Batch pictures = pictures(6);
            Evidence evidence = Evidence.of(inputs, session, 0, pictures, 2);
            Batch sums = session.activations(pictures, Set.of(inputs.output())).at(inputs.output());
            double largest = Double.NEGATIVE_INFINITY;
            for (int image = 0; image < sums.images(); image++) {
                for (int position = 0; position < sums.area(); position++) {
                    largest = Math.max(largest, sums.values()[sums.offset(image, 0) + position]);
                }
            }
            double sum = evidence.bias();
            for (int input = 0; input < evidence.inputs(); input++) {
                sum += evidence.contribution(input, evidence.excited()[0]);
            }
            assertEquals(largest, sum, 1e-5);
        }
    }

    @Test
    void ablationIsTheDropOfTheLargestSum() {
        float[][] kernels = {{1}, {2}};
        Batch maps = new Batch(1, 2, 1, 2, new float[] {3, 0, 0, 2});
        float[][][] seen = {{{0}, {2}}};
        Evidence evidence = evidence(kernels, seen, seen, seen, maps, Window.square(1, 1, 0));
        assertArrayEquals(new double[] {0, 1}, Finder.ABLATION.scores(evidence), 1e-12);
        assertArrayEquals(new double[] {0, 4}, Finder.ATTRIBUTION.scores(evidence), 1e-12);
        assertArrayEquals(new double[] {0, 0}, Finder.CONTRAST.scores(evidence), 1e-12);
        assertArrayEquals(new double[] {1, 2}, Finder.WEIGHT.scores(evidence), 1e-12);
    }

    @Test
    void excitementAndInhibitionAtDifferentPlacesDoNotCancelInTheAttributionMap() {
        Window window = Window.square(5, 1, 2);
        float[] both = new float[25];
        both[0] = 1;
        both[24] = -1;
        float[] ones = new float[25];
        Arrays.fill(ones, 1);
        float[][][] seen = {{ones, ones}};
        Batch maps = new Batch(1, 2, 1, 1, new float[2]);
        Evidence evidence = evidence(new float[][] {both, new float[25]}, seen, seen, seen, maps, window);
        assertEquals(0, Finder.ATTRIBUTION.scores(evidence)[0], 1e-12);
        assertTrue(Finder.ATTRIBUTION_MAP.scores(evidence)[0] > 1);
        assertEquals(0, Finder.ATTRIBUTION_MAP.scores(evidence)[1], 1e-12);
    }

    @Test
    void patchingIsTheDifferenceToTheMatchedPictureAndTheGreedyWayEndsWithWhatMattersMost() {
        float[][] kernels = {{1}, {2}, {-1}};
        float[][][] excited = {{{3}, {2}, {0}}, {{5}, {2}, {0}}};
        float[][][] matched = {{{3}, {1}, {4}}, {{3}, {1}, {4}}};
        Batch maps = new Batch(1, 3, 1, 1, new float[3]);
        Evidence evidence = evidence(kernels, excited, matched, matched, maps, Window.square(1, 1, 0));
        assertArrayEquals(new double[] {1, 2, 4}, Finder.PATCHING.scores(evidence), 1e-12);
        assertArrayEquals(new double[] {0, 1, 2}, Finder.GREEDY_ABLATION.scores(evidence), 1e-12);
    }

    @Test
    void peaksCountContributionsInTheMeasureOfWhatTheInputIsThere() {
        float[][] kernels = {{1}, {1}, {0}};
        float[][][] seen = {{{2}, {4}, {9}}};
        Batch maps = new Batch(1, 3, 1, 1, new float[3]);
        Evidence evidence = evidence(kernels, seen, seen, seen, maps, Window.square(1, 1, 0));
        double[] scores = Finder.ATTRIBUTION_PEAKS.scores(evidence);
        assertEquals(2, scores[0], 1e-9);
        assertEquals(4, scores[1], 1e-9);
        assertEquals(0, scores[2], 1e-9);
    }

    @Test
    void aSpotIsFoundAmongNoiseOfTheSameLengthWhereTheInputIsThereMoreThanUsual() {
        Window window = Window.square(7, 1, 3);
        float[][] kernels = new float[9][];
        Draws draws = new Draws(11);
        for (int input = 0; input < kernels.length; input++) {
            kernels[input] = new float[49];
            for (int cell = 0; cell < 49; cell++) {
                kernels[input][cell] = (float) draws.gaussian();
            }
        }
        for (int cell = 0; cell < 49; cell++) {
            double apart = Math.hypot(cell / 7 - 1, cell % 7 - 5);
            kernels[4][cell] = kernels[4][cell] / 3 + (float) (-4.4 * Math.exp(-apart * apart / 1.28));
        }
        float[] there = new float[49];
        there[12] = 1;
        float[][][] excited = {new float[9][49]};
        float[][][] inhibited = {new float[9][49]};
        inhibited[0][4] = there;
        Batch maps = new Batch(1, 9, 1, 1, new float[9]);
        double[] weights = Finder.WEIGHT.scores(evidence(kernels, excited, excited, excited, maps, window));
        double[] nowhere = Spots.evidence(evidence(kernels, excited, excited, excited, maps, window));
        double[] known = Spots.evidence(new Evidence(kernels, 0, excited, excited, excited, inhibited, new double[9],
                new double[9], List.of(maps), window));
        double[] scores = Finder.SPOTS.scores(evidence(kernels, excited, excited, excited, maps, window));
        for (int other = 0; other < kernels.length; other++) {
            if (other != 4) {
                assertTrue(nowhere[4] > nowhere[other] + 10, () -> Arrays.toString(nowhere));
                assertTrue(scores[4] > scores[other], () -> Arrays.toString(scores));
            }
        }
        assertTrue(Arrays.stream(weights).max().orElseThrow() < 1.6 * Arrays.stream(weights).min().orElseThrow(),
                () -> "the kernels' lengths tell it: " + Arrays.toString(weights));
        assertTrue(known[4] > nowhere[4] + 1, () -> Arrays.toString(known));
        assertArrayEquals(new double[9], Spots.evidence(evidence(new float[9][49], excited, excited, excited, maps, window)));
    }

    private static Evidence evidence(float[][] kernels, float[][][] excited, float[][][] others, float[][][] matched, Batch maps,
            Window window) {
        return new Evidence(kernels, 0, excited, others, matched, others, new double[kernels.length],
                new double[kernels.length], List.of(maps), window);
    }

    @Test
    void theCounterfactualIsThePictureMostAlikeAmongTheOthers() {
        Batch pictures = Batch.zeros(4, 3, 8, 8);
        for (int image = 0; image < 4; image++) {
            for (int i = 0; i < pictures.imageSize(); i++) {
                pictures.values()[pictures.offset(image, 0) + i] = new float[] {.5f, .9f, .6f, .4f}[image];
            }
        }
        assertEquals(List.of(2), Counterfactuals.of(pictures, List.of(0), List.of(1, 2)));
        assertEquals(List.of(1), Counterfactuals.of(pictures, List.of(0), List.of(1, 2), 1));
        assertEquals(List.of(1), Counterfactuals.of(pictures, List.of(0), List.of(1, 2), 7));
    }

    @Test
    void moreExamplesThanHalfOfThePicturesAreRefused() {
        LayerInputs inputs = LayerInputs.of(network(), "top");
        try (Session session = new ReferenceEngine().open(inputs.network())) {
            Batch pictures = pictures(3);
            assertThrows(IllegalArgumentException.class, () -> Evidence.of(inputs, session, 0, pictures, 2));
        }
    }

    private static Batch pictures(int images) {
        Draws draws = new Draws(7);
        Batch pictures = Batch.zeros(images, 3, 8, 8);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = (float) draws.uniform();
        }
        return pictures;
    }

    private static Network network() {
        float[] top = new float[27];
        top[9 + 4] = 2;
        top[3] = -1;
        top[20] = .5f;
        List<Operation> operations = List.of(convolution("left.sum", "input", 2, 3, random(54)),
                new Relu("left.out", "left.sum"), convolution("right.sum", "input", 1, 3, random(27)),
                new Relu("right.out", "right.sum"), new Concatenation("both", List.of("left.out", "right.out")),
                new MaxPool("pooled", "both", Window.square(2, 2, 0)), convolution("top.sum", "pooled", 1, 3, top),
                new Relu("top.out", "top.sum"));
        List<Layer> layers = List.of(new Layer("left", "left.out", "left.sum", ""),
                new Layer("right", "right.out", "right.sum", ""), new Layer("top", "top.out", "top.sum", ""));
        return new Network("small", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}), operations,
                layers, List.of());
    }

    private static Convolution convolution(String name, String input, int outputs, int inputs, float[] values) {
        float[] bias = new float[outputs];
        bias[0] = .25f;
        return new Convolution(name, input, new Weights(new int[] {outputs, inputs, 3, 3}, values),
                Weights.vector(bias), SMALL, 1);
    }

    private static float[] random(int length) {
        Draws draws = new Draws(3);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }
}
