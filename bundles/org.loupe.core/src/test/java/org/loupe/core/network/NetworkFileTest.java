package org.loupe.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Draws;

class NetworkFileTest {

    @TempDir
    Path folder;

    private final Network network = Nets.everything();

    private byte[] bytes() throws IOException {
        return bytes(network);
    }

    private static byte[] bytes(Network network) throws IOException {
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
    void filesOfEarlierVersionsKeepTheirBytes() {
        assertEquals("c41637cfa5cd245d443b58ce7d98c8de312d00ebee53f5475d4eca408199e024", Nets.everything().hash());
        assertEquals("25f3db3450ddb56b51267825c4348014553370ae7b7a45de503374ebdee0f904", Nets.single(0).hash());
    }

    @Test
    void allThatOperationsAreMadeOfComesBack() throws IOException {
        Network other = Nets.everythingElse();
        assertEquals(other.operations(),
                NetworkFile.read(new ByteArrayInputStream(bytes(other)), "other.loupe").operations());
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefusedByName() throws IOException {
        for (byte[] bytes : List.of(bytes(), bytes(Nets.everythingElse()))) {
            for (int length = 0; length < bytes.length; length += 7) {
                byte[] cut = Arrays.copyOf(bytes, length);
                String message = assertThrows(NetworkException.class,
                        () -> NetworkFile.read(new ByteArrayInputStream(cut), "cut.loupe")).getMessage();
                assertTrue(message.contains("cut.loupe"), message);
            }
        }
    }

    @Test
    void anyChangedByteIsNoticedWithoutCrashOrHugeMemory() throws IOException {
        Draws draws = new Draws(1);
        for (byte[] bytes : List.of(bytes(), bytes(Nets.everythingElse()))) {
            for (int trial = 0; trial < 1500; trial++) {
                byte[] changed = bytes.clone();
                changed[draws.below(changed.length)] ^= (byte) (1 << draws.below(8));
                assertThrows(NetworkException.class,
                        () -> NetworkFile.read(new ByteArrayInputStream(changed), "changed.loupe"));
            }
        }
    }

    /** Someone who forges a file can forge its checksum. */
    @Test
    void aForgedFileIsReadOrRefusedWhateverItSays() throws Exception {
        Draws draws = new Draws(2);
        int read = 0;
        for (byte[] bytes : List.of(bytes(), bytes(Nets.everythingElse()))) {
            for (int trial = 0; trial < 2000; trial++) {
                byte[] forged = Arrays.copyOf(bytes, bytes.length - 32);
                for (int change = draws.below(3); change >= 0; change--) {
                    forged[draws.below(forged.length - 12) + 12] = (byte) (draws.chance(0.5) ? draws.below(256)
                            : draws.chance(0.5) ? 0x7f : 0);
                }
                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                whole.write(forged);
                whole.write(MessageDigest.getInstance("SHA-256").digest(forged));
                try {
                    NetworkFile.read(new ByteArrayInputStream(whole.toByteArray()), "forged.loupe").hash();
                    read++;
                } catch (NetworkException refused) {
                    assertTrue(refused.getMessage().contains("forged.loupe"), refused.getMessage());
                }
            }
        }
        assertTrue(read > 50, read + " forged files were read");
    }

    @Test
    void operationsThatReadTooManyOrTooFewAreRefused() throws IOException {
        byte[] bytes = bytes(Nets.single(0));
        int list = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\0\4Relu\0\4conv") + 12;
        assertEquals(1, bytes[list + 3]);
        for (int count : new int[] {0, 2}) {
            byte[] changed = bytes.clone();
            changed[list + 3] = (byte) count;
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
