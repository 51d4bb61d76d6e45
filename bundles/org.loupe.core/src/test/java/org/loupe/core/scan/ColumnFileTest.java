package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
}
