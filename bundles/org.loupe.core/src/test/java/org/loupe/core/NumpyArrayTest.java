package org.loupe.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyArrayTest {

    @TempDir
    Path folder;

    /** A file as NumPy would write it. */
    private static byte[] npy(String kind, boolean fortran, String shape, byte[] values) {
        String header = "{'descr': '" + kind + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': ("
                + shape + "), }\n";
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        return out.put(header.getBytes(StandardCharsets.US_ASCII)).put(values).array();
    }

    private static NumpyArray read(byte[] bytes) throws IOException {
        return NumpyArray.read(new ByteArrayInputStream(bytes), "here");
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    @Test
    void whatLoupeWritesIsRead() throws IOException {
        Batch batch = new Batch(1, 2, 1, 3, new float[] {1, 2, 3, 4, 5, 6});
        assertEquals(new NumpyArray(List.of(1, 2, 1, 3), batch.values()), read(Npy.write(batch)));
    }

    @Test
    void columnsFirstIsTurnedAround() throws IOException {
        NumpyArray read = read(npy("<f4", true, "2, 3", floats(1, 4, 2, 5, 3, 6)));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "<f2 ; 0 60 0 -64    ; 1 -2", ">f4 ; 63 -128 0 0    ; 1", "<f8 ; 0 0 0 0 0 0 -16 63 ; 1",
        "|u1 ; -1 2          ; 255 2", "|i1 ; -1 2       ; -1 2", "<i2 ; 1 1 ; 257", ">u2 ; -1 -1 ; 65535",
        "<i8 ; -1 -1 -1 -1 -1 -1 -1 -1 ; -1", "|b1 ; 1 0 ; 1 0", "<f2 ; 1 0 0 124 ; 5.9604645E-8 Infinity"})
    void everyKindOfNumberIsRead(String kind, String bytes, String expected) throws IOException {
        String[] written = bytes.strip().split(" ");
        byte[] content = new byte[written.length];
        for (int i = 0; i < content.length; i++) {
            content[i] = Byte.parseByte(written[i]);
        }
        String[] numbers = expected.strip().split(" ");
        NumpyArray read = read(npy(kind.strip(), false, numbers.length + ",", content));
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(Float.parseFloat(numbers[i]), read.values()[i]);
        }
    }

    @Test
    void theArraysOfAnArchiveHaveTheirNames() throws IOException {
        Path file = folder.resolve("golden.npz");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : new String[] {"input", "conv1"}) {
                zip.putNextEntry(new ZipEntry(name + ".npy"));
                zip.write(npy("<f4", false, "2", floats(1, 2)));
            }
        }
        assertEquals(List.of("input", "conv1"), List.copyOf(NumpyArray.readAll(file).keySet()));
        byte[] whole = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.npz"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(assertThrows(IOException.class, () -> NumpyArray.readAll(cut)).getMessage().contains("cut.npz"));
    }

    @Test
    void aSingleFileHasNoName() throws IOException {
        Path file = Files.write(folder.resolve("one.npy"), npy("<f4", false, "", floats(7)));
        assertEquals(Map.of("", new NumpyArray(List.of(), new float[] {7})), NumpyArray.readAll(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000, 100000, 100000", "99999999999", "268435457"})
    void whatCannotBeThereIsRefusedBeforeMemoryIsTaken(String shape) {
        String told = assertThrows(IOException.class, () -> read(npy("<f4", false, shape, floats(1)))).getMessage();
        assertTrue(told.contains("claims to hold more"), told);
    }

    @Test
    void aFileThatClaimsMoreThanItHasIsCutOff() {
        String told = assertThrows(IOException.class, () -> read(npy("<f4", false, "200000000", floats(1)))).getMessage();
        assertEquals("here is cut off.", told);
    }

    @Test
    void everyTruncationAndEveryFlippedByteIsReadOrRefused() throws IOException {
        byte[] whole = npy("<f4", true, "2, 3", floats(1, 4, 2, 5, 3, 6));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> read(cut));
        }
        Draws draws = new Draws(3);
        int refused = 0;
        for (int time = 0; time < 2000; time++) {
            byte[] changed = whole.clone();
            changed[draws.below(changed.length)] ^= (byte) (1 << draws.below(8));
            try {
                ByteArrayOutputStream much = new ByteArrayOutputStream();
                much.write(changed);
                read(much.toByteArray());
            } catch (IOException expected) {
                refused++;
            }
        }
        assertTrue(refused > 500, refused + " of 2000 were refused");
    }

    @Test
    void textsAndObjectsAreRefused() {
        assertThrows(IOException.class, () -> read(npy("|O8", false, "1", new byte[8])));
        assertThrows(IOException.class, () -> read(npy("<U5", false, "1", new byte[20])));
        assertThrows(IOException.class, () -> read(npy("<c8", false, "1", new byte[8])));
    }
}
