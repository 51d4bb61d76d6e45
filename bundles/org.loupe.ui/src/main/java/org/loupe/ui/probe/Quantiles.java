package org.loupe.ui.probe;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.core.runtime.ILog;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ChannelScan;
import org.loupe.platform.Laboratory;
import org.loupe.platform.StoredScans;

/** Tells activations as shares of those that a stored scan has found. For one background thread at a time. */
final class Quantiles {

    private static final int KEPT = 400;

    private final Laboratory laboratory;
    private final StoredScans scans;
    private final Map<String, Optional<StoredScans.Stored>> byLayer = new HashMap<>();
    private final Map<Unit, ChannelScan> channels = new LinkedHashMap<>(64, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Unit, ChannelScan> eldest) {
            return size() > KEPT;
        }
    };
    private Network network;

    Quantiles(Laboratory laboratory) {
        this.laboratory = laboratory;
        this.scans = new StoredScans(laboratory);
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

    synchronized Answer of(Question question) {
        if (question.network() != network) {
            network = question.network();
            byLayer.clear();
            channels.clear();
        }
        Map<Unit, Double> shares = new HashMap<>();
        String reference = "";
        Optional<PictureSet> set = laboratory.picturesOf(network).map(laboratory::pictures);
        for (Row row : question.rows()) {
            for (Row.Tile tile : row.tiles()) {
                Optional<ChannelScan> scan = set.flatMap(pictures -> channel(pictures, tile.unit().at(Unit.EVERYWHERE)));
                scan.ifPresent(found -> shares.put(tile.unit(), found.rankOfPositions(tile.value())));
                reference = "the positions in the pictures of " + set.map(PictureSet::name).orElse("");
            }
        }
        return new Answer(question, shares, reference);
    }

    private Optional<ChannelScan> channel(PictureSet pictures, Unit unit) {
        ChannelScan known = channels.get(unit);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<StoredScans.Stored> scan = byLayer.get(unit.layer());
        if (scan == null || scan.isEmpty()) {
            scan = scans.find(network, pictures, Tap.after(unit.layer()));
            byLayer.put(unit.layer(), scan);
        }
        try {
            if (scan.isPresent()) {
                ChannelScan found = scan.get().scanned().channel(Tap.after(unit.layer()), unit.channel());
                channels.put(unit, found);
                return Optional.of(found);
            }
        } catch (IOException problem) {
            ILog.of(Quantiles.class).warn("The scan of " + unit + " cannot be read", problem);
        }
        return Optional.empty();
    }
}
