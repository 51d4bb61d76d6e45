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
import org.junit.jupiter.api.Test;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.ResultFiles;
import org.loupe.core.circuit.ToldStory.Place;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/** Random kernels of 5 x 5, but top:0 wants low:1 above and low:2 below, and top:1 the opposite. */
class TellStoryTest {

    private static final int CHANNELS = 24;

    @Test
    void aStoryThatWasPlantedHoldsAgainstOtherChannelsAndOtherUnits() throws IOException {
        ToldStory told = told(0, "low:1", "low:2", "", 1);
        assertTrue(told.holds(), told.text());
        assertTrue(told.value() > .6 && told.permuted() < .01 && told.units() < .05, told.text());
        assertTrue(told.verdict().startsWith("The story holds"));
        assertEquals(1, told.sheets().size());
        Map<String, byte[]> kept = new HashMap<>();
        told.save(files(kept));
        assertEquals(told, new TellStory().load(files(kept)));
        kept.put("story.tsv", "random\tnowhere".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new TellStory().load(files(kept)));
    }

    @Test
    void theOppositeAndWhatIsRandomDoNotHold() {
        assertTrue(told(1, "low:1", "low:2", "", 1).verdict().contains("opposite"));
        int held = 0;
        for (int unit = 2; unit < 22; unit++) {
            held += told(unit, "low:4", "low:5", "", 1).holds() ? 1 : 0;
        }
        assertTrue(held <= 3, held + " of 20 stories about random weights hold");
    }

    @Test
    void lookingAtManyStoriesCosts() {
        ToldStory one = told(0, "low:1", "low:2", "", 1);
        ToldStory many = told(0, "low:1", "low:2", "", 40);
        assertEquals(Math.min(1, 40 * one.permuted()), many.permuted(), 1e-12);
        assertFalse(many.holds(), many.text());
    }

    @Test
    void unitsThatWantOppositeThingsAreApart() {
        assertTrue(told(0, "", "", "top:0 top:1", 1).value() > .5);
        assertTrue(Math.abs(told(0, "", "", "top:5 top:6", 1).value()) < .3);
    }

    @Test
    void aKernelWithExcitationOnItsSideOfTheRingIsAlikeAndAnEmptyOneIsNot() {
        Kernel right = new Kernel(1, 3, 0, -1, new float[] {-1, 0, 1});
        assertEquals(1, StoryChances.alike(right, Place.RING, 0), 1e-9);
        assertEquals(-1, StoryChances.alike(right, Place.RING, Math.PI), 1e-9);
        assertEquals(1, StoryChances.alike(right, Place.RIGHT, 0), 1e-9);
        assertEquals(0, StoryChances.alike(new Kernel(1, 1, 0, 0, new float[1]), Place.ABOVE, 0));
    }

    @Test
    void storiesWithoutUnitsOrWithTheWrongNumberAreRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> told(0, "", "", "", 1)).getMessage().contains("--above"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> told(0, "", "", "top:1", 1)).getMessage()
                .contains("Two units"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> told(0, "window", "", "", 1)).getMessage()
                .contains("picture"));
        assertThrows(NetworkException.class, () -> told(0, "low:99", "", "", 1));
    }

    private static ToldStory told(int unit, String above, String below, String apart, int looked) {
        try (Session session = new ReferenceEngine().open(network())) {
            return new TellStory().run(Material.of(session), new TellStory.Arguments(List.of("top:" + unit), above, below, "", "",
                    "", "", apart, looked, 10, 499, 0), (done, total, what) -> true);
        }
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

    private static Network network() {
        Draws draws = new Draws(4);
        float[] top = random(CHANNELS * CHANNELS * 25, draws);
        for (int i = 0; i < 25; i++) {
            int down = i / 5 - 2;
            for (int unit = 0; unit < 2; unit++) {
                int sign = unit == 0 ? 1 : -1;
                top[(unit * CHANNELS + 1) * 25 + i] += -3 * sign * down;
                top[(unit * CHANNELS + 2) * 25 + i] += 3 * sign * down;
            }
        }
        List<Operation> operations = List.of(convolution("low.sum", "input", 3, 1, random(3 * CHANNELS, draws)),
                new Relu("low.out", "low.sum"), convolution("top.sum", "low.out", CHANNELS, 5, top),
                new Relu("top.out", "top.sum"));
        return new Network("random", "", new Input(new Shape(3, 8, 8), new float[3], new float[] {1, 1, 1}), operations,
                List.of(new Layer("low", "low.out", "low.sum", ""), new Layer("top", "top.out", "top.sum", "")), List.of());
    }

    private static Convolution convolution(String name, String input, int inputs, int size, float[] values) {
        return new Convolution(name, input, new Weights(new int[] {CHANNELS, inputs, size, size}, values),
                Weights.vector(new float[CHANNELS]), Window.square(size, 1, size / 2), 1);
    }

    private static float[] random(int length, Draws draws) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) draws.gaussian();
        }
        return values;
    }
}
