package org.loupe.core.network;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;

/**
 * Reads and writes Loupe's own network file, {@code .loupe}: one network with its weights, ending in a SHA-256
 * of all that precedes it, so that a truncated or changed file is never taken for a whole one.
 * The bytes are described in {@code docs/network-file.md}.
 */
public final class NetworkFile {

    /** How the names of such files end. */
    public static final String EXTENSION = ".loupe";

    private static final byte[] MAGIC = "LOUPENET".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int MOST_ITEMS = 1 << 20;
    private static final int CHUNK = 1 << 16;

    private NetworkFile() {
    }

    /**
     * Reads a network.
     *
     * @throws NetworkException when the file is not a whole network file; the message names the file
     */
    public static Network read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        } catch (NoSuchFileException missing) {
            throw new NetworkException("There is no file " + file + ".");
        }
    }

    /**
     * Reads a network from a stream, which is left open.
     *
     * @param where what to call the source in messages
     */
    public static Network read(InputStream stream, String where) throws IOException {
        MessageDigest digest = digest();
        DataInputStream in = new DataInputStream(new DigestInputStream(new BufferedInputStream(stream), digest));
        try {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new NetworkException(where + " is not a Loupe network file.");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new NetworkException(where + " is a Loupe network file of version " + version
                        + "; this Loupe reads version " + VERSION + ".");
            }
            Network network = readNetwork(in);
            byte[] expected = digest.digest();
            if (!Arrays.equals(in.readNBytes(expected.length), expected)) {
                throw new NetworkException(where + " is damaged: its checksum does not match. Fetch or make it again.");
            }
            return network;
        } catch (EOFException cut) {
            throw new NetworkException(where + " is cut off. Fetch or make it again.");
        } catch (UTFDataFormatException garbled) {
            throw new NetworkException(where + " is damaged: a name in it is not text. Fetch or make it again.");
        } catch (NetworkException problem) {
            throw problem.getMessage().startsWith(where) ? problem
                    : new NetworkException(where + " is damaged: " + problem.getMessage());
        }
    }

    /** Writes a network; the file appears whole or not at all. */
    public static void write(Network network, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        // Not a temporary file of the JDK: nobody but its owner could read it.
        Path unfinished = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                write(network, out);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Writes a network to a stream, which is flushed and left open. */
    public static void write(Network network, OutputStream stream) throws IOException {
        MessageDigest digest = digest();
        BufferedOutputStream buffered = new BufferedOutputStream(stream);
        DataOutputStream out = new DataOutputStream(new DigestOutputStream(buffered, digest));
        out.write(MAGIC);
        out.writeInt(VERSION);
        writeNetwork(network, out);
        out.flush();
        buffered.write(digest.digest());
        buffered.flush();
    }

    /** SHA-256 of a network's content, as hexadecimal digits: the one that its file ends with. */
    static String hash(Network network) {
        MessageDigest digest = digest();
        try (DataOutputStream out = new DataOutputStream(
                new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            out.write(MAGIC);
            out.writeInt(VERSION);
            writeNetwork(network, out);
        } catch (IOException impossible) {
            throw new AssertionError("Writing to nowhere failed", impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void writeNetwork(Network network, DataOutputStream out) throws IOException {
        out.writeUTF(network.name());
        out.writeUTF(network.about());
        Shape shape = network.input().shape();
        out.writeInt(shape.channels());
        out.writeInt(shape.rows());
        out.writeInt(shape.columns());
        writeFloats(network.input().mean(), out);
        writeFloats(network.input().deviation(), out);
        out.writeInt(network.operations().size());
        for (Operation operation : network.operations()) {
            writeOperation(operation, out);
        }
        out.writeInt(network.layers().size());
        for (Layer layer : network.layers()) {
            out.writeUTF(layer.name());
            out.writeUTF(layer.output());
            out.writeUTF(layer.before());
            out.writeUTF(layer.about());
        }
        writeNames(network.classes(), out);
    }

    private static Network readNetwork(DataInputStream in) throws IOException {
        String name = in.readUTF();
        String about = in.readUTF();
        Shape shape = new Shape(in.readInt(), in.readInt(), in.readInt());
        Input input = new Input(shape, readFloats(shape.channels(), in), readFloats(shape.channels(), in));
        List<Operation> operations = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            operations.add(readOperation(in));
        }
        List<Layer> layers = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            layers.add(new Layer(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF()));
        }
        return new Network(name, about, input, operations, layers, readNames(in));
    }

    private static void writeOperation(Operation operation, DataOutputStream out) throws IOException {
        out.writeUTF(operation.getClass().getSimpleName());
        out.writeUTF(operation.name());
        writeNames(operation.inputs(), out);
        if (operation instanceof Convolution convolution) {
            writeWeights(convolution.weights(), out);
            writeWeights(convolution.bias(), out);
            writeWindow(convolution.window(), out);
            out.writeInt(convolution.groups());
        } else if (operation instanceof BatchNormalization normalization) {
            writeWeights(normalization.scale(), out);
            writeWeights(normalization.shift(), out);
            writeWeights(normalization.mean(), out);
            writeWeights(normalization.variance(), out);
            out.writeFloat(normalization.epsilon());
        } else if (operation instanceof MaxPool pool) {
            writeWindow(pool.window(), out);
        } else if (operation instanceof AveragePool pool) {
            writeWindow(pool.window(), out);
        } else if (operation instanceof Dense dense) {
            writeWeights(dense.weights(), out);
            writeWeights(dense.bias(), out);
        }
    }

    private static Operation readOperation(DataInputStream in) throws IOException {
        String kind = in.readUTF();
        String name = in.readUTF();
        List<String> inputs = readNames(in);
        if (inputs.isEmpty()) {
            throw new NetworkException("The operation " + name + " reads nothing");
        }
        String input = inputs.get(0);
        return switch (kind) {
            case "Convolution" ->
                new Convolution(name, input, readWeights(in), readWeights(in), readWindow(in), in.readInt());
            case "BatchNormalization" -> new BatchNormalization(name, input, readWeights(in), readWeights(in),
                    readWeights(in), readWeights(in), in.readFloat());
            case "Relu" -> new Relu(name, input);
            case "MaxPool" -> new MaxPool(name, input, readWindow(in));
            case "AveragePool" -> new AveragePool(name, input, readWindow(in));
            case "GlobalAverage" -> new GlobalAverage(name, input);
            case "Concatenation" -> new Concatenation(name, inputs);
            case "Addition" -> new Addition(name, inputs);
            case "Dense" -> new Dense(name, input, readWeights(in), readWeights(in));
            case "Softmax" -> new Softmax(name, input);
            default -> throw new NetworkException("it has an operation of the unknown kind " + kind);
        };
    }

    private static void writeWindow(Window window, DataOutputStream out) throws IOException {
        for (int value : new int[] {window.rows(), window.columns(), window.rowStep(), window.columnStep(),
                window.top(), window.left(), window.bottom(), window.right(),
                window.rowDilation(), window.columnDilation()}) {
            out.writeInt(value);
        }
    }

    private static Window readWindow(DataInputStream in) throws IOException {
        return new Window(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(),
                in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    }

    private static void writeWeights(Weights weights, DataOutputStream out) throws IOException {
        out.writeByte(weights.shape().length);
        for (int length : weights.shape()) {
            out.writeInt(length);
        }
        writeFloats(weights.values(), out);
    }

    private static Weights readWeights(DataInputStream in) throws IOException {
        int[] shape = new int[in.readUnsignedByte()];
        long size = 1;
        for (int i = 0; i < shape.length; i++) {
            shape[i] = in.readInt();
            size = shape[i] < 1 || size > Integer.MAX_VALUE ? Long.MAX_VALUE : size * shape[i];
        }
        if (shape.length == 0 || shape.length > 4 || size > Integer.MAX_VALUE / Float.BYTES) {
            throw new NetworkException("weights of shape " + Arrays.toString(shape) + " cannot be");
        }
        return new Weights(shape, readFloats((int) size, in));
    }

    private static void writeFloats(float[] values, DataOutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        for (float value : values) {
            bytes.putFloat(value);
            if (!bytes.hasRemaining()) {
                out.write(bytes.array());
                bytes.clear();
            }
        }
        out.write(bytes.array(), 0, bytes.position());
    }

    /** Grows with what the file really holds, so that a file that only claims to be huge costs nothing. */
    private static float[] readFloats(int count, DataInputStream in) throws IOException {
        float[] values = new float[Math.min(count, CHUNK)];
        byte[] bytes = new byte[CHUNK];
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

    private static void writeNames(List<String> names, DataOutputStream out) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> readNames(DataInputStream in) throws IOException {
        List<String> names = new ArrayList<>();
        for (int left = readCount(in); left > 0; left--) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static int readCount(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST_ITEMS) {
            throw new NetworkException("a list of " + count + " items cannot be");
        }
        return count;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }
}
