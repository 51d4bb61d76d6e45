package org.loupe.ui;

import org.loupe.core.Unit;
import org.loupe.core.network.Network;

/** A unit as it is selected in the workbench: together with the network that it belongs to. */
public record UnitInNetwork(Network network, Unit unit) {

    /** The unit, as it is written everywhere. */
    @Override
    public String toString() {
        return unit.toString();
    }
}
