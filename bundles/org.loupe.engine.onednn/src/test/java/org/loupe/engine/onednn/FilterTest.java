package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

class FilterTest {

    @Test
    void partsOfAConcatenationBeginWithABlock() {
        Slots joined = Slots.joined(List.of(Slots.of(2, 8), Slots.of(9, 8), Slots.of(1, 8)));
        assertArrayEquals(new int[] {0, 1, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24}, joined.positions());
        assertEquals(32, joined.width());
        assertFalse(joined.contiguous());
    }

    @Test
    void weightsGoWhereTheirChannelsAre() {
        Slots in = Slots.joined(List.of(Slots.of(1, 8), Slots.of(1, 8)));
        Filter filter = Filter.of(convolution(3, 2, 1), in, Slots.of(3, 8), 8);
        float[] expected = new float[8 * 16];
        for (int made = 0; made < 3; made++) {
            expected[made * 16] = 2 * made + 1;
            expected[made * 16 + 8] = 2 * made + 2;
        }
        assertArrayEquals(expected, filter.values());
    }

    @Test
    void smallGroupsArePutTogetherUntilTheyFillBlocks() {
        Filter filter = Filter.of(convolution(32, 4, 8), Slots.of(32, 8), Slots.of(32, 8), 8);
        assertArrayEquals(new long[] {4, 8, 8, 1, 1}, filter.shape());
        assertEquals(1, filter.values()[0]);
        assertEquals(0, filter.values()[4], "the second group does not see the first input of its neighbour");
        assertEquals(4 * 4 + 1, filter.values()[4 * 8 + 4]);
    }

    @Test
    void reversingTwiceChangesNothing() {
        Filter filter = Filter.of(convolution(32, 4, 8), Slots.of(32, 8), Slots.of(32, 8), 8);
        assertArrayEquals(filter.values(), filter.reversed().reversed().values());
    }

    @Test
    void narrowBlocksAreForNetworksOfFewChannels() {
        assertEquals(8, Layout.block(Networks.inception(32, 4, 20, 4, 4), true));
        assertEquals(16, Layout.block(Networks.inception(32, 64, 128, 32, 32), true));
        assertEquals(8, Layout.block(Networks.inception(32, 64, 128, 32, 32), false));
    }

    /** A 1x1 convolution with the weights 1, 2, 3 and so on. */
    private static Convolution convolution(int made, int readInGroup, int groups) {
        float[] values = new float[made * readInGroup];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return new Convolution("x", "in", new Weights(new int[] {made, readInGroup, 1, 1}, values),
                Weights.vector(new float[made]), Window.square(1, 1, 0), groups);
    }
}
