package org.loupe.core.dictionary;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Fitting;

/**
 * Learns a sparse autoencoder of a layer's activations: the built-in analysis {@code dictionary-train}, which an engine
 * contributes that can multiply matrices fast.
 *
 * <p>Vectors are the layer's channels, behind its nonlinearity, at random positions of each picture, the border among them;
 * every eighth picture is kept for judging. What was learned is written down from time to time, and a run that was
 * interrupted goes on from there and ends in the same bits.
 */
public final class LearnDictionary implements Analysis<LearnDictionary.Arguments, LearnedDictionary> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "The layers that get a dictionary each, such as mixed4b.") List<String> layers,
            @Argument(label = "Kind", help = "What makes latents few: top-k keeps so many, l1 makes their sum small.",
                    standard = "TOP_K") DictionaryPlan.Kind kind,
            @Argument(label = "Latents", help = "Latents for each channel of the layer.", standard = "8", least = 0.1,
                    greatest = 256) double expansion,
            @Argument(label = "Kept", help = "With top-k, how many latents a vector is made of.", standard = "12", least = 1,
                    greatest = 10000) int kept,
            @Argument(label = "Sparsity", help = "With l1, how much the sum of a vector's latents weighs against its error.",
                    standard = "0.01", least = 0, greatest = 1000) double sparsity,
            @Argument(label = "Auxiliary", help = "With top-k, how much the error weighs that dead latents are to explain.",
                    standard = "0.03125", least = 0, greatest = 100) double auxiliary,
            @Argument(label = "Dead after", help = "A latent is dead when it was silent in so many steps.", standard = "100",
                    least = 1, greatest = 1e9) int dead,
            @Argument(label = "Steps", help = "Number of training steps.", standard = "6000", least = 1,
                    greatest = 1e8) int steps,
            @Argument(label = "Batch", help = "Vectors in a step.", standard = "1024", least = 8, greatest = 65536) int batch,
            @Argument(label = "Rate", help = "Highest learning rate of Adam.", standard = "0.002", least = 1e-6,
                    greatest = 1) double rate,
            @Argument(label = "Positions", help = "How many positions of each picture are learned from, at most.",
                    standard = "32", least = 1, greatest = 1e6) int positions,
            @Argument(label = "Seeds", help = "From how many starting points it is learned, to see how much of it comes again.",
                    standard = "3", least = 1, greatest = 20) int seeds,
            @Argument(label = "Seed", help = "Decides where learning starts and what it sees when.", standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** How a dictionary of a layer with so many channels is learned. */
        DictionaryPlan plan(int channels) {
            int latents = (int) Math.max(1, Math.round(expansion * channels));
            if (kind == DictionaryPlan.Kind.TOP_K && kept > latents) {
                throw new IllegalArgumentException("Of " + latents + " latents, " + kept + " cannot be kept. Ask for more"
                        + " latents with --expansion, or fewer with --kept.");
            }
            return new DictionaryPlan(kind, latents, kind == DictionaryPlan.Kind.TOP_K ? kept : 0,
                    kind == DictionaryPlan.Kind.L1 ? sparsity : 0, kind == DictionaryPlan.Kind.TOP_K ? auxiliary : 0, dead,
                    batch, steps, rate, seed);
        }

        private Arguments of(String layer) {
            return new Arguments(List.of(layer), kind, expansion, kept, sparsity, auxiliary, dead, steps, batch, rate,
                    positions, seeds, seed, fitting);
        }
    }

    private final Supplier<Products> products;

    /**
     * Makes the analysis.
     *
     * @param products multiplies matrices; asked for when learning begins, and closed at its end
     */
    public LearnDictionary(Supplier<Products> products) {
        this.products = products;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public List<Arguments> parts(Network network, Arguments arguments) {
        return arguments.layers().isEmpty() ? List.of(arguments) : arguments.layers().stream().map(arguments::of).toList();
    }

    @Override
    public LearnedDictionary run(Material material, Arguments arguments, Observer<? super LearnedDictionary> observer) {
        if (arguments.layers().size() != 1) {
            throw new IllegalArgumentException(arguments.layers().isEmpty() ? "Which layer? Name one, such as mixed4b."
                    : "One layer at a time gets a dictionary.");
        }
        String layer = arguments.layers().get(0);
        int channels = material.network().shape(material.network().layer(layer)).channels();
        DictionaryPlan plan = arguments.plan(channels);
        try (Products multiplying = products.get()) {
            return new Course(material, layer, plan, arguments, multiplying, observer).run();
        }
    }

    @Override
    public LearnedDictionary load(ResultFiles files) throws IOException {
        return LearnedDictionary.load(files);
    }
}
