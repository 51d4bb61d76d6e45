package org.loupe.core.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * Networks with a dictionary in them, so that each latent is a unit like any other.
 *
 * <p>Behind the layer {@code mixed4b} come the layers {@code mixed4b.latents}, what the dictionary sees, and
 * {@code mixed4b.error}, what it misses; what was read of {@code mixed4b} is now the sum of what the latents stand for and
 * the error. So the network computes what it did before, but for rounding, and whoever changes a latent changes just what
 * it stands for: the error is computed from latents of its own, which nobody changes (Marks and others 2024). Without the
 * error, edited to 0, the network runs on the reconstruction.
 */
public final class DictionaryNetwork {

    /** Behind a layer's name, names the layer of its latents. */
    public static final String LATENTS = ".latents";

    /** Behind a layer's name, names the layer of what the dictionary misses. */
    public static final String ERROR = ".error";

    private static final String ENCODE = ".encode";
    private static final String DECODE = ".decode";
    private static final String UNCHANGED = ".unchanged";
    private static final String SUM = ".sum";

    private DictionaryNetwork() {
    }

    /**
     * The network with a dictionary behind a layer.
     *
     * @throws NetworkException when there is no such layer, it has one already, or the dictionary is for another number of
     *                          channels
     */
    public static Network with(Network network, String layer, Dictionary dictionary) {
        Layer shown = network.layer(layer);
        int channels = network.shape(shown).channels();
        if (channels != dictionary.channels()) {
            throw new NetworkException("The dictionary is for " + dictionary.channels() + " channels, but " + layer + " of "
                    + network + " has " + channels + ".");
        }
        if (network.layers().stream().anyMatch(other -> other.name().equals(layer + LATENTS))) {
            throw new NetworkException(layer + " of " + network + " has a dictionary already.");
        }
        List<Operation> operations = new ArrayList<>();
        boolean above = false;
        for (Operation operation : network.operations()) {
            operations.add(above ? reading(operation, shown.output(), layer + SUM) : operation);
            if (operation.name().equals(shown.output())) {
                operations.addAll(behind(layer, shown.output(), dictionary));
                above = true;
            }
        }
        return new Network(network.name() + "-" + layer + LATENTS, network.about() + " With a dictionary of "
                + dictionary + " behind " + layer + ".", network.input(), operations, layers(network, shown),
                network.classes());
    }

    private static Operation reading(Operation operation, String old, String now) {
        return operation.reading(operation.inputs().stream().map(input -> input.equals(old) ? now : input).toList());
    }

    private static List<Operation> behind(String layer, String output, Dictionary dictionary) {
        List<Operation> operations = new ArrayList<>();
        code(operations, layer, output, dictionary, "");
        code(operations, layer, output, dictionary, UNCHANGED);
        operations.add(new Arithmetic(layer + ERROR, output, Sign.MINUS, layer + DECODE + UNCHANGED));
        operations.add(new Addition(layer + SUM, List.of(layer + DECODE, layer + ERROR)));
        return operations;
    }

    private static void code(List<Operation> operations, String layer, String output, Dictionary dictionary, String which) {
        int latents = dictionary.latents();
        int channels = dictionary.channels();
        Window point = Window.square(1, 1, 0);
        String encode = layer + ENCODE + which;
        String code = layer + LATENTS + which;
        operations.add(new Convolution(encode, output,
                new Weights(new int[] {latents, channels, 1, 1}, dictionary.encoder().values()), shifted(dictionary), point, 1));
        if (dictionary.kept() > 0) {
            operations.add(new Relu(layer + ".positive" + which, encode));
            operations.add(new Largest(code, layer + ".positive" + which, dictionary.kept()));
        } else {
            operations.add(new Relu(code, encode));
        }
        operations.add(new Convolution(layer + DECODE + which, code,
                new Weights(new int[] {channels, latents, 1, 1}, transposed(dictionary.decoder().values(), latents, channels)),
                dictionary.centre(), point, 1));
    }

    /** The bias of a latent where the centre has not been taken off. */
    private static Weights shifted(Dictionary dictionary) {
        float[] bias = dictionary.bias().values().clone();
        for (int latent = 0; latent < bias.length; latent++) {
            bias[latent] = (float) (bias[latent] - atCentre(dictionary.encoder(), latent, dictionary.centre()));
        }
        return Weights.vector(bias);
    }

