package org.loupe.demo.pictures;

import java.util.Arrays;
import org.loupe.core.Draws;

/** Backgrounds: one colour, a gradient, coloured clouds, a grating or checks, or sky over ground. */
final class Background {

    private static final int SIZE = Canvas.SIZE;
    private static final int AREA = SIZE * SIZE;

    private final Draws draws;
    private final float[] values = new float[3 * AREA];

    private Background(Draws draws) {
        this.draws = draws;
    }

    /** A random background: packed colours, row by row. */
    static int[] random(Draws draws) {
        Background background = new Background(draws);
        background.paint();
        new Grain(draws).add(background.values, draws.uniform(0, 7));
        int[] packed = new int[AREA];
        for (int pixel = 0; pixel < AREA; pixel++) {
            packed[pixel] = held(background.values[pixel]) << 16 | held(background.values[pixel + AREA]) << 8
                    | held(background.values[pixel + 2 * AREA]);
        }
        return packed;
    }

    /** One colour everywhere: packed colours, row by row. */
    static int[] flat(Colour colour) {
        int[] packed = new int[AREA];
        Arrays.fill(packed, colour.packed());
        return packed;
    }

    private void paint() {
        int kind = draws.pick(.15, .2, .3, .2, .15);
        Colour first = dull();
        Colour second = dull();
        switch (kind) {
            case 0 -> blend(first, first, (row, column) -> 0);
            case 1 -> gradient(first, second);
            case 2 -> clouds(first);
            case 3 -> grating(first, second);
            default -> horizon();
        }
    }

    private Colour dull() {
        return Colour.hsv(draws.uniform(), draws.uniform(0, .6), draws.uniform(.2, 1));
    }

    private void gradient(Colour first, Colour second) {
        double angle = draws.uniform(0, 2 * Math.PI);
        double along = StrictMath.cos(angle) / SIZE;
        double down = StrictMath.sin(angle) / SIZE;
        blend(first, second, (row, column) -> (column - SIZE / 2) * along + (row - SIZE / 2) * down + .5);
    }

    private void clouds(Colour colour) {
        blend(colour, colour, (row, column) -> 0);
        int[] grids = {4, 8, 16};
        double[] amplitudes = {45, 28, 16};
        for (int i = 0; i < grids.length; i++) {
            int grid = grids[i];
            float[][] noise = new float[3][grid * grid];
            for (float[] channel : noise) {
                for (int cell = 0; cell < channel.length; cell++) {
                    channel[cell] = (float) draws.gaussian();
                }
            }
            if (draws.chance(.5)) {
                for (int cell = 0; cell < grid * grid; cell++) {
                    float grey = (noise[0][cell] + noise[1][cell] + noise[2][cell]) / 2;
                    noise[0][cell] = noise[1][cell] = noise[2][cell] = grey;
                }
            }
            for (int channel = 0; channel < 3; channel++) {
                addEnlarged(noise[channel], grid, channel, (float) (amplitudes[i] * draws.uniform(.3, 1)));
            }
        }
    }

    private void grating(Colour first, Colour second) {
        double angle = draws.uniform(0, Math.PI);
        double frequency = draws.uniform(.25, .9);
        double amplitude = draws.uniform(.075, .2);
        double[][] wave = wave(frequency * StrictMath.cos(angle), frequency * StrictMath.sin(angle), draws.uniform(0, 6));
        if (draws.chance(.4)) {
            double[][] across = wave(-frequency * StrictMath.sin(angle), frequency * StrictMath.cos(angle), 0);
            blend(first, second, (row, column) -> .5 + amplitude * wave[row][column] * across[row][column]);
        } else {
            blend(first, second, (row, column) -> .5 + amplitude * wave[row][column]);
        }
    }

    private void horizon() {
        double height = draws.uniform(.45, .8) * SIZE;
        Colour sky = Colour.hsv(draws.uniform(.5, .65), draws.uniform(.1, .5), draws.uniform(.6, 1));
        double[] hues = {.1, .28, .33, 0};
        Colour ground = Colour.hsv(hues[draws.below(hues.length)], draws.uniform(.05, .6), draws.uniform(.25, .7));
        blend(sky, ground, (row, column) -> (row - height) / 1.5 + .5);
    }

    private interface Mixture {
        double at(int row, int column);
    }

    private void blend(Colour first, Colour second, Mixture mixture) {
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                float share = (float) Math.min(Math.max(mixture.at(row, column), 0), 1);
                int pixel = row * SIZE + column;
                values[pixel] = first.red() + share * (second.red() - first.red());
                values[pixel + AREA] = first.green() + share * (second.green() - first.green());
                values[pixel + 2 * AREA] = first.blue() + share * (second.blue() - first.blue());
            }
        }
    }

    /** {@code sin(along * column + down * row + phase)}, by the addition theorem. */
    private static double[][] wave(double along, double down, double phase) {
        double[] sine = new double[SIZE];
        double[] cosine = new double[SIZE];
        for (int column = 0; column < SIZE; column++) {
            sine[column] = StrictMath.sin(along * column);
            cosine[column] = StrictMath.cos(along * column);
        }
        double[][] wave = new double[SIZE][SIZE];
        for (int row = 0; row < SIZE; row++) {
            double sineDown = StrictMath.sin(down * row + phase);
            double cosineDown = StrictMath.cos(down * row + phase);
            for (int column = 0; column < SIZE; column++) {
                wave[row][column] = sine[column] * cosineDown + cosine[column] * sineDown;
            }
        }
        return wave;
    }

    /** Adds a small square array, enlarged to the picture by cubic interpolation (Catmull and Rom 1974). */
    private void addEnlarged(float[] small, int grid, int channel, float amplitude) {
        float[] rows = new float[grid * SIZE];
        int[] cells = new int[4];
        float[] weights = new float[4];
        for (int column = 0; column < SIZE; column++) {
            cubic(column, grid, cells, weights);
            for (int row = 0; row < grid; row++) {
                int from = row * grid;
                rows[row * SIZE + column] = weights[0] * small[from + cells[0]] + weights[1] * small[from + cells[1]]
                        + weights[2] * small[from + cells[2]] + weights[3] * small[from + cells[3]];
            }
        }
        for (int row = 0; row < SIZE; row++) {
            cubic(row, grid, cells, weights);
            for (int column = 0; column < SIZE; column++) {
                values[channel * AREA + row * SIZE + column] += amplitude * (
                        weights[0] * rows[cells[0] * SIZE + column] + weights[1] * rows[cells[1] * SIZE + column]
                        + weights[2] * rows[cells[2] * SIZE + column] + weights[3] * rows[cells[3] * SIZE + column]);
            }
        }
    }

    private static void cubic(int pixel, int grid, int[] cells, float[] weights) {
        float position = (pixel + .5f) * grid / SIZE - .5f;
        int base = (int) Math.floor(position);
        float t = position - base;
        for (int i = 0; i < 4; i++) {
            cells[i] = Math.min(Math.max(base - 1 + i, 0), grid - 1);
        }
        weights[0] = ((-.5f * t + 1) * t - .5f) * t;
        weights[1] = (1.5f * t - 2.5f) * t * t + 1;
        weights[2] = ((-1.5f * t + 2) * t + .5f) * t;
        weights[3] = (.5f * t - .5f) * t * t;
    }

    private static int held(float value) {
        return (int) Math.min(Math.max(value, 0), 255);
    }
}
