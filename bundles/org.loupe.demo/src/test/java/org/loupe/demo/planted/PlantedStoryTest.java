package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.circuit.TellStory;
import org.loupe.core.circuit.ToldStory;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.PartPictureSet;

/** Stories whose units are named by what they answer, and that are known to be true. */
class PlantedStoryTest {

    @Test
    void theCurvesOfTheCircleAreFoundByTurningOne() {
        ToldStory told = told(PlantedNetwork.curves().network(), Optional.empty(), "p3:0", "curve", "", "", Progress.NONE);
        assertEquals(IntStream.range(0, 8).mapToObj(channel -> new Unit("p2", channel)).toList(), told.claims().get(0).units());
        assertTrue(told.holds(), told.text());
        assertTrue(told.text().contains("correlation with the cosine"), told.text());
    }

    @Test
    void aClassStandsForTheChannelThatTellsItBest() {
        ToldStory told = told(PlantedNetwork.parts().network(), Optional.of(new PartPictureSet(5)), "p3/cat", "", "cat fox", "",
                Progress.NONE);
        assertEquals(new Unit("p3", 3), told.unit());
        assertEquals(List.of(new Unit("p2", 7), new Unit("p2", 8)), told.claims().get(0).units());
        assertEquals(3, told.remarks().size(), told.text());
    }

    @Test
    void whatCannotBeFoundIsRefusedWithTheReason() {
        assertRefused("--sample", "p3:3", "", "cat+facing=left", "");
        assertRefused("such as dog+facing=left", "p3:3", "", "cat+left", "");
        assertRefused("same channel", "p3:3", "", "", "cat cat");
        assertRefused("no class", "p3/zebra", "", "cat", "");
        assertRefused("take curve", "p3:3", "line", "", "");
        assertRefused("stimuli called", "p3:3", "knot", "", "");
        assertTrue(told(PlantedNetwork.parts().network(), Optional.of(new PartPictureSet(2)), "p3/cat", "", "cat", "",
                (done, total, what) -> false).isPartial());
    }

    private static void assertRefused(String part, String unit, String ring, String any, String apart) {
        String message = assertThrows(IllegalArgumentException.class, () -> told(PlantedNetwork.parts().network(),
                Optional.of(new PartPictureSet(5)), unit, ring, any, apart, Progress.NONE)).getMessage();
        assertTrue(message.contains(part), message);
    }

    private static ToldStory told(Network network, Optional<PictureSet> pictures, String unit, String ring, String any,
            String apart, Progress progress) {
        try (Session session = new ReferenceEngine().open(network)) {
            Material material = new Material(session, pictures.map(set -> new Material.Pictures(set, Path.of("unused"))));
            return new TellStory().run(material, new TellStory.Arguments(List.of(unit), "", "", "", "", ring, any, apart, 1, 300,
                    499, 0), progress::report);
        }
    }
}
