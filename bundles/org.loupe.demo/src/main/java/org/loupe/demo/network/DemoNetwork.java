package org.loupe.demo.network;

import java.util.function.Supplier;
import org.loupe.core.network.Network;
import org.loupe.demo.BundledNetwork;

/** The bundled network that was trained on drawn pictures; {@link DemoTraining} makes it again. */
public final class DemoNetwork implements Supplier<Network> {

    @Override
    public Network get() {
        return BundledNetwork.read("demo");
    }
}
