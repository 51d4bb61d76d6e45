package org.loupe.ui.jobs;

import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualize;

/**
 * A picture of one unit that somebody wants to see.
 *
 * @param arguments how it is to be made; its only unit is {@code unit}
 */
public record PictureRequest(Network network, Unit unit, Visualize.Arguments arguments) {

    /** Such as {@code mixed4a:71}. */
    @Override
    public String toString() {
        return unit.toString();
    }
}
