package org.loupe.platform;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;

/**
 * A network with what is known of its reading.
 *
 * @param reading the network, how sure its input is, and remarks
 * @param format  what it was read from, for a person, such as “ONNX”, or an empty text where it was no file
 * @param file    the file of the person's, where there is or was one
 */
public record OpenedNetwork(NetworkReading reading, String format, Optional<Path> file) {

    /** The network. */
    public Network network() {
        return reading.network();
    }

    /** Whether a person should look at the reading before relying on it. */
    public boolean isDoubtful() {
        return isGuessed() || !reading.remarks().isEmpty();
    }

    /** Whether the input is guessed or not known. */
    public boolean isGuessed() {
        return reading.colours() != Certainty.STATED || reading.size() != Certainty.STATED;
    }

    /** Whether a part of the file cannot be run, so that the network ends earlier. */
    public boolean isCut() {
        return reading.remarks().stream().anyMatch(remark -> remark.startsWith("Cannot run"));
    }

    /** How the colours are known, as a phrase that stands behind them. */
    public String colours() {
        return phrase(reading.colours());
    }

    /** How the size of pictures is known, as a phrase that stands behind it. */
    public String size() {
        return phrase(reading.size());
    }

    private static String phrase(Certainty certainty) {
        return switch (certainty) {
            case STATED -> "stated";
            case GUESSED -> "guessed: networks of this kind usually have it so";
            case UNKNOWN -> "not known: nothing says so";
        };
    }

    /** The same with another network, such as one whose input a person has set: then nothing about it is guessed. */
    public OpenedNetwork confirmed(Network network) {
        return new OpenedNetwork(new NetworkReading(network, Certainty.STATED, Certainty.STATED, reading.remarks()), format,
                file);
    }

    static OpenedNetwork of(Network network) {
        return new OpenedNetwork(NetworkReading.of(network), "", Optional.empty());
    }

    /** Remarks as a list of sentences. */
    public List<String> remarks() {
        return reading.remarks();
    }
}
