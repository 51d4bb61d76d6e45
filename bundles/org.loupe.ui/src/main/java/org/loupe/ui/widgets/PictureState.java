package org.loupe.ui.widgets;

/**
 * How far a picture is and whether it can be believed.
 *
 * @param progress  share of the work that is done, from 0 to 1, or {@link Double#NaN} while nobody works on it
 * @param isPartial whether the work was stopped before its end
 * @param isExcited whether the picture excites what it was made for; where not, it means nothing
 */
public record PictureState(double progress, boolean isPartial, boolean isExcited) {

    /** Finished, and as it should be. */
    public static final PictureState DONE = new PictureState(Double.NaN, false, true);

    /** At work. */
    public static PictureState growing(double progress) {
        return new PictureState(Math.max(0, Math.min(1, progress)), false, true);
    }

    /** Nobody works on it. */
    public static PictureState resting(boolean isPartial, boolean isExcited) {
        return new PictureState(Double.NaN, isPartial, isExcited);
    }

    /** Whether somebody works on it. */
    public boolean isGrowing() {
        return !Double.isNaN(progress);
    }

    /** The state in words, for captions and screen readers; an empty text where there is nothing to say. */
    public String words() {
        if (isGrowing()) {
            return Math.round(100 * progress) + " % done";
        }
        if (!isExcited) {
            return isPartial ? "not excited when it was stopped" : "cannot be excited";
        }
        return isPartial ? "partial" : "";
    }
}
