package org.loupe.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Keeps a second Loupe out of a study, in another process as well as in this one. The operating system releases the
 * lock when the process ends, however it ends; the file itself stays and says who had it last.
 */
final class StudyLock implements AutoCloseable {

    private static final String NAME = ".lock";
    private static final int LONGEST = 20;

    private final FileChannel channel;

    private StudyLock(FileChannel channel) {
        this.channel = channel;
    }

    static StudyLock take(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            // Beyond the text, because where locks are mandatory a locked text could not be read by the other process.
            FileLock lock = channel.tryLock(LONGEST, 1, false);
            if (lock == null) {
                throw new StudyInUseException(folder, holder(file));
            }
            byte[] text = String.format(Locale.ROOT, "%-" + LONGEST + "d", ProcessHandle.current().pid())
                    .getBytes(StandardCharsets.US_ASCII);
            channel.write(ByteBuffer.wrap(text), 0);
            taken = true;
            return new StudyLock(channel);
        } catch (OverlappingFileLockException here) {
            throw new StudyInUseException(folder, Long.toString(ProcessHandle.current().pid()));
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Who has the lock, or an empty text where that cannot be known. */
    private static String holder(Path file) {
        try {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        } catch (IOException unknown) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
