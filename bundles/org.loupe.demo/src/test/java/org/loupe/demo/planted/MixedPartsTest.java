package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Arguments;
import org.loupe.core.Material;
import org.loupe.core.dictionary.Dictionary;
import org.loupe.core.dictionary.DictionaryNetwork;
import org.loupe.core.dictionary.DictionaryPlan;
import org.loupe.core.dictionary.KnownDictionaries;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.dictionary.Quality;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.facet.LatentsOfUnit;
import org.loupe.core.facet.Triage;
import org.loupe.core.facet.Triaged;
import org.loupe.core.network.Weights;
import org.loupe.core.objective.Objectives;
import org.loupe.core.scan.KnownScans;
import org.loupe.core.stimulus.Families;
import org.loupe.core.surgery.Detectors;
import org.loupe.demo.pictures.ScatteredParts;

class MixedPartsTest {

    @TempDir
    private Path folder;

    @Test
    void directionsAreOfLengthOneAndApart() {
        MixedParts mixed = MixedParts.bundled();
        assertEquals(9, mixed.directions().size());
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j <= i; j++) {
                double cosine = cosine(mixed.directions().get(i), mixed.directions().get(j), 0);
                assertTrue(i == j ? Math.abs(cosine - 1) < 1e-5 : Math.abs(cosine) < 0.8, i + " and " + j + ": " + cosine);
            }
        }
    }

    @Test
    void aDictionaryFindsThePartsThatAreMixedFromThreeStartingPoints() throws IOException {
        try (Session session = new ReferenceEngine().open(MixedParts.bundled().network())) {
            ScoreDictionary score = new ScoreDictionary();
            ScoredDictionary scored = score.run(new Material(session, Optional.of(new Material.Pictures(new ScatteredParts(),
                    folder))), Arguments.record(ScoreDictionary.Asked.class, Map.of()), (done, total, what) -> true);
            System.out.print(scored.text());
            assertEquals(3, scored.seeds().size());
            scored.seeds().forEach(seed -> assertTrue(seed.found() >= 0.9 * scored.parts().size(), scored.text()));
            PlantedFacetsTest.Files files = new PlantedFacetsTest.Files();
            scored.save(files);
            assertEquals(scored, score.load(files));
        }
    }

    /** A dictionary of the planted directions themselves, as if it had been learned. */
    private static LearnedDictionary truth() {
        MixedParts mixed = MixedParts.bundled();
        float[] directions = new float[54];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = mixed.directions().get(i / 6)[i % 6];
        }
        Weights rows = new Weights(new int[] {9, 6}, directions);
        Dictionary dictionary = new Dictionary(rows, Weights.vector(new float[9]), rows, Weights.vector(new float[6]), 1);
        LearnedDictionary.Other other = new LearnedDictionary.Other(1, 1, 1, 0, 1, .5, 0, Collections.nCopies(9, .5));
        return new LearnedDictionary(MixedParts.MIXED, DictionaryNetwork.with(mixed.network(), MixedParts.MIXED, dictionary),
                "scattered-parts", new DictionaryPlan(DictionaryPlan.Kind.TOP_K, 9, 1, 0, 0, 100, 8, 1, .1, 0), 0, List.of(),
                new Quality(1, 1, 0, Quality.TaskLoss.UNKNOWN, 1, 1), List.of(other), false);
    }

    private record Known(LearnedDictionary dictionary) implements KnownDictionaries {
        @Override
        public List<String> of(String layer) {
            return layer.equals(dictionary.layer()) ? List.of("newest one", "older one") : List.of();
        }

        @Override
        public Optional<LearnedDictionary> find(String question) {
            return question.equals("newest one") ? Optional.of(dictionary) : Optional.empty();
        }
    }

    @Test
    void triageTellsWhichLatentsOfTheNewestDictionaryCarryAChannel() throws IOException {
        Known known = new Known(truth());
        Triage triage = new Triage();
        Triage.Arguments asked = Arguments.record(Triage.Arguments.class, Map.of("units", "mixed:0", "steps", "2"));
        Triage.Arguments settled = triage.settled(asked, known);
        assertEquals("newest one", settled.dictionary());
        assertEquals("none", triage.settled(asked, KnownDictionaries.NONE).dictionary());
        try (Session session = new ReferenceEngine().open(MixedParts.bundled().network())) {
            Material material = new Material(session, Optional.of(new Material.Pictures(new ScatteredParts(), folder)),
                    Families.builtIn(), Objectives.builtIn(), KnownScans.NONE, Detectors.builtIn(), known);
            Triaged triaged = triage.run(material, settled, (done, total, what) -> true);
            LatentsOfUnit said = triaged.dictionary().orElseThrow();
            assertTrue(said.explained() > .9, said.summary());
            double sum = said.latents().stream().mapToDouble(LatentsOfUnit.Latent::share).sum();
            assertEquals(said.explained(), sum, .1, "what latents carry adds up");
            for (LatentsOfUnit.Latent latent : said.latents()) {
                assertEquals(MixedParts.bundled().directions().get(latent.number())[0], latent.decoder(), 1e-6);
                assertEquals(.5, latent.stability(), 1e-9);
                assertEquals(Math.signum(latent.decoder()), Math.signum(latent.correlation()), "a latent is seen in its channel");
            }
            assertTrue(said.latents().get(0).picture().isPresent() && said.latents().get(0).crops().isPresent());
            assertTrue(triaged.text().contains("mixed.latents:" + said.latents().get(0).number()), triaged.text());
            assertEquals(1, triaged.sheets().size());
            PlantedFacetsTest.Files files = new PlantedFacetsTest.Files();
            triaged.save(files);
            assertEquals(triaged, triage.load(files));
            Triaged stopped = triage.run(material, settled, (done, total, what) -> !what.startsWith("Looking at the latents"));
            assertTrue(stopped.isPartial());
            assertTrue(stopped.dictionary().isEmpty());
            Triage.Arguments gone = Arguments.record(Triage.Arguments.class, Map.of("units", "mixed:0", "steps", "2", "dictionary",
                    "of yesterday"));
            String message = assertThrows(IllegalArgumentException.class, () -> triage.run(material, gone,
                    (done, total, what) -> true)).getMessage();
            assertTrue(message.contains("of yesterday"), message);
        }
    }

    @Test
    void onlyOfTheMixedNetworkIsItKnownWhatIsToBeFound() {
        try (Session session = new ReferenceEngine().open(PlantedNetwork.parts().network())) {
            assertThrows(IllegalArgumentException.class, () -> new ScoreDictionary().run(new Material(session, Optional.of(
                    new Material.Pictures(new ScatteredParts(), folder))), Arguments.record(ScoreDictionary.Asked.class, Map.of()),
                    (done, total, what) -> true));
        }
    }

    private static double cosine(float[] direction, float[] others, int from) {
        double sum = 0;
        for (int i = 0; i < direction.length; i++) {
            sum += (double) direction[i] * others[from + i];
        }
        return sum;
    }
}
