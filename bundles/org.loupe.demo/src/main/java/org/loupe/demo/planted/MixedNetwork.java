package org.loupe.demo.planted;

import java.util.function.Supplier;
import org.loupe.core.network.Network;

/** The bundled network in which nine parts go through six channels. */
public final class MixedNetwork implements Supplier<Network> {

    @Override
    public Network get() {
        return MixedParts.bundled().network();
    }
}
