package org.loupe.core.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.NumpyArray;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Nets;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Compares attributions with PyTorch's ({@code releng/reference/attribution.py}) and with what must be by definition. */
class AttributionTest {

    private static final double CLOSE = 2e-5;

    private final Map<String, NumpyArray> reference = reference();

    private static Map<String, NumpyArray> reference() {
        try {
            return NumpyArray.readAll(Path.of(AttributionTest.class.getResource("attribution.npz").toURI()));
        } catch (IOException | URISyntaxException problem) {
            throw new AssertionError(problem);
        }
    }

    private Weights weights(String name) {
        NumpyArray array = reference.get(name);
        return new Weights(array.shape().stream().mapToInt(Integer::intValue).toArray(), array.values());
    }

    private Network network() {
        Weights none = Weights.vector(0, 0, 0, 0, 0);
        return new Network("shortcut", "", new Input(new Shape(3, 6, 5), new float[] {128, 128, 128}, new float[] {64, 64, 64}),
                List.of(new Convolution("low.pre", Network.INPUT, weights("low"), weights("low-bias"), Window.square(3, 1, 1), 1),
                        new Relu("low", "low.pre"),
                        new Convolution("high.pre", "low", weights("high"), weights("high-bias"), Window.square(3, 1, 1), 1),
                        new Relu("high", "high.pre"),
                        new Convolution("half", Network.INPUT, weights("half"), none, Window.square(1, 1, 0), 1),
                        new Addition("both", List.of("high", "half")),
                        new MaxPool("pool", "both", Window.square(2, 2, 0)),
                        new Dense("scores", "pool", weights("scores"), weights("scores-bias")),
                        new Softmax("classes", "scores")),
                List.of(new Layer("low", "low", "low.pre", ""), new Layer("high", "high", "high.pre", ""),
                        new Layer("half", "half", "half", "")), List.of("cat", "dog", "car"));
    }

    private Batch picture() {
        return new Batch(1, 3, 6, 5, reference.get("picture").values());
    }

    private static Attribution attribution(Session session, Batch picture, String layer, Target target, int steps) {
        Batch activation = session.activations(picture, Set.of(Tap.after(layer))).at(Tap.after(layer));
        return Attribution.of(session, picture, layer, activation, target, steps, Progress.NONE).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"low/classes/1", "low/classes/20", "high/classes/1", "high/classes/20", "low/unit/1", "low/unit/20"})
    void everyContributionIsThatOfPyTorch(String which) {
        String[] parts = which.split("/");
        Network network = network();
        Target target = parts[1].equals("unit") ? Target.ofUnit(network, Unit.parse("high:1@1,2"))
                : Target.ofClass(network, "car").minus(Target.ofClass(network, "0"));
        try (Session session = new ReferenceEngine().open(network)) {
            Attribution found = attribution(session, picture(), parts[0], target, Integer.parseInt(parts[2]));
            float[] expected = reference.get(which).values();
            float[] contributions = found.contributions().values();
            assertEquals(expected.length, contributions.length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], contributions[i], CLOSE, which + " at " + i);
            }
            assertEquals(reference.get(which + "/score").values()[0], found.score(), CLOSE);
            assertEquals(reference.get(which + "/score").values()[1], found.base(), CLOSE);
        }
    }

    @Test
    void whereAllIsLinearTheContributionsAreComplete() {
        Network network = Nets.everything();
        Batch picture = noise(network, 3);
        try (Session session = new ReferenceEngine().open(network)) {
            Attribution found = attribution(session, picture, "mixed", Target.ofClass(network, "dog"), 1);
            assertEquals(1, found.completeness(), 1e-5);
            assertEquals(found.total(), sum(found.byChannel()), 1e-5);
            double positions = 0;
            for (float value : found.byPosition().values()) {
                positions += value;
            }
            assertEquals(found.total(), positions, 1e-5);
        }
    }

    @Test
    void aPathOfManyStepsIsNearlyComplete() {
        Network network = Nets.everything();
        Batch picture = noise(network, 4);
        Target target = Target.ofClass(network, "dog").minus(Target.parse(network, "mixed:1@2,2"));
        try (Session session = new ReferenceEngine().open(network)) {
            assertEquals(1, attribution(session, picture, "conv1", target, 200).completeness(), 0.01);
        }
    }

    @Test
    void anAttributionThatIsStoppedIsNone() {
        Network network = network();
        try (Session session = new ReferenceEngine().open(network)) {
            Batch activation = session.activations(picture(), Set.of(Tap.after("low"))).at(Tap.after("low"));
            assertTrue(Attribution.of(session, picture(), "low", activation, Target.ofClass(network, "cat"), 40,
                    (done, total, what) -> done < 16).isEmpty());
        }
    }

    @Test
    void whatDoesNotDependOnTheLayerIsRefused() {
        Network network = network();
        Target low = Target.ofUnit(network, Unit.parse("low:0"));
        assertEquals(List.of(), Attribution.possible(network, List.of("low", "high", "half"), low));
        Target cat = Target.ofClass(network, "CAT");
        assertEquals(List.of("low", "high", "half"), Attribution.possible(network, List.of("low", "high", "half"), cat));
        try (Session session = new ReferenceEngine().open(network)) {
            Batch activation = session.activations(picture(), Set.of(Tap.after("high"))).at(Tap.after("high"));
            NetworkException refused = assertThrows(NetworkException.class,
                    () -> Attribution.of(session, picture(), "high", activation, low, 1, Progress.NONE));
            assertTrue(refused.getMessage().contains("low:0 does not depend on high"), refused.getMessage());
        }
        assertTrue(assertThrows(NetworkException.class, () -> Target.ofClass(network, "dot")).getMessage().contains("dog"));
        assertThrows(NetworkException.class, () -> Target.ofClass(network, "3"));
        assertThrows(NetworkException.class, () -> Target.ofUnit(network, Unit.parse("low:9")));
    }

    @Test
    void theLargestContributionsComeFirstWhateverTheirSign() {
        assertEquals(List.of(2, 0, 3), Attribution.largest(new double[] {1, 0, -3, .5}, 3));
        assertEquals(List.of(2), Attribution.largest(new double[] {1, 0, -3, .5}, 1));
    }

    private static Batch noise(Network network, long seed) {
        Shape shape = network.input().shape();
        Batch picture = Batch.zeros(1, shape.channels(), shape.rows(), shape.columns());
        Draws draws = new Draws(seed);
        for (int i = 0; i < picture.values().length; i++) {
            picture.values()[i] = (float) draws.uniform();
        }
        return picture;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
