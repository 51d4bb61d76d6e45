package org.loupe.core.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.loupe.core.NpyHeader;

/**
 * A file of NumPy's with a number for each picture and channel, as large as the disk allows: the pictures of one channel
 * lie next to each other, so one channel is read quickly, and the pictures come in their order. The file is
 * {@linkplain MappedColumns mapped}, and has its full length from the beginning. Little of it is in Java's memory.
 */
final class ColumnFile implements AutoCloseable {

    private static final int BLOCK = 512;

    private final MappedColumns columns;
    private final int pictures;
    private final int fill;
    private final int[][] block;
    private int first;

    /**
     * Opens a file, with what is in it already.
     *
     * @param kind of the numbers, as NumPy calls it, such as {@code <f4}
     * @param fill the bits that stand where a picture could not be read
     * @param done how many pictures were written before
     * @throws IOException when it cannot be written, or does not hold as much as was written before
     */
    ColumnFile(Path path, String kind, int fill, int pictures, int channels, int done) throws IOException {
        byte[] header = new NpyHeader(kind, true, pictures, channels).bytes();
        this.pictures = pictures;
        this.fill = fill;
        this.block = new int[channels][BLOCK];
        if (done > 0 && (!Files.exists(path) || Files.size(path) != bytes(pictures, channels))) {
            throw new IOException("The interrupted scan cannot go on because " + path + " is missing or cut off. Delete the"
                    + " folder " + path.getParent() + " to begin again.");
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            if (done == 0) {
                file.truncate(0);
            }
            ByteBuffer bytes = ByteBuffer.wrap(header);
            while (bytes.hasRemaining()) {
                file.write(bytes, bytes.position());
            }
            this.columns = new MappedColumns(file, path, header.length, channels, pictures);
        }
        begin(done);
    }

    /** How many bytes a file has. */
    static long bytes(int pictures, int channels) {
        return NpyHeader.LENGTH + (long) pictures * channels * Integer.BYTES;
    }

    private void begin(int picture) {
        first = picture;
        for (int[] column : block) {
            Arrays.fill(column, fill);
        }
    }

    /** Makes room for pictures, which follow those that there was room for before; at most 512. */
    void prepare(int from, int to) throws IOException {
        if (to - first > BLOCK) {
            flush(from);
            begin(from);
        }
    }

    /** Sets the bits of one number. */
    void put(int picture, int channel, int bits) {
        block[channel][picture - first] = bits;
    }

    /** Writes what was put before this picture. */
    void flush(int to) throws IOException {
        try {
            for (int channel = 0; channel < block.length && to > first; channel++) {
                columns.put(channel, first, block[channel], to - first);
            }
            if (to > first) {
                columns.check();
            }
        } catch (InternalError fault) {
            throw columns.refused(fault);
        }
    }

    /** Says of all pictures from this one on that they were not read. */
    void fillFrom(int done) throws IOException {
        flush(done);
        for (int next = done; next < pictures; next += BLOCK) {
            begin(next);
            flush(Math.min(pictures, next + BLOCK));
        }
    }

    /** Waits until the disk has everything that was written. */
    void force() throws IOException {
        columns.force();
    }

    @Override
    public void close() {
        columns.close();
    }
}
