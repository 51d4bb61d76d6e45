package org.loupe.core.image;

import java.util.Arrays;
import org.loupe.core.Draws;

/**
 * A picture described by the phases of its Fourier transform; the magnitudes are those of natural images and stay as
 * they are (MACO, Fel et al. 2023).
 *
 * <p>Phases are standardised over all of them, {@code t = irfft2(r * exp(i phase))} is standardised over the whole
 * picture, then come colours and the logistic function. Standardised phases are about normal with deviation 1, not even
 * over the circle: so it is in the published code.
 */
public final class PhasePicture implements Parametrisation {

    private final int channels;
    private final RealFourier transform;
    private final Colours colours;
    private final float[] magnitudes;
    private final int bins;
    private final int area;
    private final Standardisation ofPhases = new Standardisation();
    private final Standardisation ofPicture = new Standardisation();
    private final float[] phases;
    private final float[] plain;
    private final float[] inner;
    private final float[] real;
    private final float[] imaginary;

    /**
     * A picture in colours, or of grey.
     *
     * @param magnitudes (channel, rows, columns / 2 + 1) of 3 channels in decorrelated colours, or of 1
     */
    public PhasePicture(int rows, int columns, float[] magnitudes, Colours colours) {
        this.bins = rows * (columns / 2 + 1);
        this.area = rows * columns;
        this.channels = magnitudes.length / bins;
        if (channels != 1 && channels != 3 || magnitudes.length != channels * bins) {
            throw new IllegalArgumentException(magnitudes.length + " magnitudes are none of a picture of " + rows + " by "
                    + columns);
        }
        this.transform = new RealFourier(rows, columns, channels);
        this.colours = colours;
        this.magnitudes = transform.arranged(magnitudes);
        this.phases = new float[channels * bins];
        this.plain = new float[channels * area];
        this.inner = new float[channels * area];
        this.real = new float[channels * bins];
        this.imaginary = new float[channels * bins];
    }

    /** The magnitudes that natural images have on the whole: as the reciprocal of the frequency, alike in all channels. */
    public static float[] natural(int rows, int columns, int channels) {
        int bins = rows * (columns / 2 + 1);
        float[] magnitudes = new float[channels * bins];
        for (int i = 0; i < magnitudes.length; i++) {
            // The mean of a picture is no pattern: standardising takes it away.
            magnitudes[i] = i % bins == 0 ? 0 : (float) (1 / FourierPicture.frequency(
                    i % bins / (columns / 2 + 1), i % (columns / 2 + 1), rows, columns));
        }
        return magnitudes;
    }

    /**
     * Adds the magnitudes of a picture to others.
     *
     * @param picture (3, rows, columns), or the first plane of it where there is 1 channel
     * @param sum     (channel, rows, columns / 2 + 1)
     */
    public static void addMagnitudes(float[] picture, int rows, int columns, int channels, float[] sum) {
        RealFourier transform = new RealFourier(rows, columns, channels);
        int area = rows * columns;
        int bins = transform.bins();
        float[] values = Arrays.copyOf(picture, channels * area);
        for (int i = 0; i < values.length; i++) {
            values[i] = Sigmoid.inverse(values[i]);
        }
        if (channels == 3) {
            Colours.NATURAL.fromRgb(values, area);
        }
        float[] real = new float[channels * bins];
        float[] imaginary = new float[channels * bins];
        transform.forward(values, real, imaginary);
        real = transform.published(real);
        imaginary = transform.published(imaginary);
        for (int i = 0; i < real.length; i++) {
            sum[i] += i % bins == 0 ? 0
                    : (float) Math.sqrt((double) real[i] * real[i] + (double) imaginary[i] * imaginary[i]);
        }
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
        return phases.length;
    }

    @Override
    public float[] start(Draws draws) {
        float[] parameters = new float[size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) draws.gaussian();
        }
        return transform.arranged(parameters);
    }

    /** Not possible: the magnitudes of a picture are its own. */
    @Override
    public float[] describe(float[] picture) {
        throw new IllegalArgumentException("A picture whose phases alone are changed cannot start from another picture."
                + " Choose the space fourier.");
    }

    @Override
    public void render(float[] parameters, float[] picture) {
        System.arraycopy(parameters, 0, phases, 0, phases.length);
        ofPhases.apply(phases, phases.length);
        for (int i = 0; i < phases.length; i++) {
            real[i] = (float) (magnitudes[i] * Wave.cosine(phases[i]));
            imaginary[i] = (float) (magnitudes[i] * Wave.sine(phases[i]));
        }
        transform.inverse(real, imaginary, plain);
        ofPicture.apply(plain, plain.length);
        System.arraycopy(plain, 0, picture, 0, plain.length);
        if (channels == 3) {
            colours.toRgb(picture, area);
        }
        Sigmoid.of(picture, 0, picture, 0, channels * area);
        for (int channel = channels; channel < 3; channel++) {
            System.arraycopy(picture, 0, picture, channel * area, area);
        }
    }

    /** As {@link Parametrisation#chain}; the present numbers are those that were rendered last. */
    @Override
    public void chain(float[] picture, float[] slope, float[] gradient) {
        for (int i = 0; i < inner.length; i++) {
            float upstream = channels == 3 ? slope[i] : slope[i] + slope[area + i] + slope[2 * area + i];
            inner[i] = upstream * picture[i] * (1 - picture[i]);
        }
        if (channels == 3) {
            colours.transposed(inner, area);
        }
        ofPicture.chain(plain, inner, inner.length);
        transform.inverseAdjoint(inner, real, imaginary);
        for (int i = 0; i < phases.length; i++) {
            gradient[i] = (float) (magnitudes[i]
                    * (imaginary[i] * Wave.cosine(phases[i]) - real[i] * Wave.sine(phases[i])));
        }
        ofPhases.chain(phases, gradient, gradient.length);
    }
}
