package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class LayerAloneTest {

    private static final int CHANNELS = 4;

    /** Layer {@code b} is a residual block over {@code a}, {@code c} has no nonlinearity, {@code d} reads b and a. */
    private static Network network() {
        return new Network("small", "", new Input(new Shape(3, 8, 8), new float[] {10, 20, 30}, new float[] {255, 200, 100}), List.of(
                convolution("a.sum", "input", 3), new Relu("a", "a.sum"), new MaxPool("pool", "a", Window.square(2, 2, 0)),
                convolution("b.sum", "pool", CHANNELS), new Addition("b.add", List.of("b.sum", "pool")), new Relu("b", "b.add"),
                convolution("c", "b", CHANNELS), convolution("d.sum", "pool", CHANNELS), new Addition("d", List.of("d.sum", "b"))),
                List.of(new Layer("a", "a", "a.sum", ""), new Layer("b", "b", "b.add", ""), new Layer("c", "c", "c", ""),
                        new Layer("d", "d", "d", "")), List.of());
    }

    private static Convolution convolution(String name, String input, int inputs) {
        return new Convolution(name, input, new Weights(new int[] {CHANNELS, inputs, 3, 3}, random(CHANNELS * inputs * 9)),
                Weights.vector(random(CHANNELS)), Window.square(3, 1, 1), 1);
    }

    private static float[] random(int count) {
        Draws draws = new Draws(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }

    @Test
    void aLayerAloneMakesOfWhatItReadsWhatItMakesInTheWholeNetwork() {
        Network network = network();
        Batch pictures = new Batch(2, 3, 8, 8, random(2 * 3 * 64));
        check(network, pictures, "b", "a", new Batch(2, CHANNELS, 8, 8, random(2 * CHANNELS * 64)));
        check(network, pictures, "c", "b", new Batch(2, CHANNELS, 4, 4, random(2 * CHANNELS * 16)));
    }

    private static void check(Network network, Batch pictures, String layer, String below, Batch read) {
        try (Session whole = new ReferenceEngine().open(network);
                LayerAlone alone = LayerAlone.open(new ReferenceEngine(), network, layer, below,
                        new Shape(CHANNELS, read.rows(), read.columns())).orElseThrow()) {
            Readings wanted = whole.activations(pictures, Set.of(Tap.before(layer), Tap.after(layer)),
                    List.of(Edit.replace(Edit.Where.layer(Tap.after(below)), new Edit.Given(read))));
            PatchedRuns.Layer found = alone.run(read);
            assertArrayEquals(wanted.at(Tap.before(layer)).values(), found.before().values(), 1e-5f);
            assertArrayEquals(wanted.at(Tap.after(layer)).values(), found.after().values(), 1e-5f);
        }
    }

    @Test
    void aLayerThatReadsMoreThanOneLayerCannotBeCutOut() {
        Network network = network();
        assertTrue(LayerAlone.open(new ReferenceEngine(), network, "d", "b", new Shape(CHANNELS, 4, 4)).isEmpty());
        assertTrue(LayerAlone.open(new ReferenceEngine(), network, "a", "c", new Shape(CHANNELS, 4, 4)).isEmpty(), "it is below");
    }
}
