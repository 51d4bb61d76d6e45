package org.loupe.ui.results;

import org.loupe.core.Analysis;
import org.loupe.core.Result;
import org.loupe.core.network.Network;
import org.loupe.platform.Registered;

/**
 * Something that can be asked about a network.
 *
 * @param <A>       the arguments
 * @param <R>       what is found
 * @param analysis  what is asked
 * @param arguments with which arguments
 * @param network   about what
 * @param work      how much work the answer is, as {@link Costs} counts it
 */
public record Question<A extends Record, R extends Result>(Registered<Analysis<A, R>> analysis, A arguments,
        Network network, double work) {

    /** What a second of it is worth is learned for such questions together: optimising pictures, or else by analysis. */
    String kind() {
        return analysis.value().needsPictures() ? analysis.id() : "";
    }
}
