package org.loupe.core.engine;

import org.loupe.core.network.Network;

/**
 * The engine that other engines are held against: plain loops over numbers of 64 bits.
 *
 * <p>It needs nothing but Java, so it also runs where no native library fits the machine. It is some hundred
 * times as slow as the others; images of a batch run in parallel.
 */
public final class ReferenceEngine implements Engine {

    /** What {@link #name} returns. */
    public static final String NAME = "reference";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "plain Java, 64-bit numbers";
    }

    @Override
    public Session open(Network network) {
        return new ReferenceSession(network, this);
    }
}
