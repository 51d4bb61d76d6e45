package org.loupe.ui.results;

import java.util.Optional;
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
 * @param pictures  name, folder or file of the set that is asked about, or of the one picture; nothing for the set that
 *                  the network is asked with
 * @param work      how much work the answer is, as {@link Costs} counts it, or 0 where nobody can say
 */
public record Question<A extends Record, R extends Result>(Registered<Analysis<A, R>> analysis, A arguments,
        Network network, Optional<String> pictures, double work) {

    /** A question about the pictures that the network is asked with, where it is about pictures at all. */
    public Question(Registered<Analysis<A, R>> analysis, A arguments, Network network, double work) {
        this(analysis, arguments, network, Optional.empty(), work);
    }

    /** What a second of it is worth is learned for such questions together: optimising pictures, or else by analysis. */
    String kind() {
        return analysis.value().needsPictures() ? analysis.id() : "";
    }
}
