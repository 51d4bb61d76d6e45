package org.loupe.core.network;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Writes what a network file is made of, as {@code docs/network-file.md} describes it. */
final class NetworkOutput {

    private static final int CHUNK = 1 << 16;

    private final DataOutputStream out;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);

    NetworkOutput(DataOutputStream out) {
        this.out = out;
    }

    void integer(int value) throws IOException {
        out.writeInt(value);
    }

    void decimal(float value) throws IOException {
        out.writeFloat(value);
    }

    void precise(double value) throws IOException {
        out.writeDouble(value);
    }

    void text(String value) throws IOException {
        out.writeUTF(value);
    }

    void texts(List<String> values) throws IOException {
        out.writeInt(values.size());
        for (String value : values) {
            out.writeUTF(value);
        }
    }

    void integers(List<Integer> values) throws IOException {
        out.writeInt(values.size());
        for (int value : values) {
            out.writeInt(value);
        }
    }

    void window(Window window) throws IOException {
        for (int value : new int[] {window.rows(), window.columns(), window.rowStep(), window.columnStep(),
                window.top(), window.left(), window.bottom(), window.right(),
                window.rowDilation(), window.columnDilation()}) {
            out.writeInt(value);
        }
    }

    void weights(Weights... several) throws IOException {
        for (Weights weights : several) {
            out.writeByte(weights.shape().length);
            for (int length : weights.shape()) {
                out.writeInt(length);
            }
            decimals(weights.values());
        }
    }

    /** As many floats as the reader knows that there are. */
    void decimals(float[] values) throws IOException {
        for (int done = 0; done < values.length; done += CHUNK / Float.BYTES) {
            int now = Math.min(values.length - done, CHUNK / Float.BYTES);
            bytes.asFloatBuffer().put(values, done, now);
            out.write(bytes.array(), 0, now * Float.BYTES);
        }
    }
}
