package org.loupe.core.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/**
 * One network made ready on one engine.
 *
 * <p>What is prepared for a depth and a shape is kept, so asking again costs no preparation. A session may be
 * used from several threads; their calls run one after the other. Calls after {@link #close()} throw
 * {@link IllegalStateException}.
 */
public interface Session extends AutoCloseable {

    /** The network that is run. */
    Network network();

    /** The engine that runs it. */
    Engine engine();

    /** {@link #activations(Batch, Set, List)} of the network as it is. */
    default Readings activations(Batch pictures, Set<Tap> taps) {
        return activations(pictures, taps, List.of());
    }

    /**
     * {@link #activations(Batch, Set, List)} of the network as it is, for who asks again and again: an engine may write what
     * it reads over what it read before, which spares room on the heap.
     *
     * @param used what was read before and is not needed any more, at the same taps or at others
     */
    default Readings activations(Batch pictures, Set<Tap> taps, Readings used) {
        return activations(pictures, taps);
    }

    /**
     * Runs the network on pictures, only as deep as needed, and reads activations.
     *
     * @param pictures colours from 0 to 1; rows and columns may differ from the network's own
     * @param taps     where to read, at least one
     * @param edits    what is changed on the way, in order; other values of edits at the same taps cost no preparation
     * @return the activations at those taps, with the edits made; the batches belong to the caller
     * @throws org.loupe.core.network.NetworkException when a tap or what is edited is not in the network, or the
     *         pictures do not fit
     * @throws IllegalArgumentException when an edit's values do not fit, or it reads what is computed from what it changes
     */
    Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits);

    /** {@link #gradient(Batch, List, List)} of the network as it is. */
    default Gradient gradient(Batch pictures, List<Objective> objectives) {
        return gradient(pictures, objectives, List.of());
    }

    /**
     * Scores pictures and finds how the scores change with each value of each picture.
     *
     * @param pictures   colours from 0 to 1; rows and columns may differ from the network's own
     * @param objectives one for each picture, in their order; a single one counts for all
     * @param edits      what is changed on the way, in order; other values of edits at the same taps cost no preparation
     * @return scores, and the gradient of their sum with respect to the pictures, both with the edits made
     * @throws org.loupe.core.network.NetworkException when a tap or what is edited is not in the network, or the
     *         pictures do not fit
     * @throws IllegalArgumentException when an edit's values do not fit, or it reads what is computed from what it changes
     */
    Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits);

    /**
     * Finds a gradient again and again and tells where the time goes, where the engine can tell.
     *
     * @param pictures   as for {@link #gradient}
     * @param objectives as for {@link #gradient}
     * @param rounds     how often, at least once; one more goes before them and does not count
     */
    default Optional<Profile> profile(Batch pictures, List<Objective> objectives, int rounds) {
        return Optional.empty();
    }

    /** Releases native memory; closing twice does nothing. */
    @Override
    void close();

    /**
     * What {@link #gradient} finds.
     *
     * @param scores      score of each picture
     * @param pictures    gradient of the sum of scores, of the shape of the pictures
     * @param activations what the objectives looked at; channels that none of them {@linkplain Objective#channels depends
     *                    on} may be 0
     */
    record Gradient(double[] scores, Batch pictures, Readings activations) {
    }
}
