package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Pictures.Colours;
import org.loupe.formats.arrays.Windows;
import org.loupe.formats.graph.Assembly;

/**
 * InceptionV1 (Szegedy et al. 2015) in the form in which it was published as {@code tensorflow_inception_graph.pb}, with
 * its layer names, its asymmetric padding and its local response normalization. The weights have the names of that graph
 * ({@code mixed3a_1x1_w}) or of its PyTorch ports ({@code mixed3a_1x1_pre_relu_conv.weight}).
 */
public final class InceptionV1 implements Architecture {

    /** Channels of each block's branches: 1x1, 3x3 bottleneck, 3x3, 5x5 bottleneck, 5x5, pool. */
    private static final Map<String, int[]> BLOCKS = blocks();
    private static final int CLASSES = 1008;
    /** The window of the last pooling. */
    private static final int HEAD = 7;
    /** The graph has a depth radius of 4, and an alpha of a ninth of 0.0001 for each channel. */
    private static final int NEIGHBOURS = 9;

    private static Map<String, int[]> blocks() {
        Map<String, int[]> blocks = new LinkedHashMap<>();
        blocks.put("mixed3a", new int[] {64, 96, 128, 16, 32, 32});
        blocks.put("mixed3b", new int[] {128, 128, 192, 32, 96, 64});
        blocks.put("mixed4a", new int[] {192, 96, 204, 16, 48, 64});
        blocks.put("mixed4b", new int[] {160, 112, 224, 24, 64, 64});
        blocks.put("mixed4c", new int[] {128, 128, 256, 24, 64, 64});
        blocks.put("mixed4d", new int[] {112, 144, 288, 32, 64, 64});
        blocks.put("mixed4e", new int[] {256, 160, 320, 32, 128, 128});
        blocks.put("mixed5a", new int[] {256, 160, 320, 48, 128, 128});
        blocks.put("mixed5b", new int[] {384, 192, 384, 48, 128, 128});
        return blocks;
    }

    @Override
    public String name() {
        return "InceptionV1";
    }

    @Override
    public List<Blueprint> blueprints() {
        Shapes shapes = new Shapes();
        int[] stem = {3, 64, 64, 192};
        int[] sizes = {7, 1, 3};
        for (int i = 0; i < sizes.length; i++) {
            learned(shapes, "conv2d" + i, stem[i], stem[i + 1], sizes[i]);
        }
        int in = stem[3];
        for (Map.Entry<String, int[]> block : BLOCKS.entrySet()) {
            int[] widths = block.getValue();
            String name = block.getKey();
            learned(shapes, name + "_1x1", in, widths[0], 1);
            learned(shapes, name + "_3x3_bottleneck", in, widths[1], 1);
            learned(shapes, name + "_3x3", widths[1], widths[2], 3);
            learned(shapes, name + "_5x5_bottleneck", in, widths[3], 1);
            learned(shapes, name + "_5x5", widths[3], widths[4], 5);
            learned(shapes, name + "_pool_reduce", in, widths[5], 1);
            in = widths[0] + widths[2] + widths[4] + widths[5];
        }
        return List.of(new Blueprint(name(), this, shapes.all(), "softmax2_pre_activation_matmul", in, CLASSES));
    }

    private static void learned(Shapes shapes, String name, int in, int out, int size) {
        shapes.convolution(name + "_pre_relu_conv", in, out, size).bias(name + "_pre_relu_conv", out);
    }

    @Override
    public boolean recognises(TensorSource weights) {
        return weights.names().stream().anyMatch(name -> name.startsWith("mixed3a_1x1") || name.startsWith("mixed4c_3x3"));
    }

    @Override
    public NetworkReading read(TensorSource weights, String file, String name, InputChoice choice) throws IOException {
        Pictures pictures = Pictures.of(choice, 3, 224, 224, 224, Colours.of("inception5h", Certainty.GUESSED,
                "It is the published InceptionV1, which sees colours from 0 to 255 less 117."));
        Assembly assembly = new Assembly(pictures.shape());
        Supply supply = new Supply(weights);
        Construction make = new Construction(assembly, supply);
        String last = trunk(make);
        List<String> remarks = new ArrayList<>();
        List<String> left = supply.leave(unused -> unused.matches("(head|nn|softmax)[01].*"));
        if (!left.isEmpty()) {
            remarks.add("The two heads that only helped the training were left out (" + left.get(0) + " and "
                    + (left.size() - 1) + " more).");
        }
        supply.check(name());
        Network network = assembly.network(file, name, "InceptionV1 in its published form, with the weights of " + file + ".",
                pictures.input(), List.of(last), List.of(), remarks);
        return pictures.reading(network, remarks);
    }

