package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.ProposeCircuit.Against;
import org.loupe.core.circuit.ProposeCircuit.Arguments;
import org.loupe.core.circuit.ProposeCircuit.By;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.page.Sheet;
import org.loupe.core.picture.Fitting;

/**
 * A network small enough for paper: a0 is red, a1 green, a2 blue; b0 = 2 a0 - 3 a1 + 1, b1 = a2; c0 = b0 + b1 / 2. The picture
 * has red 0.8, green 0.1, blue 0.4, its stand-in 0.2, 0.3, 0.3. So c0 is 2.5 against 0.65.
 */
class CircuitSearchTest {

    private static final Unit C0 = new Unit("c", 0);
    private static final double BEHAVIOUR = 2.5 - .65;

    @Test
    void patchingTellsWhatEachEdgeCarriesBeyondTheStandIn() {
        ProposedCircuit found = found(By.PATCHING, Against.MATCHED, 2, 9, 0);
        assertEquals(Map.of("b:0 c:0", 1.8 / BEHAVIOUR, "b:1 c:0", .05 / BEHAVIOUR, "a:0 b:0", 1.2 / BEHAVIOUR, "a:1 b:0",
                .6 / BEHAVIOUR, "a:2 b:1", .05 / BEHAVIOUR).keySet(), shares(found).keySet());
        assertEquals(1.8 / BEHAVIOUR, shares(found).get("b:0 c:0"), 1e-5);
        assertEquals(1.2 / BEHAVIOUR, shares(found).get("a:0 b:0"), 1e-5);
        assertEquals(.6 / BEHAVIOUR, shares(found).get("a:1 b:0"), 1e-5);
        assertEquals(.05 / BEHAVIOUR, shares(found).get("a:2 b:1"), 1e-5);
        CircuitEvaluation evaluation = found.evaluation().orElseThrow();
        assertEquals(2.5, evaluation.whole(), 1e-5);
        assertEquals(.65, evaluation.none(), 1e-5);
        assertEquals(1, evaluation.faithfulness().value(), 1e-5);
        assertEquals(1, evaluation.necessity().get(0).value(), 1e-5);
    }

    @Test
    void attributionIsWeightTimesActivationTimesSlope() {
        Map<String, Double> shares = shares(found(By.ATTRIBUTION, Against.ZERO, 2, 9, 0));
        double whole = 2.3 + .2;
        assertEquals(2.3 / whole, shares.get("b:0 c:0"), 1e-5);
        assertEquals(1.6 / whole, shares.get("a:0 b:0"), 1e-5);
        assertEquals(-.3 / whole, shares.get("a:1 b:0"), 1e-5);
        assertEquals(.2 / whole, shares.get("a:2 b:1"), 1e-5);
    }

    @Test
    void thePathFromTheStandInAddsUpWhereAGateClosesOnTheWayAndTheSlopeAtItsEndDoesNot() {
        double[] path = intoB(By.PATH);
        double[] patching = intoB(By.PATCHING);
        double open = 4 / 16.0;
        assertEquals(open * 3.4 / .9, path[0] + path[1] + path[2], 1e-4, "the gate is open in 4 of 16 steps; all of 3.4 are .9");
        assertEquals(3.4 / .9, patching[0] + patching[1] + patching[2], 1e-4);
        assertEquals(1, path[0] / path[1] * patching[1] / patching[0], 1e-4);
    }

