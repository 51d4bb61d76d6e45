package org.loupe.formats.picture;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.loupe.core.picture.PictureException;

/** Finds the pictures in a zip archive. */
final class ZipListing {

    private ZipListing() {
    }

    /** Opens an archive whose names are in UTF-8, or else in the old way of DOS. */
    static ZipFile open(Path file) throws IOException {
        try {
            return new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException | IllegalArgumentException otherNames) {
            try {
                return new ZipFile(file.toFile(), Charset.isSupported("IBM437") ? Charset.forName("IBM437")
                        : StandardCharsets.ISO_8859_1);
            } catch (ZipException damage) {
                throw new PictureException(file + " is no zip archive that can be read: " + damage.getMessage() + ".", damage);
            }
        }
    }

    static Listing of(ZipFile archive, Limits limits) {
        Listing listing = new Listing();
        for (Enumeration<? extends ZipEntry> entries = archive.entries(); entries.hasMoreElements();) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName().replace('\\', '/');
            if (entry.isDirectory() || isHidden(name)) {
                continue;
            }
            if (Format.other(name).isPresent()) {
                listing.refuse(name, Format.other(name).get() + " pictures cannot be read. Save it as PNG.");
            } else if (Format.isPicture(name)) {
                add(listing, entry, name, limits);
            }
        }
        listing.dropCommonFolder();
        listing.labelByFolder();
        listing.sort();
        return listing;
    }

    private static void add(Listing listing, ZipEntry entry, String name, Limits limits) {
        if (leadsOut(name)) {
            listing.refuse(name, "Its name leads out of the archive.");
        } else if (entry.getSize() == 0) {
            listing.refuse(name, "It is empty.");
        } else if (entry.getSize() > limits.fileBytes()) {
            listing.refuse(name, Decoder.tooLarge(limits).getMessage());
        } else {
            listing.add(name, "", entry.getName());
        }
    }

    private static boolean leadsOut(String name) {
        return name.startsWith("/") || name.matches("[A-Za-z]:.*") || name.matches("(.*/)?\\.\\.?(/.*)?");
    }

    private static boolean isHidden(String name) {
        return name.startsWith("__MACOSX/") || name.matches("(.*/)?\\.[^./].*");
    }
}
