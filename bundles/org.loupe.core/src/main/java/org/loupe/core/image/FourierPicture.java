package org.loupe.core.image;

import java.util.Arrays;
import org.loupe.core.Draws;

/**
 * A picture described by the coefficients of its Fourier transform, scaled so that all frequencies of a natural
 * image are equally easy to change, in decorrelated colours.
 *
 * <p>For each plane, {@code t = irfft2(scale * (a + ib)) / 4} with
 * {@code scale = sqrt(rows * columns) / max(frequency, 1 / max(rows, columns))^decay}; then colours, then the
 * logistic function. Constants as published with Lucid. The parameters are all {@code a}, then all {@code b},
 * each in the order of the transform. An opacity is one more plane, without colours.
 */
public final class FourierPicture implements Parametrisation {

    /** Standard deviation of the coefficients of a nearly grey picture. */
    public static final double SPREAD = 0.01;

    /** How much less higher frequencies are changed: their amplitudes go with this negative power. */
    public static final double DECAY = 1;

    /** What the published code divides by. */
    public static final float DAMPING = 4;

    /** About so many pixels become colours together, which find room in the smallest cache. */
    private static final int TOGETHER = 1024;

    private final int waves;
    private final boolean isGrey;
    private final boolean isTransparent;
    private final double spread;
    private final RealFourier transform;
    private final Colours colours;
    private final int bins;
    private final int area;
    /** Rows that become colours together, and room for them: waves, colours and slopes. */
    private final int lines;
    private final float[][] inner;
    private final float[][] outer;
    private final float[] slopes;

    private FourierPicture(int rows, int columns, boolean isGrey, boolean isTransparent, double spread, Colours colours) {
        this.isGrey = isGrey;
        this.isTransparent = isTransparent;
        this.waves = (isGrey ? 1 : 3) + (isTransparent ? 1 : 0);
        this.spread = spread;
        this.transform = new RealFourier(rows, columns, waves, (down, across) -> scale(down, across, rows, columns));
        this.colours = colours;
        this.bins = transform.bins();
        this.area = rows * columns;
        this.lines = Math.min(rows, Math.max(1, TOGETHER / columns));
        this.inner = new float[waves][lines * columns];
        this.outer = new float[waves][lines * columns];
        this.slopes = new float[lines * columns];
    }

    /** A picture in colours. */
    public static FourierPicture coloured(int rows, int columns, Colours colours) {
        return new FourierPicture(rows, columns, false, false, SPREAD, colours);
    }

    /** A picture in shades of grey. */
    public static FourierPicture grey(int rows, int columns) {
        return new FourierPicture(rows, columns, true, false, SPREAD, Colours.NATURAL);
    }

    /** The same with an opacity. */
    public FourierPicture transparent() {
        return new FourierPicture(rows(), columns(), isGrey, true, spread, colours);
    }

    /** The same, opaque, that starts with coefficients of another standard deviation. */
    public FourierPicture spread(double deviation) {
        return new FourierPicture(rows(), columns(), isGrey, false, deviation, colours);
    }

    /** Factor of a coefficient, with the damping in it. */
    static double scale(int down, int across, int rows, int columns) {
        return Math.sqrt((double) rows * columns) / StrictMath.pow(frequency(down, across, rows, columns), DECAY) / DAMPING;
    }

    /**
     * Frequency of a coefficient in cycles per pixel, at least one cycle per picture.
     *
     * @param v frequency down in cycles per picture; those above the half stand for negative ones
     * @param u frequency across in cycles per picture
     */
    static double frequency(int v, int u, int rows, int columns) {
        double down = (v <= (rows - 1) / 2 ? v : v - rows) / (double) rows;
        double across = u / (double) columns;
        return Math.max(Math.sqrt(down * down + across * across), 1.0 / Math.max(rows, columns));
    }

    /**
     * Which parameters make the coarse structure of a picture.
     *
     * @param cycles per picture that are still coarse
     */
    public boolean[] coarse(int cycles) {
        boolean[] coarse = new boolean[size()];
        double limit = (double) cycles / Math.max(rows(), columns());
        for (int i = 0; i < waves * bins; i++) {
            int v = i % bins / half();
            int u = i % half();
            int at = transform.index(i / bins, v, u);
            coarse[at] = frequency(v, u, rows(), columns()) <= limit;
            coarse[waves * bins + at] = coarse[at];
        }
        return coarse;
    }