    /** Shares of the edges from a into b, where b0 = 2 a0 - 3 a1 is -2.5 for the stand-in and .9 for the picture. */
    private static double[] intoB(By by) {
        List<Operation> operations = List.of(
                one("a.sum", "input", new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 0, 0, 0), new Relu("a.out", "a.sum"),
                one("b.sum", "a.out", new float[] {2, -3, 0}, 0), new Relu("b.out", "b.sum"),
                one("c.sum", "b.out", new float[] {1}, 0), new Relu("c.out", "c.sum"));
        List<Layer> layers = List.of(new Layer("a", "a.out", "a.sum", ""), new Layer("b", "b.out", "b.sum", ""),
                new Layer("c", "c.out", "c.sum", ""));
        Network network = new Network("gate", "", new Input(new Shape(3, 1, 1), new float[3], new float[] {255, 255, 255}),
                operations, layers, List.of());
        ExcitingPictures cases = new ExcitingPictures(new Batch(2, 3, 1, 1, new float[] {.6f, .1f, .4f, .1f, .9f, .4f}),
                List.of(0), List.of(1), new int[1], 1);
        try (Session session = new ReferenceEngine().open(network)) {
            Map<String, Double> shares = shares(new CircuitSearch(session, C0, cases, arguments(by, Against.MATCHED, 2, 9, 0),
                    Progress.NONE).find());
            return new double[] {shares.getOrDefault("a:0 b:0", 0.0), shares.getOrDefault("a:1 b:0", 0.0),
                    shares.getOrDefault("a:2 b:0", 0.0)};
        }
    }

    @Test
    void aCircuitThatLacksAnEdgeKeepsWhatTheOthersCarry() {
        ProposedCircuit found = found(By.PATCHING, Against.MATCHED, 2, 1, 0);
        assertEquals(List.of("a:0 b:0", "b:0 c:0"), shares(found).keySet().stream().sorted().toList());
        CircuitEvaluation evaluation = found.evaluation().orElseThrow();
        assertEquals(1.2 / BEHAVIOUR, evaluation.faithfulness().value(), 1e-5);
        assertEquals(1.8 / BEHAVIOUR, evaluation.necessity().get(0).value(), 1e-5);
        assertEquals(1.2 / BEHAVIOUR, evaluation.necessity().get(1).value(), 1e-5);
    }

    @Test
    void ablationCutsWhatCarriesLessThanTheThresholdAndSaysWhereTheBudgetEnds() {
        ProposedCircuit found = found(By.ABLATION, Against.MATCHED, 2, 9, .1);
        assertEquals(List.of("a:0 b:0", "a:1 b:0", "b:0 c:0"), shares(found).keySet().stream().sorted().toList());
        assertEquals(1.8 / BEHAVIOUR, found.evaluation().orElseThrow().faithfulness().value(), 1e-5);
        ProposedCircuit poor = found(new Arguments(List.of("c:0"), By.ABLATION, 2, 9, .1, 1, Against.MATCHED, 4, 1, 1, 0, 10, 0,
                Fitting.COVER));
        assertTrue(poor.evaluation().orElseThrow().remarks().stream().anyMatch(remark -> remark.contains("budget of 1")),
                poor.text());
    }

