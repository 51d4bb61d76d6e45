package org.loupe.formats.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.loupe.core.network.NetworkException;

/** Reads messages of the protocol buffer format, with bounds on how much and how deep. */
final class Wire {

    private static final int MOST_PARTS = 1 << 20;
    private static final int DEEPEST = 48;
    private static final int LONGEST_TEXT = 1 << 19;

    private final CodedInputStream in;
    private int parts;
    private int depth;
    private int tag;

    /** Takes one field, or leaves it. */
    @FunctionalInterface
    interface Field {
        /** @return whether the field was read */
        boolean read(int number, int wire) throws IOException;
    }

    /** @param size how many bytes there are */
    Wire(InputStream stream, int size) throws IOException {
        in = CodedInputStream.newInstance(stream, 1 << 16);
        in.setSizeLimit(Integer.MAX_VALUE);
        in.pushLimit(size);
    }

    /** What reads the field that comes next. */
    CodedInputStream in() {
        return in;
    }

    /** Leaves out the field that comes next. */
    void skip() throws IOException {
        in.skipField(tag);
    }

    Void fields(Field field) throws IOException {
        for (tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int own = tag;
            if (!field.read(WireFormat.getTagFieldNumber(own), WireFormat.getTagWireType(own))) {
                in.skipField(own);
            }
        }
        return null;
    }

    interface Part<T> {
        T read() throws IOException;
    }

    <T> T message(Part<T> part) throws IOException {
        part();
        if (++depth > DEEPEST) {
            throw new NetworkException("its graphs are nested too deeply");
        }
        int limit = in.pushLimit(length());
        T read = part.read();
        in.checkLastTagWas(0);
        if (in.getBytesUntilLimit() != 0) {
            throw new NetworkException("one of its parts is shorter than it says");
        }
        in.popLimit(limit);
        depth--;
        return read;
    }

    void part() {
        if (++parts > MOST_PARTS) {
            throw new NetworkException("it has more than " + MOST_PARTS + " parts");
        }
    }

    int length() throws IOException {
        int length = in.readRawVarint32();
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED || length < 0) {
            throw new NetworkException("it is damaged: a part of it has no length");
        }
        return length;
    }

    String text() throws IOException {
        part();
        int length = length();
        if (length > LONGEST_TEXT) {
            throw new NetworkException("it holds a name of " + length + " letters");
        }
        return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
    }

    interface One {
        void read() throws IOException;
    }

    void repeated(int wire, One one) throws IOException {
        if (wire != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            part();
            one.read();
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            part();
            one.read();
        }
        in.popLimit(limit);
    }

    /** A list of integers that grows. */
    static final class Numbers {
        private long[] values = new long[4];
        private int count;

        int count() {
            return count;
        }

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
            }
            values[count++] = value;
        }

        long[] longs() {
            return count == 0 ? null : Arrays.copyOf(values, count);
        }

        float[] floats() {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = Float.intBitsToFloat((int) values[i]);
            }
            return count == 0 ? null : floats;
        }
    }
}
