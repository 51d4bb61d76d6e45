package org.loupe.core.objective;

import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/** What the words of an objective refer to: a network, and pictures that it may be compared with. */
public interface Scene {

    /** The network that is asked. */
    Network network();

    /**
     * How the network answers to a picture.
     *
     * @param tap     where to read
     * @param picture its name in the picture set, or its number there, from 0
     * @return of one image, at the size in which pictures are made
     * @throws IllegalArgumentException when there is no such picture, or no picture set
     */
    Batch activations(Tap tap, String picture);

    /** A network without pictures. */
    static Scene of(Network network) {
        return new Scene() {
            @Override
            public Network network() {
                return network;
            }

            @Override
            public Batch activations(Tap tap, String picture) {
                throw new IllegalArgumentException("The picture " + picture + " is looked for, but no picture set was"
                        + " named.");
            }
        };
    }
}
