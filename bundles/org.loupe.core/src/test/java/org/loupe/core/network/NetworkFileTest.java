package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Draws;

class NetworkFileTest {

    @TempDir
    Path folder;

    private final Network network = Nets.everything();

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NetworkFile.write(network, out);
        return out.toByteArray();
    }

    @Test
    void whatIsWrittenReadsBackTheSame() throws IOException {
        Path file = folder.resolve("net.loupe");
        NetworkFile.write(network, file);
        Network read = NetworkFile.read(file);
        assertEquals(network.operations(), read.operations());
        assertEquals(network.layers(), read.layers());
        assertEquals(network.input(), read.input());
        assertEquals(network.classes(), read.classes());
        assertEquals(network.about(), read.about());
        assertEquals(network.hash(), read.hash());
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count(), "no unfinished file is left");
        }
    }

    @Test
    void theHashIsWhatTheFileEndsWithAndChangesWithAnyWeight() throws IOException {
        byte[] bytes = bytes();
        assertEquals(network.hash(), HexFormat.of().formatHex(bytes, bytes.length - 32, bytes.length));
        assertNotEquals(network.hash(), Nets.single(0).hash());
        assertNotEquals(Nets.single(0).hash(), Nets.single(-0.0f).hash());
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefusedByName() throws IOException {
        byte[] bytes = bytes();
        for (int length = 0; length < bytes.length; length += 7) {
            byte[] cut = Arrays.copyOf(bytes, length);
            String message = assertThrows(NetworkException.class,
                    () -> NetworkFile.read(new ByteArrayInputStream(cut), "cut.loupe")).getMessage();
            assertTrue(message.contains("cut.loupe"), message);
        }
    }

    @Test
    void anyChangedByteIsNoticedWithoutCrashOrHugeMemory() throws IOException {
        byte[] bytes = bytes();
        Draws draws = new Draws(1);
        for (int trial = 0; trial < 3000; trial++) {
            byte[] changed = bytes.clone();
            changed[draws.below(changed.length)] ^= (byte) (1 << draws.below(8));
            assertThrows(NetworkException.class,
                    () -> NetworkFile.read(new ByteArrayInputStream(changed), "changed.loupe"));
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "These are only notes, not a network.");
        assertEquals(text + " is not a Loupe network file.",
                assertThrows(NetworkException.class, () -> NetworkFile.read(text)).getMessage());
        Path missing = folder.resolve("missing.loupe");
        assertEquals("There is no file " + missing + ".",
                assertThrows(NetworkException.class, () -> NetworkFile.read(missing)).getMessage());
    }
}
