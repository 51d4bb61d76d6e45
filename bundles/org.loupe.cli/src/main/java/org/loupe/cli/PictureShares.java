package org.loupe.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.loupe.core.Analysis;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.platform.Laboratory;
import org.loupe.platform.PictureSets;
import org.loupe.platform.Registered;

/**
 * What an activation means beside those that the pictures of a set evoke, as a stored scan has it.
 *
 * @param scanned nothing where the network was not scanned with the set that comes with it
 */
record PictureShares(Optional<Scanned> scanned) {

    /** Looks for the standard scan of a network with the set that comes with it. */
    static PictureShares of(Laboratory laboratory, Network network) {
        PictureSets sets = new PictureSets(laboratory.registry());
        String name = laboratory.isBundled(network) ? sets.standard(network.name()).orElse("") : "";
        if (name.isEmpty()) {
            return new PictureShares(Optional.empty());
        }
        try (PictureSet set = sets.open(name)) {
            Registered<Analysis<Scan.Arguments, Scanned>> scan = laboratory.registry().analysis(Scan.class);
            return new PictureShares(laboratory.stored(scan, Scan.Arguments.STANDARD, network, Optional.of(set)));
        } catch (IOException unreadable) {
            return new PictureShares(Optional.empty());
        }
    }

    /** Share of the set's pictures that nowhere excite a channel as much; nothing where that is not known. */
    OptionalDouble below(Tap tap, int channel, double activation) {
        if (scanned.isEmpty() || !scanned.get().taps().contains(tap)) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(scanned.get().channel(tap, channel).rank(activation));
        } catch (IOException damaged) {
            return OptionalDouble.empty();
        }
    }
}
