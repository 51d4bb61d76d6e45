package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.List;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.graph.Assembly;

/** Adds operations to an assembly with weights from a supply. Each method returns the name of what it has added last. */
final class Construction {

    private final Assembly assembly;
    private final Supply supply;

    Construction(Assembly assembly, Supply supply) {
        this.assembly = assembly;
        this.supply = supply;
    }

    Supply supply() {
        return supply;
    }

    /** The shape of what has been added. */
    Shape shape(String output) {
        return assembly.shape(output);
    }

    /** The channels of what has been added. */
    int channels(String output) {
        return assembly.shape(output).channels();
    }

    /** @param path where a person looks for it; see {@link Assembly#add} */
    String add(Operation operation, String path) {
        assembly.add(operation, path);
        return operation.name();
    }

    String add(Operation operation) {
        return add(operation, operation.name());
    }

    /** A convolution, with a bias only where the file has one, and its batch normalization, with the weights' names of PyTorch. */
    String normalized(String convolution, String normalization, String in, int channels, Window window, int groups,
            float epsilon) throws IOException {
        int[] shape = {channels, channels(in) / groups, window.rows(), window.columns()};
        int[] each = {channels};
        Weights bias = supply.has(convolution + ".bias") ? supply.take(each, convolution + ".bias")
                : new Weights(each, new float[channels]);
        String made = add(new Convolution(convolution, in, supply.take(shape, convolution + ".weight"), bias, window, groups),
                path(convolution, "Conv"));
        return add(new BatchNormalization(normalization, made, supply.take(each, normalization + ".weight"),
                supply.take(each, normalization + ".bias"), supply.take(each, normalization + ".running_mean"),
                supply.take(each, normalization + ".running_var"), epsilon), path(normalization, "BatchNormalization"));
    }

    String relu(String name, String in) {
        return add(new Relu(name, in), path(name, "Relu"));
    }

    String sum(String name, String one, String other) {
        return add(new Addition(name, List.of(one, other)), path(name, "Add"));
    }

    String joined(String name, List<String> parts) {
        return add(new Concatenation(name, parts), path(name, "Concat"));
    }

    String dense(String name, String in, int outputs) throws IOException {
        int inputs = Math.toIntExact(assembly.shape(in).size());
        return add(new Dense(name, in, supply.take(new int[] {outputs, inputs}, name + ".weight"),
                supply.take(new int[] {outputs}, name + ".bias")), path(name, "Gemm"));
    }

    /** {@code layer1.0.conv1} as PyTorch's exporter writes it: {@code /layer1/layer1.0/conv1/Conv}. */
    static String path(String name, String kind) {
        String[] parts = name.split("\\.");
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            boolean number = parts[i].matches("\\d+") && i > 0;
            path.append('/').append(number ? parts[i - 1] + "." + parts[i] : parts[i]);
        }
        return path.append('/').append(kind).toString();
    }
}
