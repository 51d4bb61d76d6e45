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
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

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
            Network network = readNetwork(new NetworkInput(in));
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
        writeNetwork(network, new NetworkOutput(out));
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
            writeNetwork(network, new NetworkOutput(out));
        } catch (IOException impossible) {
            throw new AssertionError("Writing to nowhere failed", impossible);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void writeNetwork(Network network, NetworkOutput out) throws IOException {
        out.text(network.name());
        out.text(network.about());
        Shape shape = network.input().shape();
        out.integer(shape.channels());
        out.integer(shape.rows());
        out.integer(shape.columns());
        out.decimals(network.input().mean());
        out.decimals(network.input().deviation());
        out.integer(network.operations().size());
        for (Operation operation : network.operations()) {
            OperationForm.write(operation, out);
        }
        out.integer(network.layers().size());
        for (Layer layer : network.layers()) {
            out.text(layer.name());
            out.text(layer.output());
            out.text(layer.before());
            out.text(layer.about());
        }
        out.texts(network.classes());
    }

    private static Network readNetwork(NetworkInput in) throws IOException {
        String name = in.text();
        String about = in.text();
        Shape shape = new Shape(in.integer(), in.integer(), in.integer());
        Input input = new Input(shape, in.decimals(shape.channels()), in.decimals(shape.channels()));
        List<Operation> operations = in.list(() -> OperationForm.read(in));
        List<Layer> layers = in.list(() -> new Layer(in.text(), in.text(), in.text(), in.text()));
        return new Network(name, about, input, operations, layers, in.list(in::text));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("Every Java platform has SHA-256", impossible);
        }
    }
}
