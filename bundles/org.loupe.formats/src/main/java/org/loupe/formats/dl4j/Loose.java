package org.loupe.formats.dl4j;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.loupe.core.network.NetworkException;

/**
 * A file of weights that is in no archive. Where it has the name that weights have in an archive, what lies beside it
 * under the names of an archive's other entries belongs to it: an archive that somebody has unpacked.
 */
final class Loose implements Entries {

    private final Path file;

    Loose(Path file) {
        this.file = file;
    }

    private Path place(String entry) {
        return entry.equals(Dl4jReader.COEFFICIENTS) ? file : file.resolveSibling(entry);
    }

    @Override
    public boolean has(String entry) {
        return entry.equals(Dl4jReader.COEFFICIENTS)
                || file.getFileName().toString().equals(Dl4jReader.COEFFICIENTS) && Files.isRegularFile(place(entry));
    }

    @Override
    public <T> T read(String entry, long most, Reading<T> reading) throws IOException {
        if (Files.size(place(entry)) > most) {
            throw new NetworkException(entry + " has " + Files.size(place(entry)) + " bytes; the most is " + most);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(place(entry)), 1 << 16)) {
            T found = reading.of(in);
            if (entry.equals(Dl4jReader.COEFFICIENTS) && in.read() >= 0) {
                throw new NetworkException("Behind its array there is something else");
            }
            return found;
        }
    }

    @Override
    public void close() {
    }
}
