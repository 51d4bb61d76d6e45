package org.loupe.demo.planted;

import java.util.function.Supplier;
import org.loupe.core.network.Network;

/** The bundled network in which parts make dogs, cars, cats and foxes. */
public final class PartsNetwork implements Supplier<Network> {

    @Override
    public Network get() {
        return PlantedNetwork.parts().network();
    }
}
