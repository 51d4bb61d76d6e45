package org.loupe.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files and folders that are written under a name that no reader looks at, and renamed when they are whole.
 *
 * <p>A folder cannot replace another in one step, so the old one is moved aside first; a process that is killed
 * between the two steps leaves the old one aside, and {@link #clean} puts it back.
 */
final class Unfinished {

    private static final String BEING_WRITTEN = ".unfinished-";
    private static final String MOVED_ASIDE = ".replaced-";
    private static final String NETWORK_BEING_WRITTEN = ".part";

    private Unfinished() {
    }

    /** A new empty folder beside the one that it will become. */
    static Path folder(Path target) throws IOException {
        Path folder = target.resolveSibling(BEING_WRITTEN + UUID.randomUUID());
        Files.createDirectories(folder);
        return folder;
    }

    /** Writes a file that appears under its name whole or not at all, also when the machine loses power. */
    static void write(Path target, byte[] content) throws IOException {
        Path file = target.resolveSibling(BEING_WRITTEN + UUID.randomUUID());
        try {
            writeThrough(file, content);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes a file that appears under its name whole or not at all, however large it is. */
    static void write(Path target, InputStream content) throws IOException {
        Path file = target.resolveSibling(BEING_WRITTEN + UUID.randomUUID());
        try {
            writeThrough(file, content);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes a file down to the disk. */
    static void writeThrough(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.CREATE_NEW);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Writes a file down to the disk, however large it is. */
    static void writeThrough(Path file, InputStream content) throws IOException {
        Files.copy(content, file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives a whole folder its name, in place of the one that has it now. */
    static void finish(Path folder, Path target) throws IOException {
        Path aside = target.resolveSibling(MOVED_ASIDE + target.getFileName());
        if (Files.exists(target)) {
            delete(aside);
            Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
        delete(aside);
    }

    /** Removes what a killed process has left, and puts back what it had moved aside. */
    static void clean(Path place) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(place, Unfinished::isLeftover)) {
            for (Path leftover : leftovers) {
                String name = leftover.getFileName().toString();
                Path target = place.resolve(name.replaceFirst("^" + MOVED_ASIDE, ""));
                if (name.startsWith(MOVED_ASIDE) && !Files.exists(target)) {
                    Files.move(leftover, target, StandardCopyOption.ATOMIC_MOVE);
                } else {
                    delete(leftover);
                }
            }
        }
    }

    private static boolean isLeftover(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(BEING_WRITTEN) || name.startsWith(MOVED_ASIDE) || name.endsWith(NETWORK_BEING_WRITTEN);
    }

    /** Removes a file, or a folder with all that is in it; nothing happens when there is none. */
    static void delete(Path unwanted) throws IOException {
        if (!Files.exists(unwanted)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(unwanted)) {
            List<Path> deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
