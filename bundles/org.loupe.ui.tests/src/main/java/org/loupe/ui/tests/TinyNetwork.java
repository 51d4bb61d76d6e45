package org.loupe.ui.tests;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.Draws;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** A network of two layers that every engine runs in no time; the last channel of the second is dead. */
final class TinyNetwork {

    static final int SIDE = 24;
    static final int EDGES = 4;
    static final int SHAPES = 6;

    private static final float DEAD = -1000;

    private TinyNetwork() {
    }

    /** Other seeds make other networks, of which nothing is in the store. */
    static Network of(String name, long seed) {
        Draws draws = new Draws(seed);
        float[] bias = new float[SHAPES];
        Arrays.fill(bias, 0.1f);
        bias[SHAPES - 1] = DEAD;
        return new Network(name, "Random weights, for tests.",
                new Input(new Shape(3, SIDE, SIDE), new float[] {128, 128, 128}, new float[] {64, 64, 64}),
                List.of(new Convolution("edges.pre", Network.INPUT, weights(draws, EDGES, 3, 5), Weights.vector(
                                new float[EDGES]), Window.square(5, 2, 2), 1),
                        new Relu("edges.out", "edges.pre"),
                        new Convolution("shapes.pre", "edges.out", weights(draws, SHAPES, EDGES, 3),
                                Weights.vector(bias), Window.square(3, 1, 1), 1),
                        new Relu("shapes.out", "shapes.pre")),
                List.of(new Layer("edges", "edges.out", "edges.pre", ""),
                        new Layer("shapes", "shapes.out", "shapes.pre", "Left and right were supervised here.")),
                List.of());
    }

    private static Weights weights(Draws draws, int outputs, int inputs, int size) {
        float[] values = new float[outputs * inputs * size * size];
        double deviation = Math.sqrt(2.0 / (inputs * size * size));
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.gaussian(0, deviation);
        }
        return new Weights(new int[] {outputs, inputs, size, size}, values);
    }
}
