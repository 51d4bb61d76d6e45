package org.loupe.ui.probe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.core.runtime.ILog;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.platform.ChannelScans;
import org.loupe.platform.Laboratory;

/** Tells activations as shares of those that a stored scan has found. For one background thread at a time. */
final class Quantiles {

    private final ChannelScans scans;

    Quantiles(Laboratory laboratory) {
        this.scans = new ChannelScans(laboratory, ILog.of(Quantiles.class)::warn);
    }

    /** Activations at positions that are to be told as shares. */
    record Question(Network network, List<Row> rows) {
    }

    /**
     * The answer.
     *
     * @param shares    of the positions with a smaller activation, from 0 to 1; nothing for channels that were not scanned
     * @param reference what the shares are of, such as “the positions in the pictures of drawn”
     */
    record Answer(Question question, Map<Unit, Double> shares, String reference) {
    }

    Answer of(Question question) {
        Map<Unit, Double> shares = new HashMap<>();
        for (Row row : question.rows()) {
            for (Row.Tile tile : row.tiles()) {
                scans.channel(question.network(), tile.unit())
                        .ifPresent(found -> shares.put(tile.unit(), found.rankOfPositions(tile.value())));
            }
        }
        return new Answer(question, shares, "the positions in the pictures of " + scans.set(question.network()).orElse(""));
    }
}
