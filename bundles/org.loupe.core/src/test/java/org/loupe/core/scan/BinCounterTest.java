package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BinCounterTest {

    private static final float[] ODD = {0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-30f, -1e-30f, 0x1p-14f, -0x1p-14f,
        Math.nextDown(0x1p-14f), Math.nextDown(0x1p18f), 0x1p18f, -0x1p18f, Float.MAX_VALUE / 100, -Float.MAX_VALUE / 100, 1};

    /** Reads maps of a channel, each on its own, and compares what is found with what is defined. */
    private static void compare(float[][] maps) {
        MapReader reader = new MapReader(maps.length);
        BinCounter counter = new BinCounter();
        long[] found = new long[Bins.COUNT];
        long[] expected = new long[Bins.COUNT];
        int all = 0;
        for (int picture = 0; picture < maps.length; picture++) {
            float[] map = maps[picture];
            reader.read(picture, map, 0, map.length, counter.counts());
            int best = 0;
            for (int place = 0; place < map.length; place++) {
                expected[Bins.of(map[place])]++;
                best = map[place] > map[best] ? place : best;
            }
            assertEquals(map[best] + 0f, reader.maxima[picture] + 0f);
            assertEquals(best, reader.places[picture]);
            all += map.length;
        }
        counter.move(found, all, reader.limit(maps.length));
        assertArrayEquals(expected, found);
        counter.move(found, 0, 1);
        assertArrayEquals(expected, found);
    }

    @Test
    void numbersOfAllSizesFallIntoTheirBins() {
        compare(new float[][] {ODD, {0x1p17f}, {-5}, {0, 0}, {-3, -2, -2}, {-0f, 0}, {1, 2, 2, 1}, {2, 1, 2}});
    }

    @Test
    void eachNumberAloneFallsIntoItsBin() {
        for (float value : ODD) {
            compare(new float[][] {{value}});
            compare(new float[][] {{value, value}});
        }
    }

    @Test
    void mapsOfAllLengthsAreReadToTheEnd() {
        Random random = new Random(3);
        for (int length = 1; length < 40; length++) {
            float[][] maps = new float[3][length];
            for (float[] map : maps) {
                for (int i = 0; i < length; i++) {
                    map[i] = Math.round(4 * random.nextGaussian()) / 2f;
                }
            }
            compare(maps);
        }
    }

    @Test
    void whatIsNoNumberIsTold() {
        for (float bad : new float[] {Float.NaN, -Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int at = 0; at < 5; at++) {
                float[] map = new float[5];
                map[at] = bad;
                assertFalse(new MapReader(1).read(0, map, 0, 5, new BinCounter().counts()));
            }
        }
    }
}
