package org.loupe.core.surgery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
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

class SurgeryTest {

    private static final double CLOSE = 1e-5;

    /** Two branches side by side over a pooled layer, as in an inception network. */
    private static final Network NETWORK = new Network("small", "About it.",
            new Input(new Shape(2, 8, 8), new float[2], new float[] {255, 255}),
            List.of(convolution("a.pre", Network.INPUT, 2, 3, 3), new Relu("a", "a.pre"),
                    new MaxPool("pool", "a", Window.square(3, 2, 1)), convolution("b.1", "pool", 3, 2, 1),
                    convolution("b.3", "pool", 3, 2, 3), new Concatenation("b.pre", List.of("b.1", "b.3")),
                    new Relu("b", "b.pre"), new GlobalAverage("mean", "b"),
                    new Dense("logits", "mean", new Weights(new int[] {2, 4}, random(8, 9)), Weights.vector(.1f, .2f))),
            List.of(new Layer("a", "a", "a.pre", ""), new Layer("b", "b", "b.pre", ""),
                    new Layer("logits", "logits", "logits", "")), List.of("no", "yes"));

    private static Convolution convolution(String name, String input, int from, int to, int size) {
        return new Convolution(name, input, new Weights(new int[] {to, from, size, size},
                random(to * from * size * size, name.hashCode())), Weights.vector(random(to, 3)),
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

    private static Batch pictures() {
        Batch pictures = Batch.zeros(3, 2, 8, 8);
        Draws draws = new Draws(5);
        for (int i = 0; i < pictures.values().length; i++) {
            pictures.values()[i] = (float) draws.uniform();
        }
        return pictures;
    }

    private static Network edited(String... changes) {
        return Surgery.apply(NETWORK, "edited", "Edited.", List.of(changes), Detectors.builtIn());
    }

    private static Batch read(Network network, Tap tap, Edit... edits) {
        try (Session session = new ReferenceEngine().open(network)) {
            return session.activations(pictures(), Set.of(tap), List.of(edits)).at(tap);
        }
    }

    private static void assertClose(Batch expected, Batch actual) {
        assertEquals(expected.toString(), actual.toString());
        for (int i = 0; i < expected.values().length; i++) {
            assertEquals(expected.values()[i], actual.values()[i], CLOSE, "value " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b:1 = 0", "b:{0,3} = {0.25, 1.5}", "b:2 = 0.5 * itself", "b = itself + 2", "b.pre:1 = -2 * itself",
        "b.pre:3 = itself - 0.5", "b:1 = -1 * itself", "b:0 = -0.5", "a:1 = 0", "a:{0,2} = 0.3", "a.pre:1 = 2 * itself",
        "logits:1 = 0", "logits:0 = 2 * itself",
        "b:1 = relu(-0.1 + a:0[1 2 1; 0 1 0; 1 -1 1 step 2 2 from -1 -1] + a:2[0.5 step 2 2 from 0 0])",
        "b.pre:3 = tanh(0.2 + a.pre:1[1 1; -1 -1 step 2 2 from 0 0])"})
    void aNetworkWithAnEditComputesWhatTheEditDoesToAPass(String change) {
        Edit edit = EditText.parse(change);
        Network made = edited(change);
        for (Tap tap : List.of(Tap.after("b"), Tap.before("b"), Tap.after("logits"))) {
            if (!tap.equals(Tap.before("b")) || edit.where().tap().beforeActivation() || edit.where().tap().layer().equals("a")) {
                assertClose(read(NETWORK, tap, edit), read(made, tap));
            }
        }
        assertNotEquals(NETWORK.hash(), made.hash());
    }

    @Test
    void numbersAndMultiplesKeepTheFormOfTheNetwork() {
        Network made = edited("b:{1,3} = 0", "a:0 = 0.5 * itself", "b:2 = 0.25");
        assertEquals(NETWORK.operations().size(), made.operations().size());
        assertEquals(NETWORK.layers(), made.layers());
        assertTrue(Wiring.of(made).inputs(new Unit("b", 1)).all().isEmpty(), "a silenced unit reads nothing");
        assertEquals(Wiring.of(NETWORK).inputs(new Unit("b", 0)).all().size(), Wiring.of(made).inputs(new Unit("b", 0)).all().size());
    }

    @Test
    void aHandWrittenUnitIsReadByTheSameUnitsAndReadsWhatWasWritten() {
        Network made = edited("b:3 = relu(0.5 + maxpool(a:1, 3, 2) - 2 * maxpool(a:2, 3, 2))");
        Batch a = read(NETWORK, Tap.after("a"));
        Batch b = read(made, Tap.after("b"));
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                double expected = Math.max(0, 0.5 + largest(a, 1, row, column) - 2 * largest(a, 2, row, column));
                assertEquals(expected, b.at(0, 3, row, column), CLOSE);
            }
        }
        List<Connection> above = Wiring.of(made).outputs(new Unit("b", 3)).all();
        assertEquals(Wiring.of(NETWORK).outputs(new Unit("b", 3)).all().size(), above.size());
    }

    private static double largest(Batch map, int channel, int row, int column) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int r = Math.max(0, 2 * row - 1); r <= Math.min(7, 2 * row + 1); r++) {
            for (int c = Math.max(0, 2 * column - 1); c <= Math.min(7, 2 * column + 1); c++) {
                largest = Math.max(largest, map.at(0, channel, r, c));
            }
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({"2 + 3 * 4, 14", "(2 + 3) * 4, 20", "-2 - -3, 1", "'max(1, 5, 3)', 5", "'min(1, -5)', -5", "6 / 4, 1.5",
        "sqrt(16) + square(3), 13", "abs(-2) * exp(0), 2", "relu(-3) + sigmoid(0), .5", "1e-1 + .5, .6"})
    void numbersAreComputed(String text, double expected) {
        Batch b = read(edited("b:1 = " + text), Tap.after("b"));
        assertEquals(expected, b.at(1, 1, 2, 3), CLOSE);
    }

    @Test
    void channelsAreCombinedValueByValue() {
        Batch before = read(NETWORK, Tap.after("a"));
        Batch after = read(edited("a:2 = max(a:0, 2 * a:1) * itself / (1 + square(a.pre:0))"), Tap.after("a"));
        Batch inner = read(NETWORK, Tap.before("a"));
        for (int i = 0; i < before.area(); i++) {
            double x = before.values()[before.offset(1, 0) + i];
            double y = before.values()[before.offset(1, 1) + i];
            double z = before.values()[before.offset(1, 2) + i];
            double w = inner.values()[inner.offset(1, 0) + i];
            assertEquals(Math.max(x, 2 * y) * z / (1 + w * w), after.values()[after.offset(1, 2) + i], CLOSE);
        }
    }

    @Test
    void editsAreMadeOneAfterTheOther() {
        Batch once = read(edited("b:1 = 3", "b:2 = b:1 + 1", "b:1 = 0"), Tap.after("b"));
        assertEquals(4, once.at(0, 2, 1, 1), CLOSE);
        assertEquals(0, once.at(0, 1, 1, 1));
        assertArrayEquals(read(edited("a:1 = 0", "b:2 = 0.5 * itself"), Tap.after("logits")).values(),
                read(edited("b:2 = 0.5 * itself", "a:1 = 0"), Tap.after("logits")).values());
    }

    @Test
    void singleWeightsAndKernelsAreEdited() {
        float[] logits = read(NETWORK, Tap.after("logits")).values();
        Batch mean = read(NETWORK, Tap.after("b"));
        double average = 0;
        for (int i = 0; i < 16; i++) {
            average += mean.values()[mean.offset(0, 2) + i] / 16;
        }
        double weight = KernelChange.place("b:2->logits:1").weights(NETWORK).get(0).get(0);
        assertEquals(logits[1] - weight * average, read(edited("b:2 -> logits:1 = 0"), Tap.after("logits")).values()[1], CLOSE);
        Network one = edited("a:1 -> b:3@0,2 = 7");
        List<List<Double>> before = KernelChange.place("a:1->b:3").weights(NETWORK);
        List<List<Double>> after = KernelChange.place("a:1->b:3").weights(one);
        assertEquals(7, after.get(0).get(2));
        assertEquals(before.get(0).subList(0, 2), after.get(0).subList(0, 2));
        assertEquals(before.subList(1, 3), after.subList(1, 3));
        assertEquals(List.of(List.of(1.0, 0.0, 1.0), List.of(0.0, 2.0, 0.0), List.of(1.0, 0.0, -1.0)), KernelChange.place("input:1->a:0")
                .weights(edited("input:1 -> a:0 = [1 0 1; 0 2 0; 1 0 -1]")));
        assertEquals(-0.5 * before.get(1).get(1), KernelChange.place("a:1->b:3").weights(edited("a:1 -> b:3 = -0.5 * itself"))
                .get(1).get(1), 1e-7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1 -> b:3@0,2 = 7", "a:1 -> b:3 = 0", "a:1 -> b:3 = -1 * itself", "a:1 -> b:3 = [1 0; 0.5 2]",
        "input:0 -> a:1 = 0.25"})
    void changesOfWeightsReadBackAsTheyPrint(String text) {
        assertEquals(text, KernelChange.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"b:9 = 0|0 to 3", "c:1 = 0|c", "b:1@2,2 = 0|position", "b:1 = a:0|size", "b:1|becomes",
        "b:1 = a:7[1 step 2 2 from 0 0]|channels 0 to 2", "a:1 = b:0[1 step 1 1 from 0 0]|computed from it", "b:1 = ring(3)|ring", "b:1 = 2 +|early",
        "b:1 = (2|“)”", "b:{0,1} = {1, 2, 3}|3 values", "b:1 = curve(radius=-4)|radius", "a:1 -> b:3@5,5 = 0|3 rows",
        "a:1 -> logits:0 = 0|does not read", "a:1 -> b:3 = [1 2]|3 rows of 3", "a:1 -> b:3 = x|names no weights",
        "b:1 = a:0[1 2; 3]|one length", "b:1 = system.exit(1)|system.exit", "b:1 = noise(1, 2)|noise",
        "b:1 = a:0[1 step 2 2 from 90 0]|strays"})
    void whatMakesNoSenseIsRefusedWithAReason(String change, String reason) {
        RuntimeException refused = assertThrows(RuntimeException.class, () -> edited(change));
        assertTrue(refused instanceof IllegalArgumentException || refused instanceof NetworkException, refused::toString);
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void theSameChangesMakeTheSameNetwork() {
        String[] changes = {"b:1 = relu(maxpool(a:1, 3, 2) - 1)", "a:1 -> b:3 = 0"};
        assertEquals(edited(changes).hash(), edited(changes).hash());
        assertEquals("edited", edited(changes).name());
        assertEquals("Edited. About it.", edited(changes).about());
    }

    @Test
    void computedKernelsHaveMeanZeroOrSumOne() {
        double[][] gabor = new Gabor(7, 8, 1.9, 0).along(30);
        assertEquals(0, Arrays.stream(gabor).flatMapToDouble(Arrays::stream).sum(), 1e-12);
        assertEquals(1, Arrays.stream(gabor).flatMapToDouble(Arrays::stream).map(value -> value * value).sum(), 1e-12);
        assertEquals(1, Arrays.stream(Gabor.gaussian(5, 1)).flatMapToDouble(Arrays::stream).sum(), 1e-12);
        Network made = edited("a:0 = input:1[gaussian 5 1]");
        Batch pictures = pictures();
        double expected = 0;
        for (int row = 0; row < 5; row++) {
            for (int column = 0; column < 5; column++) {
                expected += Gabor.gaussian(5, 1)[row][column] * pictures.at(0, 1, 2 + row, 1 + column);
            }
        }
        assertEquals(expected, read(made, Tap.after("a")).at(0, 0, 4, 3), CLOSE);
    }

    private static float[] weights(Network network, String convolution) {
        return ((Convolution) network.operation(convolution).orElseThrow()).weights().values();
    }

    @Test
    void theNegativeWeightsBetweenTwoLayersAreTakenAwayAtOnceThroughThePoolingAndInBothBranches() {
        Network positive = edited("a -> b = positive(itself)");
        for (String branch : List.of("b.1", "b.3")) {
            float[] before = weights(NETWORK, branch);
            float[] after = weights(positive, branch);
            for (int i = 0; i < before.length; i++) {
                assertEquals(Math.max(0, before[i]), after[i]);
            }
        }
        assertArrayEquals(weights(NETWORK, "a.pre"), weights(positive, "a.pre"));
    }

    @Test
    void theWeightsOfOneUnitAloneCanLoseTheirPositivePart() {
        float[] before = weights(NETWORK, "b.1");
        float[] after = weights(edited("a -> b:1 = negative(itself)"), "b.1");
        for (int i = 0; i < before.length; i++) {
            assertEquals(i < 3 ? before[i] : Math.min(0, before[i]), after[i]);
        }
        float[] one = weights(edited("a:2 -> b:1 = negative(itself)"), "b.1");
        for (int i = 0; i < before.length; i++) {
            assertEquals(i < 5 ? before[i] : Math.min(0, before[i]), one[i]);
        }
    }

    @Test
    void shuffledWeightsAreTheUnitsOwnInAnotherOrderThatTheSeedDecides() {
        float[] before = weights(NETWORK, "a.pre");
        float[] after = weights(edited("input -> a = shuffled(itself, 3)"), "a.pre");
        assertArrayEquals(after, weights(edited("input -> a = shuffled( itself , 3 )"), "a.pre"));
        assertTrue(!Arrays.equals(after, weights(edited("input -> a = shuffled(itself, 4)"), "a.pre")));
        for (int unit = 0; unit < 3; unit++) {
            float[] own = Arrays.copyOfRange(before, 18 * unit, 18 * unit + 18);
            float[] other = Arrays.copyOfRange(after, 18 * unit, 18 * unit + 18);
            assertTrue(!Arrays.equals(own, other));
            Arrays.sort(own);
            Arrays.sort(other);
            assertArrayEquals(own, other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a -> b = positive(itself)", "a:2 -> b:1 = negative(itself)", "input -> a = shuffled(itself, 3)"})
    void whatBecomesOfAllWeightsPrintsAsItReads(String text) {
        assertEquals(text, WeightsChange.parse(text).toString());
    }

    @Test
    void wordsThatDoNotSayWhatBecomesOfWeightsAreRefusedWithAnExample() {
        for (String wrong : List.of("a -> b = positive(2)", "a -> b = positive(itself, 3)", "a -> b = mixed(itself)",
                "a:1@0,0 -> b = positive(itself)")) {
            String message = assertThrows(IllegalArgumentException.class, () -> edited(wrong)).getMessage();
            assertTrue(message.contains("\"p1 -> p2 = positive(itself)\""), message);
        }
        assertThrows(NetworkException.class, () -> edited("input -> b = positive(itself)"));
        assertThrows(NetworkException.class, () -> edited("nothing -> b = positive(itself)"));
        assertThrows(NetworkException.class, () -> edited("a -> b:9 = positive(itself)"));
    }
}
