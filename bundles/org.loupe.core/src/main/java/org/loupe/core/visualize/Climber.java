package org.loupe.core.visualize;

/** A rule for steps towards a larger score. Remembers what it has seen of one set of parameters. */
interface Climber {

    /** Moves the parameters one step. */
    void climb(float[] parameters, float[] gradient);
}
