package org.loupe.formats.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.core.picture.PictureException;

/** Thousands of damaged copies of real files: each is read or refused, and nothing else happens; none takes for ever. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DamageTest {

    private static final int COPIES = 400;
    private static final Limits TIGHT = new Limits(1 << 20, 1_000_000, 1_000_000, 1_000_000, 2_000_000, 20_000_000);

    private final Decoder decoder = new Decoder(TIGHT);

    @ParameterizedTest
    @ValueSource(strings = {"rgb.png", "palette-alpha.png", "interlaced.png", "alpha16.png", "rgb.jpg", "progressive.jpg",
            "ycck.jpg", "turned6.jpg", "lossy.webp", "lossy-alpha.webp", "lossless-alpha.webp", "moving.webp", "rgb.bmp",
            "masks.bmp", "runs.bmp", "palette.gif", "interlaced.gif"})
    void damageIsReadOrRefused(String name) {
        byte[] whole = Samples.bytes(name);
        Random draws = new Random(name.hashCode());
        int refused = 0;
        for (int copy = 0; copy < COPIES; copy++) {
            refused += isRefused(damaged(whole, draws)) ? 1 : 0;
        }
        assertTrue(refused > 0, "some damage is noticed");
    }

    private boolean isRefused(byte[] file) {
        float[] values = new float[3 * Samples.ROWS * Samples.COLUMNS];
        try {
            decoder.decode(file, Samples.frame(Samples.ROWS, Samples.COLUMNS), values, 0);
            for (float value : values) {
                assertTrue(value >= 0 && value <= 1, "a colour of " + value);
            }
            return false;
        } catch (PictureException refused) {
            assertEquals(1, refused.getMessage().lines().count(), refused.getMessage());
            assertFalse(refused.getMessage().matches("(.*\\.\\.|.*\\p{Cntrl}.*)"), refused.getMessage());
            return true;
        }
    }

    /** Some bits turned, most of them near the beginning, or a piece cut off, doubled or taken away. */
    private static byte[] damaged(byte[] whole, Random draws) {
        byte[] file = whole.clone();
        int place = draws.nextInt(file.length);
        switch (draws.nextInt(6)) {
            case 0:
                return Arrays.copyOf(file, place);
            case 1:
                byte[] less = Arrays.copyOf(file, Math.max(1, file.length - 1 - draws.nextInt(8)));
                System.arraycopy(file, file.length - (less.length - Math.min(place, less.length)), less,
                        Math.min(place, less.length), less.length - Math.min(place, less.length));
                return less;
            default:
                int reach = draws.nextBoolean() ? file.length : Math.min(64, file.length);
                for (int flips = 1 + draws.nextInt(5); flips > 0; flips--) {
                    file[draws.nextInt(reach)] = draws.nextBoolean() ? (byte) draws.nextInt(256)
                            : (byte) new int[] {0, 255, 127, 128}[draws.nextInt(4)];
                }
                return file;
        }
    }
}
