package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Window;
import org.loupe.demo.pictures.LabelledPicture;

/** A hand-wired network while it is built, layer by layer, each scaled by what the layers below it measure. */
final class Circuit {

    private final String name;
    private final String about;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private final Truth truth;
    private String top = Network.INPUT;

    Circuit(String name, String about, Truth truth) {
        this.name = name;
        this.about = about;
        this.truth = truth;
    }

    /** Adds a convolution and a rectification. */
    void rectified(String layer, Kernels kernels, int step) {
        operations.add(kernels.convolution(layer + ".convolution", top, step));
        operations.add(new Relu(layer, layer + ".convolution"));
        shown(layer, layer + ".convolution");
    }

    /** Adds a layer of sums of channels of the layer below, without rectification: there is nothing below zero. */
    void sums(String layer, Kernels kernels) {
        operations.add(kernels.convolution(layer, top, 1));
        shown(layer, layer);
    }

    /** Adds a maximum over 3x3 at every second position. */
    void pool(String pool) {
        operations.add(new MaxPool(pool, top, Window.square(3, 2, 1)));
        top = pool;
    }

    /** What kernels that are not added yet, and without their bias, make of pictures, before rectification. */
    Batch tried(Kernels kernels, List<Batch> pictures) {
        Circuit longer = new Circuit(name, about, truth);
        longer.operations.addAll(operations);
        longer.operations.add(kernels.unbiased("tried", top));
        longer.layers.add(new Layer("tried", "tried", "tried", ""));
        return read(longer.network(), "tried", pictures);
    }

    /** What comes out of the topmost operation so far. */
    Batch soFar(List<Batch> pictures) {
        Circuit shown = new Circuit(name, about, truth);
        shown.operations.addAll(operations);
        shown.layers.add(new Layer(top, top, top, ""));
        return read(shown.network(), top, pictures);
    }

    /** The largest value of a channel of an image, no further than so many positions from the middle. */
    static double peak(Batch batch, int image, int channel, int reach) {
        double peak = Double.NEGATIVE_INFINITY;
        for (int row = batch.rows() / 2 - reach; row <= batch.rows() / 2 + reach; row++) {
            for (int column = batch.columns() / 2 - reach; column <= batch.columns() / 2 + reach; column++) {
                peak = Math.max(peak, batch.at(image, channel, row, column));
            }
        }
        return peak;
    }

    /** The network so far. */
    Network network() {
        float[] mean = {128, 128, 128};
        float[] deviation = {64, 64, 64};
        Input input = new Input(new Shape(3, LabelledPicture.SIZE, LabelledPicture.SIZE), mean, deviation);
        return new Network(name, about, input, operations, layers, List.of());
    }

    private void shown(String layer, String before) {
        String channels = String.join(", ", truth.names(layer));
        layers.add(new Layer(layer, layer, before, "Wired by hand. Channels from 0: " + channels + "."));
        top = layer;
    }

    private static Batch read(Network network, String layer, List<Batch> pictures) {
        Batch all = stacked(pictures);
        try (Session session = new ReferenceEngine().open(network)) {
            return session.activations(all, Set.of(Tap.after(layer))).at(Tap.after(layer));
        }
    }

    static Batch stacked(List<Batch> pictures) {
        Batch first = pictures.get(0);
        Batch all = Batch.zeros(pictures.size(), first.channels(), first.rows(), first.columns());
        for (int image = 0; image < pictures.size(); image++) {
            System.arraycopy(pictures.get(image).values(), 0, all.values(), all.offset(image, 0), first.imageSize());
        }
        return all;
    }
}
