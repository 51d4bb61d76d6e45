package org.loupe.core.engine.conformance;

import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/** A random weight for each activation, so that no part of a gradient goes unseen. */
record Weighing(Set<Tap> taps, long seed) implements Objective {

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        double sum = 0;
        for (Tap tap : taps) {
            Batch at = activations.at(tap);
            Draws draws = new Draws(seed).split(tap.toString().hashCode());
            for (int i = image * at.imageSize(); i < (image + 1) * at.imageSize(); i++) {
                double factor = draws.gaussian();
                sum += factor * at.values()[i];
                gradient.at(tap).values()[i] += (float) (weight * factor);
            }
        }
        return sum;
    }

    @Override
    public void require(Network network) {
        taps.forEach(network::source);
    }

    @Override
    public Objective beforeActivation() {
        throw new UnsupportedOperationException("The conformance cases never ask for this");
    }
}
