package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** A layer of some units, each of which reads 12 inputs by kernels of 7x7 cells. */
class SharedSpotsTest {

    private static final int INPUTS = 12;
    private static final int SIZE = 7;
    private static final int READ = 5;

    @Test
    void anInputThatTheOtherUnitsReadFromTheSamePlaceIsLikelierReadByThisOneToo() {
        float[][][] alone = kernels(1, 1, 3.3);
        float[][][] others = kernels(8, 1, 3.3);
        for (int unit = 1; unit < others.length; unit++) {
            spot(others[unit][READ], 2, 4, 8);
        }
        double[] without = odds(alone)[0];
        double[] with = odds(others)[0];
        assertTrue(with[READ] > without[READ] + 1, with[READ] + " with, " + without[READ] + " without");
        assertEquals(READ, best(with));
        assertTrue(median(with) < median(without) + 1e-9, "inputs that nobody reads gain nothing");
    }

    @Test
    void anInputOfAKindThatTheOtherUnitsReadIsLikelierRead() {
        float[][][] kernels = kernels(6, 1, 0);
        for (int unit = 1; unit < kernels.length; unit++) {
            spot(kernels[unit][unit], 3, 3, 9);
        }
        double[] kinds = IntStream.range(0, INPUTS).mapToDouble(input -> 1.0 / (1 + input)).toArray();
        double[] with = new SharedSpots(kernels, SIZE, SIZE, kinds).odds(List.of())[0];
        double[] without = new SharedSpots(kernels, SIZE, SIZE).odds(List.of())[0];
        assertTrue(with[0] > without[0] + .2, "never read, but all like it are: " + with[0] + " and " + without[0]);
        assertTrue(with[INPUTS - 1] < without[INPUTS - 1], "unlike all that are read");
    }

    @Test
    void withoutNoiseExactlyWhatIsReadIsLikelierThanNot() {
        float[][][] kernels = new float[3][INPUTS][SIZE * SIZE];
        for (int unit = 0; unit < 3; unit++) {
            spot(kernels[unit][unit], 3, 3, 2);
        }
        double[][] odds = odds(kernels);
        for (int unit = 0; unit < 3; unit++) {
            for (int input = 0; input < INPUTS; input++) {
                assertEquals(input == unit, odds[unit][input] > 0, unit + " reads " + input + ": " + odds[unit][input]);
                assertTrue(Double.isFinite(odds[unit][input]));
            }
        }
    }

    @Test
    void whereAllWeightsAreZeroNothingIsReadAndNothingFails() {
        double[] odds = odds(new float[2][INPUTS][SIZE * SIZE])[0];
        assertTrue(Arrays.stream(odds).allMatch(one -> Double.isFinite(one) && one < 0), Arrays.toString(odds));
    }

    @Test
    void theSameLayerAndPicturesGiveTheSameOdds() {
        float[][][] kernels = kernels(3, 1, 4);
        double[][] first = odds(kernels);
        double[][] second = odds(kernels);
        for (int unit = 0; unit < first.length; unit++) {
            assertArrayEquals(first[unit], second[unit], 0);
        }
    }

    @Test
    void aLayerOfANetworkIsToldByItsUnits() {
        float[][][] kernels = kernels(2, 1, 9);
        Network network = network(kernels);
        try (Session session = new ReferenceEngine().open(network)) {
            Map<Integer, Map<Unit, Double>> odds = SpotLooks.odds(session, LayerInputs.of(network, "above"), pictures(), 4);
            assertEquals(2, odds.size());
            assertTrue(odds.get(0).get(new Unit("below", READ)) > 0);
            assertEquals(odds(kernels)[0][READ], odds.get(0).get(new Unit("below", READ)), 1e-9);
        }
    }

