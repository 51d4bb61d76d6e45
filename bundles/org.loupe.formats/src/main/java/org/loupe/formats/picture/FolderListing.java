package org.loupe.formats.picture;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.StringJoiner;

/** Finds the pictures in a folder and the folders below it. Hidden files and folders are passed over. */
final class FolderListing extends SimpleFileVisitor<Path> {

    private static final int SNIFFED = 16;

    private final Path folder;
    private final Limits limits;
    private final Listing listing = new Listing();

    private FolderListing(Path folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    static Listing of(Path folder, Limits limits) throws IOException {
        FolderListing visitor = new FolderListing(folder, limits);
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
        visitor.listing.labelByFolder();
        visitor.listing.sort();
        return visitor.listing;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
        return !visited.equals(folder) && isHidden(visited) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (isHidden(file) || attributes.isDirectory()) {
            return FileVisitResult.CONTINUE;
        }
        String name = name(file);
        String ending = Format.ending(name);
        if (Format.other(name).isPresent()) {
            listing.refuse(name, Format.other(name).get() + " pictures cannot be read. Save it as PNG.");
        } else if (Format.isPicture(name) || ending.isEmpty() && beginsLikeAPicture(file)) {
            add(file, name, attributes);
        }
        return FileVisitResult.CONTINUE;
    }

    private void add(Path file, String name, BasicFileAttributes attributes) {
        if (!attributes.isRegularFile()) {
            listing.refuse(name, "It is no file.");
        } else if (attributes.size() == 0) {
            listing.refuse(name, "It is empty.");
        } else if (attributes.size() > limits.fileBytes()) {
            listing.refuse(name, Decoder.tooLarge(limits).getMessage());
        } else {
            listing.add(name, "", file.toString());
        }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
        if (file.equals(folder)) {
            throw problem;
        }
        listing.refuse(name(file), problem instanceof FileSystemLoopException
                ? "It is a link to a folder that it lies in." : "It cannot be opened: " + problem);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
        if (problem != null) {
            listing.refuse(name(visited), "Its files cannot all be listed: " + problem);
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static boolean beginsLikeAPicture(Path file) {
        try (var stream = Files.newInputStream(file)) {
            Format.of(stream.readNBytes(SNIFFED));
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    private String name(Path file) {
        StringJoiner name = new StringJoiner("/");
        folder.relativize(file).forEach(part -> name.add(part.toString()));
        return name.toString();
    }
}
