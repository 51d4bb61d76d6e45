package org.loupe.formats.dl4j;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Windows;

/** DL4J's layers with learned numbers, and the windows of those that slide. */
final class Layers {

    private Layers() {
    }

    /** How many learned numbers a layer has; nothing where that is not known. */
    static OptionalLong parameters(Vertex vertex) {
        if (!vertex.weighty()) {
            return OptionalLong.of(0);
        }
        Settings layer = vertex.settings();
        return switch (vertex.kind()) {
            case "ConvolutionLayer", "Convolution2D", "Deconvolution2D" ->
                OptionalLong.of(product(in(layer), out(layer), area(layer)) + bias(layer, out(layer)));
            case "DepthwiseConvolution2D" -> OptionalLong.of(product(multiplied(layer), 1, area(layer))
                    + bias(layer, multiplied(layer)));
            case "SeparableConvolution2D" -> OptionalLong.of(product(multiplied(layer), 1, area(layer))
                    + product(multiplied(layer), out(layer), 1) + bias(layer, out(layer)));
            case "DenseLayer", "OutputLayer", "CenterLossOutputLayer" ->
                OptionalLong.of(product(in(layer), out(layer), 1) + bias(layer, out(layer))
                        + (layer.flag("hasLayerNorm", false) ? out(layer) : 0)
                        + (vertex.kind().startsWith("Center") ? product(in(layer), out(layer), 1) : 0));
            case "BatchNormalization" -> OptionalLong.of((layer.flag("lockGammaBeta", false) ? 2L : 4L) * out(layer));
            default -> OptionalLong.empty();
        };
    }

    private static int in(Settings layer) {
        return layer.count("nin");
    }

    private static int out(Settings layer) {
        return layer.count("nout");
    }

    private static long multiplied(Settings layer) {
        return product(in(layer), layer.count("depthMultiplier"), 1);
    }

    private static long area(Settings layer) {
        int[] kernel = layer.counts("kernelSize", 2);
        return product(kernel[0], kernel[1], 1);
    }

    private static long bias(Settings layer, long size) {
        return layer.flag("hasBias", true) ? size : 0;
    }

    private static long product(long one, long two, long three) {
        double exact = (double) one * two * three;
        if (exact < 1 || exact > Integer.MAX_VALUE) {
            throw new NetworkException("A layer cannot have " + one + " x " + two + " x " + three + " weights");
        }
        return one * two * three;
    }

    /** What computes a layer before its activation, with its learned numbers. */
    static List<Stage> read(Vertex vertex, Parameters parameters) throws IOException {
        Settings layer = vertex.settings();
        return switch (vertex.kind()) {
            case "ConvolutionLayer", "Convolution2D" -> convolution(layer, parameters);
            case "Deconvolution2D" -> deconvolution(layer, parameters);
            case "DepthwiseConvolution2D" -> depthwise(layer, parameters);
            case "SeparableConvolution2D" -> separable(layer, parameters);
            case "DenseLayer", "OutputLayer", "CenterLossOutputLayer" -> dense(vertex, parameters);
            case "BatchNormalization" -> normalization(layer, parameters);
            default -> throw new Unsupported(vertex.kind());
        };
    }

    private static List<Stage> convolution(Settings layer, Parameters parameters) throws IOException {
        Weights bias = bias(layer, out(layer), parameters);
        Weights weights = kernel(layer, out(layer), in(layer), parameters);
        return List.of((name, input, shape) -> new Convolution(name, input, weights, bias, window(layer, shape), 1));
    }

    private static List<Stage> deconvolution(Settings layer, Parameters parameters) throws IOException {
        Weights bias = bias(layer, out(layer), parameters);
        Weights weights = kernel(layer, in(layer), out(layer), parameters);
        Window bare = bare(layer);
        if (!isSame(layer)) {
            int[] padding = layer.counts("padding", 2);
            Window padded = Windows.padded(bare, padding[0], padding[1], padding[0], padding[1]);
            return List.of((name, input, shape) ->
                    new TransposedConvolution(name, input, weights, bias, padded, 1, 0, 0));
        }
        int down = (bare.rows() - 1) * bare.rowDilation() + 1 - bare.rowStep();
        int across = (bare.columns() - 1) * bare.columnDilation() + 1 - bare.columnStep();
        int top = Math.max(0, down) / 2;
        int left = Math.max(0, across) / 2;
        Window same = Windows.padded(bare, top, left, Math.max(0, down) - top, Math.max(0, across) - left);
        return List.of((name, input, shape) -> new TransposedConvolution(name, input, weights, bias, same, 1,
                Math.max(0, -down), Math.max(0, -across)));
    }

