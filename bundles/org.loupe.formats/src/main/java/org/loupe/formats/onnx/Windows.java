package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Pending.PaddedChannels;
import org.loupe.formats.onnx.Steps.Place;

/** Convolutions and poolings. */
final class Windows {

    private Windows() {
    }

    static Value convolution(Call call) {
        View view = call.image(0);
        Weights weights = weights(call);
        int[] shape = weights.shape();
        Window window = window(call.node(), shape[2], shape[3], view.shape());
        boolean biased = call.has(2);
        Weights bias = Weights.vector(biased ? call.vector(2, shape[0]) : new float[shape[0]]);
        int groups = Math.toIntExact(call.node().integer("group", 1));
        if (!biased) {
            call.steps().plain(call.place().name());
        }
        return made(call, view, new Convolution(call.place().name(), view.operation(), weights, bias, window, groups));
    }

    static Value transposedConvolution(Call call) {
        View view = call.image(0);
        Node node = call.node();
        Weights weights = weights(call);
        int[] shape = weights.shape();
        int[] steps = node.integers("strides", 2, 1);
        int[] dilations = node.integers("dilations", 2, 1);
        int[] pads = node.integers("pads", 4, 0).clone();
        int[] more = node.integers("output_padding", 2, 0);
        int groups = Math.toIntExact(node.integer("group", 1));
        String mode = node.text("auto_pad", "NOTSET");
        boolean same = mode.startsWith("SAME");
        if (node.has("output_shape") || same) {
            int[] in = {view.shape().rows(), view.shape().columns()};
            int[] wanted = same && !node.has("output_shape") ? new int[] {in[0] * steps[0], in[1] * steps[1]}
                    : lastTwo(node.integers("output_shape"));
            for (int i = 0; i < 2; i++) {
                int total = Math.max(0, steps[i] * (in[i] - 1) + more[i] + (shape[2 + i] - 1) * dilations[i] + 1 - wanted[i]);
                pads[i] = mode.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                pads[i + 2] = total - pads[i];
            }
        }
        Window window = new Window(shape[2], shape[3], steps[0], steps[1], pads[0], pads[1], pads[2], pads[3], dilations[0],
                dilations[1]);
        int outputs = Math.multiplyExact(shape[1], groups);
        Weights bias = Weights.vector(call.has(2) ? call.vector(2, outputs) : new float[bounded(outputs)]);
        return made(call, view, new TransposedConvolution(call.place().name(), view.operation(), weights, bias, window, groups,
                more[0], more[1]));
    }

    private static int bounded(int channels) {
        if (channels < 1 || channels > 1 << 20) {
            throw new NetworkException("it makes " + channels + " channels");
        }
        return channels;
    }

    private static int[] lastTwo(long[] sizes) {
        if (sizes == null || sizes.length < 2) {
            throw new NetworkException("its output_shape has no rows and columns");
        }
        return new int[] {Math.toIntExact(sizes[sizes.length - 2]), Math.toIntExact(sizes[sizes.length - 1])};
    }

    private static Weights weights(Call call) {
        Constant constant = call.constant(1);
        if (constant.rank() != 4) {
            throw new Unsupported(call.node().kind() + " with " + (constant.rank() - 2) + " dimensions");
        }
        return new Weights(constant.sizes(), call.finite(1));
    }

    /** The window of a convolution or pooling, without what rounding up adds. */
    private static Window window(Node node, int rows, int columns, Shape in) {
        int[] steps = node.integers("strides", 2, 1);
        int[] dilations = node.integers("dilations", 2, 1);
        int[] pads = node.integers("pads", 4, 0).clone();
        String mode = node.text("auto_pad", "NOTSET");
        if (mode.startsWith("SAME")) {
            int[] sizes = {in.rows(), in.columns()};
            int[] kernel = {rows, columns};
            for (int i = 0; i < 2; i++) {
                int extent = Math.addExact(Math.multiplyExact(kernel[i] - 1, dilations[i]), 1);
                int total = Math.max(0, Math.addExact((sizes[i] - 1) / steps[i] * steps[i], extent - sizes[i]));
                pads[i] = mode.equals("SAME_LOWER") ? total - total / 2 : total / 2;
                pads[i + 2] = total - pads[i];
            }
        }
        return new Window(rows, columns, steps[0], steps[1], pads[0], pads[1], pads[2], pads[3], dilations[0], dilations[1]);
    }

