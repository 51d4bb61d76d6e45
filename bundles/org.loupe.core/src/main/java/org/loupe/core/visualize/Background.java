package org.loupe.core.visualize;

import org.loupe.core.Draws;
import org.loupe.core.image.FourierPicture;

/**
 * What is behind a picture that can be seen through: another random picture in every step, so that only what must be
 * there for the unit becomes opaque, and no more of it than pays (Mordvintsev et al. 2018: the score counts in
 * proportion to the transparent share of the picture).
 */
final class Background {

    private static final double SPREAD = 0.5;
    private static final float GREY = 0.5f;
    private static final int COLOURS = 3;

    private final FourierPicture space;
    private final Draws draws;
    private final int area;
    private final float[] parameters;
    private final float[] behind;

    Background(FourierPicture front, Draws draws, int area) {
        this.space = front.spread(SPREAD);
        this.draws = draws;
        this.area = area;
        this.parameters = new float[space.size()];
        this.behind = new float[COLOURS * area];
    }

    /** Lays a picture over a new background. */
    void show(float[] picture, float[] shown) {
        space.draw(draws, parameters);
        space.render(parameters, behind);
        for (int i = 0; i < shown.length; i++) {
            float opacity = picture[COLOURS * area + i % area];
            shown[i] = opacity * picture[i] + (1 - opacity) * behind[i];
        }
    }

    /** Lays a picture over grey. */
    void showOnGrey(float[] picture, float[] shown) {
        for (int i = 0; i < shown.length; i++) {
            float opacity = picture[COLOURS * area + i % area];
            shown[i] = opacity * picture[i] + (1 - opacity) * GREY;
        }
    }

    /**
     * Carries a gradient back to the picture, and weighs it and the score by the transparent share.
     *
     * @param slope is overwritten with the gradient with respect to the picture
     * @return the weighed score
     */
    double chain(float[] picture, float[] shownSlope, double score, float[] slope) {
        double opaque = 0;
        for (int i = COLOURS * area; i < picture.length; i++) {
            opaque += picture[i] / area;
        }
        float share = (float) (1 - opaque);
        float cost = (float) (-score / area);
        for (int i = 0; i < area; i++) {
            float opacity = picture[COLOURS * area + i];
            float along = 0;
            for (int at = i; at < COLOURS * area; at += area) {
                slope[at] = share * opacity * shownSlope[at];
                along += shownSlope[at] * (picture[at] - behind[at]);
            }
            slope[COLOURS * area + i] = share * along + cost;
        }
        return share * score;
    }
}
