package org.loupe.core.image;

import org.loupe.core.Draws;

/**
 * A way to describe one picture by numbers that an optimiser can change.
 *
 * <p>What the numbers are decides where gradients lead: a step of the same size in Fourier coefficients and in
 * pixels are different steps (Olah, Mordvintsev and Schubert 2017, “Preconditioning and Parameterization”).
 * It may keep room to work in, so that nothing is allocated from step to step: one is used by one thread.
 */
public interface Parametrisation {

    /** Height of the picture. */
    int rows();

    /** Width of the picture. */
    int columns();

    /** Planes of the picture: 3, or 4 where it has an opacity, which comes last. */
    default int planes() {
        return 3;
    }

    /** Number of numbers that describe one picture. */
    int size();

    /** Numbers to start from: a nearly grey picture. */
    float[] start(Draws draws);

    /**
     * Numbers that describe a picture, as nearly as this way can: colours are kept from reaching 0 and 1.
     *
     * @param picture (3, rows, columns), colours from 0 to 1
     */
    float[] describe(float[] picture);

    /**
     * Writes the picture that the numbers describe.
     *
     * @param picture (planes, rows, columns), colours and opacity from 0 to 1; red, green and blue are equal for grey
     *                pictures
     */
    void render(float[] parameters, float[] picture);

    /**
     * Carries a gradient with respect to the picture back to the numbers: the exact adjoint of {@link #render}.
     *
     * @param picture  what {@link #render} wrote for the present numbers
     * @param slope    gradient with respect to the picture, (planes, rows, columns)
     * @param gradient is overwritten with the gradient with respect to the numbers
     */
    void chain(float[] picture, float[] slope, float[] gradient);
}