    @Test
    void everyEdgeIsStableWhereThereIsOnePictureAndTheTextSaysWhatTheCircuitKeeps() {
        ProposedCircuit found = found(By.PATCHING, Against.MATCHED, 2, 9, .1);
        assertTrue(found.circuit().edges().stream().allMatch(edge -> edge.support().stability() == 1));
        assertTrue(found.text().contains("Faithfulness: the circuit alone keeps 97 % [97, 97]"), found.text());
        List<Sheet> sheets = found.sheets();
        assertEquals(2, sheets.size());
        for (Circuit.Node node : found.circuit().nodes()) {
            assertTrue(sheets.get(0).marks().stream().anyMatch(mark -> mark instanceof Sheet.Text text
                    && text.text().equals(node.unit().toString())), "not drawn: " + node.unit());
        }
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void theSameArgumentsGiveTheSameBytesAndTheyCanBeReadAgain(By by) throws IOException {
        Map<String, byte[]> first = new HashMap<>();
        Map<String, byte[]> second = new HashMap<>();
        ProposedCircuit found = found(by, Against.RANDOM, 2, 9, .1);
        found.save(files(first));
        found(by, Against.RANDOM, 2, 9, .1).save(files(second));
        assertEquals(first.keySet(), second.keySet());
        first.forEach((name, bytes) -> assertArrayEquals(bytes, second.get(name), name));
        assertEquals(found, new ProposeCircuit().load(files(first)));
    }

    private static ResultFiles files(Map<String, byte[]> kept) {
        return new ResultFiles() {
            @Override
            public byte[] read(String name) {
                return kept.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                kept.put(name, content);
            }
        };
    }

    @Test
    void stoppingKeepsWhatIsThereAndSaysSo() {
        Arguments arguments = arguments(By.PATCHING, Against.MATCHED, 2, 9, 0);
        try (Session session = new ReferenceEngine().open(network())) {
            ProposedCircuit found = new CircuitSearch(session, C0, cases(), arguments, (done, total, what) -> false).find();
            assertTrue(found.isPartial());
            assertEquals(List.of(), found.circuit().edges());
        }
    }

    @Test
    void aTargetWithNothingBelowOrNothingToExplainIsRefused() {
        Arguments arguments = arguments(By.PATCHING, Against.MATCHED, 2, 9, 0);
        try (Session session = new ReferenceEngine().open(network())) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new CircuitSearch(session, new Unit("a", 0), cases(),
                    arguments, Progress.NONE).find()).getMessage().contains("nothing but the picture"));
            ExcitingPictures same = new ExcitingPictures(cases().all(), List.of(0), List.of(0), new int[1], 1);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new CircuitSearch(session, C0, same, arguments,
                    Progress.NONE).find()).getMessage().contains("nothing"));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> ExcitingPictures.of(session, cases().all(), C0,
                    ProposeCircuit.Arguments.byWeights(List.of("c:0"), 1, 1))).getMessage().contains("there are 2 pictures"));
        }
    }

    private static Map<String, Double> shares(ProposedCircuit found) {
        return found.circuit().edges().stream().collect(Collectors.toMap(edge -> edge.from() + " " + edge.to(),
                edge -> edge.support().contribution()));
    }

    private static ProposedCircuit found(By by, Against against, int depth, int breadth, double threshold) {
        return found(arguments(by, against, depth, breadth, threshold));
    }

    private static Arguments arguments(By by, Against against, int depth, int breadth, double threshold) {
        return new Arguments(List.of("c:0"), by, depth, breadth, threshold, 1000, against, 4, 1, 1, 3, 10, 0, Fitting.COVER);
    }

    private static ProposedCircuit found(Arguments arguments) {
        try (Session session = new ReferenceEngine().open(network())) {
            return new CircuitSearch(session, C0, cases(), arguments, Progress.NONE).find();
        }
    }

    private static ExcitingPictures cases() {
        return new ExcitingPictures(new Batch(2, 3, 1, 1, new float[] {.8f, .1f, .4f, .2f, .3f, .3f}), List.of(0), List.of(1),
                new int[1], 1);
    }

    private static Network network() {
        List<Operation> operations = List.of(
                one("a.sum", "input", new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 0, 0, 0), new Relu("a.out", "a.sum"),
                one("b.sum", "a.out", new float[] {2, -3, 0, 0, 0, 1}, 1, 0), new Relu("b.out", "b.sum"),
                one("c.sum", "b.out", new float[] {1, .5f}, 0), new Relu("c.out", "c.sum"));
        List<Layer> layers = List.of(new Layer("a", "a.out", "a.sum", ""), new Layer("b", "b.out", "b.sum", ""),
                new Layer("c", "c.out", "c.sum", ""));
        return new Network("paper", "", new Input(new Shape(3, 1, 1), new float[3], new float[] {255, 255, 255}), operations,
                layers, List.of());
    }

    private static Convolution one(String name, String input, float[] values, float... bias) {
        return new Convolution(name, input, new Weights(new int[] {bias.length, values.length / bias.length, 1, 1}, values),
                Weights.vector(bias), Window.square(1, 1, 0), 1);
    }
}
