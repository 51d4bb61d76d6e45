package org.loupe.core.dictionary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Weights;

class DictionaryFileTest {

    private static final Dictionary SMALL = new Dictionary(new Weights(new int[] {3, 2}, new float[] {1, 2, 3, 4, 5, 6}),
            Weights.vector(.1f, .2f, .3f), new Weights(new int[] {3, 2}, new float[] {0, 1, 1, 0, .6f, .8f}),
            Weights.vector(7, 8), 2);

    @Test
    void whatIsWrittenIsReadAgain() {
        byte[] file = DictionaryFile.write(SMALL);
        assertEquals(SMALL, DictionaryFile.read(file, -1, "small"));
        assertEquals(0, DictionaryFile.read(file, 0, "small").kept());
        assertEquals(0, (8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong()) % 8, "arrays are aligned");
    }

    @Test
    void theEncoderStandsAsOtherProgramsHaveIt() {
        byte[] file = DictionaryFile.write(SMALL);
        String header = new String(file, 8, 400 - 8 < file.length ? 392 : file.length - 8, StandardCharsets.ISO_8859_1);
        assertTrue(header.contains("\"W_enc\":{\"dtype\":\"F32\",\"shape\":[2,3]"), header);
        assertTrue(header.contains("\"W_dec\":{\"dtype\":\"F32\",\"shape\":[3,2]"), header);
    }

    /** As other programs write it: arrays in another order and other types, W_enc as (latent, channel), one more array. */
    @Test
    void aFileOfAnotherProgramIsRead() {
        String header = "{\"b_dec\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"W_dec\": {\"dtype\":\"F32\","
                + "\"shape\":[3,2],\"data_offsets\":[8,32]},\"b_enc\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[32,56]},"
                + "\"W_enc\":{\"dtype\":\"BF16\",\"shape\":[3,2],\"data_offsets\":[56,68]},"
                + "\"scale\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[68,72]}}";
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 72).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII)).putFloat(7).putFloat(8);
        for (float value : SMALL.decoder().values()) {
            bytes.putFloat(value);
        }
        bytes.putDouble(1).putDouble(2).putDouble(3);
        for (float value : new float[] {1, 2, 3, 4, 5, 6}) {
            bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
        }
        Dictionary read = DictionaryFile.read(bytes.array(), -1, "other");
        assertEquals(SMALL.encoder(), read.encoder());
        assertArrayEquals(new float[] {1, 2, 3}, read.bias().values());
        assertEquals(0, read.kept());
    }

    @Test
    void whatIsNoDictionaryIsRefused() {
        byte[] file = DictionaryFile.write(SMALL);
        assertTrue(refused(Arrays.copyOf(file, file.length - 4)).contains("cut off"));
        assertTrue(refused(new byte[3]).contains("cut off"));
        String text = new String(file, StandardCharsets.ISO_8859_1);
        assertTrue(refused(text.replace("W_enc", "X_enc").getBytes(StandardCharsets.ISO_8859_1)).contains("no array W_enc"));
        assertTrue(refused(text.replace("\"shape\":[2,3]", "\"shape\":[6,1]").getBytes(StandardCharsets.ISO_8859_1))
                .contains("does not fit"));
        assertTrue(refused(text.replaceFirst("F32", "I32").getBytes(StandardCharsets.ISO_8859_1)).contains("I32"));
    }

    private static String refused(byte[] file) {
        return assertThrows(NetworkException.class, () -> DictionaryFile.read(file, -1, "broken")).getMessage();
    }
}
