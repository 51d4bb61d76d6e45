package org.loupe.demo.planted;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Arguments;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.dictionary.Dictionary;
import org.loupe.core.dictionary.DictionaryPlan;
import org.loupe.core.dictionary.LearnDictionary;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.dictionary.Products;

/**
 * Which of the parts that are mixed in {@code planted-mixed} a dictionary finds, from several starting points: the analysis
 * {@code score-dictionary}. A part is found when a direction of the dictionary has a cosine of at least 0.9 with the one in which
 * the part was put.
 */
public final class ScoreDictionary implements Analysis<ScoreDictionary.Asked, ScoredDictionary> {

    /** What can be chosen. */
    public record Asked(
            @Argument(label = "Seeds", help = "From how many starting points it is learned.", standard = "3", least = 1,
                    greatest = 100) int seeds,
            @Argument(label = "Kind", help = "What makes latents few: top-k keeps so many, l1 makes their sum small.",
                    standard = "TOP_K") DictionaryPlan.Kind kind,
            @Argument(label = "Latents", help = "Latents for each channel of the layer.", standard = "3", least = 1,
                    greatest = 64) double expansion,
            @Argument(label = "Kept", help = "With top-k, how many latents a vector is made of.", standard = "1", least = 1,
                    greatest = 100) int kept,
            @Argument(label = "Sparsity", help = "With l1, how much the sum of a vector's latents weighs against its error.",
                    standard = "0.01", least = 0, greatest = 1000) double sparsity,
            @Argument(label = "Steps", help = "Number of training steps.", standard = "1500", least = 1, greatest = 1e6)
            int steps,
            @Argument(label = "Batch", help = "Vectors in a step.", standard = "512", least = 8, greatest = 65536) int batch,
            @Argument(label = "Positions", help = "How many positions of each picture are learned from, at most.",
                    standard = "256", least = 1, greatest = 1e6) int positions,
            @Argument(label = "Seed", help = "Decides where learning starts and what it sees when.", standard = "0") long seed) {

        /** The same for learning one dictionary. */
        LearnDictionary.Arguments learning(long one) {
            LearnDictionary.Arguments usual = Arguments.record(LearnDictionary.Arguments.class, Map.of("layers",
                    MixedParts.MIXED));
            return new LearnDictionary.Arguments(usual.layers(), kind, expansion, kept, sparsity, usual.auxiliary(), usual.dead(),
                    steps, batch, usual.rate(), positions, 1, one, usual.fitting());
        }
    }

    @Override
    public Class<Asked> arguments() {
        return Asked.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public ScoredDictionary run(Material material, Asked asked, Observer<? super ScoredDictionary> observer) {
        MixedParts mixed = MixedParts.bundled();
        if (!mixed.network().hash().equals(material.network().hash())) {
            throw new IllegalArgumentException("Only of planted-mixed is it known which directions a dictionary should find, not of "
                    + material.network() + ".");
        }
        List<ScoredDictionary.Seed> seeds = new ArrayList<>();
        for (int i = 0; i < asked.seeds(); i++) {
            int before = i;
            Material.Pictures pictures = material.requirePictures();
            Material own = new Material(material.session(), Optional.of(new Material.Pictures(pictures.set(),
                    pictures.folder().resolve("seed " + i))));
            LearnedDictionary learned = new LearnDictionary(() -> Products.PLAIN).run(own, asked.learning(asked.seed() + i),
                    (done, total, what) -> observer.report(before * total + done, asked.seeds() * total, what));
            if (learned.isPartial()) {
                return new ScoredDictionary(mixed.names(), seeds, true);
            }
            seeds.add(new ScoredDictionary.Seed(asked.seed() + i, learned.quality().explained(), learned.quality().active(),
                    cosines(mixed, learned.dictionary())));
        }
        return new ScoredDictionary(mixed.names(), seeds, false);
    }

    /** For each part, the largest cosine of a direction with its own. */
    private static List<Double> cosines(MixedParts mixed, Dictionary dictionary) {
        return mixed.directions().stream().map(direction -> IntStream.range(0, dictionary.latents())
                .mapToDouble(latent -> cosine(direction, dictionary.direction(latent))).max().orElseThrow()).toList();
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    @Override
    public ScoredDictionary load(ResultFiles files) throws IOException {
        return ScoredDictionary.load(files);
    }
}
