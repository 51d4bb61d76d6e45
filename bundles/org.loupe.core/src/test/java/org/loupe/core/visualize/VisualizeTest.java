package org.loupe.core.visualize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nets;
import org.loupe.core.visualize.Visualize.Arguments;
import org.loupe.core.visualize.Visualize.Robustness;
import org.loupe.core.visualize.Visualize.Space;

class VisualizeTest {

    private static final Observer<Visualized> ALONE = (done, total, what) -> true;

    private static Arguments arguments(int steps, String... units) {
        return new Arguments(List.of(units), false, steps, 0, Space.FOURIER, Robustness.STANDARD, 0.05, 0);
    }

    private static Visualized run(Network network, Arguments arguments, Observer<Visualized> observer) {
        try (Session session = new ReferenceEngine().open(network)) {
            return new Visualize().run(Material.of(session), arguments, observer);
        }
    }

    @Test
    void everyPictureExcitesItsUnitMoreThanGreyDoes() {
        Visualized result = run(Nets.everything(), arguments(30, "mixed:0", "mixed:1@centre", "conv1:2 - 0.5*conv1:0"), ALONE);
        assertFalse(result.isPartial());
        for (Visualized.Detail detail : result.details()) {
            assertEquals(30, detail.scores().length);
            assertTrue(detail.excited() && detail.score() > detail.start(), detail.toString());
        }
        for (float value : result.pictures().values()) {
            assertTrue(value > 0 && value < 1);
        }
    }

    @Test
    void theSameRecipeGivesTheSameBytesAndAnotherSeedDoesNot() {
        Visualized first = run(Nets.everything(), arguments(8, "mixed:0"), ALONE);
        assertEquals(first.pictures(), run(Nets.everything(), arguments(8, "mixed:0"), ALONE).pictures());
        Arguments other = new Arguments(List.of("mixed:0"), false, 8, 0, Space.FOURIER, Robustness.STANDARD, 0.05, 1);
        assertNotEquals(first.pictures(), run(Nets.everything(), other, ALONE).pictures());
    }

    @Test
    void aPictureDoesNotDependOnWhatElseIsInItsBatch() {
        Visualized alone = run(Nets.everything(), arguments(8, "mixed:1"), ALONE);
        Visualized together = run(Nets.everything(), arguments(8, "mixed:0", "mixed:1", "conv1:1"), ALONE);
        assertEquals(alone.pictures(), together.pictures().image(1));
    }

    @Test
    void theSameObjectiveTwiceGivesTwoPictures() {
        Visualized twice = run(Nets.everything(), arguments(4, "mixed:0", "mixed:0"), ALONE);
        assertNotEquals(twice.pictures().image(0), twice.pictures().image(1));
    }

    @Test
    void stoppingKeepsThePictureSoFarWithinOneStep() {
        Visualized result = run(Nets.everything(), arguments(100, "mixed:0"), (done, total, what) -> done < 5);
        assertTrue(result.isPartial());
        assertEquals(5, result.details().get(0).scores().length);
        assertEquals(run(Nets.everything(), arguments(5, "mixed:0"), ALONE).pictures(), result.pictures());
    }

    @Test
    void snapshotsAreValuesOfTheirOwn() {
        List<Visualized> seen = new ArrayList<>();
        Visualized last = run(Nets.everything(), arguments(6, "mixed:0"), new Observer<>() {
            @Override
            public boolean report(long done, long total, String what) {
                assertEquals(6, total);
                return true;
            }

            @Override
            public void snapshot(Visualized soFar) {
                seen.add(soFar);
            }

            @Override
            public boolean wantsSnapshot() {
                return true;
            }
        });
        assertEquals(5, seen.size());
        assertTrue(seen.stream().allMatch(Visualized::isPartial));
        assertEquals(1, seen.get(0).details().get(0).scores().length);
        assertNotEquals(seen.get(0).pictures(), seen.get(4).pictures());
        assertNotEquals(seen.get(4).pictures(), last.pictures());
    }

