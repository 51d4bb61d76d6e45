package org.loupe.formats.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.PictureSetReader;

/** Opens folders of pictures, zip archives of them, lists in CSV or JSON, and single pictures. */
public final class PictureFiles implements PictureSetReader {

    private final Limits limits;

    public PictureFiles() {
        this(Limits.STANDARD);
    }

    PictureFiles(Limits limits) {
        this.limits = limits;
    }

    @Override
    public boolean reads(Path place) {
        String name = place.toString().replace('\\', '/');
        return Files.isDirectory(place) || isArchive(name) || isList(name) || Format.isPicture(name);
    }

    private static boolean isArchive(String name) {
        return Format.ending(name).equals("zip");
    }

    private static boolean isList(String name) {
        String ending = Format.ending(name);
        return ending.equals("csv") || ending.equals("tsv") || ending.equals("json");
    }

    @Override
    public PictureSet open(Path given) throws IOException {
        Path place = given.toAbsolutePath().normalize();
        Decoder decoder = new Decoder(limits);
        if (!Files.exists(place)) {
            throw new NoSuchFileException(given.toString(), null, "there is no such file or folder");
        }
        String name = place.getFileName() == null ? place.toString() : place.getFileName().toString();
        if (Files.isDirectory(place)) {
            return FolderListing.of(place, limits).set(name, new DiskContents(), decoder, limits);
        }
        if (isArchive(name)) {
            return archive(place, decoder);
        }
        if (isList(name)) {
            return ListListing.of(place, limits).set(name, new DiskContents(), decoder, limits);
        }
        if (!Format.isPicture(name)) {
            throw new PictureException(given + " is no folder, zip archive, CSV or JSON list, or picture.");
        }
        Listing single = new Listing();
        single.add(name, "", place.toString());
        return single.set(name, new DiskContents(), decoder, limits);
    }

    private PictureSet archive(Path file, Decoder decoder) throws IOException {
        ZipFile archive = ZipListing.open(file);
        try {
            return ZipListing.of(archive, limits).set(file.getFileName().toString(), new ZipContents(archive), decoder, limits);
        } catch (RuntimeException damage) {
            archive.close();
            throw new PictureException(file + " is no zip archive that can be read: " + damage.getMessage(), damage);
        }
    }
}
