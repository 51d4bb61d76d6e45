package org.loupe.ui;

import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;

/** A layer as it is selected in the workbench: together with the network that it belongs to. */
public record LayerInNetwork(Network network, Layer layer) {

    /** The layer's name. */
    @Override
    public String toString() {
        return layer.name();
    }
}
