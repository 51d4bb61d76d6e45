package org.loupe.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NpyTest {

    private final Batch batch = new Batch(2, 1, 2, 1, new float[] {1, -2.5f, Float.MIN_VALUE, 3e30f});

    @Test
    void whatIsWrittenReadsBackBitByBit() throws IOException {
        assertEquals(batch, Npy.read(Npy.write(batch)));
    }

    @Test
    void theHeaderIsAlignedAsNumPyWantsIt() {
        byte[] bytes = Npy.write(batch);
        assertEquals(0, (bytes.length - 4 * Float.BYTES) % 64);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 1, 2, 1), }",
                new String(bytes, 10, 66, StandardCharsets.US_ASCII).strip());
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() {
        byte[] bytes = Npy.write(batch);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IOException.class, () -> Npy.read(cut));
        }
    }

    @Test
    void aShapeThatPromisesMoreThanThereIsCostsNoMemory() {
        byte[] bytes = Npy.write(batch);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("(2, 1, 2, 1), }   ", "(999999, 1, 2, 1),}");
        byte[] huge = text.replace("),}", "), }").getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(IOException.class, () -> Npy.read(huge));
    }
}
