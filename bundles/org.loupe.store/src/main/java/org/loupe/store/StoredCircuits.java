package org.loupe.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.loupe.core.Recipe;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.GraphText;

/** The circuits that a person has drawn: for each network a folder, named after its hash, with a file for each circuit. */
public final class StoredCircuits {

    private static final int LONGEST = 60;
    private static final int DIGITS = 8;

    private final Path place;
    private final boolean readOnly;

    StoredCircuits(Path place, boolean readOnly) {
        this.place = place;
        this.readOnly = readOnly;
    }

    /**
     * The files of a network's circuits, the last written first.
     *
     * @param network SHA-256 of the network
     * @throws StoreException when the folder cannot be read
     */
    public synchronized List<Path> files(String network) {
        Path folder = place.resolve(network);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(GraphText.EXTENSION))
                    .sorted(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed()
                            .thenComparing(Comparator.naturalOrder())).toList();
        } catch (IOException problem) {
            throw new StoreException("Could not list the circuits in " + folder, problem);
        }
    }

    /** The file of a circuit, which need not exist. */
    public Path file(String network, String name) {
        String readable = name.replaceAll("[^\\p{L}\\p{N}._-]+", "-").replaceFirst("^\\.+", "");
        String cut = readable.substring(0, Math.min(LONGEST, readable.length()));
        String digits = Recipe.sha256(name.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
        return place.resolve(network).resolve(cut + "-" + digits + GraphText.EXTENSION);
    }

    /**
     * Reads a circuit.
     *
     * @throws StoreException when it is damaged; says where, and the file stays as it is
     */
    public synchronized GraphText.Read read(Path file) {
        try {
            return GraphText.read(Files.readString(file));
        } catch (IOException problem) {
            throw new StoreException("The circuit in " + file + " cannot be opened. The file stays as it is", problem);
        }
    }

    /**
     * Writes a circuit down, in place of the one of the same name.
     *
     * @param network SHA-256 of the network
     * @param name    what a person calls the circuit
     * @throws StoreException when it cannot be written; what was written before is still there
     */
    public synchronized void write(String network, String name, CircuitGraph graph) {
        Study.requireWritable(readOnly, place);
        Path file = file(network, name);
        try {
            Files.createDirectories(file.getParent());
            Unfinished.write(file, GraphText.write(network, name, graph).getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not write the circuit “" + name + "” to " + file, problem);
        }
    }

    /**
     * Forgets a circuit, if it is there.
     *
     * @throws StoreException when its file cannot be removed
     */
    public synchronized void remove(String network, String name) {
        Study.requireWritable(readOnly, place);
        try {
            Files.deleteIfExists(file(network, name));
        } catch (IOException problem) {
            throw new StoreException("Could not remove the circuit “" + name + "”, " + file(network, name), problem);
        }
    }
}
