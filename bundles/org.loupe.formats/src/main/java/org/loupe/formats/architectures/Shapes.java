package org.loupe.formats.architectures;

import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the shapes of an architecture's weights, by the names that PyTorch gives them. */
final class Shapes {

    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    Shapes convolution(String name, int in, int out, int size) {
        shapes.put(name + ".weight", new int[] {out, in, size, size});
        return this;
    }

    Shapes bias(String name, int size) {
        shapes.put(name + ".bias", new int[] {size});
        return this;
    }

    Shapes dense(String name, int in, int out) {
        shapes.put(name + ".weight", new int[] {out, in});
        return bias(name, out);
    }

    /** A convolution without a bias, and its batch normalization. */
    Shapes normalized(String convolution, String normalization, int in, int out, int size) {
        return convolution(convolution, in, out, size).normalization(normalization, out);
    }

    Shapes normalization(String name, int channels) {
        for (String part : new String[] {".weight", ".bias", ".running_mean", ".running_var"}) {
            shapes.put(name + part, new int[] {channels});
        }
        return this;
    }

    Map<String, int[]> all() {
        return shapes;
    }
}
