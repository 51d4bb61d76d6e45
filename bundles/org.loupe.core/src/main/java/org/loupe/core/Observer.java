package org.loupe.core;

/**
 * Somebody who watches an analysis at work.
 *
 * @param <R> what is found
 */
@FunctionalInterface
public interface Observer<R> extends Progress {

    /**
     * Shows what there is so far, as a value of its own that no longer changes. Called on the working thread, as
     * often as convenient: implementations pass on at most ten a second.
     */
    default void snapshot(R soFar) {
    }

    /** Whether a snapshot would be looked at now; making one can cost time. */
    default boolean wantsSnapshot() {
        return false;
    }
}
