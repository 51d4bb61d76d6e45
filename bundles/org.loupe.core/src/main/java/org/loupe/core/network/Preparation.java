package org.loupe.core.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loupe.core.network.Operation.Selection;

/**
 * How colours become the numbers that a network was trained on: {@code (255 * colour - mean) / deviation}, in the order
 * red, green, blue or the other way round.
 *
 * <p>Written {@code imagenet}, {@code -1..1} and so on where it {@linkplain #KNOWN has a name}, otherwise like
 * {@code bgr mean 104,117,123 deviation 1,1,1}, where the numbers are always those of red, green and blue.
 *
 * @param mean      of red, green and blue, or of grey, on the scale 0 to 255
 * @param deviation of the same, not 0
 * @param reversed  whether the network reads blue first
 */
public record Preparation(List<Float> mean, List<Float> deviation, boolean reversed) {

    /**
     * A preparation that many networks share.
     *
     * @param name  what a person types
     * @param about who uses it
     */
    public record Known(String name, String about, Preparation preparation) {
    }

    /** The preparations that have a name, the most common first. */
    public static final List<Known> KNOWN = List.of(
            new Known("imagenet", "each colour less its mean, by its deviation: torchvision, timm",
                    new Preparation(List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f), false)),
            new Known("0..1", "colours from 0 to 1", grey(0, 255, false)),
            new Known("-1..1", "colours from -1 to 1: Keras Inception and MobileNet, TensorFlow-Slim",
                    grey(127.5f, 127.5f, false)),
            new Known("0..255", "colours from 0 to 255: Keras EfficientNet", grey(0, 1, false)),
            new Known("inception5h", "colours from 0 to 255 less 117: the published InceptionV1 graph",
                    grey(117, 1, false)),
            new Known("caffe", "blue first, colours from 0 to 255 less their means: Caffe, Keras ResNet50 and VGG",
                    new Preparation(List.of(123.68f, 116.779f, 103.939f), List.of(1f, 1f, 1f), true)));

    private static final String REVERSED = "bgr";
    private static final String REVERSAL = "input.bgr";

    /** @throws NetworkException when there are not one or three numbers of each kind, or a deviation is 0 */
    public Preparation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size() || mean.size() != 1 && mean.size() != 3
                || !mean.stream().allMatch(Float::isFinite)
                || !deviation.stream().allMatch(value -> Float.isFinite(value) && value != 0)) {
            throw new NetworkException("Pictures cannot be prepared with the mean " + mean + " and the deviation "
                    + deviation + ": give one or three numbers of each, no deviation 0");
        }
    }

    /** The same for all colours. */
    public static Preparation grey(float mean, float deviation, boolean reversed) {
        return new Preparation(List.of(mean, mean, mean), List.of(deviation, deviation, deviation), reversed);
    }

    /** The known preparation of the given name. */
    public static Preparation known(String name) {
        return KNOWN.stream().filter(known -> known.name().equals(name)).findFirst()
                .orElseThrow(() -> new NetworkException("No way to prepare pictures is called " + name + ". "
                        + Spelling.suggestion(name, KNOWN.stream().map(Known::name).toList()))).preparation();
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws NetworkException saying what may be written, when it is something else
     */
    public static Preparation parse(String text) {
        String[] words = text.trim().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length == 1) {
            return known(words[0]);
        }
        boolean reversed = words[0].equals(REVERSED);
        String[] rest = Arrays.copyOfRange(words, reversed ? 1 : 0, words.length);
        if (rest.length != 4 || !rest[0].equals("mean") || !rest[2].equals("deviation")) {
            throw new NetworkException("“" + text + "” does not say how to prepare pictures. Write one of "
                    + KNOWN.stream().map(Known::name).collect(Collectors.joining(", "))
                    + ", or like “bgr mean 104,117,123 deviation 1,1,1” with the numbers of red, green and blue.");
        }
        return new Preparation(numbers(rest[1]), numbers(rest[3]), reversed);
    }

    private static List<Float> numbers(String text) {
        try {
            return Arrays.stream(text.split(",")).map(Float::valueOf).toList();
        } catch (NumberFormatException not) {
            throw new NetworkException("“" + text + "” is not a list of numbers such as 104,117,123");
        }
    }

    /** How the pictures of a network are prepared. */
    public static Preparation of(Network network) {
        return new Preparation(list(network.input().mean()), list(network.input().deviation()),
                reversal(network) != null);
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    /** The operation that reverses the colours and alone reads the input, or null. */
    private static Selection reversal(Network network) {
        List<Operation> readers = network.operations().stream()
                .filter(operation -> operation.inputs().contains(Network.INPUT)).toList();
        return readers.size() == 1 && readers.get(0) instanceof Selection selection
                && selection.channels().equals(List.of(2, 1, 0)) ? selection : null;
    }

    /**
     * The same network for pictures that are prepared in this way instead of its own.
     *
     * @throws NetworkException when the network does not look at as many colours
     */
    public Network applied(Network network) {
        Shape shape = network.input().shape();
        if (mean.size() != shape.channels() && mean.stream().distinct().count() > 1) {
            throw new NetworkException(network + " looks at " + shape.channels() + " colours, not at " + mean.size());
        }
        Input input = new Input(shape, array(mean, shape.channels()), array(deviation, shape.channels()));
        Selection before = reversal(network);
        boolean flips = reversed && shape.channels() == 3;
        if (flips == (before != null)) {
            return new Network(network.name(), network.about(), input, network.operations(), network.layers(),
                    network.classes());
        }
        List<Operation> operations = new ArrayList<>(network.operations());
        operations.remove(before);
        String from = flips ? Network.INPUT : before.name();
        String to = flips ? REVERSAL : Network.INPUT;
        operations.replaceAll(operation -> operation.reading(operation.inputs().stream()
                .map(name -> name.equals(from) ? to : name).toList()));
        if (flips) {
            operations.add(0, new Selection(REVERSAL, Network.INPUT, List.of(2, 1, 0)));
        }
        List<Layer> layers = network.layers().stream().map(layer -> moved(layer, from, to)).toList();
        return new Network(network.name(), network.about(), input, operations, layers, network.classes());
    }

    /** A layer that shows the pictures themselves goes on to do so. */
    private static Layer moved(Layer layer, String from, String to) {
        if (layer.output().equals(Network.INPUT)) {
            return layer;
        }
        return new Layer(layer.name(), layer.output().equals(from) ? to : layer.output(),
                layer.before().equals(from) ? to : layer.before(), layer.about());
    }

    private static float[] array(List<Float> values, int channels) {
        float[] array = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            array[channel] = values.get(Math.min(channel, values.size() - 1));
        }
        return array;
    }

    /** The name where there is one, otherwise the numbers. */
    @Override
    public String toString() {
        return KNOWN.stream().filter(known -> known.preparation().equals(this)).map(Known::name).findFirst()
                .orElseGet(() -> (reversed ? REVERSED + " " : "") + "mean " + text(mean) + " deviation " + text(deviation));
    }

    private static String text(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
