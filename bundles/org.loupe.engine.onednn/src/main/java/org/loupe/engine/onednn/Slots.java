package org.loupe.engine.onednn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the channels of an array lie in memory.
 *
 * <p>oneDNN's fast kernels work on blocks of channels. An array therefore has room for whole blocks only, and in a
 * concatenation every part begins with a block of its own, so that it can be written in place. What lies between
 * is finite, and no operation's output depends on it.
 *
 * @param positions for each channel, its position
 * @param width     number of positions, a multiple of the block
 */
record Slots(int[] positions, int width) {

    /** Channels side by side. */
    static Slots of(int channels, int block) {
        return new Slots(IntStream.range(0, channels).toArray(), (channels + block - 1) / block * block);
    }

    /** The channels of several arrays, each beginning where the one before ends. */
    static Slots joined(List<Slots> parts) {
        int[] positions = new int[parts.stream().mapToInt(Slots::channels).sum()];
        int width = 0;
        int channel = 0;
        for (Slots part : parts) {
            for (int position : part.positions) {
                positions[channel++] = width + position;
            }
            width += part.width;
        }
        return new Slots(positions, width);
    }

    /** The same positions under new names: where each of the given channels lies. */
    Slots renamed(List<Integer> channels) {
        return new Slots(channels.stream().mapToInt(channel -> positions[channel]).toArray(), width);
    }

    int channels() {
        return positions.length;
    }

    /** Whether the channels lie side by side, in their order. */
    boolean contiguous() {
        return IntStream.range(0, positions.length).allMatch(channel -> positions[channel] == channel);
    }

    /** How many channels, from the given one on, lie side by side in their order. */
    int run(int channel) {
        int next = channel + 1;
        while (next < positions.length && positions[next] == positions[next - 1] + 1) {
            next++;
        }
        return next - channel;
    }

    /** Whether there is something between the channels, or behind them. */
    boolean gaps() {
        return width > positions.length;
    }

    /** One number for each channel, spread over the positions. */
    float[] spread(float[] values) {
        float[] spread = new float[width];
        for (int channel = 0; channel < positions.length; channel++) {
            spread[positions[channel]] = values[channel];
        }
        return spread;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slots that && width == that.width && Arrays.equals(positions, that.positions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return channels() + " channels in " + width;
    }
}
