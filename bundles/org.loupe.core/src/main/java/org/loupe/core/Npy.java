package org.loupe.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Arrays in NumPy's file format, {@code .npy} version 1.0, as little-endian 32-bit numbers in row-major order. */
public final class Npy {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern HEADER = Pattern.compile("\\{'descr': '<f4', 'fortran_order': False, "
            + "'shape': \\((\\d{1,9}), (\\d{1,9}), (\\d{1,9}), (\\d{1,9})\\), \\}\\s*");

    private Npy() {
    }

    /** The bytes of a file with a batch in it. */
    public static byte[] write(Batch batch) {
        byte[] header = new NpyHeader("<f4", false, batch.images(), batch.channels(), batch.rows(), batch.columns()).bytes();
        ByteBuffer out = ByteBuffer.allocate(header.length + Float.BYTES * batch.values().length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(header).asFloatBuffer().put(batch.values());
        return out.array();
    }

    /**
     * Reads a batch.
     *
     * @throws IOException when the bytes are not a whole file with four dimensions of 32-bit numbers
     */
    public static Batch read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < MAGIC.length + Short.BYTES
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("This is not a .npy file of version 1.0");
        }
        int length = Short.toUnsignedInt(in.getShort(MAGIC.length));
        int start = MAGIC.length + Short.BYTES + length;
        if (start > bytes.length) {
            throw new IOException("The .npy file is cut off in its header");
        }
        String header = new String(bytes, MAGIC.length + Short.BYTES, length, StandardCharsets.US_ASCII);
        Matcher shape = HEADER.matcher(header);
        if (!shape.matches()) {
            throw new IOException("The .npy file does not hold four dimensions of 32-bit numbers: " + header.strip());
        }
        int[] sizes = new int[4];
        long count = 1;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Integer.parseInt(shape.group(i + 1));
            count = Math.multiplyExact(count, sizes[i]);
            if (count > bytes.length) {
                break;
            }
        }
        if (count < 1 || count * Float.BYTES != bytes.length - start) {
            throw new IOException("The .npy file does not hold as many numbers as it says: " + header.strip());
        }
        float[] values = new float[(int) count];
        in.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return new Batch(sizes[0], sizes[1], sizes[2], sizes[3], values);
    }
}
