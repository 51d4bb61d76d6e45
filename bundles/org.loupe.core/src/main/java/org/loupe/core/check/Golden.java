package org.loupe.core.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.NumpyArray;
import org.loupe.core.Recipe;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Preparation;
import org.loupe.core.network.Shape;

/**
 * What another program found for some pictures: the numbers that the network was given, activations by name, and perhaps
 * the gradient of a logit.
 *
 * <p>An activation's name is that of a layer, of a tap such as {@code conv1.pre}, or of an operation of the file;
 * {@code tap:} in front of it does not count. {@code logits} and {@code output} also mean what the network ends in.
 *
 * @param input       the numbers that the network sees, in the order of its file: (image, channel, row, column), or
 *                    (image, row, column, channel)
 * @param activations by name, with the images and dimensions in the order of the input
 * @param gradient    of a logit of each picture with respect to the input, in the shape of the input; nothing where it is
 *                    not known
 * @param classes     of which logits, from 0: one for all pictures, or one for each; empty where nothing says so
 * @param hash        SHA-256 of the files that it was read from
 */
public record Golden(NumpyArray input, Map<String, NumpyArray> activations, Optional<NumpyArray> gradient,
        List<Integer> classes, String hash) {

    /** Name of the array that the network was given. */
    public static final String INPUT = "input";

    /** Name of the array that the derivative of a logit is in. */
    public static final String GRADIENT = "gradient";

    /** Name of the array that says of which logit. */
    public static final String CLASS = "class";

    private static final String TAP = "tap:";

    public Golden {
        activations = new LinkedHashMap<>(activations);
        classes = List.copyOf(classes);
    }

    /** The same values, with a gradient that is of this logit of every picture. */
    public Golden ofClass(int logit) {
        return new Golden(input, activations, gradient, List.of(logit),
                Recipe.sha256((hash + CLASS + logit).getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Reads golden values.
     *
     * @param file  {@code .npz} with arrays by name, or {@code .npy} with one array
     * @param name  what a {@code .npy} holds, or an empty text for what the network ends in
     * @param input {@code .npy} with what the network was given, where {@code file} does not have it
     * @throws IOException when a file cannot be read, or nothing says what the network was given
     */
    public static Golden read(Path file, String name, Optional<Path> input) throws IOException {
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        NumpyArray.readAll(file).forEach((entry, array) ->
                arrays.put(entry.isEmpty() ? name.isBlank() ? "logits" : name : entry, array));
        String hash = Recipe.sha256(Files.readAllBytes(file));
        if (input.isPresent()) {
            arrays.put(INPUT, NumpyArray.readAll(input.get()).values().iterator().next());
            hash = Recipe.sha256((hash + Recipe.sha256(Files.readAllBytes(input.get())))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        NumpyArray seen = arrays.remove(INPUT);
        if (seen == null) {
            throw new IOException(file + " does not say what the network was given: add an array named " + INPUT
                    + ", or name a .npy file that has it.");
        }
        NumpyArray gradient = arrays.remove(GRADIENT);
        NumpyArray classes = arrays.remove(CLASS);
        return new Golden(seen, arrays, Optional.ofNullable(gradient), classes == null ? List.of()
                : IntStream.range(0, classes.values().length).mapToObj(i -> (int) classes.values()[i]).toList(), hash);
    }

    /** Whether channels come last, as TensorFlow and Keras have them. */
    private boolean channelsLast(Shape shape) {
        List<Integer> sizes = input.shape();
        int rank = sizes.size();
        List<Integer> last = sizes.subList(Math.max(0, rank - 3), rank);
        if (last.equals(List.of(shape.channels(), shape.rows(), shape.columns()))) {
            return false;
        }
        if (rank >= 3 && last.equals(List.of(shape.rows(), shape.columns(), shape.channels()))) {
            return true;
        }
        throw new NetworkException("The network was given arrays of the shape " + input + ", but it wants " + shape
                + " (channels x rows x columns) with the number of images in front. Is its picture size right?");
    }

    /** How many pictures the network was given. */
    public int images(Network network) {
        channelsLast(network.input().shape());
        return Math.max(1, input.values().length / (int) network.input().shape().size());
    }

    /**
     * One of the pictures as numbers for a network that prepares nothing but the order of its colours.
     *
     * @throws NetworkException when the input does not fit the network
     */
    public Batch picture(Network network, int image) {
        return colours(network, input, image);
    }

    /**
     * The expected derivative with respect to {@link #picture}.
     *
     * @throws NetworkException when the gradient does not fit the network
     */
    public Batch gradient(Network network, int image) {
        NumpyArray array = gradient.orElseThrow();
        if (!array.shape().equals(input.shape())) {
            throw new NetworkException("The golden gradient has the shape " + array + ", but what the network was given has "
                    + input + ".");
        }
        return colours(network, array, image);
    }

    /**
     * Of which logit of an image the gradient is.
     *
     * @param logits the shape of what the network has of them
     * @throws NetworkException when there is no such logit, or it is said for another number of images
     */
    public int logit(Network network, int image, Shape logits) {
        if (classes.size() != 1 && classes.size() != images(network)) {
            throw new NetworkException("The golden array " + CLASS + " has " + classes.size() + " numbers. It wants one, or one"
                    + " for each of the " + images(network) + " pictures.");
        }
        int logit = classes.get(classes.size() == 1 ? 0 : image);
        if (logit < 0 || logit >= logits.size()) {
            throw new NetworkException("The golden gradient is of the logit " + logit + ", but the network has those from 0 to "
                    + (logits.size() - 1) + ".");
        }
        if (logits.size() != logits.channels()) {
            throw new NetworkException("The golden gradient is of a logit, but the network ends in maps: " + logits + ".");
        }
        return logit;
    }

    private Batch colours(Network network, NumpyArray array, int image) {
        Shape shape = network.input().shape();
        Batch seen = image(array, image, shape, channelsLast(shape));
        if (Preparation.of(network).reversed()) {
            Batch turned = seen.zeros();
            for (int channel = 0; channel < shape.channels(); channel++) {
                System.arraycopy(seen.values(), seen.offset(0, shape.channels() - 1 - channel), turned.values(),
                        turned.offset(0, channel), seen.area());
            }
            return turned;
        }
        return seen;
    }

    /**
     * The expected activations of one image.
     *
     * @param name  as in {@link #activations}
     * @param shape of the operation whose output it is
     * @throws NetworkException when the array has another number of values
     */
    public Batch expected(Network network, String name, int image, Shape shape) {
        NumpyArray array = activations.get(name);
        long images = images(network);
        if (array.values().length != images * shape.size()) {
            throw new NetworkException("The golden array " + name + " has the shape " + array + ", but the network"
                    + " computes " + shape + " there, for " + images + (images == 1 ? " picture." : " pictures."));
        }
        boolean map = shape.rows() * shape.columns() > 1;
        return image(array, image, shape, map && channelsLast(network.input().shape()));
    }

    private static Batch image(NumpyArray array, int image, Shape shape, boolean channelsLast) {
        int size = (int) shape.size();
        float[] from = Arrays.copyOfRange(array.values(), image * size, (image + 1) * size);
        Batch batch = new Batch(1, shape.channels(), shape.rows(), shape.columns(), from);
        if (!channelsLast) {
            return batch;
        }
        float[] values = new float[size];
        for (int position = 0; position < batch.area(); position++) {
            for (int channel = 0; channel < shape.channels(); channel++) {
                values[channel * batch.area() + position] = from[position * shape.channels() + channel];
            }
        }
        return new Batch(1, shape.channels(), shape.rows(), shape.columns(), values);
    }

    /**
     * The operations whose outputs can be compared, by the names of the arrays; what is in no network is left out.
     */
    public Map<String, String> places(Network network) {
        Map<String, String> places = new LinkedHashMap<>();
        for (String name : activations.keySet()) {
            place(network, name.startsWith(TAP) ? name.substring(TAP.length()) : name)
                    .ifPresent(operation -> places.put(name, operation));
        }
        return places;
    }

    /** The operation whose outputs are the logits: the last one, or what stands in front of the last softmax. */
    static String logits(Network network) {
        return place(network, "logits").orElseThrow();
    }

    private static Optional<String> place(Network network, String name) {
        Map<String, String> known = new LinkedHashMap<>();
        network.layers().forEach(layer -> {
            known.put(layer.name() + ".pre", layer.before());
            known.put(layer.name(), layer.output());
        });
        if (known.containsKey(name)) {
            return Optional.of(known.get(name));
        }
        if (network.operation(name).isPresent()) {
            return Optional.of(name);
        }
        if (name.equals("logits") || name.equals("output")) {
            List<Operation> operations = network.operations();
            Operation last = operations.get(operations.size() - 1);
            boolean softmax = last instanceof Operation.Softmax && name.equals("logits");
            return Optional.of(softmax ? last.inputs().get(0) : last.name());
        }
        return Optional.empty();
    }

    /** The names of the arrays that are in no place of the network. */
    public List<String> unknown(Network network) {
        List<String> unknown = new ArrayList<>(activations.keySet());
        unknown.removeAll(places(network).keySet());
        return unknown;
    }
}