    static Value pool(Call call) {
        boolean largest = call.node().type().equals("MaxPool");
        if (call.value(0) instanceof PaddedChannels padded && !largest) {
            return overChannels(call, padded);
        }
        View view = call.image(0);
        Node node = call.node();
        int[] kernel = node.integers("kernel_shape", 2, 1);
        Window window = window(node, kernel[0], kernel[1], view.shape());
        Window wide = node.integer("ceil_mode", 0) == 0 ? window : roundedUp(window, view.shape());
        String name = call.place().name();
        if (largest) {
            return made(call, view, new MaxPool(name, view.operation(), wide));
        }
        boolean counts = node.integer("count_include_pad", 0) != 0;
        if (counts && !wide.equals(window)) {
            Place place = call.place().before("padded");
            String padded = call.steps().add(new Padding(place.name(), view.operation(), window.top(), window.left(),
                    window.bottom(), window.right(), Fill.CONSTANT, 0), place);
            Window rest = new Window(wide.rows(), wide.columns(), wide.rowStep(), wide.columnStep(), 0, 0,
                    wide.bottom() - window.bottom(), wide.right() - window.right(), wide.rowDilation(), wide.columnDilation());
            return made(call, view, new AveragePool(name, padded, rest, false));
        }
        boolean pads = wide.top() + wide.left() + wide.bottom() + wide.right() > 0;
        return made(call, view, new AveragePool(name, view.operation(), wide, counts && pads));
    }

    /** More padding at the bottom and right, so that windows that begin inside the picture are there, as in PyTorch. */
    private static Window roundedUp(Window window, Shape in) {
        return new Window(window.rows(), window.columns(), window.rowStep(), window.columnStep(), window.top(), window.left(),
                window.bottom() + missing(in.rows(), window.top(), window.bottom(), (window.rows() - 1) * window.rowDilation() + 1,
                        window.rowStep()),
                window.right() + missing(in.columns(), window.left(), window.right(),
                        (window.columns() - 1) * window.columnDilation() + 1, window.columnStep()),
                window.rowDilation(), window.columnDilation());
    }

    private static int missing(int size, int before, int after, int extent, int step) {
        int room = size + before + after - extent;
        int last = (Math.max(0, room) + step - 1) / step * step;
        if (last >= size + before) {
            last -= step;
        }
        return Math.max(0, last - room);
    }

    /** A mean over neighbouring channels, which PyTorch writes as a pooling of five dimensions. */
    private static Value overChannels(Call call, PaddedChannels padded) {
        View view = padded.from();
        int dimensions = view.rank() - 2;
        int[] kernel = call.node().integers("kernel_shape", dimensions, 1);
        int[] steps = call.node().integers("strides", dimensions, 1);
        int[] pads = call.node().integers("pads", 2 * dimensions, 0);
        int size = kernel[Math.max(0, padded.axis() - 2)];
        long larger = Arrays.stream(kernel).filter(k -> k != 1).count();
        if (padded.axis() < 2 || larger > 1 || Arrays.stream(steps).anyMatch(s -> s != 1)
                || Arrays.stream(pads).anyMatch(p -> p != 0) || padded.before() + padded.after() + 1 != size
                || padded.before() != (size - 1) / 2 || padded.after() != size / 2) {
            throw new Unsupported("AveragePool over channels with an even number of them, or with steps");
        }
        String name = call.steps().channelMean(call.place(), view.operation(), size);
        return view.of(name);
    }

    static Value globalPool(Call call) {
        View view = call.image(0);
        if (call.node().type().equals("GlobalAveragePool")) {
            return made(call, view, new GlobalAverage(call.place().name(), view.operation()));
        }
        Window window = new Window(view.shape().rows(), view.shape().columns(), 1, 1, 0, 0, 0, 0, 1, 1);
        return made(call, view, new MaxPool(call.place().name(), view.operation(), window));
    }

    static Value localResponseNormalization(Call call) {
        View view = call.image(0);
        Node node = call.node();
        return made(call, view, new LocalResponseNormalization(call.place().name(), view.operation(),
                Math.toIntExact(node.integer("size", 1)), node.number("alpha", 1e-4f), node.number("beta", 0.75f),
                node.number("bias", 1)));
    }

    private static View made(Call call, View view, Operation operation) {
        String name = call.steps().add(operation, call.place());
        return View.image(name, call.steps().shape(name), view.images());
    }
}
