package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class KinWeightsTest {

    private static final int CHANNELS = 8;
    private static final Draws RANDOM = new Draws(1);

    /** Of {@code b}, unit 1 is unit 0 turned by a quarter, each kernel from the next channel, and unit 2 is unlike. */
    private static Network network() {
        float[] below = random(3 * CHANNELS, 1);
        float[] first = random(9 * CHANNELS, 2);
        float[] kernels = Arrays.copyOf(first, 3 * first.length);
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int row = 0; row < 3; row++) {
                for (int column = 0; column < 3; column++) {
                    // A quarter turn, clockwise: the upper left comes to the upper right.
                    kernels[(CHANNELS + (channel + 1) % CHANNELS) * 9 + column * 3 + 2 - row] = first[channel * 9 + row * 3 + column];
                }
            }
        }
        System.arraycopy(random(9 * CHANNELS, 3), 0, kernels, 18 * CHANNELS, 9 * CHANNELS);
        return new Network("kin", "", new Input(new Shape(3, 5, 5), new float[3], new float[] {1, 1, 1}),
                List.of(convolution("a.pre", Network.INPUT, CHANNELS, 3, 1, below), new Relu("a", "a.pre"),
                        convolution("b.pre", "a", 3, CHANNELS, 3, kernels), new Relu("b", "b.pre"), new Flatten("flat", "b"),
                        new Dense("logits", "flat", new Weights(new int[] {2, 75}, random(150, 4)), Weights.vector(0, 0))),
                List.of(new Layer("a", "a", "a.pre", ""), new Layer("b", "b", "b.pre", ""),
                        new Layer("logits", "logits", "logits", "")), List.of());
    }

    private static Convolution convolution(String name, String input, int to, int from, int size, float[] weights) {
        return new Convolution(name, input, new Weights(new int[] {to, from, size, size}, weights),
                Weights.vector(new float[to]), Window.square(size, 1, size / 2), 1);
    }

    private static float[] random(int count, long seed) {
        Draws draws = new Draws(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    private static Map<Unit, Unit> next() {
        Map<Unit, Unit> next = new HashMap<>();
        for (int channel = 0; channel < CHANNELS; channel++) {
            next.put(new Unit("a", channel), new Unit("a", (channel + 1) % CHANNELS));
        }
        return next;
    }

    @Test
    void turnedKernelsInTheirCounterpartsPlacesAreTheSame() {
        KinWeights weights = new KinWeights(network(), "b");
        assertEquals(List.of("a"), weights.read(List.of(0, 1)));
        KinWeights.Likeness kin = weights.compare(0, List.of(new KinWeights.Kin(1, Move.turn(90), next())), 199, RANDOM);
        assertEquals(1, kin.mean(), 1e-6);
        assertEquals(1 / 200.0, kin.chance(), 1e-9);
    }

    @Test
    void anotherTurnOtherCounterpartsOrAnotherUnitAreNot() {
        KinWeights weights = new KinWeights(network(), "b");
        for (KinWeights.Kin wrong : List.of(new KinWeights.Kin(1, Move.turn(270), next()),
                new KinWeights.Kin(1, Move.turn(90), Map.of()), new KinWeights.Kin(2, Move.turn(90), next()))) {
            KinWeights.Likeness likeness = weights.compare(0, List.of(wrong), 199, RANDOM);
            assertTrue(Math.abs(likeness.mean()) < .4 && likeness.chance() > .05, likeness.mean() + " " + likeness.chance());
        }
    }

    @Test
    void ofUnitsThatReadThreeColoursOrAWholeMapAtOnceNoChanceIsTold() {
        KinWeights colours = new KinWeights(network(), "a");
        KinWeights.Likeness likeness = colours.compare(0, List.of(new KinWeights.Kin(1, Move.mirror(), Map.of())), 19, RANDOM);
        assertTrue(Double.isFinite(likeness.mean()) && Double.isNaN(likeness.chance()));
        KinWeights classes = new KinWeights(network(), "logits");
        assertTrue(Double.isNaN(classes.compare(0, List.of(new KinWeights.Kin(1, Move.mirror(), Map.of())), 19, RANDOM).mean()));
    }

    @Test
    void aMoveBringsWhatItMovesToWhereItBelongs() {
        float[] corner = {1, 0, 0, 0, 0, 0, 0, 0, 0};
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0, 0, 0, 0}, Move.turn(90).moved(corner, 0, 3, 3, 1, 1, false));
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 1}, Move.turn(-180).moved(corner, 0, 3, 3, 1, 1, false));
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0, 0, 0, 0}, Move.mirror().moved(corner, 0, 3, 3, 1, 1, false));
        assertArrayEquals(new float[] {.25f, .5f, .25f, .5f, 1, .5f, .25f, .5f, .25f},
                Move.scale(2).moved(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, 0, 3, 3, 1, 1, false));
    }
}
