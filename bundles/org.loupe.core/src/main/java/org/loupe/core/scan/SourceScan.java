package org.loupe.core.scan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.loupe.core.Batch;
import org.loupe.core.engine.EngineException;

/**
 * What is written down of one array of the network: of what is read there, and of its rectified values where these are
 * what comes out of the layer, so that they need not be read as well.
 */
final class SourceScan {

    private final TapScan own;
    private final Optional<TapScan> rectified;
    private final long[][] bins;

    SourceScan(TapScan own, Optional<TapScan> rectified) {
        this.own = own;
        this.rectified = rectified;
        this.bins = new long[own.shape().channels()][Bins.COUNT];
    }

    /** What is read. */
    TapScan own() {
        return own;
    }

    /** The taps that this is about. */
    Stream<TapScan> taps() {
        return Stream.concat(Stream.of(own), rectified.stream());
    }

    /**
     * Makes room for pictures.
     *
     * @param from index of the first in the set, which follows those that there was room for before
     * @param to   index after the last
     */
    void prepare(int from, int to) throws IOException {
        for (TapScan tap : taps().toList()) {
            tap.prepare(from, to);
        }
    }

    /**
     * Enters pictures that there is room for.
     *
     * @param batch    what was read at the tap
     * @param pictures index of each picture in the set
     * @throws EngineException when a value is not a number
     */
    void enter(Batch batch, List<Integer> pictures) {
        int[] indexes = pictures.stream().mapToInt(Integer::intValue).toArray();
        MapReader maps = new MapReader(batch.images());
        BinCounter counter = new BinCounter();
        for (int channel = 0; channel < batch.channels(); channel++) {
            for (int image = 0; image < batch.images(); image++) {
                int from = batch.offset(image, channel);
                if (!maps.read(image, batch.values(), from, from + batch.area(), counter.counts())) {
                    throw new EngineException("The activations of " + own.tap() + ":" + channel + " for picture "
                            + indexes[image] + " are not all numbers. Check the network with the command check, or use"
                            + " another engine.");
                }
            }
            counter.move(bins[channel], (long) batch.images() * batch.area(), maps.limit(batch.images()));
            own.enter(channel, indexes, maps);
            if (rectified.isPresent()) {
                maps.rectify(batch.images());
                rectified.get().enter(channel, indexes, maps);
            }
        }
        taps().forEach(tap -> tap.ledger().entered(batch.images()));
    }

    /** How many values of a channel fell into each bin. */
    long[] bins(TapScan tap, int channel) {
        long[] counts = bins[channel].clone();
        if (tap != own) {
            for (int bin = 0; bin < Bins.ZERO; bin++) {
                counts[Bins.ZERO] += counts[bin];
                counts[bin] = 0;
            }
        }
        return counts;
    }

    void write(DataOutput out) throws IOException {
        for (long[] counts : bins) {
            int from = 0;
            int to = counts.length;
            while (from < to && counts[from] == 0) {
                from++;
            }
            while (to > from && counts[to - 1] == 0) {
                to--;
            }
            out.writeInt(from);
            out.writeInt(to);
            for (int bin = from; bin < to; bin++) {
                out.writeLong(counts[bin]);
            }
        }
        for (TapScan tap : taps().toList()) {
            tap.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        for (long[] counts : bins) {
            int from = in.readInt();
            int to = in.readInt();
            for (int bin = from; bin < to; bin++) {
                counts[bin] = in.readLong();
            }
        }
        for (TapScan tap : taps().toList()) {
            tap.read(in);
        }
    }
}
