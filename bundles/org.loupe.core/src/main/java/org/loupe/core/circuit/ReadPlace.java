package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/** One more layer of a network, where the output of one of its operations, such as a pooling, can be tapped. */
final class ReadPlace {

    private static final String NAME = "read-from-here";

    /** Where the output can be tapped. */
    static final Tap TAP = Tap.after(NAME);

    private ReadPlace() {
    }

    /** The network with that layer, and without names of classes. */
    static Network in(Network network, String output) {
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.add(new Layer(NAME, output, output, ""));
        return new Network(network.name(), network.about(), network.input(), network.operations(), layers, List.of());
    }
}
