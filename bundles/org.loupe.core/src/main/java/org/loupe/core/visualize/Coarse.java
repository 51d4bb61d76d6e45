package org.loupe.core.visualize;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.Draws;
import org.loupe.core.image.FourierPicture;

/**
 * The coarse structure that the pictures of a strip have in common, added to what each has of its own: it keeps what is
 * alike in them at the same place (shared parameterization, Mordvintsev et al. 2018).
 */
final class Coarse {

    /** Cycles per picture: what a picture of 16 by 16 pixels can hold. */
    private static final int CYCLES = 8;

    private final boolean[] shared;
    private final float[] parameters;
    private final float[] gradient;
    private final Climber climber;

    Coarse(FourierPicture space, Draws draws, double rate) {
        this.shared = space.coarse(CYCLES);
        this.parameters = space.start(draws);
        this.gradient = new float[parameters.length];
        this.climber = new Adam(parameters.length, rate);
    }

    /** Writes the sum of what is a picture's own and what is shared. */
    void add(float[] own, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = shared[i] ? own[i] + parameters[i] : own[i];
        }
    }

    /** Moves what is shared one step, after all pictures have found their gradients. */
    void climb(List<Painter> painters) {
        Arrays.fill(gradient, 0);
        for (Painter painter : painters) {
            float[] its = painter.gradient();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += shared[i] ? its[i] : 0;
            }
        }
        climber.climb(parameters, gradient);
    }
}
