package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkReading;

/** A way in which weights are put together that is known by the names that files give to the weights. */
public interface Architecture {

    /** All that are known; the more particular first. */
    List<Architecture> KNOWN = List.of(new InceptionV1(), new GoogLeNet(), new ResNet(), new Vgg());

    /** What people call it. */
    String name();

    /** The sizes in which it was published; weights in a file that does not name them are tried on these. */
    List<Blueprint> blueprints();

    /** Whether arrays have names as weights of this architecture do. */
    boolean recognises(TensorSource weights);

    /**
     * Makes a network.
     *
     * @param file what to call the file in messages
     * @param name what the network is called
     * @throws org.loupe.core.network.NetworkException naming every array that is missing, misshapen or too much
     */
    NetworkReading read(TensorSource weights, String file, String name, InputChoice choice) throws IOException;

    /** The first known architecture that recognises arrays. */
    static Optional<Architecture> of(TensorSource weights) {
        return KNOWN.stream().filter(architecture -> architecture.recognises(weights)).findFirst();
    }
}
