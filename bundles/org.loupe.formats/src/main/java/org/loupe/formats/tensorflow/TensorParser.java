package org.loupe.formats.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.HalfPrecision;
import org.loupe.formats.arrays.Tensor;

/** Parses one array ({@code TensorProto} of TensorFlow's {@code tensor.proto}). */
final class TensorParser {

    private static final int FLOAT = 1;
    private static final int DOUBLE = 2;
    private static final int INT32 = 3;
    private static final int UINT8 = 4;
    private static final int INT16 = 5;
    private static final int INT8 = 6;
    private static final int INT64 = 9;
    private static final int BOOL = 10;
    private static final int BFLOAT16 = 14;
    private static final int HALF = 19;

    private final Wire wire;
    private final CodedInputStream in;
    private int type;
    private int[] shape = new int[0];
    private byte[] content = new byte[0];
    private float[] listed = new float[0];
    private int count;

    TensorParser(Wire wire) {
        this.wire = wire;
        this.in = wire.in();
    }

    /** The array; null where it holds texts or other things that are no numbers. */
    Tensor read(Budget budget) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> type = in.readEnum();
                case 2 -> shape = wire.message(() -> shape(in, wire));
                case 4 -> content = wire.bytes();
                case 5 -> list(tag, in::readFloat);
                case 6 -> list(tag, () -> (float) in.readDouble());
                case 7, 10, 11 -> list(tag, () -> (float) in.readInt64());
                case 13 -> list(tag, () -> half(in.readInt32()));
                default -> in.skipField(tag);
            }
        }
        if (shape == null || Arrays.stream(shape).anyMatch(length -> length < 0)) {
            throw new NetworkException("An array in it has a shape that is left open");
        }
        if (!isNumeric()) {
            return null;
        }
        int size = Tensor.size(shape);
        budget.take(size);
        return new Tensor(shape, content.length > 0 ? unpacked(size) : repeated(size));
    }

    private boolean isNumeric() {
        return switch (type) {
            case FLOAT, DOUBLE, INT32, UINT8, INT16, INT8, INT64, BOOL, BFLOAT16, HALF -> true;
            default -> false;
        };
    }

    /** Sizes, -1 where open; null for an unknown number of dimensions. */
    static int[] shape(CodedInputStream in, Wire wire) throws IOException {
        int[] sizes = new int[8];
        int rank = 0;
        boolean unknown = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 2) {
                if (rank == sizes.length) {
                    throw new NetworkException("An array in it has more than " + rank + " dimensions");
                }
                sizes[rank++] = wire.message(() -> dimension(in));
            } else if (WireFormat.getTagFieldNumber(tag) == 3) {
                unknown = in.readBool();
            } else {
                in.skipField(tag);
            }
        }
        return unknown ? null : Arrays.copyOf(sizes, rank);
    }

    private static int dimension(CodedInputStream in) throws IOException {
        long size = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                size = in.readInt64();
            } else {
                in.skipField(tag);
            }
        }
        if (size < -1 || size > Integer.MAX_VALUE) {
            throw new NetworkException("An array in it has a dimension of size " + size);
        }
        return (int) size;
    }

    private interface Number {
        float read() throws IOException;
    }

    /** Numbers one by one or packed, as older and newer writers have them. */
    private void list(int tag, Number number) throws IOException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            append(number.read());
        } else {
            wire.packed(() -> append(number.read()));
        }
    }

    private void append(float value) {
        if (count == listed.length) {
            listed = Arrays.copyOf(listed, Math.max(4, 2 * count));
        }
        listed[count++] = value;
    }

    private float half(int bits) {
        return type == BFLOAT16 ? HalfPrecision.bfloat16((short) bits) : HalfPrecision.half((short) bits);
    }

    /** The last number counts for all that are left out. */
    private float[] repeated(int size) {
        if (count > size) {
            throw new NetworkException("An array of shape " + Arrays.toString(shape) + " in it has " + count + " numbers");
        }
        float[] values = Arrays.copyOf(listed, size);
        if (count > 0) {
            Arrays.fill(values, count, size, listed[count - 1]);
        }
        return values;
    }

    private float[] unpacked(int size) {
        ByteBuffer bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        int width = switch (type) {
            case DOUBLE, INT64 -> 8;
            case FLOAT, INT32 -> 4;
            case UINT8, INT8, BOOL -> 1;
            default -> 2;
        };
        if (content.length != (long) size * width) {
            throw new NetworkException("An array of shape " + Arrays.toString(shape) + " in it has " + content.length
                    + " bytes instead of " + (long) size * width);
        }
        float[] values = new float[size];
        switch (type) {
            case FLOAT -> bytes.asFloatBuffer().get(values);
            case DOUBLE -> each(values, i -> (float) bytes.getDouble(8 * i));
            case INT64 -> each(values, i -> (float) bytes.getLong(8 * i));
            case INT32 -> each(values, i -> (float) bytes.getInt(4 * i));
            case UINT8, BOOL -> each(values, i -> bytes.get(i) & 0xff);
            case INT8 -> each(values, i -> bytes.get(i));
            case INT16 -> each(values, i -> bytes.getShort(2 * i));
            default -> each(values, i -> half(bytes.getShort(2 * i)));
        }
        content = new byte[0];
        return values;
    }

    private interface At {
        float of(int index);
    }

    private static void each(float[] values, At at) {
        for (int i = 0; i < values.length; i++) {
            values[i] = at.of(i);
        }
    }
}