    @Test
    void kernelsOfDifferentSizesAreLookedAtApartAndNeedNoPictures() {
        List<Connections> inputs = new ArrayList<>();
        Draws draws = new Draws(6);
        for (int channel = 0; channel < 6; channel++) {
            int size = channel < 3 ? 5 : 3;
            List<Connection> own = new ArrayList<>();
            for (int input = 0; input < 20; input++) {
                float[] values = new float[size * size];
                for (int cell = 0; cell < values.length; cell++) {
                    values[cell] = (float) draws.gaussian();
                }
                if (input == channel) {
                    values[size * size / 2] += 8;
                }
                own.add(new Connection(new Unit("below", input), new Unit("above", channel),
                        new Kernel(size, size, -size / 2, -size / 2, values), ""));
            }
            inputs.add(new Connections(own, List.of()));
        }
        Map<Integer, Map<Unit, Double>> odds = SpotLooks.odds(inputs);
        for (int channel = 0; channel < 6; channel++) {
            Map<Unit, Double> own = odds.get(channel);
            assertEquals(20, own.size());
            assertEquals(new Unit("below", channel), own.keySet().stream().max(Comparator.comparing(own::get)).orElseThrow());
            assertTrue(own.get(new Unit("below", channel)) > 0, own.toString());
        }
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().toArray()[values.length / 2];
    }

    private static int best(double[] values) {
        return IntStream.range(0, values.length).reduce((a, b) -> values[a] >= values[b] ? a : b).orElseThrow();
    }

    private static double[][] odds(float[][][] kernels) {
        Network network = network(kernels);
        LayerInputs inputs = LayerInputs.of(network, "above");
        try (Session session = new ReferenceEngine().open(inputs.network())) {
            return LayerEvidence.of(inputs, session, pictures(), 4).together();
        }
    }

    /** Noise, and in the first unit a spot by which it reads one input. */
    private static float[][][] kernels(int units, double noise, double strength) {
        Draws draws = new Draws(4);
        float[][][] kernels = new float[units][INPUTS][SIZE * SIZE];
        for (float[][] unit : kernels) {
            for (float[] kernel : unit) {
                for (int cell = 0; cell < kernel.length; cell++) {
                    kernel[cell] = (float) (noise * draws.gaussian());
                }
            }
        }
        spot(kernels[0][READ], 2, 4, strength);
        return kernels;
    }

    private static void spot(float[] kernel, int row, int column, double strength) {
        for (int cell = 0; cell < kernel.length; cell++) {
            double apart = Math.hypot(cell / SIZE - row, cell % SIZE - column);
            kernel[cell] += (float) (strength * .7 * Math.exp(-apart * apart / 1.28));
        }
    }

    private static Batch pictures() {
        Draws draws = new Draws(9);
        Batch pictures = Batch.zeros(12, 3, 10, 10);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = (float) draws.uniform();
        }
        return pictures;
    }

    private static Network network(float[][][] kernels) {
        Draws draws = new Draws(2);
        float[] first = new float[INPUTS * 3];
        for (int i = 0; i < first.length; i++) {
            first[i] = (float) draws.gaussian();
        }
        float[] second = new float[kernels.length * INPUTS * SIZE * SIZE];
        for (int i = 0; i < second.length; i++) {
            second[i] = kernels[i / (INPUTS * SIZE * SIZE)][i / (SIZE * SIZE) % INPUTS][i % (SIZE * SIZE)];
        }
        return new Network("spots", "", new Input(new Shape(3, 10, 10), new float[3], new float[] {255, 255, 255}), List.of(
                new Convolution("below.sum", "input", new Weights(new int[] {INPUTS, 3, 1, 1}, first),
                        Weights.vector(new float[INPUTS]), Window.square(1, 1, 0), 1), new Relu("below.out", "below.sum"),
                new Convolution("above.sum", "below.out", new Weights(new int[] {kernels.length, INPUTS, SIZE, SIZE}, second),
                        Weights.vector(new float[kernels.length]), Window.square(SIZE, 1, SIZE / 2), 1),
                new Relu("above.out", "above.sum")), List.of(new Layer("below", "below.out", "below.sum", ""),
                new Layer("above", "above.out", "above.sum", "")), List.of());
    }
}
