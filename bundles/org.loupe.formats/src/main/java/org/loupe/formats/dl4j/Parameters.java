package org.loupe.formats.dl4j;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.HalfPrecision;

/**
 * Arrays in ND4J's binary format, big-endian: first a buffer of whole numbers (dimensions, sizes, steps and more), then
 * one of the array's numbers, each with the way in which it was allocated, its length and the kind of its numbers
 * before it. Reads one array, part by part, in the order of its memory.
 */
final class Parameters {

    private static final int MOST_DIMENSIONS = 32;
    private static final int CHUNK = 1 << 16;

    private final DataInputStream in;
    private final String type;
    private final int bytes;
    private long left;

    /**
     * Reads what stands before the numbers.
     *
     * @param budget what the file may turn into; all the array's numbers are taken from it
     */
    Parameters(InputStream stream, Budget budget) throws IOException {
        in = new DataInputStream(stream);
        long described = length();
        String kind = in.readUTF();
        if (described < 0 || described > 2 * MOST_DIMENSIONS + 4 || !kind.equals("LONG")) {
            throw new NetworkException("Its array of weights is described by " + described + " numbers of the kind " + kind
                    + ", not as DL4J 1.0.0 writes it; write it again with that");
        }
        in.skipNBytes(described * Long.BYTES);
        left = length();
        type = in.readUTF();
        bytes = switch (type) {
            case "FLOAT" -> Float.BYTES;
            case "DOUBLE" -> Double.BYTES;
            case "HALF", "BFLOAT16" -> Short.BYTES;
            default -> throw new NetworkException("Its weights are of the kind " + type
                    + "; Loupe reads FLOAT, DOUBLE, HALF and BFLOAT16");
        };
        budget.take(left);
    }

    private long length() throws IOException {
        String allocation = in.readUTF();
        if (!allocation.equals("MIXED_DATA_TYPES") && !allocation.equals("LONG_SHAPE")) {
            throw new NetworkException("Its weights are not as DL4J 1.0.0 writes them; read and write it again with that");
        }
        return in.readLong();
    }

    /** How many numbers have not been read yet. */
    long left() {
        return left;
    }

    /** The next numbers. */
    float[] take(long count) throws IOException {
        claim(count);
        float[] numbers = new float[Math.toIntExact(count)];
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int many = Math.min(CHUNK, numbers.length - from);
            byte[] chunk = in.readNBytes(many * bytes);
            if (chunk.length < many * bytes) {
                throw new EOFException();
            }
            fill(ByteBuffer.wrap(chunk), numbers, from, many);
        }
        return numbers;
    }

    private void fill(ByteBuffer chunk, float[] numbers, int from, int many) {
        if (type.equals("FLOAT")) {
            chunk.asFloatBuffer().get(numbers, from, many);
            return;
        }
        for (int i = from; i < from + many; i++) {
            numbers[i] = switch (type) {
                case "DOUBLE" -> (float) chunk.getDouble();
                case "HALF" -> HalfPrecision.half(chunk.getShort());
                default -> HalfPrecision.bfloat16(chunk.getShort());
            };
        }
    }

    /** Leaves the next numbers out. */
    void skip(long count) throws IOException {
        claim(count);
        in.skipNBytes(count * bytes);
    }

    private void claim(long count) {
        if (count < 0 || count > left || count > Integer.MAX_VALUE - 8) {
            throw new NetworkException("Its layers want more numbers than the " + left + " that are left of its weights");
        }
        left -= count;
    }
}
