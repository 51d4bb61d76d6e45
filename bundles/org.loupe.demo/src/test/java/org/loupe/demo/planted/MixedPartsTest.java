package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.dictionary.Dictionary;
import org.loupe.core.dictionary.LearnDictionary;
import org.loupe.core.dictionary.Products;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.PartPictures;

class MixedPartsTest {

    private static final int CHANNELS = 6;

    @TempDir
    private Path folder;

    /** Each subject again and again, at different places; cats and foxes, which have no parts in common with others, more often. */
    private record Parts(int count) implements PictureSet {

        private static final List<PartPictures.Subject> SUBJECTS = Stream.concat(Stream.of(PartPictures.Subject.values()),
                Stream.of(PartPictures.Subject.CAT, PartPictures.Subject.FOX, PartPictures.Subject.FOX, PartPictures.Subject.FOX))
                .toList();

        @Override
        public String name() {
            return "parts";
        }

        @Override
        public List<Picture> pictures() {
            return IntStream.range(0, count).mapToObj(i -> new Picture("p" + i, Picture.NO_LABEL)).toList();
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("parts");
        }

        @Override
        public PictureHeader header(int index) {
            return new PictureHeader("drawn", 64, 64);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            Draws draws = new Draws(index);
            Batch drawn = new PartPictures(draws, false).picture(SUBJECTS.get(index % SUBJECTS.size()), draws.uniform(-5, 5),
                    draws.uniform(-5, 5));
            System.arraycopy(drawn.values(), 0, batch.values(), image * drawn.imageSize(), drawn.imageSize());
        }

        @Override
        public void close() {
        }
    }

    @Test
    void directionsAreOfLengthOneAndApart() {
        MixedParts mixed = MixedParts.of(CHANNELS, 1);
        assertEquals(9, mixed.directions().size());
        for (int i = 0; i < 9; i++) {
            for (int j = 0; j <= i; j++) {
                double cosine = cosine(mixed.directions().get(i), mixed.directions().get(j), 0);
                assertTrue(i == j ? Math.abs(cosine - 1) < 1e-5 : Math.abs(cosine) < 0.8, i + " and " + j + ": " + cosine);
            }
        }
    }

    /** Of one starting point each. */
    @Test
    void aDictionaryFindsThePartsThatAreMixed() {
        MixedParts mixed = MixedParts.of(CHANNELS, 1);
        try (Session session = new ReferenceEngine().open(mixed.network())) {
            for (int seed = 0; seed < 3; seed++) {
                LearnDictionary.Arguments arguments = Arguments.record(LearnDictionary.Arguments.class, Map.of("layers",
                        MixedParts.MIXED, "expansion", "3", "kept", "1", "steps", "1500", "batch", "512", "positions", "256",
                        "seeds", "1", "seed", Integer.toString(seed)));
                Dictionary dictionary = new LearnDictionary(() -> Products.PLAIN).run(new Material(session, Optional.of(
                        new Material.Pictures(new Parts(160), folder.resolve("seed " + seed)))), arguments,
                        (done, total, what) -> true).dictionary();
                double[] best = mixed.directions().stream().mapToDouble(direction -> IntStream.range(0, dictionary.latents())
                        .mapToDouble(latent -> cosine(direction, dictionary.decoder().values(), latent * CHANNELS)).max()
                        .orElseThrow()).toArray();
                StringBuilder told = new StringBuilder("seed " + seed + ", cosine with each planted part:");
                for (int i = 0; i < best.length; i++) {
                    told.append(String.format(Locale.ROOT, " %s %.3f", mixed.names().get(i), best[i]));
                }
                System.out.println(told);
                long found = IntStream.range(0, best.length).filter(i -> best[i] >= 0.9).count();
                assertTrue(found >= 0.9 * best.length, told.toString());
            }
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
