package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.facet.Diversified;
import org.loupe.core.facet.Diversify;
import org.loupe.core.picture.Fitting;

class PlantedDiversityTest {

    private static final Observer<Diversified> GO_ON = (done, total, what) -> true;

    private final PlantedNetwork planted = PlantedNetwork.parts();

    private Diversify.Arguments about(String channel, int steps, double givenUp) {
        return new Diversify.Arguments(List.of(planted.unit("p3", channel).toString()), 3, givenUp, Diversify.Start.NOISE, steps,
                "", Fitting.COVER, 0);
    }

    @Test
    void bothThingsAreShownAndTheSameQuestionGivesTheSameBytes() throws IOException {
        try (Session session = new ReferenceEngine().open(planted.network())) {
            Diversify.Arguments arguments = about("cat face or wheel", 24, .6);
            Diversified diverse = new Diversify().run(Material.of(session), arguments, GO_ON);
            Set<Unit> leading = diverse.shown().stream().map(shown -> shown.carriers().get(0).unit())
                    .collect(Collectors.toSet());
            assertEquals(Set.of(planted.unit("p2", "cat face"), planted.unit("p2", "wheel")), leading, diverse.text());
            for (Diversified.Shown shown : diverse.shown()) {
                assertTrue(shown.activation() > 0, diverse.text());
            }
            Files files = new Files();
            diverse.save(files);
            Diversified loaded = new Diversify().load(files);
            assertEquals(diverse, loaded);
            assertEquals(1, loaded.sheets().size());
            Files first = new Files();
            new Diversify().run(Material.of(session), about("head right or windows", 2, .4), GO_ON).save(first);
            Files again = new Files();
            new Diversify().run(Material.of(session), about("head right or windows", 2, .4), GO_ON).save(again);
            first.contents.forEach((name, content) -> assertArrayEquals(content, again.contents.get(name), name));
        }
    }

    @Test
    void whatCannotBeDoneIsRefusedAndStoppingIsPartial() {
        try (Session session = new ReferenceEngine().open(planted.network())) {
            Material material = Material.of(session);
            Diversified stopped = new Diversify().run(material, about("cat face or wheel", 8, .4),
                    (done, total, what) -> false);
            assertTrue(stopped.isPartial());
            assertEquals(List.of(), stopped.sheets());
            Diversify.Arguments several = new Diversify.Arguments(List.of("p3:5", "p3:6"), 3, .4, Diversify.Start.NOISE, 8, "",
                    Fitting.COVER, 0);
            assertThrows(IllegalArgumentException.class, () -> new Diversify().run(material, several, GO_ON));
            assertEquals(2, new Diversify().parts(planted.network(), several).size());
            Diversify.Arguments natural = new Diversify.Arguments(List.of("p3:5"), 3, .4, Diversify.Start.FACETS, 8, "",
                    Fitting.COVER, 0);
            assertTrue(new Diversify().needsPictures(natural));
            assertThrows(IllegalArgumentException.class, () -> new Diversify().run(material, natural, GO_ON));
        }
    }

    private static final class Files implements ResultFiles {
        private final Map<String, byte[]> contents = new HashMap<>();

        @Override
        public byte[] read(String name) {
            return contents.get(name);
        }

        @Override
        public void write(String name, byte[] content) {
            contents.put(name, content);
        }
    }
}
