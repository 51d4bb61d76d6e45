package org.loupe.core.objective;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/**
 * A score to maximise, as a function of activations.
 *
 * <p>An objective knows nothing of networks or of backpropagation: it adds its own gradient with respect to the
 * activations, and the engine carries that gradient back to the picture. Objectives are values: they are equal
 * when they mean the same, and {@link Object#toString()} is the spelling that {@link Objectives} reads.
 */
public interface Objective {

    /**
     * The picture itself as it is made, before it is moved, scaled and turned: red, green and blue from 0 to 1. Penalties
     * look here; no layer can have this name.
     */
    Tap PICTURE = Tap.after("@picture");

    /** Where this objective looks; never empty. */
    Set<Tap> taps();

    /**
     * The channels of a tap that the score depends on: an engine may leave out the others, which then read 0.
     *
     * @param tap one of {@link #taps()}
     * @return nothing where it depends on all of them
     */
    default Optional<Set<Integer>> channels(Tap tap) {
        return Optional.empty();
    }

    /**
     * Returns the score of one image, and adds {@code weight} times its gradient.
     *
     * @param image       index of the image whose score is asked for
     * @param activations at least those of {@link #taps()}, of all images of the batch
     * @param weight      what to multiply the gradient by before adding it
     * @param gradient    of the same shapes as the activations; others may already have added to it
     */
    double score(int image, Readings activations, double weight, Readings gradient);

    /**
     * Checks that all that this objective looks at is in a network; where nothing else is said, that its layers are.
     *
     * @throws org.loupe.core.network.NetworkException saying what there is instead
     */
    default void require(Network network) {
        taps().forEach(tap -> network.layer(tap.layer()));
    }

    /**
     * The same objective before the nonlinearity of each layer it looks at. A unit that is silent has no gradient
     * behind its rectifier; in front of it, it has one that wakes the unit up.
     */
    Objective beforeActivation();

    /** This objective times a number. */
    default Objective times(double weight) {
        return SumObjective.of(List.of(new SumObjective.Term(weight, this)));
    }

    /** This objective and another. */
    default Objective plus(Objective other) {
        return SumObjective.of(List.of(new SumObjective.Term(1, this), new SumObjective.Term(1, other)));
    }
}
