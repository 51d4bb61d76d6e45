package org.loupe.core.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what a network file is made of, as {@code docs/network-file.md} describes it. Memory grows with what the file
 * really holds, so that a file that only claims to be huge costs nothing.
 */
final class NetworkInput {

    private static final int MOST_ITEMS = 1 << 20;
    private static final int CHUNK = 1 << 16;

    private final DataInputStream in;
    private final byte[] bytes = new byte[CHUNK];

    NetworkInput(DataInputStream in) {
        this.in = in;
    }

    int integer() throws IOException {
        return in.readInt();
    }

    float decimal() throws IOException {
        return in.readFloat();
    }

    double precise() throws IOException {
        return in.readDouble();
    }

    String text() throws IOException {
        return in.readUTF();
    }

    /** One of a few words. */
    <T extends Enum<T>> T word(Class<T> words) throws IOException {
        String text = in.readUTF();
        return Arrays.stream(words.getEnumConstants()).filter(word -> word.name().equals(text)).findFirst()
                .orElseThrow(() -> new NetworkException("“" + text + "” is none of "
                        + Arrays.toString(words.getEnumConstants())));
    }

    /** One item of a list. */
    interface Item<T> {
        T read() throws IOException;
    }

    <T> List<T> list(Item<T> item) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_ITEMS) {
            throw new NetworkException("a list of " + count + " items cannot be");
        }
        List<T> items = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            items.add(item.read());
        }
        return items;
    }

    Window window() throws IOException {
        return new Window(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(),
                in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    }

    Weights weights() throws IOException {
        int[] shape = new int[in.readUnsignedByte()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.readInt();
            size = shape[i] < 1 || size > Integer.MAX_VALUE ? Long.MAX_VALUE : size * shape[i];
        }
        if (shape.length == 0 || shape.length > 4 || size > Integer.MAX_VALUE / Float.BYTES) {
            throw new NetworkException("weights of shape " + Arrays.toString(shape) + " cannot be");
        }
        return new Weights(shape, decimals((int) size));
    }

    float[] decimals(int count) throws IOException {
        float[] values = new float[Math.min(count, CHUNK)];
        int done = 0;
        while (done < count) {
            int now = Math.min(count - done, CHUNK / Float.BYTES);
            in.readFully(bytes, 0, now * Float.BYTES);
            if (done + now > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, Math.max(2L * values.length, done + now)));
            }
            ByteBuffer.wrap(bytes).asFloatBuffer().get(values, done, now);
            done += now;
        }
        return values;
    }
}
