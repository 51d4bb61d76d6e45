package org.loupe.core.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelScanTest {

    private static ChannelScan channel(float[] values, float... maxima) {
        long[] histogram = new long[Bins.COUNT];
        for (float value : values) {
            histogram[Bins.of(value)]++;
        }
        int[] places = new int[maxima.length];
        return new ChannelScan(0, 0, 0, 0, 0, 0, List.of(), histogram, List.of(), maxima, places, 1);
    }

    @Test
    void aBinEndsWhereTheNextOneBegins() {
        for (int bin = 1; bin < Bins.COUNT; bin++) {
            if (bin != Bins.ZERO && bin != Bins.ZERO + 1) {
                assertEquals(Bins.upper(bin - 1), Bins.lower(bin), "bin " + bin);
            }
        }
        for (float value : new float[] {-300, -1.03f, 1e-6f, 0.4f, 17}) {
            int bin = Bins.of(value);
            assertEquals(true, Bins.lower(bin) <= value && value <= Bins.upper(bin), "the bin of " + value);
        }
    }

    @Test
    void theDistributionHasEveryPosition() {
        ChannelScan channel = channel(new float[] {-2.01f, 0, 0, 0.51f, 0.52f, 1.9f, 1.91f, 1.93f});
        double[] shares = channel.distribution(-3, 3, 6);
        assertEquals(1, Arrays.stream(shares).sum(), 1e-9);
        assertArrayEquals(new double[] {1 / 8.0, 0, 0, 4 / 8.0, 3 / 8.0, 0}, shares, 1e-9);
    }

    @Test
    void theStrongestOfAKindComeInOrderAndEqualOnesAsInTheSet() {
        ChannelScan channel = channel(new float[] {1}, 3, 9, Float.NaN, 5, 5, 8);
        assertEquals(List.of(5, 3, 4), channel.strongest(picture -> picture >= 2, 9).stream().map(Example::picture).toList());
        assertEquals(List.of(1), channel.strongest(picture -> true, 1).stream().map(Example::picture).toList());
    }
}
