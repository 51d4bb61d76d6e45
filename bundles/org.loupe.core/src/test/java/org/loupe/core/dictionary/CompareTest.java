package org.loupe.core.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Arguments;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.dictionary.LearnDictionaryTest.Blocks;
import org.loupe.core.dictionary.LearnDictionaryTest.Kept;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Weights;

class CompareTest {

    private static final Network NETWORK = DictionaryNetwork.with(LearnDictionaryTest.NETWORK, "h", dictionary());

    private static Dictionary dictionary() {
        int latents = 30;
        Directions directions = Directions.random(latents, 10, new Draws(4));
        int[] shape = {latents, 10};
        return new Dictionary(new Weights(shape, directions.values().clone()), Weights.vector(new float[latents]),
                new Weights(shape, directions.values().clone()), Weights.vector(new float[10]), 4);
    }

    private static Material material(Session session) {
        return new Material(session, Optional.of(new Material.Pictures(new Blocks(64, true), Path.of("unused"))));
    }

    private static Compared compare(Network network, Map<String, String> given) {
        try (Session session = new ReferenceEngine().open(network)) {
            return new Compare().run(material(session), Arguments.record(Compare.Arguments.class, given),
                    (done, total, what) -> true);
        }
    }

    @Test
    void latentsStandBesideChannelsAndControls() throws IOException {
        Compared compared = compare(NETWORK, Map.of("layers", "h", "examples", "10"));
        assertEquals(List.of("channels", "latents", "random", "PCA, ±"),
                compared.kinds().stream().map(Compared.Kind::name).toList());
        assertEquals(List.of(10, 30, 30, 20), compared.kinds().stream().map(Compared.Kind::units).toList());
        assertFalse(compared.isPartial());
        double[] explained = compared.kinds().stream().mapToDouble(Compared.Kind::explained).toArray();
        assertTrue(explained[3] > explained[2] && explained[3] > explained[0], "of all directions at right angles, the"
                + " principal components explain most: " + compared.text());
        assertTrue(compared.text().contains("two groups") && compared.text().contains("latents"), compared.text());
        assertEquals(1, compared.sheets().size());
        Kept kept = new Kept();
        compared.save(kept);
        assertEquals(compared, new Compare().load(kept));
        kept.write("comparison.tsv", "no\tcomparison".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new Compare().load(kept));
    }

    @Test
    void whatIsStoppedIsPartial() {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            Compare.Arguments arguments = Arguments.record(Compare.Arguments.class, Map.of("layers", "h"));
            assertTrue(new Compare().run(material(session), arguments, (done, total, what) -> false).isPartial());
            assertTrue(new Compare().run(material(session), arguments,
                    (done, total, what) -> !what.startsWith("Showing pictures") || total < 64).isPartial());
        }
    }

    @Test
    void withoutADictionaryThereIsNothingToCompare() {
        assertTrue(assertThrows(NetworkException.class, () -> compare(LearnDictionaryTest.NETWORK, Map.of("layers", "h")))
                .getMessage().contains("no dictionary behind h"));
    }

    @Test
    void aDictionaryIsJudged() throws IOException {
        try (Session session = new ReferenceEngine().open(NETWORK)) {
            EvaluateDictionary evaluating = new EvaluateDictionary();
            EvaluateDictionary.Arguments arguments = Arguments.record(EvaluateDictionary.Arguments.class,
                    Map.of("layers", "h"));
            EvaluatedDictionary judged = evaluating.run(material(session), arguments, (done, total, what) -> true);
            assertEquals(8, judged.quality().pictures());
            assertEquals(judged.quality().active(), IntStream.range(0, 30).mapToDouble(i -> judged.frequencies()[i]).sum(), 1e-9);
            assertTrue(judged.text().contains("variance explained"), judged.text());
            Kept kept = new Kept();
            judged.save(kept);
            assertEquals(judged, evaluating.load(kept));
            assertTrue(evaluating.run(material(session), arguments, (done, total, what) -> false).isPartial());
        }
    }

    @Test
    void principalComponentsAreThoseOfTheVariance() {
        Draws draws = new Draws(5);
        float[] vectors = new float[3000];
        for (int i = 0; i < 1000; i++) {
            double large = draws.gaussian(0, 3);
            double small = draws.gaussian(0, 1);
            vectors[3 * i] = (float) (large * 0.6 - small * 0.8);
            vectors[3 * i + 1] = (float) (large * 0.8 + small * 0.6);
            vectors[3 * i + 2] = (float) draws.gaussian(0, 0.1);
        }
        float[] found = Directions.principal(List.of(vectors), new double[3]).values();
        assertEquals(1, Math.abs(found[0] * 0.6 + found[1] * 0.8), 0.01);
        assertEquals(1, Math.abs(-found[3] * 0.8 + found[4] * 0.6), 0.01);
        assertEquals(1, Math.abs(found[8]), 0.01);
        float[] turned = Directions.rotation(5, draws).values();
        for (int i = 0; i < 25; i++) {
            double sum = 0;
            for (int k = 0; k < 5; k++) {
                sum += turned[i / 5 * 5 + k] * turned[i % 5 * 5 + k];
            }
            assertEquals(i / 5 == i % 5 ? 1 : 0, sum, 1e-5);
        }
    }

    @Test
    void twoGroupsAreFoundAndRanksShared() {
        Strongest strongest = new Strongest(2, 20);
        List<Optional<String>> groups = IntStream.range(0, 20).mapToObj(i -> Optional.of("group " + i % 4)).toList();
        for (int picture = 0; picture < 20; picture++) {
            float both = picture % 4 < 2 ? 5 + picture : 1;
            float one = picture % 4 == 0 ? 5 + picture : 1;
            strongest.add(picture, new float[] {0, 0, both, one}, 0, new short[] {0, (short) (picture % 4 + 1)});
        }
        assertTrue(strongest.isOfTwoGroups(0, groups, 10));
        assertFalse(strongest.isOfTwoGroups(1, groups, 5));
        assertEquals(0.5, strongest.sharePart(0, 10));
        assertEquals(1, strongest.sharePart(1, 5));
        double[] ranks = strongest.ranks(1, IntStream.range(0, 20).toArray());
        assertEquals(7, ranks[1], "15 are equal, at the ranks 0 to 14");
        boolean[] first = new boolean[20];
        boolean[] second = new boolean[20];
        for (int i = 0; i < 20; i += 4) {
            first[i] = true;
            second[i + 1] = true;
        }
        assertEquals(1, Strongest.auc(ranks, first));
        assertEquals(0.5 * 10 / 15, Strongest.auc(ranks, second), 1e-9);
        assertArrayEquals(new int[] {16, 12, 8, 4, 0}, strongest.best(1, 5));
    }
}
