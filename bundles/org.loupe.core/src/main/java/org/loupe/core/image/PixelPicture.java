package org.loupe.core.image;

import org.loupe.core.Draws;

/**
 * A picture described by its pixels: each colour is the logistic function of one number.
 * Optimising it without more shows what the field calls static.
 *
 * @param rows    height
 * @param columns width
 */
public record PixelPicture(int rows, int columns) implements Parametrisation {

    private static final double SPREAD = 0.01;

    @Override
    public int size() {
        return 3 * rows * columns;
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
    public float[] describe(float[] picture) {
        float[] parameters = new float[picture.length];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = Sigmoid.inverse(picture[i]);
        }
        return parameters;
    }

    @Override
    public void render(float[] parameters, float[] picture) {
        Sigmoid.of(parameters, 0, picture, 0, picture.length);
    }

    @Override
    public void chain(float[] picture, float[] slope, float[] gradient) {
        for (int i = 0; i < picture.length; i++) {
            gradient[i] = slope[i] * picture[i] * (1 - picture[i]);
        }
    }
}
