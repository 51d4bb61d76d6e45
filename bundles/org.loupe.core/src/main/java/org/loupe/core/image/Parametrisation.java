package org.loupe.core.image;

import org.loupe.core.Draws;

/**
 * A way to describe one picture by numbers that an optimiser can change.
 *
 * <p>What the numbers are decides where gradients lead: a step of the same size in Fourier coefficients and in
 * pixels are different steps (Olah, Mordvintsev and Schubert 2017, “Preconditioning and Parameterization”).
 * Immutable and without state, so that several threads may use one.
 */
public interface Parametrisation {

    /** Height of the picture. */
    int rows();

    /** Width of the picture. */
    int columns();

    /** Number of numbers that describe one picture. */
    int size();

    /** Numbers to start from: a nearly grey picture. */
    float[] start(Draws draws);

    /**
     * Writes the picture that the numbers describe.
     *
     * @param picture (3, rows, columns), colours from 0 to 1; red, green and blue are equal for grey pictures
     */
    void render(float[] parameters, float[] picture);

    /**
     * Carries a gradient with respect to the picture back to the numbers: the exact adjoint of {@link #render}.
     *
     * @param picture  what {@link #render} wrote for the present numbers
     * @param slope    gradient with respect to the picture, (3, rows, columns)
     * @param gradient is overwritten with the gradient with respect to the numbers
     */
    void chain(float[] picture, float[] slope, float[] gradient);
}
