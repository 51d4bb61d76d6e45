package org.loupe.core.image;

import org.loupe.core.Draws;

/**
 * A picture described by the coefficients of its Fourier transform, scaled so that all frequencies of a natural
 * image are equally easy to change, in decorrelated colours.
 *
 * <p>For each channel, {@code t = irfft2(scale * (a + ib)) / 4} with
 * {@code scale = sqrt(rows * columns) / max(frequency, 1 / max(rows, columns))^decay}; then colours, then the
 * logistic function. Constants as published with Lucid. The parameters are all {@code a}, then all {@code b},
 * each (channel, rows, columns / 2 + 1).
 */
public final class FourierPicture implements Parametrisation {

    private static final double SPREAD = 0.01;
    private static final float DAMPING = 4;

    private final int channels;
    private final RealFourier transform;
    private final Colours colours;
    private final float[] scale;
    private final int bins;

    private FourierPicture(int channels, int rows, int columns, double decay, Colours colours) {
        this.channels = channels;
        this.transform = new RealFourier(rows, columns);
        this.colours = colours;
        this.bins = transform.bins();
        this.scale = scale(rows, columns, decay);
    }

    /** A picture in colours. */
    public static FourierPicture coloured(int rows, int columns, Colours colours) {
        return new FourierPicture(3, rows, columns, 1, colours);
    }

    /** A picture in shades of grey. */
    public static FourierPicture grey(int rows, int columns) {
        return new FourierPicture(1, rows, columns, 1, Colours.NATURAL);
    }

    /** Factor of each coefficient, (rows, columns / 2 + 1), with the damping in it. */
    static float[] scale(int rows, int columns, double decay) {
        int half = columns / 2 + 1;
        float[] scale = new float[rows * half];
        double least = 1.0 / Math.max(rows, columns);
        for (int v = 0; v < rows; v++) {
            double down = (v <= (rows - 1) / 2 ? v : v - rows) / (double) rows;
            for (int u = 0; u < half; u++) {
                double across = u / (double) columns;
                double frequency = Math.sqrt(down * down + across * across);
                scale[v * half + u] = (float) (Math.sqrt((double) rows * columns)
                        / StrictMath.pow(Math.max(frequency, least), decay) / DAMPING);
            }
        }
        return scale;
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
    public int size() {
        return 2 * channels * bins;
    }

    @Override
    public float[] start(Draws draws) {
        float[] parameters = new float[size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) draws.gaussian(0, SPREAD);
        }
        return parameters;
    }

    @Override
    public void render(float[] parameters, float[] picture) {
        int area = rows() * columns();
        float[] real = new float[bins];
        float[] imaginary = new float[bins];
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < bins; i++) {
                real[i] = scale[i] * parameters[channel * bins + i];
                imaginary[i] = scale[i] * parameters[(channels + channel) * bins + i];
            }
            transform.inverse(real, imaginary, picture, channel * area);
        }
        if (channels == 3) {
            colours.toRgb(picture);
        }
        for (int i = 0; i < channels * area; i++) {
            picture[i] = Sigmoid.of(picture[i]);
        }
        for (int channel = channels; channel < 3; channel++) {
            System.arraycopy(picture, 0, picture, channel * area, area);
        }
    }

    @Override
    public void chain(float[] picture, float[] slope, float[] gradient) {
        int area = rows() * columns();
        float[] inner = new float[channels * area];
        for (int i = 0; i < inner.length; i++) {
            float upstream = channels == 3 ? slope[i] : slope[i] + slope[area + i] + slope[2 * area + i];
            inner[i] = upstream * picture[i] * (1 - picture[i]);
        }
        if (channels == 3) {
            colours.transposed(inner);
        }
        float[] real = new float[bins];
        float[] imaginary = new float[bins];
        for (int channel = 0; channel < channels; channel++) {
            transform.inverseAdjoint(inner, channel * area, real, imaginary);
            for (int i = 0; i < bins; i++) {
                gradient[channel * bins + i] = scale[i] * real[i];
                gradient[(channels + channel) * bins + i] = scale[i] * imaginary[i];
            }
        }
    }
}
