package org.loupe.core.scan;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.loupe.core.ResultFiles;

/** The files of a scan in the folder where it was made. */
record FolderFiles(Path folder) implements ResultFiles {

    @Override
    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    @Override
    public byte[] read(String name, long from, int length) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(name))) {
            return read(file, name, from, length);
        }
    }

    /** As {@link #read(String, long, int)}, of a file that is open already; several threads may read it at once. */
    static byte[] read(FileChannel file, String name, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException(name + " is cut off");
            }
        }
        return bytes.array();
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }

    @Override
    public void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }
}
