package org.loupe.formats.arrays;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;

/** Files that were cut off, flipped and overwritten, always in the same ways. */
public final class Damage {

    private static final byte[][] EXTREMES = {{-1, -1, -1, -1, -1, -1, -1, 127}, {-1, -1, -1, 127}, {0, 0, 0, 0, 0, 0, 0, 0}, {-128},
        {-1, -1, -1, -1, 15}, {0, 0, 0, -128}};

    private Damage() {
    }

    /**
     * Reads damaged copies of a file.
     *
     * @param times how many
     * @return how many were read in spite of it
     * @throws AssertionError when anything else is thrown than what a reader may throw, or the message does not name the file
     */
    public static int survived(NetworkReader reader, Path file, Path folder, int times) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path copy = folder.resolve("damaged-" + file.getFileName());
        Random random = new Random(file.getFileName().toString().hashCode());
        int read = 0;
        for (int time = 0; time < times; time++) {
            Files.write(copy, damaged(whole, random));
            try {
                reader.read(copy, InputChoice.NONE);
                read++;
            } catch (NetworkException told) {
                assertTrue(told.getMessage().contains(copy.getFileName().toString()), told.getMessage());
                assertTrue(told.getMessage().length() < 20_000, () -> "much too long: " + told.getMessage().substring(0, 500));
            } catch (IOException unreadable) {
                assertTrue(unreadable.getMessage() != null, "an exception without a message");
            } catch (RuntimeException | Error other) {
                throw new AssertionError("copy " + time + " of " + file.getFileName() + " was not told as damaged", other);
            }
        }
        return read;
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                byte[] extreme = EXTREMES[random.nextInt(EXTREMES.length)];
                int at = random.nextInt(bytes.length - extreme.length);
                System.arraycopy(extreme, 0, bytes, at, extreme.length);
            }
            default -> {
                for (int i = 0; i < 16; i++) {
                    bytes[random.nextInt(Math.min(bytes.length, random.nextBoolean() ? 4096 : bytes.length))] = (byte) random.nextInt();
                }
            }
        }
        return bytes;
    }
}