    private static double atCentre(Weights encoder, int latent, Weights centre) {
        double sum = 0;
        for (int channel = 0; channel < centre.values().length; channel++) {
            sum += (double) encoder.values()[latent * centre.values().length + channel] * centre.values()[channel];
        }
        return sum;
    }

    private static float[] transposed(float[] matrix, int rows, int columns) {
        float[] turned = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            turned[i % columns * rows + i / columns] = matrix[i];
        }
        return turned;
    }

    /** The latents come last, so that whoever looks for the end of a block finds neither the sum nor the error there. */
    private static List<Layer> layers(Network network, Layer shown) {
        List<Layer> layers = new ArrayList<>(network.layers());
        int at = layers.indexOf(shown) + 1;
        String name = shown.name();
        layers.add(at, new Layer(name + ERROR, name + ERROR, name + ERROR, "What the dictionary of " + name
                + " does not explain: the layer's activations less what the latents stand for."));
        layers.add(at + 1, new Layer(name + LATENTS, name + LATENTS, name + ENCODE, "What the dictionary of " + name
                + " sees; each channel is a latent."));
        return layers;
    }

    /** The layers behind which there is a dictionary, from the picture upwards. */
    public static List<String> layers(Network network) {
        return network.layers().stream().map(Layer::name).filter(name -> name.endsWith(LATENTS))
                .map(name -> name.substring(0, name.length() - LATENTS.length()))
                .filter(layer -> find(network, layer).isPresent()).toList();
    }

    /**
     * The dictionary behind a layer, as {@link #with} has put it there.
     *
     * @throws NetworkException when there is none
     */
    public static Dictionary of(Network network, String layer) {
        return find(network, layer).orElseThrow(() -> new NetworkException("There is no dictionary behind " + layer + " of "
                + network + ". " + (layers(network).isEmpty() ? "Learn one with loupe dictionary train, or put one in with"
                + " loupe dictionary import." : "There is one behind " + String.join(", ", layers(network)) + ".")));
    }

    private static Optional<Dictionary> find(Network network, String layer) {
        Operation code = network.operation(layer + LATENTS).orElse(null);
        if (!(network.operation(layer + ENCODE).orElse(null) instanceof Convolution encode)
                || !(network.operation(layer + DECODE).orElse(null) instanceof Convolution decode)
                || !(code instanceof Relu || code instanceof Largest)) {
            return Optional.empty();
        }
        int latents = encode.weights().shape()[0];
        int channels = encode.weights().shape()[1];
        int[] shape = {latents, channels};
        Weights encoder = new Weights(shape, encode.weights().values());
        float[] bias = encode.bias().values().clone();
        for (int latent = 0; latent < latents; latent++) {
            bias[latent] = (float) (bias[latent] + atCentre(encoder, latent, decode.bias()));
        }
        return Optional.of(new Dictionary(encoder, Weights.vector(bias),
                new Weights(shape, transposed(decode.weights().values(), channels, latents)), decode.bias(),
                code instanceof Largest largest ? largest.count() : 0));
    }

    /** The network without a dictionary that is in it, as it was before. */
    public static Network without(Network network, String layer) {
        Layer shown = network.layer(layer);
        of(network, layer);
        List<String> added = List.of(ENCODE, LATENTS, DECODE, ".positive", ERROR, SUM);
        List<Operation> operations = network.operations().stream()
                .filter(operation -> added.stream().noneMatch(end -> operation.name().equals(layer + end)
                        || operation.name().equals(layer + end + UNCHANGED)))
                .map(operation -> reading(operation, layer + SUM, shown.output())).toList();
        List<Layer> layers = network.layers().stream()
                .filter(other -> !other.name().equals(layer + LATENTS) && !other.name().equals(layer + ERROR)).toList();
        String ending = "-" + layer + LATENTS;
        String name = network.name().endsWith(ending)
                ? network.name().substring(0, network.name().length() - ending.length()) : network.name();
        int told = network.about().lastIndexOf(" With a dictionary of ");
        return new Network(name, told < 0 ? network.about() : network.about().substring(0, told), network.input(), operations,
                layers, network.classes());
    }
}
