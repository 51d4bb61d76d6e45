package org.loupe.ui.results;

import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.network.Network;

/**
 * A result as it is shown, with all that a person needs to judge it.
 *
 * @param <R>      its type
 * @param result   what was found, or what there is so far
 * @param recipe   how to make it again
 * @param network  what it was found in
 * @param progress share of the work that is done, from 0 to 1, or {@link Double#NaN} when nobody works on it any more
 */
public record Finding<R extends Result>(R result, Recipe recipe, Network network, double progress) {

    /** A result that no longer changes. */
    public Finding(R result, Recipe recipe, Network network) {
        this(result, recipe, network, Double.NaN);
    }

    /** Whether there will be more of it. */
    public boolean isGrowing() {
        return !Double.isNaN(progress);
    }
}