    private int half() {
        return columns() / 2 + 1;
    }

    @Override
    public int rows() {
        return transform.rows();
    }

    @Override
    public int columns() {
        return transform.columns();
    }

    @Override
    public int planes() {
        return isTransparent ? 4 : 3;
    }

    @Override
    public int size() {
        return 2 * waves * bins;
    }

    @Override
    public float[] start(Draws draws) {
        float[] parameters = new float[size()];
        draw(draws, parameters);
        return parameters;
    }

    /** Overwrites numbers with new ones to start from. */
    public void draw(Draws draws, float[] parameters) {
        for (int at = 0; at < parameters.length; at += waves * bins) {
            for (int i = 0; i < waves * bins; i++) {
                parameters[at + transform.index(i / bins, i % bins / half(), i % half())] = (float) draws.gaussian(0, spread);
            }
        }
    }

    @Override
    public float[] describe(float[] picture) {
        int planes = isGrey ? 1 : 3;
        float[] values = new float[planes * area];
        for (int i = 0; i < values.length; i++) {
            values[i] = Sigmoid.inverse(picture[i]);
        }
        if (!isGrey) {
            colours.fromRgb(values, area);
        }
        float[] real = new float[waves * bins];
        float[] imaginary = new float[waves * bins];
        transform.forward(Arrays.copyOf(values, waves * area), real, imaginary);
        float[] parameters = Arrays.copyOf(real, size());
        System.arraycopy(imaginary, 0, parameters, waves * bins, waves * bins);
        return parameters;
    }

    @Override
    public void render(float[] parameters, float[] picture) {
        transform.inverse(parameters, 0, parameters, waves * bins);
        for (int row = 0; row < rows(); row += lines) {
            int count = Math.min(lines, rows() - row) * columns();
            for (int wave = 0; wave < waves; wave++) {
                for (int at = 0; at < count; at += columns()) {
                    transform.line(wave, row + at / columns(), hasColours(wave) ? inner[wave] : outer[wave], at);
                }
            }
            if (!isGrey) {
                colours.toRgb(inner, outer, count);
            }
            for (int wave = 0; wave < waves; wave++) {
                Sigmoid.each(outer[wave], count);
                System.arraycopy(outer[wave], 0, picture, plane(wave) * area + row * columns(), count);
            }
        }
        if (isGrey) {
            System.arraycopy(picture, 0, picture, area, area);
            System.arraycopy(picture, 0, picture, 2 * area, area);
        }
    }

    /** Whether a wave is mixed with others before it is seen. */
    private boolean hasColours(int wave) {
        return !isGrey && wave < 3;
    }

    /** Which plane of the picture a wave is: the opacity of a grey picture comes after all three colours. */
    private int plane(int wave) {
        return isGrey && wave == 1 ? 3 : wave;
    }

    @Override
    public void chain(float[] picture, float[] slope, float[] gradient) {
        for (int row = 0; row < rows(); row += lines) {
            int count = Math.min(lines, rows() - row) * columns();
            for (int wave = 0; wave < waves; wave++) {
                int from = plane(wave) * area + row * columns();
                System.arraycopy(picture, from, outer[wave], 0, count);
                System.arraycopy(slope, from, slopes, 0, count);
                for (int i = 0; isGrey && wave == 0 && i < count; i++) {
                    slopes[i] += slope[area + from + i] + slope[2 * area + from + i];
                }
                slope(slopes, outer[wave], count);
            }
            if (!isGrey) {
                colours.transposed(outer, inner, count);
            }
            for (int wave = 0; wave < waves; wave++) {
                for (int at = 0; at < count; at += columns()) {
                    transform.setLine(wave, row + at / columns(), hasColours(wave) ? inner[wave] : outer[wave], at);
                }
            }
        }
        transform.inverseAdjoint(gradient, 0, gradient, waves * bins);
    }

    /** Turns values of the logistic function into its slope there, times another. */
    private static void slope(float[] slopes, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = slopes[i] * values[i] * (1 - values[i]);
        }
    }
}
