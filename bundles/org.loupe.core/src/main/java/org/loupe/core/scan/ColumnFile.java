package org.loupe.core.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.loupe.core.NpyHeader;

/**
 * A file of NumPy's with a number for each picture and channel, as large as the disk allows: the pictures of one channel
 * lie next to each other, so one channel is read quickly, and the pictures come in their order. Little of it is in memory.
 */
final class ColumnFile implements AutoCloseable {

    private static final int BLOCK = 512;

    private final FileChannel file;
    private final int start;
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
     */
    ColumnFile(Path path, String kind, int fill, int pictures, int channels, int done) throws IOException {
        byte[] header = new NpyHeader(kind, true, pictures, channels).bytes();
        this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (done == 0) {
            file.truncate(0);
        }
        this.start = header.length;
        this.pictures = pictures;
        this.fill = fill;
        this.block = new int[channels][BLOCK];
        write(ByteBuffer.wrap(header), 0);
        begin(done);
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
        int count = to - first;
        ByteBuffer bytes = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int channel = 0; channel < block.length && count > 0; channel++) {
            bytes.clear();
            bytes.asIntBuffer().put(block[channel], 0, count);
            write(bytes, start + ((long) channel * pictures + first) * Integer.BYTES);
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

    /** Waits until the disk has everything. */
    void force() throws IOException {
        file.force(false);
    }

    private void write(ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
