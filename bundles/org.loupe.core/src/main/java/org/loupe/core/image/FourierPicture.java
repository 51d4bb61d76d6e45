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
 * each (plane, rows, columns / 2 + 1). An opacity is one more plane, without colours.
 */
public final class FourierPicture implements Parametrisation {

    /** Standard deviation of the coefficients of a nearly grey picture. */
    public static final double SPREAD = 0.01;

    /** How much less higher frequencies are changed: their amplitudes go with this negative power. */
    public static final double DECAY = 1;

    /** What the published code divides by. */
    public static final float DAMPING = 4;

    private final int waves;
    private final boolean isGrey;
    private final boolean isTransparent;
    private final double spread;
    private final RealFourier transform;
    private final Colours colours;
    private final float[] scale;
    private final int bins;
    private final int area;
    private final float[] real;
    private final float[] imaginary;
    private final float[] inner;

    private FourierPicture(int rows, int columns, boolean isGrey, boolean isTransparent, double spread, Colours colours) {
        this.isGrey = isGrey;
        this.isTransparent = isTransparent;
        this.waves = (isGrey ? 1 : 3) + (isTransparent ? 1 : 0);
        this.spread = spread;
        this.transform = new RealFourier(rows, columns, waves);
        this.colours = colours;
        this.bins = transform.bins();
        this.area = rows * columns;
        this.scale = scale(rows, columns, DECAY);
        this.real = new float[waves * bins];
        this.imaginary = new float[waves * bins];
        this.inner = new float[waves * area];
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

    /** Factor of each coefficient, (rows, columns / 2 + 1), with the damping in it. */
    static float[] scale(int rows, int columns, double decay) {
        int half = columns / 2 + 1;
        float[] scale = new float[rows * half];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = (float) (Math.sqrt((double) rows * columns)
                    / StrictMath.pow(frequency(i, rows, columns), decay) / DAMPING);
        }
        return scale;
    }

    /** Frequency of a coefficient in cycles per pixel, at least one cycle per picture. */
    static double frequency(int bin, int rows, int columns) {
        int half = columns / 2 + 1;
        int v = bin / half;
        double down = (v <= (rows - 1) / 2 ? v : v - rows) / (double) rows;
        double across = bin % half / (double) columns;
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
        for (int i = 0; i < coarse.length; i++) {
            coarse[i] = frequency(i % bins, rows(), columns()) <= limit;
        }
        return coarse;
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
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) draws.gaussian(0, spread);
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
        float[] parameters = new float[size()];
        transform.forward(Arrays.copyOf(values, waves * area), real, imaginary);
        for (int i = 0; i < planes * bins; i++) {
            parameters[i] = real[i] / scale[i % bins];
            parameters[waves * bins + i] = imaginary[i] / scale[i % bins];
        }
        return parameters;
    }

    @Override
    public void render(float[] parameters, float[] picture) {
        for (int wave = 0; wave < waves; wave++) {
            scaled(parameters, wave * bins, real, wave * bins);
            scaled(parameters, (waves + wave) * bins, imaginary, wave * bins);
        }
        transform.inverse(real, imaginary, inner);
        if (!isGrey) {
            colours.toRgb(inner, area);
        }
        for (int wave = 0; wave < waves; wave++) {
            Sigmoid.of(inner, wave * area, picture, plane(wave) * area, area);
        }
        if (isGrey) {
            System.arraycopy(picture, 0, picture, area, area);
            System.arraycopy(picture, 0, picture, 2 * area, area);
        }
    }

    private void scaled(float[] from, int at, float[] into, int to) {
        for (int i = 0; i < bins; i++) {
            into[to + i] = scale[i] * from[at + i];
        }
    }

    /** Which plane of the picture a wave is: the opacity of a grey picture comes after all three colours. */
    private int plane(int wave) {
        return isGrey && wave == 1 ? 3 : wave;
    }

    @Override
    public void chain(float[] picture, float[] slope, float[] gradient) {
        for (int wave = 0; wave < waves; wave++) {
            int from = plane(wave) * area;
            int to = wave * area;
            if (isGrey && wave == 0) {
                for (int i = 0; i < area; i++) {
                    inner[i] = (slope[i] + slope[area + i] + slope[2 * area + i]) * picture[i] * (1 - picture[i]);
                }
            } else {
                for (int i = 0; i < area; i++) {
                    inner[to + i] = slope[from + i] * picture[from + i] * (1 - picture[from + i]);
                }
            }
        }
        if (!isGrey) {
            colours.transposed(inner, area);
        }
        transform.inverseAdjoint(inner, real, imaginary);
        for (int wave = 0; wave < waves; wave++) {
            scaled(real, wave * bins, gradient, wave * bins);
            scaled(imaginary, wave * bins, gradient, (waves + wave) * bins);
        }
    }
}
