package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.circuit.Finder;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.page.Sheet;
import org.loupe.demo.BundledNetwork;
import org.loupe.demo.planted.Score.Arguments;

class ScoreTest {

    private static final Arguments QUICK = arguments(List.of("p3:0"), "0");

    @Test
    void withoutNoiseTheWeightsTellAllThatWasPlanted() throws IOException {
        Scored scored = scored(PlantedCurves.NAME, QUICK, (done, total, what) -> true);
        assertEquals(Finder.values().length, scored.rows().size());
        assertEquals(1, scored.average(Finder.WEIGHT, 0).orElseThrow());
        Map<String, byte[]> kept = new HashMap<>();
        scored.save(new ResultFiles() {
            @Override
            public byte[] read(String name) {
                return kept.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                kept.put(name, content);
            }
        });
        assertEquals(1, kept.size());
        Sheet sheet = scored.sheets().get(0);
        for (Finder finder : Finder.values()) {
            assertTrue(2 <= sheet.marks().stream().filter(mark -> mark instanceof Sheet.Text text
                    && text.text().equals(finder.label())).count(), "not in the legend and in the table: " + finder);
        }
        assertTrue(new String(kept.values().iterator().next()).startsWith("network\tplanted-curves\tpartial\tfalse\n"));
    }

    @Test
    void withoutNoiseWeightsAndSharedSpotsTellAllThatWasPlantedIntoAllUnitsOfBothNetworks() {
        for (String network : List.of(PlantedCurves.NAME, PlantedParts.NAME)) {
            Scored scored = scored(network, arguments(List.of("all"), "0"), Progress.NONE);
            assertEquals(1, scored.average(Finder.WEIGHT, 0).orElseThrow(), network);
            assertEquals(1, scored.average(Finder.SHARED_SPOTS, 0).orElseThrow(), network);
        }
    }

    @Test
    void inNoiseTheUnitsOfALayerTellMoreTogetherThanEachByItself() {
        Scored scored = scored(PlantedCurves.NAME, arguments(List.of("all"), "2.5"), Progress.NONE);
        double together = scored.average(Finder.SHARED_SPOTS, 2.5).orElseThrow();
        assertTrue(together > scored.average(Finder.SPOTS, 2.5).orElseThrow() + .05, scored.text());
        assertTrue(together > scored.average(Finder.WEIGHT, 2.5).orElseThrow() + .2, scored.text());
    }

    @Test
    void stoppingKeepsTheLevelsOfNoiseThatAreDone() {
        Scored scored = scored(PlantedCurves.NAME, QUICK, (done, total, what) -> false);
        assertTrue(scored.isPartial());
        assertEquals(List.of(), scored.rows());
        assertEquals(List.of(), scored.sheets());
    }

    @Test
    void whatCannotBeScoredIsRefusedWithWhatCan() {
        assertMessage("planted-parts", "demo", QUICK);
        assertMessage("p3:9", PlantedCurves.NAME, arguments(List.of("p2:0"), "0"));
        assertMessage("such as 0, 1.5, 3", PlantedCurves.NAME, arguments(List.of("p3:0"), "much"));
        assertMessage("0 to 1000", PlantedCurves.NAME, arguments(List.of("p3:0"), "-1"));
    }

    private static void assertMessage(String part, String network, Arguments arguments) {
        String message = assertThrows(IllegalArgumentException.class,
                () -> scored(network, arguments, Progress.NONE)).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static Scored scored(String network, Arguments arguments, Progress progress) {
        try (Session session = new ReferenceEngine().open(BundledNetwork.read(network))) {
            return new Score().run(Material.of(session), arguments, progress::report);
        }
    }

    private static Arguments arguments(List<String> units, String noise) {
        return new Arguments(units, noise, 8, 1, 24, 6, 0);
    }
}
