package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.MeasureUse.Baseline;
import org.loupe.core.circuit.MeasureUse.By;
import org.loupe.core.circuit.UsedInputs.Example;
import org.loupe.core.circuit.UsedInputs.Input;
import org.loupe.core.circuit.UsedInputs.Method;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** What is said of the identity of a residual block, beside weights a twentieth of its size. */
class ShortcutsTest {

    private static final int CHANNELS = 6;

    private final Map<String, byte[]> kept = new HashMap<>();
    private final ResultFiles files = new ResultFiles() {
        @Override
        public byte[] read(String name) {
            return kept.get(name);
        }

        @Override
        public void write(String name, byte[] content) {
            kept.put(name, content);
        }
    };

    private static Network network() {
        List<Operation> operations = List.of(convolution("a.sum", "input", 3), new Relu("a", "a.sum"),
                convolution("b.sum", "a", CHANNELS), new Addition("b.add", List.of("b.sum", "a")), new Relu("b", "b.add"));
        return new Network("residual", "", new org.loupe.core.network.Input(new Shape(3, 8, 8), new float[3],
                new float[] {255, 255, 255}), operations, List.of(new Layer("a", "a", "a.sum", ""), new Layer("b", "b", "b.add", "")),
                List.of());
    }

    private static Convolution convolution(String name, String input, int inputs) {
        Draws draws = new Draws(inputs);
        float[] values = new float[CHANNELS * inputs * 9];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (.05 * draws.gaussian());
        }
        return new Convolution(name, input, new Weights(new int[] {CHANNELS, inputs, 3, 3}, values),
                Weights.vector(new float[CHANNELS]), Window.square(3, 1, 1), 1);
    }

    @Test
    void multiplesShowWhatWasLearnedAndSayWhatIsLeftOut() throws IOException {
        try (Session session = new ReferenceEngine().open(network())) {
            Multiples found = new DrawMultiples().run(Material.of(session),
                    new DrawMultiples.Arguments(List.of("a", "b"), 16, 24, 0), (done, total, what) -> true);
            assertTrue(found.kernels().stream().allMatch(one -> one.kernel().shortcut() == 0 && one.kernel().peak() < .3));
            assertEquals(CHANNELS * CHANNELS, found.kernels().size());
            assertTrue(found.text().contains("Shortcuts past all weights"), found.text());
            found.save(files);
            assertEquals(found, new DrawMultiples().load(files));
        }
    }

    @Test
    void aCircuitSaysWhichEdgeIsAShortcutAndItIsStillThereWhenItIsReadAgain() throws IOException {
        ProposedCircuit found = new ProposedCircuit("residual", Circuit.byWeights(network(), List.of(new Unit("b", 1)), 1, 3),
                Optional.empty(), false);
        Circuit.Edge first = found.circuit().edges().get(0);
        assertEquals(new Unit("a", 1), first.from());
        assertFalse(first.isLuck());
        assertTrue(found.text().contains("+1.00 of it a shortcut"), found.text());
        assertTrue(found.text().contains("1 of these kernels has a shortcut"), found.text());
        assertTrue(found.json().contains("\"shortcut\": 1.0"), found.json());
        found.save(files);
        assertEquals(found, new ProposeCircuit().load(files));
        assertTrue(new String(kept.get("circuit.svg"), StandardCharsets.UTF_8).contains(">shortcut<"));
    }

    @Test
    void useSaysWhichUnitIsTakenOverByAShortcut() throws IOException {
        UsedInputs found = new UsedInputs("residual", new Unit("b", 1), "b:1", "a", new Method(By.PATH, Baseline.ZERO, 4, true, 0),
                "some", List.of(new Input(new Unit("a", 0), .2, .1, .8, 0), new Input(new Unit("a", 1), 1.1, 1, Double.NaN, 1)),
                List.of(new Example("one", 1, 0, new double[] {.1, .9}), new Example("two", 1, 0, new double[] {.2, .8})),
                List.of(), 4, false);
        assertTrue(found.text().lines().anyMatch(line -> line.contains("a:1") && line.contains("shortcut")), found.text());
        assertTrue(found.text().lines().anyMatch(line -> line.contains("a:0") && line.contains("p 0.800")), found.text());
        found.save(files);
        UsedInputs read = new MeasureUse().load(files);
        assertEquals(found.inputs(), read.inputs());
    }

    @Test
    void kernelsBetweenLayersHaveTheirOwnScaleBesideAShortcut() {
        List<Connection> read = Wiring.of(network()).inputs(new Unit("b", 1)).all();
        assertTrue(read.get(0).kernel().peak() > .8);
        assertTrue(Connections.extent(read) < .3);
        assertThrows(IllegalArgumentException.class, () -> new Kernel(1, 1, 1, 0, new float[] {1}, 1));
    }

    @Test
    void spotsAreLookedForInWhatWasLearned() {
        Wiring wiring = Wiring.of(network());
        List<Connections> inputs = IntStream.range(0, CHANNELS).mapToObj(channel -> wiring.inputs(
                new Unit("b", channel))).toList();
        List<Connections> learned = inputs.stream().map(of -> new Connections(of.all().stream().map(one -> new Connection(one.from(),
                one.to(), one.kernel().learned(), one.pooling())).toList(), List.of())).toList();
        assertEquals(SpotLooks.odds(learned), SpotLooks.odds(inputs));
        assertEquals(CHANNELS, Chances.of(network(), wiring, new Unit("b", 1)).kernels());
    }
}
