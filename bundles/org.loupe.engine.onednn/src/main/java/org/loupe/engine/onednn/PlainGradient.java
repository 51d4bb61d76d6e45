package org.loupe.engine.onednn;

import org.bytedeco.dnnl.memory;
import org.loupe.core.network.Window;

/**
 * The gradient with respect to what the network sees, in the layout (image, channel, row, column).
 *
 * @param memory  where it is
 * @param rows    how many rows there are, at least as many as the pictures have
 * @param columns how many columns there are, at least as many as the pictures have
 */
record PlainGradient(memory memory, int rows, int columns) {

    /** Brings an array's gradient into the plain layout. */
    static PlainGradient of(Construction construction, Array array) {
        int channels = array.slots().channels();
        memory plain = construction.zeros(construction.plain(channels, array.rows(), array.columns()));
        memory slope = construction.view(construction.blocked(channels, array.rows(), array.columns()), array.slope());
        construction.reorder(construction.backward(), "gradient", slope, plain);
        return new PlainGradient(plain, array.rows(), array.columns());
    }

    /**
     * Deals out the phases of a convolution that carried the gradient back.
     *
     * @param phased  in blocks; for each phase, in row order, its channels
     * @param rows    rows of each phase
     * @param columns columns of each phase
     */
    static PlainGradient dealt(Construction construction, memory phased, Slots slots, Window window, int channels,
            int rows, int columns) {
        int steps = window.rowStep();
        int across = window.columnStep();
        long area = (long) rows * columns;
        memory source = phased;
        long image = slots.width() * area;
        long position = construction.block();
        long channel = 1;
        if (slots.width() > construction.block()) {
            source = construction.zeros(construction.plain(slots.width(), rows, columns));
            construction.reorder(construction.backward(), "phases", phased, source);
            position = 1;
            channel = area;
        }
        int tall = rows * steps;
        int wide = columns * across;
        long[] sizes = {construction.images(), channels, rows, steps, columns, across};
        memory.desc read = new memory.desc(sizes, org.bytedeco.dnnl.memory.data_type.f32, new long[] {image, channel,
            columns * position, channel * channels * across, position, channel * channels});
        memory.desc written = new memory.desc(sizes, org.bytedeco.dnnl.memory.data_type.f32,
                new long[] {(long) channels * tall * wide, (long) tall * wide, (long) steps * wide, wide, across, 1});
        memory plain = construction.zeros(construction.plain(channels, tall, wide));
        construction.reorder(construction.backward(), "gradient from phases", construction.view(read, source),
                construction.view(written, plain));
        return new PlainGradient(plain, tall, wide);
    }
}
