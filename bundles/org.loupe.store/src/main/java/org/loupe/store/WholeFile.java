package org.loupe.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Writes files that appear whole or not at all. */
public final class WholeFile {

    private WholeFile() {
    }

    /** Writes a file under its name, in place of the one that has it now, once all of it is on the disk. */
    public static void write(Path file, byte[] content) throws IOException {
        Unfinished.write(file.toAbsolutePath(), content);
    }

    /** Writes a file that may be too large for the memory in the same way. */
    public static void write(Path file, InputStream content) throws IOException {
        Unfinished.write(file.toAbsolutePath(), content);
    }
}
