package org.loupe.formats.architectures;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.loupe.formats.arrays.Tensor;

/**
 * An architecture in one of its usual sizes, without any weights: what a file holds that has their numbers but not their
 * names.
 *
 * @param name         what people call it, such as {@code ResNet-50}
 * @param architecture which makes a network of it
 * @param trunk        shapes of the weights, by their names, less those of the last dense layer
 * @param head         name of the last dense layer, {@code .weight} and {@code .bias} left out
 * @param features     how many numbers the last dense layer reads
 * @param usual        how many classes the published network has
 */
public record Blueprint(String name, Architecture architecture, Map<String, int[]> trunk, String head, int features, int usual) {

    private static final int MOST_CLASSES = 100_000;

    public Blueprint {
        trunk = new LinkedHashMap<>(trunk);
    }

    /** How many learned numbers it has with so many classes. */
    public long numbers(int classes) {
        return trunk.values().stream().mapToLong(Tensor::size).sum() + (features + 1L) * classes;
    }

    /** With how many classes it has so many learned numbers, if with any. */
    public OptionalInt classes(long numbers) {
        long left = numbers - numbers(0);
        long classes = left / (features + 1);
        return left > 0 && left % (features + 1) == 0 && classes <= MOST_CLASSES ? OptionalInt.of((int) classes)
                : OptionalInt.empty();
    }

    /** The shapes of all weights, by their names. */
    public Map<String, int[]> shapes(int classes) {
        Map<String, int[]> shapes = new LinkedHashMap<>(trunk);
        shapes.put(head + ".weight", new int[] {classes, features});
        shapes.put(head + ".bias", new int[] {classes});
        return shapes;
    }
}