    /** Grey gives -1.2 before the rectifier, so no gradient comes through it at first. */
    @Test
    void aSilentUnitIsWokenUp() {
        Visualized result = run(Nets.single(-1.2f), arguments(60, "conv:0"), ALONE);
        assertTrue(result.details().get(0).excited(), result.details().toString());
        assertEquals(0, result.details().get(0).start());
        assertTrue(result.details().get(0).score() > 0);
    }

    /** Neither the unit nor its nonlinearity gets a gradient while the layer below it is silent. */
    @Test
    void aUnitAboveASilentLayerIsWokenUp() {
        Visualized result = run(Nets.silentBelow(), arguments(60, "high:0", "high:1@centre"), ALONE);
        for (Visualized.Detail detail : result.details()) {
            assertEquals(0, detail.start());
            assertTrue(detail.excited() && detail.score() > 0, detail.toString());
        }
    }

    @Test
    void aUnitThatNothingExcitesIsSaidToBeSo() {
        Visualized result = run(Nets.single(-1000), arguments(20, "conv:0"), ALONE);
        assertFalse(result.details().get(0).excited());
        assertEquals(0, result.details().get(0).score());
    }

    @Test
    void wrongUnitsAndSizesAreRefusedBeforeAnythingRuns() {
        assertThrows(NetworkException.class, () -> run(Nets.everything(), arguments(5, "mixed:99"), ALONE));
        assertThrows(IllegalArgumentException.class, () -> run(Nets.everything(), arguments(5, "mixed"), ALONE));
        assertThrows(IllegalArgumentException.class, () -> run(Nets.everything(), arguments(5), ALONE));
        Arguments tiny = new Arguments(List.of("logits:0"), false, 5, 2, Space.PIXELS, Robustness.NONE, 0.05, 0);
        String message = assertThrows(NetworkException.class, () -> run(Nets.everything(), tiny, ALONE)).getMessage();
        assertEquals("Pictures of 2x2 do not fit logits of everything. Use the network's own size, 12.", message);
    }

    @Test
    void resultsReadBackFromTheirFiles() throws IOException {
        Visualized result = run(Nets.everything(), arguments(3, "mixed:0", "-conv1:1"), (done, total, what) -> done < 2);
        Map<String, byte[]> kept = new HashMap<>();
        ResultFiles files = files(kept);
        result.save(files);
        Visualized read = new Visualize().load(files);
        assertEquals(result.pictures(), read.pictures());
        assertTrue(read.isPartial());
        assertEquals(3, read.steps());
        assertEquals("-conv1:1", read.details().get(1).objective());
        assertArrayEquals(result.details().get(1).scores(), read.details().get(1).scores());
        kept.put("details.tsv", new byte[] {'x'});
        assertThrows(IOException.class, () -> new Visualize().load(files));
    }

    @Test
    void ingredientsShowTheSameUnitInFourWays() {
        try (Session session = new ReferenceEngine().open(Nets.everything())) {
            List<String> reports = new ArrayList<>();
            Visualized four = new Ingredients().run(Material.of(session), new Ingredients.Arguments(List.of("mixed:0"), false, 5, 0, 0),
                    (done, total, what) -> reports.add(done + "/" + total));
            assertEquals(List.of("nothing", "transforms", "Fourier space", "both"),
                    four.details().stream().map(Visualized.Detail::label).toList());
            assertEquals("20/20", reports.get(reports.size() - 1));
            assertFalse(four.isPartial());
            assertEquals(run(Nets.everything(), arguments(5, "mixed:0"), ALONE).pictures(), four.pictures().image(3));
            Visualized stopped = new Ingredients().run(Material.of(session),
                    new Ingredients.Arguments(List.of("mixed:0"), false, 5, 0, 0), (done, total, what) -> done < 7);
            assertTrue(stopped.isPartial());
            assertEquals(2, stopped.details().size());
        }
    }

    private static ResultFiles files(Map<String, byte[]> kept) {
        return new ResultFiles() {
            @Override
            public byte[] read(String name) throws IOException {
                if (!kept.containsKey(name)) {
                    throw new IOException("There is no " + name);
                }
                return kept.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                kept.put(name, content);
            }
        };
    }
}
