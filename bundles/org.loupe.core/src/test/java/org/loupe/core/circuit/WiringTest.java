package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class WiringTest {

    private static final int SIZE = 16;

    private final Random random = new Random(7);
    private final List<Operation> operations = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();

    private Weights weights(int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Weights(shape, values);
    }

    private Convolution convolution(String name, String input, int inputs, int outputs, Window window) {
        Convolution made = new Convolution(name, input, weights(outputs, inputs, window.rows(), window.columns()),
                weights(outputs), window, 1);
        operations.add(made);
        return made;
    }

    private void normalized(String name, String input, int channels) {
        float[] variance = new float[channels];
        for (int i = 0; i < channels; i++) {
            variance[i] = 0.5f + random.nextFloat();
        }
        operations.add(new BatchNormalization(name, input, weights(channels), weights(channels), weights(channels),
                Weights.vector(variance), 1e-3f));
    }

    private void layer(String name, String before) {
        operations.add(new Relu(name, before));
        layers.add(new Layer(name, name, before, ""));
    }

    private Network network() {
        return new Network("wired", "", new Input(new Shape(3, SIZE, SIZE), new float[3], new float[] {1, 1, 1}),
                operations, layers, List.of());
    }

    /** Two layers with a bottleneck, a pooled branch and normalizations between them. */
    private Network mixed() {
        convolution("a.c", Network.INPUT, 3, 4, Window.square(3, 2, 1));
        layer("a", "a.c");
        convolution("b_1x1.c", "a", 4, 2, Window.square(1, 1, 0));
        convolution("b_reduce.c", "a", 4, 3, Window.square(1, 1, 0));
        normalized("b_reduce.n", "b_reduce.c", 3);
        layer("b_reduce", "b_reduce.n");
        convolution("b_5x5.c", "b_reduce", 3, 2, new Window(5, 5, 1, 1, 2, 2, 2, 2, 1, 1));
        operations.add(new MaxPool("b_pool", "a", Window.square(3, 1, 1)));
        convolution("b_pool.c", "b_pool", 4, 2, Window.square(1, 1, 0));
        operations.add(new Concatenation("b.all", List.of("b_1x1.c", "b_5x5.c", "b_pool.c")));
        normalized("b.n", "b.all", 6);
        layer("b", "b.n");
        operations.add(new MaxPool("pool", "b", Window.square(2, 2, 0)));
        convolution("c.c", "pool", 6, 3, Window.square(3, 1, 1));
        layer("c", "c.c");
        operations.add(new GlobalAverage("mean", "c"));
        operations.add(new Dense("logits", "mean", weights(2, 3), weights(2)));
        layers.add(new Layer("logits", "logits", "logits", ""));
        return network();
    }

    @Test
    void aKernelBetweenTwoLayersIsTheNetworksOwn() {
        Convolution first = convolution("a.c", Network.INPUT, 3, 4, Window.square(3, 2, 1));
        layer("a", "a.c");
        operations.add(new MaxPool("pool", "a", Window.square(2, 2, 0)));
        Convolution second = convolution("b.c", "pool", 4, 5, new Window(3, 5, 1, 1, 0, 2, 2, 2, 1, 1));
        layer("b", "b.c");
        Wiring wiring = Wiring.of(network());
        for (Connection connection : wiring.inputs(new Unit("b", 3)).all()) {
            int from = (3 * 4 + connection.from().channel()) * 15;
            assertArrayEquals(java.util.Arrays.copyOfRange(second.weights().values(), from, from + 15),
                    connection.kernel().values());
            assertEquals("a", connection.from().layer());
            assertEquals("maximum over 2x2/2", connection.pooling());
            assertEquals(0, connection.kernel().top());
            assertEquals(-2, connection.kernel().left());
        }
        Connection colour = wiring.inputs(new Unit("a", 1)).all().get(0);
        assertEquals(Network.INPUT, colour.from().layer());
        int from = (3 + colour.from().channel()) * 9;
        assertArrayEquals(java.util.Arrays.copyOfRange(first.weights().values(), from, from + 9), colour.kernel().values());
        assertEquals(List.of(), wiring.inputs(new Unit("b", 3)).remarks());
    }

    @Test
    void whatAUnitReadsAndWhatReadsItAreTheSameConnections() {
        Network network = mixed();
        Wiring wiring = Wiring.of(network);
        int checked = 0;
        for (Layer layer : network.layers()) {
            for (int channel = 0; channel < network.shape(layer).channels() && !layer.name().equals("b_reduce"); channel++) {
                for (Connection up : wiring.outputs(new Unit(layer.name(), channel)).all()) {
                    Connection down = wiring.inputs(up.to()).all().stream()
                            .filter(one -> one.from().equals(up.from()) && one.pooling().equals(up.pooling()))
                            .findFirst().orElseThrow();
                    assertEquals(down.kernel().toString(), up.kernel().toString());
                    assertArrayEquals(down.kernel().values(), up.kernel().values(), 1e-5f);
                    checked++;
                }
            }
        }
        assertEquals(4 * 6 + 6 * 3 + 3 * 2, checked);
    }

    @Test
    void bottlenecksAreMultipliedThroughAndPoolingsNamed() {
        Wiring wiring = Wiring.of(mixed());
        Connections pooled = wiring.inputs(new Unit("b", 5));
        assertEquals(Set.of("a"), Set.copyOf(pooled.all().stream().map(one -> one.from().layer()).toList()));
        assertEquals("maximum over 3x3 padding 1", pooled.all().get(0).pooling());
        assertEquals(List.of(), pooled.remarks());
        Connections expanded = wiring.inputs(new Unit("b", 2));
        assertEquals("5x5 at -2,-2", expanded.all().get(0).kernel().toString());
        assertTrue(expanded.remarks().get(0).startsWith("A nonlinearity inside the block"), expanded.remarks().toString());
        assertEquals("mean over the map", wiring.inputs(new Unit("logits", 0)).all().get(0).pooling());
    }

    @Test
    void theIdentityOfAResidualBlockIsAShortcutOfTheUnitsOwnChannelOnly() {
        convolution("a.c", Network.INPUT, 3, 4, Window.square(3, 1, 1));
        layer("a", "a.c");
        Convolution inside = convolution("b.c", "a", 4, 4, Window.square(3, 1, 1));
        operations.add(new Addition("b.sum", List.of("b.c", "a")));
        layer("b", "b.sum");
        Wiring wiring = Wiring.of(network());
        for (Connection connection : wiring.inputs(new Unit("b", 2)).all()) {
            int channel = connection.from().channel();
            float[] learned = java.util.Arrays.copyOfRange(inside.weights().values(), (2 * 4 + channel) * 9, (2 * 4 + channel + 1) * 9);
            assertEquals(channel == 2 ? 1 : 0, connection.kernel().shortcut());
            assertArrayEquals(learned, connection.kernel().learned().values(), 1e-6f);
            assertEquals(learned[4] + (channel == 2 ? 1 : 0), connection.kernel().at(1, 1), 1e-6f);
        }
        assertEquals(List.of(new Unit("b", 2)), wiring.outputs(new Unit("a", 2)).all().stream()
                .filter(one -> one.kernel().shortcut() == 1).map(Connection::to).toList());
    }

    @Test
    void whatABlockPassesOnThroughAPoolingAloneIsAllShortcut() {
        convolution("a.c", Network.INPUT, 3, 4, Window.square(3, 1, 1));
        layer("a", "a.c");
        convolution("b_3x3.c", "a", 4, 2, Window.square(3, 2, 1));
        operations.add(new MaxPool("b_pool", "a", Window.square(3, 2, 1)));
        operations.add(new Concatenation("b.all", List.of("b_3x3.c", "b_pool")));
        layer("b", "b.all");
        Wiring wiring = Wiring.of(network());
        Connections passed = wiring.inputs(new Unit("b", 3));
        assertEquals(List.of(new Unit("a", 1)), passed.all().stream().map(Connection::from).toList());
        assertTrue(passed.all().get(0).kernel().isShortcut());
        assertTrue(wiring.inputs(new Unit("b", 1)).all().stream().noneMatch(one -> one.kernel().shortcut() != 0));
        assertEquals(1, Connections.extent(passed.all()), "where nothing was learned, shortcuts have the full colour");
        assertEquals(0, Chances.of(network(), wiring, new Unit("b", 3)).kernels(), "nothing was learned, so nothing is luck");
    }

    /** A purely linear network says what its kernels are when it is shown a single bright pixel. */
    @Test
    void expandedWeightsAreWhatANetworkWithoutNonlinearitiesComputes() {
        convolution("a", Network.INPUT, 3, 3, Window.square(1, 1, 0));
        layers.add(new Layer("a", "a", "a", ""));
        convolution("one", "a", 3, 4, new Window(3, 3, 2, 1, 1, 2, 1, 0, 1, 2));
        normalized("one.n", "one", 4);
        operations.add(new AveragePool("mean", "one.n", Window.square(2, 1, 0), true));
        convolution("two", "mean", 4, 2, new Window(3, 2, 1, 1, 0, 0, 0, 0, 2, 1));
        layers.add(new Layer("two", "two", "two", ""));
        Network network = network();
        try (Session session = new ReferenceEngine().open(network)) {
            Unit unit = new Unit("two", 1);
            int position = 1;
            for (Connection connection : Wiring.of(network).inputs(unit).all()) {
                Kernel kernel = connection.kernel();
                for (int row = 0; row < kernel.rows(); row++) {
                    for (int column = 0; column < kernel.columns(); column++) {
                        int at = 2 * position + kernel.top() + row;
                        int across = 2 + kernel.left() + column;
                        if (at < 0 || across < 0 || at >= SIZE || across >= SIZE) {
                            continue;
                        }
                        float found = (answer(session, at, across, position, 2)
                                - answer(session, -1, 0, position, 2)) / 255;
                        float wanted = 0;
                        float[] first = ((Convolution) network.operation("a").orElseThrow()).weights().values();
                        for (Connection other : Wiring.of(network).inputs(unit).all()) {
                            wanted += other.kernel().at(row, column) * first[other.from().channel() * 3];
                        }
                        assertEquals(wanted, found, 1e-4f, "row " + row + ", column " + column);
                    }
                }
            }
        }
    }

    /** What {@code two:1} answers to a pixel of the first colour, or to none. */
    private static float answer(Session session, int row, int column, int atRow, int atColumn) {
        Batch picture = Batch.zeros(1, 3, SIZE, SIZE);
        if (row >= 0) {
            picture.values()[row * SIZE + column] = 1;
        }
        return session.activations(picture, Set.of(Tap.after("two"))).at(Tap.after("two")).at(0, 1, atRow, atColumn);
    }

    @Test
    void theStrongestAreToldWithTheirShare() {
        Connections inputs = Wiring.of(mixed()).inputs(new Unit("c", 0));
        assertEquals(6, inputs.all().size());
        assertEquals(1, inputs.share(inputs.all()), 1e-12);
        List<Connection> two = inputs.strongest(2);
        assertTrue(two.get(0).strength() >= two.get(1).strength());
        assertTrue(inputs.share(two) > 2.0 / 6 && inputs.share(two) < 1);
        assertTrue(inputs.strongest(6, true).stream().allMatch(Connection::excites));
        assertEquals(6, inputs.strongest(6, true).size() + inputs.strongest(6, false).size());
    }
}
