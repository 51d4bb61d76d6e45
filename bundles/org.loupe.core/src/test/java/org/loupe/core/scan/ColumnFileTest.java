package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.NpyHeader;
import org.loupe.core.NumpyArray;

class ColumnFileTest {

    private static final int PICTURES = 1300;
    private static final int CHANNELS = 3;
    private static final int TOGETHER = 30;

    @TempDir
    Path folder;

    /** What stands in the file for a picture; every seventh cannot be read. */
    private static int number(int picture, int channel) {
        return picture % 7 == 2 ? -1 : picture * CHANNELS + channel;
    }

    private void write(ColumnFile file, int from, int to) throws IOException {
        for (int next = from; next < to; next += TOGETHER) {
            int end = Math.min(to, next + TOGETHER);
            file.prepare(next, end);
            for (int picture = next; picture < end; picture++) {
                for (int channel = 0; channel < CHANNELS && number(picture, 0) >= 0; channel++) {
                    file.put(picture, channel, number(picture, channel));
                }
            }
        }
    }

    private ColumnFile open(Path path, int done) throws IOException {
        return new ColumnFile(path, "<i4", -1, PICTURES, CHANNELS, done);
    }

    private static float[] expected(int done) {
        float[] numbers = new float[PICTURES * CHANNELS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i / CHANNELS < done ? number(i / CHANNELS, i % CHANNELS) : -1;
        }
        return numbers;
    }

    private static void assertContent(float[] expected, Path path) throws IOException {
        NumpyArray read = NumpyArray.readAll(path).get("");
        assertEquals(List.of(PICTURES, CHANNELS), read.shape());
        assertArrayEquals(expected, read.values());
    }

    @Test
    void morePicturesThanAreKeptInMemoryAreAllThere() throws IOException {
        Path path = folder.resolve("numbers.npy");
        try (ColumnFile file = open(path, 0)) {
            write(file, 0, PICTURES);
            file.fillFrom(PICTURES);
        }
        assertContent(expected(PICTURES), path);
    }

    @Test
    void whatWasNotReachedIsMarkedAndOverwrittenLater() throws IOException {
        Path path = folder.resolve("numbers.npy");
        try (ColumnFile file = open(path, 0)) {
            write(file, 0, 700);
            file.flush(700);
            file.fillFrom(700);
        }
        assertContent(expected(700), path);
        try (ColumnFile file = open(path, 700)) {
            write(file, 700, PICTURES);
            file.fillFrom(PICTURES);
        }
        assertContent(expected(PICTURES), path);
    }

    @Test
    void otherProgramsReadTheFileWhileItIsWritten() throws IOException {
        Path path = folder.resolve("numbers.npy");
        try (ColumnFile file = open(path, 0)) {
            assertEquals(ColumnFile.bytes(PICTURES, CHANNELS), Files.size(path));
            write(file, 0, 700);
            file.flush(700);
            NumpyArray read = NumpyArray.readAll(path).get("");
            assertEquals(List.of(PICTURES, CHANNELS), read.shape());
            assertArrayEquals(Arrays.copyOf(expected(700), 700 * CHANNELS), Arrays.copyOf(read.values(), 700 * CHANNELS));
        }
    }

    @Test
    void aFileThatLacksWhatWasWrittenBeforeIsRefused() throws IOException {
        Path path = folder.resolve("numbers.npy");
        String missing = assertThrows(IOException.class, () -> open(path, 700)).getMessage();
        assertTrue(missing.contains("Delete the folder " + folder), missing);
        assertFalse(Files.exists(path));
        open(path, 0).close();
        Files.write(path, new byte[500]);
        String cut = assertThrows(IOException.class, () -> open(path, 700)).getMessage();
        assertTrue(cut.contains("numbers.npy is missing or cut off"), cut);
    }

    /** As on a full disk, the system finds no place for the page that is written to. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lets another program cut off a file that is mapped")
    void whatTheDiskDoesNotTakeIsAnErrorThatNamesTheFile() throws Exception {
        Path path = folder.resolve("numbers.npy");
        ColumnFile file = open(path, 0);
        write(file, 0, 500);
        try (FileChannel other = FileChannel.open(path, StandardOpenOption.WRITE)) {
            other.truncate(0);
        }
        // On a thread of its own, for Java tells of the fault, too, by whatever the thread does next, be it here or in JUnit.
        AtomicReference<Throwable> told = new AtomicReference<>();
        Thread writing = new Thread(() -> {
            try {
                file.flush(500);
            } catch (IOException | InternalError problem) {
                told.compareAndSet(null, problem);
            }
        });
        writing.setUncaughtExceptionHandler((thread, fault) -> told.compareAndSet(null, fault));
        writing.start();
        writing.join();
        assertNotNull(told.get(), "nothing is told");
        if (told.get() instanceof IOException problem) {
            assertTrue(problem.getMessage().contains(path.toString()) && problem.getMessage().contains("full"), problem::getMessage);
        } else {
            assertInstanceOf(InternalError.class, told.get());
        }
        file.close();
    }

    @Test
    void whatIsWrittenAfterClosingIsRefused() throws IOException {
        ColumnFile file = open(folder.resolve("numbers.npy"), 0);
        write(file, 0, 500);
        file.close();
        assertThrows(IOException.class, () -> file.flush(500));
        file.close();
    }

    /** A gigabyte is mapped at a time; a file of holes takes no room. */
    @Test
    void aFileOfSeveralMappingsIsWrittenInItsPlaces() throws IOException {
        int pictures = 100_000_000;
        int channels = 4;
        Path path = folder.resolve("large.npy");
        try (ColumnFile file = new ColumnFile(path, "<i4", -1, pictures, channels, 0)) {
            file.prepare(0, 3);
            for (int channel = 0; channel < channels; channel++) {
                file.put(2, channel, 10 + channel);
            }
            file.flush(3);
        }
        assertEquals(ColumnFile.bytes(pictures, channels), Files.size(path));
        try (FileChannel file = FileChannel.open(path)) {
            for (int channel = 0; channel < channels; channel++) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
                file.read(bytes, NpyHeader.LENGTH + (long) channel * pictures * Integer.BYTES);
                int[] numbers = new int[4];
                bytes.flip().asIntBuffer().get(numbers);
                assertArrayEquals(new int[] {-1, -1, 10 + channel, 0}, numbers);
            }
        }
    }
}
