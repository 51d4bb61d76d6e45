package org.loupe.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.loupe.core.Recipe;
import org.loupe.core.annotation.AnnotationText;
import org.loupe.core.annotation.AnnotationText.Read;
import org.loupe.core.annotation.Annotations;

/** What a person has written about networks: a file of text for each, named after the network's hash. */
public final class StoredAnnotations {

    private final Path place;
    private final boolean readOnly;
    private final Consumer<String> problems;

    StoredAnnotations(Path place, boolean readOnly, Consumer<String> problems) {
        this.place = place;
        this.readOnly = readOnly;
        this.problems = problems;
    }

    /** The file of a network, which need not exist. */
    public Path file(String network) {
        return place.resolve(network + AnnotationText.EXTENSION);
    }

    /**
     * What was written about a network. Of a damaged file everything that can be understood is there, and the file itself
     * is kept aside, so that nothing is lost when it is written again.
     *
     * @param network SHA-256 of the network
     * @throws StoreException when there is a file that cannot be read
     */
    public synchronized Annotations read(String network) {
        Path file = file(network);
        if (!Files.exists(file)) {
            return Annotations.NONE;
        }
        try {
            byte[] content = Files.readAllBytes(file);
            Read read = AnnotationText.read(new String(content, StandardCharsets.UTF_8));
            if (!read.problems().isEmpty()) {
                keepAside(network, content, read);
            }
            return read.annotations();
        } catch (IOException problem) {
            throw new StoreException("Could not read what is written about a network in " + file, problem);
        }
    }

    private void keepAside(String network, byte[] content, Read read) throws IOException {
        Path aside = place.resolve(network + ".damaged-" + Recipe.sha256(content).substring(0, 8) + AnnotationText.EXTENSION);
        String kept = "";
        if (!readOnly) {
            if (!Files.exists(aside)) {
                Unfinished.write(aside, content);
            }
            kept = " The file as it was is kept in " + aside + ".";
        }
        int others = read.problems().size() - 1;
        problems.accept("Of what is written about a network in " + file(network) + ", not all can be understood. "
                + read.problems().get(0) + (others == 0 ? "" : " So it is with " + others + " more.") + kept);
    }

    /**
     * Writes down what is written about a network, in place of what was.
     *
     * @param network SHA-256 of the network
     * @param name    what the network is called
     * @throws StoreException when it cannot be written; what was written before is still there
     */
    public synchronized void write(String network, String name, Annotations annotations) {
        Study.requireWritable(readOnly, place);
        try {
            if (annotations.isEmpty()) {
                Files.deleteIfExists(file(network));
                return;
            }
            Files.createDirectories(place);
            Unfinished.write(file(network),
                    AnnotationText.write(network, name, annotations).getBytes(StandardCharsets.UTF_8));
        } catch (IOException problem) {
            throw new StoreException("Could not write the annotations of " + name + " to " + file(network), problem);
        }
    }
}
