package org.loupe.formats.tensorflow;

import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Tensor;

/**
 * One operation of a graph.
 *
 * @param inputs names of the outputs that it reads, as {@code node} or {@code node:port}; a {@code ^} in front marks what
 *               only has to run before
 */
record Node(String name, String operation, List<String> inputs, Map<String, Attribute> attributes) {

    /**
     * What a node says about one thing.
     *
     * @param tensor an array of numbers, or null
     * @param shape  sizes, -1 where open; null where there is no shape or one of an unknown number of dimensions
     */
    record Attribute(String text, long number, float real, boolean flag, List<Long> numbers, List<String> texts,
            Tensor tensor, int[] shape) {

        static final Attribute NONE = new Attribute("", 0, 0, false, List.of(), List.of(), null, null);

        static Attribute of(String text) {
            return new Attribute(text, 0, 0, false, List.of(), List.of(), null, null);
        }

        static Attribute of(long number) {
            return new Attribute("", number, 0, false, List.of(), List.of(), null, null);
        }

        static Attribute of(float real) {
            return new Attribute("", 0, real, false, List.of(), List.of(), null, null);
        }

        static Attribute of(boolean flag) {
            return new Attribute("", 0, 0, flag, List.of(), List.of(), null, null);
        }

        static Attribute of(Tensor tensor) {
            return new Attribute("", 0, 0, false, List.of(), List.of(), tensor, null);
        }

        static Attribute of(int[] shape) {
            return new Attribute("", 0, 0, false, List.of(), List.of(), null, shape);
        }

        static Attribute of(List<Long> numbers, List<String> texts) {
            return new Attribute("", 0, 0, false, List.copyOf(numbers), List.copyOf(texts), null, null);
        }
    }

    Attribute attribute(String key) {
        return attributes.getOrDefault(key, Attribute.NONE);
    }

    boolean has(String key) {
        return attributes.containsKey(key);
    }

    String text(String key, String otherwise) {
        return has(key) ? attribute(key).text() : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? attribute(key).flag() : otherwise;
    }

    float real(String key, float otherwise) {
        return has(key) ? attribute(key).real() : otherwise;
    }

    int number(String key, int otherwise) {
        return has(key) ? Math.toIntExact(attribute(key).number()) : otherwise;
    }

    /** Four whole numbers in the order (pictures, channels, rows, columns), whatever order the node has them in. */
    int[] window(String key, int otherwise) {
        List<Long> numbers = attribute(key).numbers();
        if (numbers.isEmpty()) {
            return new int[] {otherwise, otherwise, otherwise, otherwise};
        }
        if (numbers.size() != 4) {
            throw new NetworkException(name + " has " + numbers.size() + " numbers for " + key + " instead of 4");
        }
        int[] order = channelsLast() ? new int[] {0, 3, 1, 2} : new int[] {0, 1, 2, 3};
        int[] ordered = new int[4];
        for (int i = 0; i < 4; i++) {
            ordered[i] = Math.toIntExact(numbers.get(order[i]));
        }
        return ordered;
    }

    /** Whether its maps have the dimensions pictures, rows, columns, channels. */
    boolean channelsLast() {
        return !text("data_format", "NHWC").equals("NCHW");
    }

    /** The names that its inputs have as data, in order; port 0 is not written. */
    List<String> reads() {
        return inputs.stream().filter(input -> !input.startsWith("^")).map(Node::plain).toList();
    }

    static String plain(String input) {
        return input.endsWith(":0") ? input.substring(0, input.length() - 2) : input;
    }

    /** The name of the node that an input comes from. */
    static String node(String input) {
        String name = input.startsWith("^") ? input.substring(1) : input;
        int colon = name.lastIndexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
