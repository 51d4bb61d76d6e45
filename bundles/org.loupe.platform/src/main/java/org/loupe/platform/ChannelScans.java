package org.loupe.platform;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ReceptiveField;

/**
 * What an activation means beside those that the pictures of a network evoke: what the study's scans know of its channels,
 * with what was read last kept in memory. Reads files, so not for the user interface's thread.
 */
public final class ChannelScans {

    private static final int KEPT = 400;

    private final Laboratory laboratory;
    private final StoredScans scans;
    private final Consumer<String> notices;
    private final Map<String, StoredScans.Stored> byLayer = new HashMap<>();
    private final Map<Unit, ChannelScan> channels = new LinkedHashMap<>(64, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Unit, ChannelScan> eldest) {
            return size() > KEPT;
        }
    };
    private Network network;
    private Optional<PictureSet> pictures = Optional.empty();

    /** @param notices hears of scans that cannot be read */
    public ChannelScans(Laboratory laboratory, Consumer<String> notices) {
        this.laboratory = laboratory;
        this.scans = new StoredScans(laboratory);
        this.notices = notices;
    }

    /** Name of the pictures that a network is asked with; nothing where there are none. */
    public synchronized Optional<String> set(Network of) {
        take(of);
        return pictures.map(PictureSet::name);
    }

    /** What is known of a channel, with the pictures that its network is asked with. */
    public synchronized Optional<ChannelScan> channel(Network of, Unit unit) {
        take(of);
        Unit channel = unit.at(Unit.EVERYWHERE);
        ChannelScan known = channels.get(channel);
        if (known != null || pictures.isEmpty()) {
            return Optional.ofNullable(known);
        }
        Tap tap = Tap.after(unit.layer());
        if (!byLayer.containsKey(unit.layer())) {
            scans.find(of, pictures.get(), tap).ifPresent(found -> byLayer.put(unit.layer(), found));
        }
        StoredScans.Stored scan = byLayer.get(unit.layer());
        if (scan == null) {
            return Optional.empty();
        }
        try {
            ChannelScan found = scan.scanned().channel(tap, unit.channel());
            channels.put(channel, found);
            return Optional.of(found);
        } catch (IOException problem) {
            notices.accept("The scan of " + channel + " cannot be read: " + problem.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What the position sees that excites a channel most, in the pictures that its network is asked with, as far as it lies within
     * the picture; nothing where no scan is known, or the picture cannot be read any more.
     *
     * @return one image, colours from 0 to 1
     */
    public synchronized Optional<Batch> strongest(Network of, Unit unit) {
        Optional<ChannelScan> found = channel(of, unit).filter(scan -> !scan.examples().isEmpty());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Example example = found.get().examples().get(0);
        StoredScans.Stored stored = byLayer.computeIfAbsent(unit.layer(),
                layer -> scans.find(of, pictures.orElseThrow(), Tap.after(layer)).orElseThrow());
        try {
            Batch picture = pictures.orElseThrow().read(example.picture(),
                    Frame.of(of.input().shape(), stored.arguments().fitting()));
            return Optional.of(part(picture, ReceptiveField.of(of, Tap.after(unit.layer()), example.row(), example.column())));
        } catch (PictureException gone) {
            notices.accept("The strongest example of " + unit + " cannot be read: " + gone.getMessage());
            return Optional.empty();
        }
    }

    private static Batch part(Batch picture, ReceptiveField field) {
        Batch part = Batch.zeros(1, picture.channels(), field.rows(), field.columns());
        for (int channel = 0; channel < part.channels(); channel++) {
            for (int row = 0; row < part.rows(); row++) {
                System.arraycopy(picture.values(), picture.index(0, channel, field.top() + row, field.left()), part.values(),
                        part.index(0, channel, row, 0), part.columns());
            }
        }
        return part;
    }

    /** Turns to a network, or to the other pictures that were chosen for it meanwhile. */
    private void take(Network other) {
        Optional<PictureSet> now = laboratory.picturesOf(other).map(laboratory::pictures);
        if (other != network || !now.equals(pictures)) {
            network = other;
            pictures = now;
            byLayer.clear();
            channels.clear();
        }
    }
}
