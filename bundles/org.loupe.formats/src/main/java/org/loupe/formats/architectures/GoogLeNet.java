package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Pictures.Colours;
import org.loupe.formats.arrays.Windows;
import org.loupe.formats.graph.Assembly;

/**
 * GoogLeNet as torchvision has it, with batch normalization and with windows of three where the paper has five, and with
 * the weights' names of that: {@code inception3a.branch1.conv.weight}.
 */
public final class GoogLeNet implements Architecture {

    private static final List<String> BLOCKS = List.of("inception3a", "inception3b", "inception4a", "inception4b", "inception4c",
            "inception4d", "inception4e", "inception5a", "inception5b");
    private static final float EPSILON = 1e-3f;

    @Override
    public String name() {
        return "GoogLeNet";
    }

    @Override
    public List<Blueprint> blueprints() {
        // each block's 1x1, 3x3 bottleneck, 3x3, "5x5" bottleneck, "5x5", pool
        int[][] widths = {{64, 96, 128, 16, 32, 32}, {128, 128, 192, 32, 96, 64}, {192, 96, 208, 16, 48, 64},
                {160, 112, 224, 24, 64, 64}, {128, 128, 256, 24, 64, 64}, {112, 144, 288, 32, 64, 64},
                {256, 160, 320, 32, 128, 128}, {256, 160, 320, 32, 128, 128}, {384, 192, 384, 48, 128, 128}};
        Shapes shapes = new Shapes();
        learned(shapes, "conv1", 3, 64, 7);
        learned(shapes, "conv2", 64, 64, 1);
        learned(shapes, "conv3", 64, 192, 3);
        int in = 192;
        for (int i = 0; i < widths.length; i++) {
            int[] width = widths[i];
            learned(shapes, BLOCKS.get(i) + ".branch1", in, width[0], 1);
            learned(shapes, BLOCKS.get(i) + ".branch2.0", in, width[1], 1);
            learned(shapes, BLOCKS.get(i) + ".branch2.1", width[1], width[2], 3);
            learned(shapes, BLOCKS.get(i) + ".branch3.0", in, width[3], 1);
            learned(shapes, BLOCKS.get(i) + ".branch3.1", width[3], width[4], 3);
            learned(shapes, BLOCKS.get(i) + ".branch4.1", in, width[5], 1);
            in = width[0] + width[2] + width[4] + width[5];
        }
        return List.of(new Blueprint(name(), this, shapes.all(), "fc", in, 1000));
    }

    private static void learned(Shapes shapes, String name, int in, int out, int size) {
        shapes.normalized(name + ".conv", name + ".bn", in, out, size);
    }

    @Override
    public boolean recognises(TensorSource weights) {
        return weights.names().contains("inception3a.branch1.conv.weight") && weights.names().contains("conv1.conv.weight");
    }

    @Override
    public NetworkReading read(TensorSource weights, String file, String name, InputChoice choice) throws IOException {
        Pictures pictures = Pictures.of(choice, 3, 0, 0, 224, Colours.of("-1..1", Certainty.GUESSED,
                "It is torchvision's GoogLeNet, whose published weights take colours from -1 to 1."));
        Assembly assembly = new Assembly(pictures.shape());
        Supply supply = new Supply(weights);
        Construction make = new Construction(assembly, supply);
        String at = halved(make, "maxpool1", convolution(make, "conv1", Network.INPUT, 2), 3);
        at = convolution(make, "conv3", convolution(make, "conv2", at, 1), 1);
        at = halved(make, "maxpool2", at, 3);
        for (String block : BLOCKS) {
            at = block.equals("inception4a") ? halved(make, "maxpool3", at, 3)
                    : block.equals("inception5a") ? halved(make, "maxpool4", at, 2) : at;
            at = block(make, block, at);
        }
        at = make.add(new GlobalAverage("avgpool", at), "/avgpool/GlobalAveragePool");
        at = make.dense("fc", at, Math.max(1, supply.shape("fc.weight", 2)[0]));
        List<String> remarks = new ArrayList<>();
        supply.leave(unused -> unused.endsWith("num_batches_tracked"));
        if (!supply.leave(unused -> unused.matches("aux[12]\\..*")).isEmpty()) {
            remarks.add("The two heads that only helped the training, aux1 and aux2, were left out.");
        }
        supply.check(name());
        Network network = assembly.network(file, name, "torchvision's GoogLeNet with the weights of " + file + ".",
                pictures.input(), List.of(at), List.of(), remarks);
        return pictures.reading(network, remarks);
    }

    private static String convolution(Construction make, String name, String in, int step) throws IOException {
        int[] shape = make.supply().shape(name + ".conv.weight", 4);
        int size = Math.max(1, shape[2]);
        String made = make.normalized(name + ".conv", name + ".bn", in, Math.max(1, shape[0]),
                Window.square(size, step, size / 2), 1, EPSILON);
        return make.relu(name, made);
    }

    private static String block(Construction make, String name, String in) throws IOException {
        String one = convolution(make, name + ".branch1", in, 1);
        String two = convolution(make, name + ".branch2.1", convolution(make, name + ".branch2.0", in, 1), 1);
        String three = convolution(make, name + ".branch3.1", convolution(make, name + ".branch3.0", in, 1), 1);
        String pooled = make.add(new MaxPool(name + ".branch4.0", in, Window.square(3, 1, 1)),
                Construction.path(name + ".branch4.0", "MaxPool"));
        return make.joined(name, List.of(one, two, three, convolution(make, name + ".branch4.1", pooled, 1)));
    }

    /** A pooling whose last window may reach over the edge ({@code ceil_mode}). */
    private static String halved(Construction make, String name, String in, int size) {
        Shape shape = make.shape(in);
        Window window = Windows.padded(Windows.valid(size, size, 2, 2, 1, 1), 0, 0, over(shape.rows(), size),
                over(shape.columns(), size));
        return make.add(new MaxPool(name, in, window), Construction.path(name, "MaxPool"));
    }

    private static int over(int extent, int size) {
        int windows = (Math.max(0, extent - size) + 1) / 2 + 1;
        return Math.max(0, (windows - 1) * 2 + size - extent);
    }
}
