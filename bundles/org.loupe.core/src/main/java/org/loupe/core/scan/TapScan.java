package org.loupe.core.scan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/** What is written down of one tap while a scan goes on: a ledger in memory and the numbers of each picture on disk. */
final class TapScan implements AutoCloseable {

    private static final int UNREADABLE = Float.floatToRawIntBits(Float.NaN);

    private final Tap tap;
    private final Shape shape;
    private final Ledger ledger;
    private final List<ColumnFile> files = new ArrayList<>();
    private final boolean keepsMeans;

    TapScan(Tap tap, Shape shape, Scanning.Choice choice) {
        this.tap = tap;
        this.shape = shape;
        this.ledger = new Ledger(shape, choice.top());
        this.keepsMeans = choice.means();
    }

    Tap tap() {
        return tap;
    }

    Shape shape() {
        return shape;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Opens the files; what stands in them of the first pictures stays. */
    void open(Path folder, TapFiles names, int pictures, int done) throws IOException {
        int channels = shape.channels();
        files.add(new ColumnFile(folder.resolve(names.maxima()), "<f4", UNREADABLE, pictures, channels, done));
        files.add(new ColumnFile(folder.resolve(names.places()), "<i4", -1, pictures, channels, done));
        if (keepsMeans) {
            files.add(new ColumnFile(folder.resolve(names.means()), "<f4", UNREADABLE, pictures, channels, done));
        }
    }

    void prepare(int from, int to) throws IOException {
        for (ColumnFile file : files) {
            file.prepare(from, to);
        }
    }

    /** Enters one channel's maps of some pictures of the set. */
    void enter(int channel, int[] indexes, MapReader maps) {
        ledger.enter(channel, indexes, maps);
        ColumnFile maxima = files.get(0);
        ColumnFile places = files.get(1);
        for (int i = 0; i < indexes.length; i++) {
            maxima.put(indexes[i], channel, Float.floatToRawIntBits(maps.maxima[i]));
            places.put(indexes[i], channel, maps.places[i]);
        }
        for (int i = 0; i < indexes.length && keepsMeans; i++) {
            files.get(2).put(indexes[i], channel, Float.floatToRawIntBits((float) (maps.sums[i] / shape.area())));
        }
    }

    /** How many bytes the files have. */
    long bytes(int pictures) {
        return (keepsMeans ? 3 : 2) * ColumnFile.bytes(pictures, shape.channels());
    }

    /** Writes everything about the first pictures to the files. */
    void flush(int done) throws IOException {
        for (ColumnFile file : files) {
            file.flush(done);
        }
    }

    /** Waits until the disk has everything that was written to the files. */
    void force() throws IOException {
        for (ColumnFile file : files) {
            file.force();
        }
    }

    /** Says of all pictures from this one on that they were not read. */
    void end(int done) throws IOException {
        for (ColumnFile file : files) {
            file.fillFrom(done);
        }
    }

    void write(DataOutput out) throws IOException {
        ledger.write(out);
    }

    void read(DataInput in) throws IOException {
        ledger.read(in);
    }

    @Override
    public void close() {
        for (ColumnFile file : files) {
            file.close();
        }
    }
}