    private static String trunk(Construction make) throws IOException {
        String at = convolution(make, "conv2d0", Network.INPUT, 64, 7, 2);
        at = neighbours(make, "localresponsenorm0", halved(make, "maxpool0", at));
        at = convolution(make, "conv2d1", at, 64, 1, 1);
        at = convolution(make, "conv2d2", at, 192, 3, 1);
        at = halved(make, "maxpool1", neighbours(make, "localresponsenorm1", at));
        for (Map.Entry<String, int[]> block : BLOCKS.entrySet()) {
            at = block.getKey().equals("mixed4a") ? halved(make, "maxpool4", at)
                    : block.getKey().equals("mixed5a") ? halved(make, "maxpool10", at) : at;
            at = block(make, block.getKey(), at, block.getValue());
        }
        int size = Math.min(HEAD, Math.min(make.shape(at).rows(), make.shape(at).columns()));
        at = make.add(new AveragePool("avgpool0", at, Windows.valid(size, size, 1, 1, 1, 1)));
        int channels = make.channels(at);
        int[] bias = make.supply().shape("softmax2_pre_activation_matmul.bias", 1);
        int classes = bias[0] > 0 ? bias[0] : make.supply().shape("softmax2_b", 1)[0] > 0 ? make.supply().shape("softmax2_b", 1)[0]
                : CLASSES;
        at = make.add(new Dense("softmax2_pre_activation", at,
                make.supply().take(new int[] {classes, channels}, "softmax2_pre_activation_matmul.weight", "softmax2_w"),
                make.supply().take(new int[] {classes}, "softmax2_pre_activation_matmul.bias", "softmax2_b")));
        return make.add(new Softmax("softmax2", at));
    }

    private static String block(Construction make, String name, String in, int[] widths) throws IOException {
        String one = convolution(make, name + "_1x1", in, widths[0], 1, 1);
        String three = convolution(make, name + "_3x3",
                convolution(make, name + "_3x3_bottleneck", in, widths[1], 1, 1), widths[2], 3, 1);
        String five = convolution(make, name + "_5x5",
                convolution(make, name + "_5x5_bottleneck", in, widths[3], 1, 1), widths[4], 5, 1);
        String pooled = make.add(new MaxPool(name + "_pool", in, Window.square(3, 1, 1)));
        String pool = convolution(make, name + "_pool_reduce", pooled, widths[5], 1, 1);
        return make.add(new Concatenation(name, List.of(one, three, five, pool)));
    }

    private static String convolution(Construction make, String name, String in, int channels, int size, int step)
            throws IOException {
        int width = width(make.supply(), name, size, channels);
        int[] shape = {width, make.channels(in), size, size};
        Window window = same(make, in, size, step);
        String before = make.add(new Convolution(name + "_pre_relu", in,
                make.supply().take(shape, name + "_pre_relu_conv.weight", name + "_w"),
                make.supply().take(new int[] {width}, name + "_pre_relu_conv.bias", name + "_b"), window, 1));
        return make.add(new Relu(name, before));
    }

    /** The channels that a file has, which may be a narrower network; the published ones where it says nothing. */
    private static int width(Supply supply, String name, int size, int published) {
        int[] graph = supply.shape(name + "_w", 4);
        int[] port = supply.shape(name + "_pre_relu_conv.weight", 4);
        return port[0] > 0 && port[2] == size && port[3] == size ? port[0] : graph[0] == size && graph[1] == size && graph[3] > 0
                ? graph[3] : published;
    }

    private static Window same(Construction make, String in, int size, int step) {
        return Windows.same(make.shape(in), size, size, step, step, 1, 1);
    }

    private static String halved(Construction make, String name, String in) {
        return make.add(new MaxPool(name, in, same(make, in, 3, 2)));
    }

    private static String neighbours(Construction make, String name, String in) {
        return make.add(new LocalResponseNormalization(name, in, NEIGHBOURS, 1e-4f, 0.5f, 1));
    }
}
