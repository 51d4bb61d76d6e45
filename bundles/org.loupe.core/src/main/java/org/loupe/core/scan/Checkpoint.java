package org.loupe.core.scan;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.loupe.core.picture.Unreadable;

/** How far a scan has come, in a file that is always whole, also after the process was killed. */
final class Checkpoint {

    private static final String NAME = "scan.checkpoint";
    private static final int FORMAT = 2;

    private final Path file;
    private final String question;

    /**
     * @param question what tells this scan from others
     */
    Checkpoint(Path folder, String question) {
        this.file = folder.resolve(NAME);
        this.question = question;
    }

    /**
     * Writes down everything that is known after so many pictures. It counts once it is {@linkplain #keep kept}; nothing is
     * written down before that.
     */
    void write(List<SourceScan> sources, List<Unreadable> unreadable, int done) throws IOException {
        for (SourceScan source : sources) {
            for (TapScan tap : source.taps().toList()) {
                tap.flush(done);
            }
        }
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished())))) {
            out.writeInt(FORMAT);
            out.writeUTF(question);
            out.writeInt(done);
            out.writeInt(unreadable.size());
            for (Unreadable one : unreadable) {
                out.writeUTF(one.name());
                out.writeUTF(one.reason());
            }
            for (SourceScan source : sources) {
                source.write(out);
            }
        }
    }

    /** Brings what was written last to the disk; meanwhile more pictures may be entered. */
    void keep(List<SourceScan> sources) throws IOException {
        for (SourceScan source : sources) {
            for (TapScan tap : source.taps().toList()) {
                tap.force();
            }
        }
        try (FileChannel channel = FileChannel.open(unfinished(), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes what was kept before, because the files that it is about will be written over. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private Path unfinished() {
        return file.resolveSibling(NAME + ".part");
    }

    /**
     * Reads what was written last.
     *
     * @param sources    are overwritten
     * @param unreadable is added to
     * @return how many pictures are done; nothing where this scan was not begun
     * @throws IOException when the file is damaged
     */
    Optional<Integer> read(List<SourceScan> sources, List<Unreadable> unreadable) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readInt() != FORMAT || !in.readUTF().equals(question)) {
                return Optional.empty();
            }
            int done = in.readInt();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                unreadable.add(new Unreadable(in.readUTF(), in.readUTF()));
            }
            for (SourceScan source : sources) {
                source.read(in);
            }
            return Optional.of(done);
        } catch (IOException | IndexOutOfBoundsException damaged) {
            throw new IOException("The interrupted scan cannot go on because " + file + " is damaged. Delete the folder "
                    + file.getParent() + " to begin again.", damaged);
        }
    }
}