    private static List<Stage> depthwise(Settings layer, Parameters parameters) throws IOException {
        int outputs = Math.toIntExact(multiplied(layer));
        Weights bias = bias(layer, outputs, parameters);
        int area = Math.toIntExact(area(layer));
        float[] from = parameters.take(product(outputs, area, 1));
        float[] kernel = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            kernel[i % outputs * area + i / outputs] = from[i];
        }
        int[] size = layer.counts("kernelSize", 2);
        Weights weights = new Weights(new int[] {outputs, 1, size[0], size[1]}, kernel);
        return List.of((name, input, shape) ->
                new Convolution(name, input, weights, bias, window(layer, shape), in(layer)));
    }

    private static List<Stage> separable(Settings layer, Parameters parameters) throws IOException {
        Weights bias = bias(layer, out(layer), parameters);
        int channels = in(layer);
        int outputs = Math.toIntExact(multiplied(layer));
        int area = Math.toIntExact(area(layer));
        float[] from = parameters.take(product(outputs, area, 1));
        float[] kernel = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            int plane = i / area;
            int output = plane % channels * (outputs / channels) + plane / channels;
            kernel[output * area + i % area] = from[i];
        }
        int[] size = layer.counts("kernelSize", 2);
        Weights each = new Weights(new int[] {outputs, 1, size[0], size[1]}, kernel);
        Weights across = new Weights(new int[] {out(layer), outputs, 1, 1},
                parameters.take(product(out(layer), outputs, 1)));
        return List.of((name, input, shape) -> new Convolution(name, input, each, Activations.filled(outputs, 0),
                        window(layer, shape), channels),
                (name, input, shape) -> new Convolution(name, input, across, bias, Window.square(1, 1, 0), 1));
    }

    private static List<Stage> dense(Vertex vertex, Parameters parameters) throws IOException {
        Settings layer = vertex.settings();
        if (layer.flag("hasLayerNorm", false)) {
            throw new Unsupported(vertex.kind() + " with layer normalization");
        }
        Weights weights = new Weights(new int[] {out(layer), in(layer)},
                parameters.take(product(in(layer), out(layer), 1)));
        Weights bias = bias(layer, out(layer), parameters);
        if (vertex.kind().startsWith("Center")) {
            parameters.skip(weights.values().length);
        }
        return List.of((name, input, shape) -> new Dense(name, input, weights, bias));
    }

    private static List<Stage> normalization(Settings layer, Parameters parameters) throws IOException {
        int channels = out(layer);
        boolean locked = layer.flag("lockGammaBeta", false);
        Weights scale = locked ? Activations.filled(channels, layer.number("gamma")) : vector(channels, parameters);
        Weights shift = locked ? Activations.filled(channels, layer.number("beta")) : vector(channels, parameters);
        Weights mean = vector(channels, parameters);
        float[] variance = parameters.take(channels);
        if (layer.flag("useLogStd", false)) {
            squareLogarithms(variance);
        }
        float epsilon = (float) layer.number("eps");
        return List.of((name, input, shape) -> new BatchNormalization(name, input, scale, shift, mean,
                Weights.vector(variance), epsilon));
    }

    /** Turns logarithms of standard deviations, to base 10, into variances. */
    static void squareLogarithms(float[] deviations) {
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = (float) Math.pow(10, 2.0 * deviations[i]);
        }
    }

    private static Weights vector(int size, Parameters parameters) throws IOException {
        return Weights.vector(parameters.take(size));
    }

    private static Weights bias(Settings layer, int size, Parameters parameters) throws IOException {
        return layer.flag("hasBias", true) ? vector(size, parameters) : Activations.filled(size, 0);
    }

    private static Weights kernel(Settings layer, int first, int second, Parameters parameters) throws IOException {
        int[] size = layer.counts("kernelSize", 2);
        return new Weights(new int[] {first, second, size[0], size[1]},
                parameters.take(product(first, second, area(layer))));
    }

    /** Pooling with a window. */
    static List<Stage> pool(Settings layer) {
        return switch (layer.text("poolingType")) {
            case "MAX" -> List.of((name, input, shape) ->
                    new MaxPool(name, input, window(layer, shape)));
            case "AVG" -> List.of((name, input, shape) -> new AveragePool(name, input, window(layer, shape),
                    layer.flag("avgPoolIncludePadInDivisor", false)));
            default -> throw new Unsupported("SubsamplingLayer of type " + layer.text("poolingType"));
        };
    }

    static boolean isSame(Settings layer) {
        return layer.has("convolutionMode") && layer.text("convolutionMode").equals("Same");
    }

    /** The window of a layer on an input of the given shape. */
    static Window window(Settings layer, Shape in) {
        Window bare = bare(layer);
        if (isSame(layer)) {
            return Windows.same(in, bare.rows(), bare.columns(), bare.rowStep(), bare.columnStep(), bare.rowDilation(),
                    bare.columnDilation());
        }
        int[] padding = layer.counts("padding", 2);
        return Windows.padded(bare, padding[0], padding[1], padding[0], padding[1]);
    }

    /** The window of a layer without its padding. */
    static Window bare(Settings layer) {
        int[] size = layer.counts("kernelSize", 2);
        int[] step = layer.counts("stride", 2);
        int[] dilation = layer.has("dilation") ? layer.counts("dilation", 2) : new int[] {1, 1};
        return Windows.valid(size[0], size[1], step[0], step[1], dilation[0], dilation[1]);
    }
}
