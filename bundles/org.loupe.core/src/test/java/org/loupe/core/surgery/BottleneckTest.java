package org.loupe.core.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Kernels behind a 1x1 convolution inside of a block. */
class BottleneckTest {

    private static final int LOWER = 6;
    private static final String DRAWN = "[1 0 -1; 2 0 -2; 0.5 0.25 0]";

    /** Six channels, a bottleneck of so many, and two units above it that read 3x3. */
    private static Network network(int width, boolean isBlind) {
        float[] narrow = random(width * LOWER, 5);
        for (int channel = 0; isBlind && channel < width; channel++) {
            narrow[channel * LOWER + 1] = 0;
        }
        return new Network("block", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}), List.of(
                convolution("a.pre", Network.INPUT, LOWER, 3, 3, random(LOWER * 27, 4)), new Relu("a", "a.pre"),
                convolution("narrow.pre", "a", width, LOWER, 1, narrow), new Relu("narrow", "narrow.pre"),
                convolution("b.pre", "narrow", 2, width, 3, random(2 * width * 9, 6)), new Relu("b", "b.pre")),
                List.of(new Layer("a", "a", "a.pre", ""), new Layer("b", "b", "b.pre", "")), List.of());
    }

    private static Convolution convolution(String name, String input, int to, int from, int size, float[] weights) {
        return new Convolution(name, input, new Weights(new int[] {to, from, size, size}, weights), Weights.vector(new float[to]),
                Window.square(size, 1, size / 2), 1);
    }

    private static float[] random(int count, long seed) {
        Draws draws = new Draws(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    private static float[] kernel(Network network, int from, int to) {
        return Wiring.of(network).inputs(new Unit("b", to)).all().stream().filter(one -> one.from().equals(new Unit("a", from)))
                .findFirst().orElseThrow().kernel().values();
    }

    private static Network edited(Network network, String change) {
        return Surgery.apply(network, "edited", "", List.of(change), Detectors.builtIn());
    }

    @Test
    void theKernelIsThatOfTheWiring() {
        Network network = network(4, false);
        List<List<Double>> weights = KernelChange.place("a:1 -> b:0").weights(network);
        float[] wired = kernel(network, 1, 0);
        for (int i = 0; i < wired.length; i++) {
            assertEquals(wired[i], weights.get(i / 3).get(i % 3), 1e-5);
        }
    }

    @Test
    void allKernelsOfALayerAreThoseOfItsUnits() {
        Network network = network(4, false);
        KernelChange.Kernels all = KernelChange.kernels(network, "a", new Unit("b", 1));
        assertEquals(LOWER, all.values().size());
        for (int from = 0; from < LOWER; from++) {
            assertArrayEquals(kernel(network, from, 1), all.values().get(from), 1e-5f);
        }
        assertEquals(3, KernelChange.kernels(network, "input", new Unit("a", 2)).values().size());
        assertEquals(List.of(), KernelChange.kernels(network, "input", new Unit("b", 1)).values(), "two layers away");
        assertEquals(List.of(), KernelChange.kernels(network, "b", new Unit("a", 1)).values(), "above");
    }

    @Test
    void theKernelBecomesWhatIsDrawnAndOtherUnitsStayAsTheyAre() {
        Network network = network(4, false);
        Network edited = edited(network, "a:1 -> b:0 = " + DRAWN);
        assertArrayEquals(new float[] {1, 0, -1, 2, 0, -2, .5f, .25f, 0}, kernel(edited, 1, 0), 1e-4f);
        for (int from = 0; from < LOWER; from++) {
            assertArrayEquals(kernel(network, from, 1), kernel(edited, from, 1), 1e-6f, "b:1 reads a:" + from + " as before");
        }
    }

    @Test
    void aBottleneckAsWideAsWhatItReadsChangesThatKernelOnly() {
        Network network = network(LOWER, false);
        assertTrue(KernelChange.place("a:1 -> b:0").spill(network) < 1e-3);
        Network edited = edited(network, "a:1 -> b:0@1,1 = 3");
        float[] wanted = kernel(network, 1, 0);
        wanted[4] = 3;
        assertArrayEquals(wanted, kernel(edited, 1, 0), 1e-3f);
        for (int from = 0; from < LOWER; from++) {
            if (from != 1) {
                assertArrayEquals(kernel(network, from, 0), kernel(edited, from, 0), 1e-2f, "a:" + from);
            }
        }
    }

    @Test
    void aNarrowOneSaysHowMuchOtherKernelsTakeOver() {
        Network network = network(2, false);
        double spill = KernelChange.place("a:1 -> b:0").spill(network);
        float[] before = kernel(network, 1, 0);
        Network edited = edited(network, "a:1 -> b:0 = 0");
        double most = 0;
        for (int from = 0; from < LOWER; from++) {
            float[] old = kernel(network, from, 0);
            float[] now = kernel(edited, from, 0);
            most = from == 1 ? most : Math.max(most, Math.abs(now[4] - old[4]) / Math.abs(before[4]));
        }
        assertEquals(most, spill, 1e-3);
        assertTrue(spill > .05, "two channels cannot keep six apart: " + spill);
        assertEquals(0, KernelChange.place("input:0 -> a:0").spill(network), "a kernel with weights of its own");
    }

    @Test
    void aBottleneckThatIsALayerOfTheSameBlockIsDrawnThroughAndOneOfAnotherBlockIsNot() {
        Network plain = network(4, false);
        Network named = new Network("block", "", plain.input(), plain.operations(), List.of(plain.layer("a"),
                new Layer("b.narrow", "narrow", "narrow.pre", ""), new Layer("b", "b", "b.pre", "")), List.of());
        assertEquals(KernelChange.place("a:1 -> b:0").weights(plain), KernelChange.place("a:1 -> b:0").weights(named));
        List<List<Double>> drawn = KernelChange.place("a:1 -> b:0").weights(edited(named, "a:1 -> b:0 = " + DRAWN));
        assertEquals(2, drawn.get(1).get(0), 1e-4);
        assertEquals(.25, drawn.get(2).get(1), 1e-4);
        assertEquals(0, KernelChange.place("b.narrow:1 -> b:0").spill(named), "a kernel with weights of its own");
        Network apart = new Network("block", "", plain.input(), plain.operations(), List.of(plain.layer("a"),
                new Layer("narrow", "narrow", "narrow.pre", ""), new Layer("b", "b", "b.pre", "")), List.of());
        assertThrows(NetworkException.class, () -> KernelChange.place("a:1 -> b:0").weights(apart));
    }

    @Test
    void whatTheBottleneckDoesNotReadCannotBeDrawn() {
        Network network = network(4, true);
        String said = assertThrows(IllegalArgumentException.class, () -> edited(network, "a:1 -> b:0 = " + DRAWN)).getMessage();
        assertTrue(said.contains("narrow.pre") && said.contains("Choose another lower unit"), said);
        assertThrows(NetworkException.class, () -> KernelChange.place("input:0 -> b:0").weights(network), "two layers away");
        assertThrows(IllegalArgumentException.class, () -> edited(network, "a:2 -> b:0 = [1 2]"));
        assertEquals(List.of(0f), Arrays.asList(kernel(edited(network, "a:2 -> b:0 = 0"), 2, 0)[0]).stream()
                .map(value -> Math.abs(value) < 1e-5 ? 0f : value).toList());
    }
}
