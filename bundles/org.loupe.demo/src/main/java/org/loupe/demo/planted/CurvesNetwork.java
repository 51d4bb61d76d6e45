package org.loupe.demo.planted;

import java.util.function.Supplier;
import org.loupe.core.network.Network;

/** The bundled network in which lines make curves, and curves make circles and spirals. */
public final class CurvesNetwork implements Supplier<Network> {

    @Override
    public Network get() {
        return PlantedNetwork.curves().network();
    }
}
