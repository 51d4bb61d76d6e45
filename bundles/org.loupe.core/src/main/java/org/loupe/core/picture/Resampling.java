package org.loupe.core.picture;

import java.util.Arrays;

/**
 * Makes pictures larger or smaller. Every new pixel is a weighted mean of the old ones around it, with weights that fall
 * linearly to 0 at the distance of one pixel of whichever of the two pictures has the coarser ones: bilinear
 * interpolation when enlarging, and free of aliasing when making smaller. This is what Pillow calls {@code BILINEAR}
 * and torchvision does by default. Sums are taken in 32 bits, without rounding in between.
 *
 * <p>Reads the old picture once from top to bottom and keeps few rows of it.
 */
public final class Resampling {

    private static final int COLOURS = 3;
    private static final float[] GREY = {.299f, .587f, .114f};

    private Resampling() {
    }

    /**
     * Fits a picture into a frame.
     *
     * @param values where to write the colours, from 0 to 1, in the order (channel, row, column)
     * @param offset index of the first
     */
    public static void fit(Pixels picture, Frame frame, float[] values, int offset) {
        Fitting.Placement placement = frame.fitting().place(picture.rows(), picture.columns(), frame.rows(), frame.columns());
        Weights down = Weights.of(picture.rows(), placement.resizedRows(), placement.top(), frame.rows());
        Weights across = Weights.of(picture.columns(), placement.resizedColumns(), placement.left(), frame.columns());
        float[] background = {(frame.background() >> 16 & 255) / 255f, (frame.background() >> 8 & 255) / 255f,
                (frame.background() & 255) / 255f};
        Band band = new Band(picture, across, background, down.longest());
        float[] sums = new float[COLOURS * frame.columns()];
        for (int row = 0; row < frame.rows(); row++) {
            float[] weights = down.weights()[row];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = weights.length == 0 ? background[i % COLOURS] : 0;
            }
            for (int tap = 0; tap < weights.length; tap++) {
                float weight = weights[tap];
                float[] source = band.row(down.first()[row] + tap);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += weight * source[i];
                }
            }
            write(sums, frame, row, values, offset);
        }
    }

    private static void write(float[] sums, Frame frame, int row, float[] values, int offset) {
        int area = frame.rows() * frame.columns();
        for (int column = 0; column < frame.columns(); column++) {
            int from = COLOURS * column;
            int to = offset + row * frame.columns() + column;
            if (frame.channels() == 1) {
                values[to] = within(GREY[0] * sums[from] + GREY[1] * sums[from + 1] + GREY[2] * sums[from + 2]);
                continue;
            }
            for (int channel = 0; channel < COLOURS; channel++) {
                values[to + channel * area] = within(sums[from + channel]);
            }
        }
    }

    /** Sums of weights are 1 only but for rounding. */
    private static float within(float value) {
        return Math.min(Math.max(value, 0), 1);
    }

    /** The latest rows of a picture, already resized across. */
    private static final class Band {

        private final Pixels picture;
        private final Weights across;
        private final float[] background;
        private final float[] colours;
        private final float[][] resized;
        private final int[] held;

        Band(Pixels picture, Weights across, float[] background, int rows) {
            this.picture = picture;
            this.across = across;
            this.background = background;
            this.colours = new float[COLOURS * picture.columns()];
            this.resized = new float[rows][COLOURS * across.first().length];
            this.held = new int[rows];
            Arrays.fill(held, -1);
        }

        float[] row(int row) {
            int slot = row % held.length;
            if (held[slot] != row) {
                picture.read(row, colours);
                resize(resized[slot]);
                held[slot] = row;
            }
            return resized[slot];
        }

        private void resize(float[] target) {
            for (int column = 0; column < across.first().length; column++) {
                float[] weights = across.weights()[column];
                int from = COLOURS * across.first()[column];
                float red = weights.length == 0 ? background[0] : 0;
                float green = weights.length == 0 ? background[1] : 0;
                float blue = weights.length == 0 ? background[2] : 0;
                for (float weight : weights) {
                    red += weight * colours[from];
                    green += weight * colours[from + 1];
                    blue += weight * colours[from + 2];
                    from += COLOURS;
                }
                target[COLOURS * column] = red;
                target[COLOURS * column + 1] = green;
                target[COLOURS * column + 2] = blue;
            }
        }
    }

    /**
     * What each new pixel along one side is made of.
     *
     * @param first   the first of the old pixels, for each new one
     * @param weights of it and those that follow; none where the old picture has ended
     */
    private record Weights(int[] first, float[][] weights) {

        /**
         * Finds them.
         *
         * @param size    pixels of the old picture
         * @param resized pixels of the whole new one
         * @param begin   which of these is the first that is wanted
         * @param count   how many are wanted
         */
        static Weights of(int size, long resized, long begin, int count) {
            double scale = (double) size / resized;
            double reach = Math.max(scale, 1);
            int[] first = new int[count];
            float[][] weights = new float[count][];
            for (int i = 0; i < count; i++) {
                long at = begin + i;
                if (at < 0 || at >= resized) {
                    weights[i] = new float[0];
                    continue;
                }
                double middle = (at + .5) * scale;
                first[i] = (int) Math.max(Math.floor(middle - reach + .5), 0);
                int last = (int) Math.min(Math.floor(middle + reach + .5), size);
                weights[i] = triangle(first[i], last, middle, reach);
            }
            return new Weights(first, weights);
        }

        private static float[] triangle(int first, int last, double middle, double reach) {
            double[] heights = new double[last - first];
            double sum = 0;
            for (int i = 0; i < heights.length; i++) {
                heights[i] = Math.max(0, 1 - Math.abs((first + i + .5 - middle) / reach));
                sum += heights[i];
            }
            float[] weights = new float[heights.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (heights[i] / sum);
            }
            return weights;
        }

        int longest() {
            int longest = 1;
            for (float[] each : weights) {
                longest = Math.max(longest, each.length);
            }
            return longest;
        }
    }
}
