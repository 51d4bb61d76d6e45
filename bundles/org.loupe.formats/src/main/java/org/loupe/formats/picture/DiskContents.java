package org.loupe.formats.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.loupe.core.picture.PictureException;

/** Picture files on disk; their places are paths. */
final class DiskContents implements Contents {

    private static final int BUFFER = 1 << 16;

    @Override
    public byte[] read(String place, Limits most) throws IOException {
        try (InputStream file = Files.newInputStream(Path.of(place))) {
            byte[] bytes = file.readNBytes(most.fileBytes() + 1);
            if (bytes.length > most.fileBytes()) {
                throw Decoder.tooLarge(most);
            }
            return bytes;
        } catch (NoSuchFileException gone) {
            throw new PictureException("There is no such file any more.", gone);
        } catch (AccessDeniedException denied) {
            throw new PictureException("It may not be read by this user.", denied);
        }
    }

    @Override
    public Stamp stamp(String place) throws IOException {
        CRC32 checksum = new CRC32();
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream file = Files.newInputStream(Path.of(place))) {
            for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                checksum.update(buffer, 0, read);
                length += read;
            }
        }
        return new Stamp(length, checksum.getValue());
    }

    @Override
    public void close() {
        // A file is open only while it is read.
    }
}
