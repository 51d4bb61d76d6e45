package org.loupe.core;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * An array from a file of NumPy's: {@code .npy} of versions 1 to 3 with numbers of 16 to 64 bits or whole numbers, in
 * either order of bytes and of dimensions, and {@code .npz}, which is a zip of such files.
 *
 * <p>Nothing that a file claims is believed before it is there: memory grows with what is read, up to a limit.
 *
 * @param shape  length of each dimension; empty for a single number
 * @param values in row-major order, rounded to 32 bits
 */
public record NumpyArray(List<Integer> shape, float[] values) {

    private static final int MOST_VALUES = 1 << 28;
    private static final int MOST_ENTRIES = 10_000;
    private static final int CHUNK = 1 << 16;
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern KIND = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([fiub])(\\d)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d,\\sL]*)\\)");

    public NumpyArray {
        shape = List.copyOf(shape);
    }

    /** Whether two arrays have the same shape and the same numbers. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NumpyArray that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    /** The shape, such as {@code (2, 3, 224, 224)}. */
    @Override
    public String toString() {
        return shape.toString().replace('[', '(').replace(']', ')');
    }

    /**
     * Reads a {@code .npy} file, as the only entry with an empty name, or the arrays of a {@code .npz} file by name, in
     * the order in which they are in the file.
     *
     * @throws IOException when the file is not whole, or holds anything but numbers; the message names it
     */
    public static Map<String, NumpyArray> readAll(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(".npz")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
                return Map.of("", read(in, file.toString()));
            }
        }
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            long total = 0;
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String array = entry.getName().replaceFirst("\\.npy$", "");
                try (InputStream in = new BufferedInputStream(zip.getInputStream(entry), CHUNK)) {
                    NumpyArray read = read(in, entry.getName() + " in " + file);
                    total += read.values.length;
                    arrays.put(array, read);
                }
                if (total > MOST_VALUES || arrays.size() > MOST_ENTRIES) {
                    throw new IOException(file + " holds more than can be compared: at most " + MOST_ENTRIES
                            + " arrays of together " + MOST_VALUES + " numbers.");
                }
            }
        } catch (IllegalArgumentException | java.util.zip.ZipException damaged) {
            throw new IOException(file + " is no whole .npz file: " + damaged.getMessage(), damaged);
        }
        return arrays;
    }

    /**
     * Reads one array.
     *
     * @param where what is read, for messages
     * @throws IOException when there is not a whole array of numbers
     */
    public static NumpyArray read(InputStream in, String where) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(where + " is no .npy file of NumPy's.");
        }
        int lengthBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
        byte[] length = exactly(in, lengthBytes, where);
        ByteBuffer number = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN);
        int size = lengthBytes == Short.BYTES ? Short.toUnsignedInt(number.getShort()) : number.getInt();
        if (size < 0 || size > CHUNK) {
            throw new IOException(where + " has a header of " + size + " bytes, which is absurd.");
        }
        String header = new String(exactly(in, size, where), StandardCharsets.UTF_8);
        Matcher kind = KIND.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!kind.find() || !order.find() || !shape.find()) {
            throw new IOException(where + " does not hold plain numbers: " + header.strip());
        }
        int[] sizes = Arrays.stream(shape.group(1).replace("L", "").split(",")).map(String::strip)
                .filter(text -> !text.isEmpty()).mapToInt(text -> size(text, where)).toArray();
        long count = 1;
        for (int one : sizes) {
            count *= one;
            if (count > MOST_VALUES) {
                throw new IOException(where + " claims to hold more than " + MOST_VALUES + " numbers: " + header.strip());
            }
        }
        ByteOrder bytes = kind.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        float[] values = values(in, (int) count, new Format(kind.group(2).charAt(0),
                Integer.parseInt(kind.group(3)), bytes), where);
        return new NumpyArray(Arrays.stream(sizes).boxed().toList(),
                order.group(1).equals("True") ? rowMajor(values, sizes) : values);
    }

    private static int size(String text, String where) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException tooLarge) {
            return MOST_VALUES + 1;
        }
    }

    /** How one number is written. */
    private record Format(char kind, int bytes, ByteOrder order) {

        void requireKnown(String where) throws IOException {
            boolean known = kind == 'f' ? bytes == 2 || bytes == 4 || bytes == 8
                    : kind == 'b' ? bytes == 1 : bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
            if (!known) {
                throw new IOException(where + " holds numbers of the kind " + kind + bytes + ", which Loupe cannot read.");
            }
        }

        float next(ByteBuffer from) {
            if (kind == 'f') {
                return bytes == 2 ? half(from.getShort()) : bytes == 4 ? from.getFloat() : (float) from.getDouble();
            }
            boolean signed = kind == 'i';
            return switch (bytes) {
                case 1 -> signed ? from.get() : from.get() & 0xff;
                case 2 -> signed ? from.getShort() : from.getShort() & 0xffff;
                case 4 -> signed ? from.getInt() : from.getInt() & 0xffffffffL;
                default -> from.getLong();
            };
        }
    }

    private static float[] values(InputStream in, int count, Format format, String where) throws IOException {
        format.requireKnown(where);
        float[] values = new float[Math.min(count, CHUNK)];
        int done = 0;
        while (done < count) {
            int next = Math.min(CHUNK, count - done);
            ByteBuffer chunk = ByteBuffer.wrap(exactly(in, next * format.bytes, where)).order(format.order);
            if (done + next > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * values.length));
            }
            for (int i = 0; i < next; i++) {
                values[done++] = format.next(chunk);
            }
        }
        return values;
    }

    private static byte[] exactly(InputStream in, int count, String where) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException(where + " is cut off.");
        }
        return bytes;
    }

    /** A number of 16 bits by the standard IEEE 754. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size = exponent == 0 ? fraction * 0x1p-24f
                : exponent == 31 ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                        : Float.intBitsToFloat((exponent + 112) << 23 | fraction << 13);
        return bits < 0 ? -size : size;
    }

    private static float[] rowMajor(float[] columnMajor, int[] sizes) {
        float[] values = new float[columnMajor.length];
        int[] index = new int[sizes.length];
        for (int to = 0; to < values.length; to++) {
            int from = 0;
            int step = 1;
            for (int i = 0; i < sizes.length; i++) {
                from += index[i] * step;
                step *= sizes[i];
            }
            values[to] = columnMajor[from];
            for (int i = sizes.length - 1; i >= 0 && ++index[i] == sizes[i]; i--) {
                index[i] = 0;
            }
        }
        return values;
    }
}
