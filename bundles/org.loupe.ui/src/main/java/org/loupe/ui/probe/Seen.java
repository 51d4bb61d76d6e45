package org.loupe.ui.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.probe.PictureMaps;
import org.loupe.platform.Laboratory;

/**
 * A picture as a network sees it.
 *
 * @param maps    all activations; nothing where the picture cannot be read
 * @param problem why it cannot be read, for a person; otherwise empty
 */
record Seen(Question question, Optional<PictureMaps> maps, String problem) {

    /** Activations take no more than this; layers with the largest maps are left out. */
    private static final long MOST_BYTES = 256L << 20;

    /** A picture that a network is to be shown. */
    record Question(Network network, ProbeSource source) {
    }

    /** Reads the picture and runs the network once, in the background. */
    static Seen of(Laboratory laboratory, Question question) {
        Network network = question.network();
        try {
            var picture = question.source().read(laboratory, Frame.of(network.input().shape(), Fitting.COVER));
            return new Seen(question, Optional.of(laboratory.run(network,
                    session -> PictureMaps.of(session, picture, network.layers(), MOST_BYTES))), "");
        } catch (PictureException problem) {
            return new Seen(question, Optional.empty(), question.source().label() + ": " + problem.getMessage());
        } catch (IOException | UncheckedIOException | IllegalArgumentException problem) {
            return new Seen(question, Optional.empty(), problem.getMessage());
        }
    }
}
