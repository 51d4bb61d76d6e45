package org.loupe.core.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Columns of numbers of 32 bits, little-endian, in a file that is mapped into memory: what is put there is in the file at
 * once, for every program that reads or maps it, and the system brings it to the disk when it likes.
 */
final class MappedColumns implements AutoCloseable {

    /** A mapping is smaller than 2 GB, and so is each of these. */
    private static final long WINDOW = 1L << 30;

    private final Path path;
    private final long end;
    private final int length;
    private final int together;
    private final List<MappedByteBuffer> windows = new ArrayList<>();
    private final ReadWriteLock mapped = new ReentrantReadWriteLock();

    /**
     * Maps the columns of a file, which grows where it is not long enough.
     *
     * @param file   open for reading and writing; need not stay open
     * @param path   where it is, for messages
     * @param start  of the first column in the file, in bytes
     * @param length of each column, in numbers; at most 2^29 - 1
     */
    MappedColumns(FileChannel file, Path path, long start, int columns, int length) throws IOException {
        this.path = path;
        this.length = length;
        long bytes = (long) length * Integer.BYTES;
        this.end = start + columns * bytes;
        this.together = (int) Math.max(1, Math.min(columns, WINDOW / bytes));
        for (int column = 0; column < columns; column += together) {
            windows.add(file.map(MapMode.READ_WRITE, start + column * bytes, Math.min(together, columns - column) * bytes));
        }
        windows.forEach(window -> window.order(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Puts numbers into a column.
     *
     * @param at    where the first goes
     * @param count how many, from the beginning of the array
     * @throws IOException when the disk does not take them
     */
    void put(int column, int at, int[] numbers, int count) throws IOException {
        mapped.readLock().lock();
        try {
            if (windows.isEmpty()) {
                throw new IOException(path + " was closed while something was written to it");
            }
            windows.get(column / together).asIntBuffer().put(column % together * length + at, numbers, 0, count);
        } finally {
            mapped.readLock().unlock();
        }
    }

    /**
     * Sees to it that what was put there is in the file.
     *
     * @throws IOException when the file was cut off
     */
    void check() throws IOException {
        if (Files.size(path) < end) {
            throw refused(null);
        }
    }

    /**
     * What the disk does not take.
     *
     * @param fault with which Java tells that the system could not give a page a place on the disk, or found the file cut off:
     *              from whatever the thread does next, which may be some time later
     */
    IOException refused(InternalError fault) {
        return new IOException("the disk does not take what is written to " + path
                + ", because it is full, or another program has changed the file", fault);
    }

    /** Waits until the disk has everything that was put there before; meanwhile more can be put there. */
    void force() throws IOException {
        mapped.readLock().lock();
        try {
            windows.forEach(MappedByteBuffer::force);
        } catch (UncheckedIOException problem) {
            throw new IOException("the disk did not take all of " + path + ": " + problem.getCause().getMessage(), problem);
        } finally {
            mapped.readLock().unlock();
        }
    }

    /** Lets go of the file, so that it can be deleted or moved everywhere, and its room on the disk is free then. */
    @Override
    public void close() {
        // Nobody is writing then: a page that is not mapped any more would end the process.
        mapped.writeLock().lock();
        try {
            windows.forEach(MappedColumns::unmap);
            windows.clear();
        } finally {
            mapped.writeLock().unlock();
        }
    }

    /**
     * By reflection, for the class is in no Java standard. Where the Java runtime does not have it, the garbage collector lets
     * go of the file, some time later.
     */
    private static void unmap(ByteBuffer window) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe", true, ClassLoader.getSystemClassLoader());
            Field only = type.getDeclaredField("theUnsafe");
            only.setAccessible(true);
            type.getMethod("invokeCleaner", ByteBuffer.class).invoke(only.get(null), window);
        } catch (ReflectiveOperationException | RuntimeException unknownHere) {
            // The mapping goes with the buffer.
            return;
        }
    }
}
