package org.loupe.ui.jobs;

import org.eclipse.swt.graphics.ImageData;
import org.loupe.core.visualize.Visualized;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Pictures;

/**
 * What is known of a unit's picture at one moment.
 *
 * @param stage    how far it is
 * @param progress share of the steps that are done, from 0 to 1
 * @param score    score of the picture, or {@link Double#NaN} before there is one
 * @param excited  whether the picture excites the unit at all
 * @param pixels   the picture so far; {@code null} where there is none, or it must be read from the store again
 * @param problem  why there is no picture, for the user; empty where nothing went wrong
 */
public record Picture(Stage stage, double progress, double score, boolean excited, ImageData pixels, String problem) {

    /** How far a picture is. */
    public enum Stage {
        /** Nobody has looked into the store. */
        UNKNOWN,
        /** It is not in the store. */
        MISSING,
        /** Somebody works on it. */
        GROWING,
        /** It is done. */
        FINISHED,
        /** The work was stopped before it was done. */
        PARTIAL,
        /** It could not be made. */
        FAILED
    }

    /** Nobody has looked into the store. */
    public static final Picture UNKNOWN = new Picture(Stage.UNKNOWN, 0, Double.NaN, true, null, "");

    /** It is not in the store. */
    public static final Picture MISSING = new Picture(Stage.MISSING, 0, Double.NaN, true, null, "");

    /** What the store or an engine has given, with pixels. */
    static Picture of(Visualized found) {
        Visualized.Detail detail = found.details().get(0);
        return new Picture(found.isPartial() ? Stage.PARTIAL : Stage.FINISHED,
                Math.min(1, (double) detail.scores().length / found.steps()), detail.score(), detail.excited(),
                Pictures.data(found.pictures(), 0), "");
    }

    /** It could not be made. */
    static Picture failed(String problem) {
        return new Picture(Stage.FAILED, 0, Double.NaN, true, null, problem);
    }

    /** Somebody works on it, and has nothing better to show yet than what was there before. */
    Picture growing(double share) {
        return new Picture(Stage.GROWING, share, score, true, pixels, "");
    }

    Picture withoutPixels() {
        return new Picture(stage, progress, score, excited, null, problem);
    }

    /** Whether the unit cannot be excited: the picture means nothing. */
    public boolean isDead() {
        return stage == Stage.FINISHED && !excited;
    }

    /** What is drawn over the picture. */
    public PictureState state() {
        return stage == Stage.GROWING ? PictureState.growing(progress)
                : PictureState.resting(stage == Stage.PARTIAL, excited);
    }
}
