package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Window;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Pictures.Colours;
import org.loupe.formats.graph.Assembly;

/**
 * VGG (Simonyan and Zisserman 2015) of any depth, with or without batch normalization, as torchvision has it, with the
 * weights' names of that: {@code features.0.weight}, {@code classifier.6.weight}. Where the poolings are follows from the
 * numbers that are left out between the convolutions.
 */
public final class Vgg implements Architecture {

    private static final float EPSILON = 1e-5f;

    @Override
    public String name() {
        return "VGG";
    }

    @Override
    public List<Blueprint> blueprints() {
        List<Blueprint> blueprints = new ArrayList<>();
        for (boolean normalized : new boolean[] {false, true}) {
            blueprints.add(blueprint("VGG-11", normalized, 1, 1, 2, 2, 2));
            blueprints.add(blueprint("VGG-13", normalized, 2, 2, 2, 2, 2));
            blueprints.add(blueprint("VGG-16", normalized, 2, 2, 3, 3, 3));
            blueprints.add(blueprint("VGG-19", normalized, 2, 2, 4, 4, 4));
        }
        return blueprints;
    }

    private Blueprint blueprint(String size, boolean normalized, int... convolutions) {
        Shapes shapes = new Shapes();
        int in = 3;
        int number = 0;
        for (int stage = 0; stage < convolutions.length; stage++) {
            int out = Math.min(512, 64 << stage);
            for (int i = 0; i < convolutions[stage]; i++) {
                String name = "features." + number;
                shapes.convolution(name, in, out, 3).bias(name, out);
                if (normalized) {
                    shapes.normalization("features." + (number + 1), out);
                }
                number += normalized ? 3 : 2;
                in = out;
            }
            number++;
        }
        shapes.dense("classifier.0", 7 * 7 * in, 4096).dense("classifier.3", 4096, 4096);
        return new Blueprint(size + (normalized ? " with batch normalization" : ""), this, shapes.all(), "classifier.6", 4096, 1000);
    }

    @Override
    public boolean recognises(TensorSource weights) {
        Set<String> names = weights.names();
        return names.contains("features.0.weight") && names.contains("classifier.6.weight") && names.contains("classifier.0.weight")
                && weights.shape("features.0.weight").length == 4 && weights.shape("features.0.weight")[2] == 3;
    }

    @Override
    public NetworkReading read(TensorSource weights, String file, String name, InputChoice choice) throws IOException {
        Pictures pictures = Pictures.of(choice, 3, 0, 0, 224, Colours.of("imagenet", Certainty.GUESSED,
                "It is torchvision's VGG, which takes colours less their means, by their deviations."));
        Assembly assembly = new Assembly(pictures.shape());
        Supply supply = new Supply(weights);
        Construction make = new Construction(assembly, supply);
        List<Integer> numbers = convolutions(weights, supply);
        boolean normalized = supply.has("features.1.running_mean");
        int step = normalized ? 3 : 2;
        String at = Network.INPUT;
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            at = convolution(make, number, at, normalized);
            boolean pools = i + 1 == numbers.size() || numbers.get(i + 1) > number + step;
            if (pools) {
                String pool = "features." + (number + step);
                at = make.add(new MaxPool(pool, at, Window.square(2, 2, 0)), Construction.path(pool, "MaxPool"));
            }
        }
        for (int number : new int[] {0, 3, 6}) {
            String dense = "classifier." + number;
            at = make.dense(dense, at, Math.max(1, supply.shape(dense + ".weight", 2)[0]));
            at = number == 6 ? at : make.relu("classifier." + (number + 1), at);
        }
        supply.leave(unused -> unused.endsWith("num_batches_tracked"));
        supply.check(name());
        List<String> remarks = new ArrayList<>();
        Network network = assembly.network(file, name, "VGG with the weights of " + file + ".", pictures.input(), List.of(at),
                List.of(), remarks);
        return pictures.reading(network, remarks);
    }

    private static List<Integer> convolutions(TensorSource weights, Supply supply) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : weights.names()) {
            if (name.matches("features\\.\\d{1,3}\\.weight") && supply.shape(name, 4)[0] > 0) {
                numbers.add(Integer.valueOf(name.split("\\.")[1]));
            }
        }
        return List.copyOf(numbers);
    }

    private static String convolution(Construction make, int number, String in, boolean normalized) throws IOException {
        String name = "features." + number;
        int channels = make.supply().shape(name + ".weight", 4)[0];
        Window window = Window.square(3, 1, 1);
        String at = normalized ? make.normalized(name, "features." + (number + 1), in, channels, window, 1, EPSILON)
                : make.add(new Convolution(name, in,
                        make.supply().take(new int[] {channels, make.channels(in), 3, 3}, name + ".weight"),
                        make.supply().take(new int[] {channels}, name + ".bias"), window, 1), Construction.path(name, "Conv"));
        return make.relu("features." + (number + (normalized ? 2 : 1)), at);
    }
}
