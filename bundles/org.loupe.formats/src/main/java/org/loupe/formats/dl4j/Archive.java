package org.loupe.formats.dl4j;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.loupe.core.network.NetworkException;

/** The zip archive that a DL4J network is in. Nothing is ever unpacked to disk, and only entries of known names are read. */
final class Archive implements Entries {

    private final ZipFile zip;

    Archive(Path file) throws IOException {
        zip = new ZipFile(file.toFile());
    }

    @Override
    public boolean has(String entry) {
        return zip.getEntry(entry) != null;
    }

    @Override
    public <T> T read(String name, long most, Reading<T> reading) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new NetworkException("It has no " + name + ", so it is not a network that DL4J wrote");
        }
        if (entry.getSize() > most) {
            throw new NetworkException(name + " would unpack to " + entry.getSize() + " bytes; the most is " + most);
        }
        CRC32 sum = new CRC32();
        try (InputStream in = new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry), 1 << 16), sum)) {
            T found = reading.of(in);
            long left = most;
            for (long skipped = 1; skipped > 0 && left > 0; left -= skipped) {
                skipped = in.skip(Math.min(left, 1 << 16));
            }
            if (left <= 0 || sum.getValue() != entry.getCrc()) {
                throw new NetworkException(name + " is damaged: it has another checksum than the archive says");
            }
            return found;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
