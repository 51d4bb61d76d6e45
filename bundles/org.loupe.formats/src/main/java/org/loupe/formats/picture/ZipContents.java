package org.loupe.formats.picture;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.loupe.core.picture.PictureException;

/** Picture files in a zip archive, unpacked in memory one at a time; their places are names of entries. */
final class ZipContents implements Contents {

    private final ZipFile archive;

    ZipContents(ZipFile archive) {
        this.archive = archive;
    }

    @Override
    public byte[] read(String place, Limits most) throws IOException {
        ZipEntry entry = entry(place);
        try (InputStream unpacking = archive.getInputStream(entry)) {
            // What an entry says of its size may be a lie.
            byte[] bytes = unpacking.readNBytes(most.fileBytes() + 1);
            if (bytes.length > most.fileBytes()) {
                throw Decoder.tooLarge(most);
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            if (checksum.getValue() != entry.getCrc()) {
                throw new PictureException("It is damaged: the archive has another checksum for it.");
            }
            return bytes;
        } catch (ZipException damage) {
            throw new PictureException("It cannot be unpacked: " + damage.getMessage() + ".", damage);
        }
    }

    @Override
    public Stamp stamp(String place) throws IOException {
        ZipEntry entry = entry(place);
        return new Stamp(entry.getSize(), entry.getCrc());
    }

    private ZipEntry entry(String place) throws PictureException {
        ZipEntry entry = archive.getEntry(place);
        if (entry == null) {
            throw new PictureException("It is not in the archive any more.");
        }
        return entry;
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
