package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Pictures.Colours;
import org.loupe.formats.graph.Assembly;

/**
 * ResNet (He et al. 2016) of any depth and width as torchvision and timm have it, with the weights' names of these:
 * {@code layer1.0.conv1.weight}. ResNeXt and wide ResNets are such networks, too; numbers and widths follow from the weights.
 */
public final class ResNet implements Architecture {

    private static final float EPSILON = 1e-5f;
    private static final int MOST_BLOCKS = 256;

    @Override
    public String name() {
        return "ResNet";
    }

    @Override
    public List<Blueprint> blueprints() {
        return List.of(blueprint("ResNet-18", false, 64, 2, 2, 2, 2), blueprint("ResNet-34", false, 64, 3, 4, 6, 3),
                blueprint("ResNet-50", true, 64, 3, 4, 6, 3), blueprint("ResNet-101", true, 64, 3, 4, 23, 3),
                blueprint("ResNet-152", true, 64, 3, 8, 36, 3), blueprint("Wide ResNet-50-2", true, 128, 3, 4, 6, 3),
                blueprint("Wide ResNet-101-2", true, 128, 3, 4, 23, 3));
    }

    private Blueprint blueprint(String size, boolean bottleneck, int base, int... blocks) {
        Shapes shapes = new Shapes().normalized("conv1", "bn1", 3, 64, 7);
        int in = 64;
        for (int layer = 1; layer <= blocks.length; layer++) {
            int width = base << layer - 1;
            int out = bottleneck ? 256 << layer - 1 : width;
            for (int block = 0; block < blocks[layer - 1]; block++) {
                String name = "layer" + layer + "." + block;
                shapes.normalized(name + ".conv1", name + ".bn1", in, width, bottleneck ? 1 : 3);
                shapes.normalized(name + ".conv2", name + ".bn2", width, width, 3);
                if (bottleneck) {
                    shapes.normalized(name + ".conv3", name + ".bn3", width, out, 1);
                }
                if (block == 0 && (layer > 1 || in != out)) {
                    shapes.normalized(name + ".downsample.0", name + ".downsample.1", in, out, 1);
                }
                in = out;
            }
        }
        return new Blueprint(size, this, shapes.all(), "fc", in, 1000);
    }

    @Override
    public boolean recognises(TensorSource weights) {
        return weights.names().contains("layer1.0.conv1.weight") && weights.names().contains("conv1.weight")
                && weights.names().contains("bn1.running_mean");
    }

    @Override
    public NetworkReading read(TensorSource weights, String file, String name, InputChoice choice) throws IOException {
        Pictures pictures = Pictures.of(choice, 3, 0, 0, 224, Colours.of("imagenet", Certainty.GUESSED,
                "It is torchvision's ResNet, which takes colours less their means, by their deviations."));
        Assembly assembly = new Assembly(pictures.shape());
        Supply supply = new Supply(weights);
        Construction make = new Construction(assembly, supply);
        int stem = supply.shape("conv1.weight", 4)[2];
        String at = make.normalized("conv1", "bn1", Network.INPUT, width(supply, "conv1"), Window.square(Math.max(stem, 1), 2, stem / 2), 1,
                EPSILON);
        at = make.add(new MaxPool("maxpool", make.relu("relu", at), Window.square(3, 2, 1)), "/maxpool/MaxPool");
        for (int layer = 1; layer <= 4; layer++) {
            for (int block = 0; supply.has("layer" + layer + "." + block + ".conv1.weight"); block++) {
                if (block == MOST_BLOCKS) {
                    throw new NetworkException("It has more than " + MOST_BLOCKS + " blocks");
                }
                at = block(make, "layer" + layer + "." + block, at, layer > 1 && block == 0 ? 2 : 1);
            }
        }
        at = make.add(new GlobalAverage("avgpool", at), "/avgpool/GlobalAveragePool");
        at = make.dense("fc", at, Math.max(1, supply.shape("fc.weight", 2)[0]));
        supply.leave(unused -> unused.endsWith("num_batches_tracked"));
        supply.check(name());
        List<String> remarks = new ArrayList<>();
        Network network = assembly.network(file, name, "ResNet with the weights of " + file + ".", pictures.input(), List.of(at),
                List.of(), remarks);
        return pictures.reading(network, remarks);
    }

    private static int width(Supply supply, String convolution) {
        return Math.max(1, supply.shape(convolution + ".weight", 4)[0]);
    }

    private static String block(Construction make, String name, String in, int step) throws IOException {
        Supply supply = make.supply();
        boolean bottleneck = supply.has(name + ".conv3.weight");
        String at = convolution(make, name, 1, in, bottleneck ? 1 : step);
        at = make.relu(name + ".relu", at);
        at = convolution(make, name, 2, at, bottleneck ? step : 1);
        if (bottleneck) {
            at = convolution(make, name, 3, make.relu(name + ".relu_1", at), 1);
        }
        String beside = in;
        if (supply.has(name + ".downsample.0.weight")) {
            beside = make.normalized(name + ".downsample.0", name + ".downsample.1", in, width(supply, name + ".downsample.0"),
                    Window.square(1, step, 0), 1, EPSILON);
        }
        return make.relu(name + ".relu_2", make.sum(name, at, beside));
    }

    private static String convolution(Construction make, String block, int number, String in, int step) throws IOException {
        String name = block + ".conv" + number;
        int[] shape = make.supply().shape(name + ".weight", 4);
        int size = Math.max(1, shape[2]);
        int groups = shape[1] > 0 && make.channels(in) % shape[1] == 0 ? make.channels(in) / shape[1] : 1;
        int width = width(make.supply(), name);
        return make.normalized(name, block + ".bn" + number, in, width, Window.square(size, step, size / 2),
                width % groups == 0 ? groups : 1, EPSILON);
    }
}
