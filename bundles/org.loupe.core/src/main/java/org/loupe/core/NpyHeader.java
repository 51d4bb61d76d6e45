package org.loupe.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The beginning of a file in NumPy's format {@code .npy}, version 1.0: what kind of numbers it holds, and in which order.
 *
 * @param kind        of the numbers, as NumPy calls it, such as {@code <f4} for 32 bits in little-endian order
 * @param columnMajor whether the first dimension runs fastest
 * @param shape       length of each dimension; at most four
 */
public record NpyHeader(String kind, boolean columnMajor, int... shape) {

    /** How many bytes there are before the first number in the files that Loupe writes. */
    public static final int LENGTH = 128;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final Pattern TEXT = Pattern.compile("\\{'descr': '([^']+)', 'fortran_order': (True|False), "
            + "'shape': \\(([\\d, ]*)\\), \\}\\s*");

    /** The bytes before the first number. */
    public byte[] bytes() {
        String lengths = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + kind + "', 'fortran_order': " + (columnMajor ? "True" : "False") + ", 'shape': ("
                + lengths + (shape.length == 1 ? "," : "") + "), }";
        int padding = LENGTH - MAGIC.length - Short.BYTES - text.length() - 1;
        byte[] header = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC)
                .putShort((short) header.length).put(header).array();
    }

    /**
     * Reads the header at the beginning of some bytes.
     *
     * @throws IOException when there is none, or one that {@link #bytes} would not make
     */
    public static NpyHeader read(byte[] bytes) throws IOException {
        int texts = MAGIC.length + Short.BYTES;
        if (bytes.length < texts || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException("This is not a .npy file of version 1.0");
        }
        int length = Short.toUnsignedInt(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(MAGIC.length));
        Matcher text = TEXT.matcher(new String(bytes, texts, Math.min(length, bytes.length - texts),
                StandardCharsets.US_ASCII));
        if (!text.matches()) {
            throw new IOException("The header of the .npy file is cut off or of another kind than Loupe writes");
        }
        try {
            int[] shape = Arrays.stream(text.group(3).split(",")).map(String::strip).filter(one -> !one.isEmpty())
                    .mapToInt(Integer::parseInt).toArray();
            return new NpyHeader(text.group(1), text.group(2).equals("True"), shape);
        } catch (NumberFormatException tooLarge) {
            throw new IOException("The .npy file claims an absurd shape: " + text.group(3), tooLarge);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyHeader that && kind.equals(that.kind) && columnMajor == that.columnMajor
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + Arrays.hashCode(shape);
    }
}
