package org.loupe.core.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;

/**
 * Scans that were made before, so that an analysis that starts from what excites a channel need not look at all pictures
 * again. What a scan says of a channel does not depend on what else was scanned, so answers do not either.
 */
@FunctionalInterface
public interface KnownScans {

    /** No scan was made before. */
    KnownScans NONE = (tap, fitting) -> Optional.empty();

    /**
     * A complete scan of the pictures that an analysis is asked about.
     *
     * @param tap     that it has read
     * @param fitting how pictures were made to fit
     */
    Optional<Scanned> find(Tap tap, Fitting fitting);

    /**
     * A scan of some layers: one that is known, or else one that is made now, in the folder of the question.
     *
     * @return partial when the progress said to stop
     * @throws IllegalArgumentException when there are no pictures
     */
    static Scanned of(Material material, List<String> layers, Fitting fitting, Progress progress) {
        for (String layer : layers) {
            Optional<Scanned> known = material.scans().find(Tap.after(layer), fitting);
            if (known.isPresent() && known.get().taps().containsAll(layers.stream().map(Tap::after).toList())) {
                return known.get();
            }
        }
        return now(material.session(), material, layers, fitting, "scan", progress);
    }

    /**
     * Scans now.
     *
     * @param session of the network that is shown the pictures
     * @param name    of the folder within that of the question; where it holds what is left of an interrupted scan, that
     *                goes on
     */
    static Scanned now(Session session, Material material, List<String> layers, Fitting fitting, String name,
            Progress progress) {
        Material.Pictures pictures = material.requirePictures();
        Scanning.Choice choice = new Scanning.Choice(layers, 100, false, fitting);
        try {
            return new Scanning(session, pictures.set(), choice, pictures.folder().resolve(name))
                    .run(session.network().hash() + " " + String.join(" ", layers), progress::report);
        } catch (IOException problem) {
            throw new UncheckedIOException("The scan cannot be written to " + pictures.folder() + ": "
                    + problem.getMessage(), problem);
        }
    }
}
