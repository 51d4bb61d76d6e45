package org.loupe.core.network;

import java.util.List;

/**
 * A network as a file has it, and what a person should know about the reading.
 *
 * @param network ready to run, with the input as {@code colours} and {@code size} say
 * @param colours how sure it is how colours become the network's numbers
 * @param size    how sure it is what size the pictures have
 * @param remarks whole sentences for a person: what was guessed and why, what was left out and why
 */
public record NetworkReading(Network network, Certainty colours, Certainty size, List<String> remarks) {

    /** How something about a network's input is known. */
    public enum Certainty {
        /** The person said so, or the file does. */
        STATED,
        /** Networks of this kind usually have it so. */
        GUESSED,
        /** Nothing says so; the person should be asked. */
        UNKNOWN
    }

    public NetworkReading {
        remarks = List.copyOf(remarks);
    }

    /** A reading that leaves nothing open. */
    public static NetworkReading of(Network network) {
        return new NetworkReading(network, Certainty.STATED, Certainty.STATED, List.of());
    }
}
