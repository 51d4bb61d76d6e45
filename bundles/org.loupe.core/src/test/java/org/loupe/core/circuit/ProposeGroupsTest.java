package org.loupe.core.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.ProposedGroups.Kind;
import org.loupe.core.circuit.ProposedGroups.Proposal;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Random kernels of 3 x 3 in three layers, but of {@code low} and {@code middle} each channel with an even number has its mirror
 * image in the next, and {@code top:0} is excited by {@code middle:4} and {@code middle:5}.
 */
class ProposeGroupsTest {

    private static final int CHANNELS = 12;

    @Test
    void mirrorImagesAreFoundThroughTheLayersAndTheirUnionAbove() throws IOException {
        ProposedGroups found = found(true, Progress.NONE);
        assertEquals(List.of(pair(4)), found.groups(Kind.MIRRORED).stream().map(Proposal::units).toList(), found.text());
        assertEquals(1, found.groups(Kind.MIRRORED).get(0).value(), 1e-6);
        assertEquals(List.of(pair(4)), found.groups(Kind.UNION).stream().map(Proposal::units).toList(), found.text());
        assertEquals(new Unit("top", 0), found.groups(Kind.UNION).get(0).above());
        assertEquals(2, found.pairs(), "one of middle and one of top");
        assertTrue(found.remarks().get(0).startsWith("Of low nothing is said: it reads 3 channels"), found.remarks().toString());
        assertEquals(found, found(true, Progress.NONE));
        assertEquals(1, found.sheets().size());
        Map<String, byte[]> kept = new HashMap<>();
        found.save(files(kept));
        assertEquals(found, new ProposeGroups().load(files(kept)));
        kept.put("groups.tsv", "x\ty".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new ProposeGroups().load(files(kept)));
    }

    @Test
    void randomWeightsHaveNoMirrorImages() {
        assertEquals(List.of(), found(false, Progress.NONE).groups(Kind.MIRRORED));
    }

    @Test
    void stoppingSaysSoAndUnitsThatAreNotThereAreRefused() {
        ProposedGroups stopped = found(true, (done, total, what) -> false);
        assertTrue(stopped.isPartial());
        assertTrue(stopped.text().startsWith("Stopped"));
        assertThrows(NetworkException.class, () -> found(true, List.of("low:0", "low:99"), Progress.NONE));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> found(true, List.of("low:0"), Progress.NONE)).getMessage()
                .contains("at least two"));
    }

    private static List<Unit> pair(int first) {
        return List.of(new Unit("middle", first), new Unit("middle", first + 1));
    }

    private static ProposedGroups found(boolean mirrored, Progress progress) {
        return found(mirrored, List.of("low:2", "low:3", "low:6", "middle:4", "middle:5", "top:0", "top:1"), progress);
    }

    private static ProposedGroups found(boolean mirrored, List<String> units, Progress progress) {
        try (Session session = new ReferenceEngine().open(network(mirrored))) {
            return new ProposeGroups().run(Material.of(session), new ProposeGroups.Arguments(units, .05, 199, 0),
                    progress::report);
        }
    }

    private static Network network(boolean mirrored) {
        Draws draws = new Draws(6);
        float[] top = random(CHANNELS, CHANNELS, draws);
        for (int i = 4 * 9; mirrored && i < 6 * 9; i++) {
            top[i] = 2;
        }
        List<Convolution> steps = List.of(convolution("low.sum", Network.INPUT, 3, weights(3, mirrored, false, draws)),
                convolution("middle.sum", "low.out", CHANNELS, weights(CHANNELS, mirrored, true, draws)),
                convolution("top.sum", "middle.out", CHANNELS, top));
        return new Network("mirrored", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}),
                List.of(steps.get(0), new Relu("low.out", "low.sum"), steps.get(1), new Relu("middle.out", "middle.sum"),
                        steps.get(2), new Relu("top.out", "top.sum")),
                List.of("low", "middle", "top").stream().map(name -> new Layer(name, name + ".out", name + ".sum", "")).toList(),
                List.of());
    }

    /** Each channel with an odd number reads as the one before it would in a mirror. */
    private static float[] weights(int inputs, boolean mirrored, boolean swapped, Draws draws) {
        float[] weights = random(CHANNELS, inputs, draws);
        for (int output = 1; mirrored && output < CHANNELS; output += 2) {
            for (int input = 0; input < inputs; input++) {
                for (int at = 0; at < 9; at++) {
                    int image = swapped ? input ^ 1 : input;
                    weights[(output * inputs + image) * 9 + at] = weights[((output - 1) * inputs + input) * 9 + at / 3 * 3 + 2 - at % 3];
                }
            }
        }
        return weights;
    }

    private static float[] random(int outputs, int inputs, Draws draws) {
        float[] values = new float[outputs * inputs * 9];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) draws.gaussian());
        return values;
    }

    private static Convolution convolution(String name, String input, int inputs, float[] values) {
        return new Convolution(name, input, new Weights(new int[] {CHANNELS, inputs, 3, 3}, values),
                Weights.vector(new float[CHANNELS]), Window.square(3, 1, 1), 1);
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
}
