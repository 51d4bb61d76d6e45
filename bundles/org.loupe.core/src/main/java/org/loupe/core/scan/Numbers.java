package org.loupe.core.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.loupe.core.NpyHeader;
import org.loupe.core.ResultFiles;

/** Numbers of one channel, of a kind that the reader knows. */
record Numbers(ByteBuffer bytes) {

    /**
     * Reads the numbers of one channel out of a file in which they lie next to each other, and the channels in order.
     *
     * @param count how many there are of each channel
     * @param size  bytes of each
     */
    static Numbers of(ResultFiles files, String name, int channel, int count, int size) throws IOException {
        int length = Math.multiplyExact(count, size);
        return of(files.read(name, NpyHeader.LENGTH + (long) channel * length, length));
    }

    /** As {@link #of(ResultFiles, String, int, int, int)}, from a file that is open already. */
    static Numbers of(FileChannel file, String name, int channel, int count, int size) throws IOException {
        int length = Math.multiplyExact(count, size);
        return of(FolderFiles.read(file, name, NpyHeader.LENGTH + (long) channel * length, length));
    }

    private static Numbers of(byte[] bytes) {
        return new Numbers(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    float[] floats() {
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    int[] integers() {
        int[] values = new int[bytes.remaining() / Integer.BYTES];
        bytes.asIntBuffer().get(values);
        return values;
    }

    long[] longs() {
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    double[] doubles() {
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }
}
