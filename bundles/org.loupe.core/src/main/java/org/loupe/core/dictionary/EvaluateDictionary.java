package org.loupe.core.dictionary;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.dictionary.Quality.TaskLoss;
import org.loupe.core.factor.Matrix;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;

/**
 * How good a dictionary is that is in a network, whoever has learned it: the built-in analysis {@code dictionary-eval}.
 */
public final class EvaluateDictionary implements Analysis<EvaluateDictionary.Arguments, EvaluatedDictionary> {

    private static final int JUDGED = 8;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "The layers with dictionaries behind them, such as mixed4b; one result for"
                    + " each.") List<String> layers,
            @Argument(label = "Count", help = "How many pictures are shown at most, of every eighth, which learning keeps for"
                    + " judging.", option = "count", standard = "256", least = 1, greatest = 1e8) int count,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {
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
        List<String> layers = arguments.layers().isEmpty() ? DictionaryNetwork.layers(network) : arguments.layers();
        return layers.isEmpty() ? List.of(arguments) : layers.stream()
                .map(layer -> new Arguments(List.of(layer), arguments.count(), arguments.fitting())).toList();
    }

    @Override
    public EvaluatedDictionary run(Material material, Arguments arguments, Observer<? super EvaluatedDictionary> observer) {
        Network network = material.network();
        String layer = layer(network, arguments.layers());
        Dictionary dictionary = DictionaryNetwork.of(network, layer);
        PictureSet set = material.requirePictures().set();
        int total = set.pictures().size();
        List<Integer> which = IntStream.range(0, total).filter(i -> i % JUDGED == JUDGED - 1 || total < 2 * JUDGED)
                .limit(arguments.count()).boxed().toList();
        Optional<Trial> trial = Trial.of(material.session(), layer, set, which,
                Frame.of(network.input().shape(), arguments.fitting()), observer);
        if (trial.isEmpty()) {
            return new EvaluatedDictionary(network.name(), layer, set.name(), dictionary.toString(),
                    new Quality(Double.NaN, Double.NaN, Double.NaN, TaskLoss.UNKNOWN, 0, 0), new double[0], new double[0], true);
        }
        return new EvaluatedDictionary(network.name(), layer, set.name(), dictionary.toString(),
                trial.get().of(dictionary, Products.PLAIN), frequencies(trial.get(), dictionary), nearest(dictionary), false);
    }

    /** The layer that is meant, where one at most is named. */
    static String layer(Network network, List<String> named) {
        if (named.size() > 1) {
            throw new IllegalArgumentException("One layer at a time is looked at.");
        }
        List<String> layers = DictionaryNetwork.layers(network);
        return !named.isEmpty() ? named.get(0) : layers.isEmpty() ? network.layers().get(0).name() : layers.get(0);
    }

    /** For each latent, the share of vectors in which it is not 0. */
    private static double[] frequencies(Trial trial, Dictionary dictionary) {
        Coder coder = new Coder(dictionary, Products.PLAIN);
        double[] counts = new double[dictionary.latents()];
        long vectors = 0;
        for (float[] some : trial.activations()) {
            Codes codes = coder.encode(some);
            for (int i = 0; i < codes.size(); i++) {
                counts[codes.latent(i)]++;
            }
            vectors += codes.vectors();
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] /= vectors;
        }
        return counts;
    }

    /** For each direction, the largest cosine with another one. */
    private static double[] nearest(Dictionary dictionary) {
        Matrix directions = Course.matrix(dictionary);
        Matrix cosines = directions.cosines(directions);
        return IntStream.range(0, dictionary.latents()).mapToDouble(i -> IntStream.range(0, dictionary.latents())
                .filter(j -> j != i).mapToDouble(j -> cosines.at(i, j)).max().orElse(0)).toArray();
    }

    @Override
    public EvaluatedDictionary load(ResultFiles files) throws IOException {
        return EvaluatedDictionary.load(files);
    }
}
