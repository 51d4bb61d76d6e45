package org.loupe.cli;

import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/** A fixed random number for each activation of a layer: nothing of the layer can be left out. */
record WholeLayer(Tap tap) implements Objective {

    @Override
    public Set<Tap> taps() {
        return Set.of(tap);
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap);
        float[] slope = gradient.at(tap).values();
        double sum = 0;
        int from = at.offset(image, 0);
        for (int i = 0; i < at.imageSize(); i++) {
            // Cheap, and no two neighbours alike.
            float share = ((i + 1) * 0x9E3779B1 >> 8) * 0x1p-23f;
            sum += share * at.values()[from + i];
            slope[from + i] += (float) (weight * share);
        }
        return sum;
    }

    @Override
    public Objective beforeActivation() {
        return new WholeLayer(new Tap(tap.layer(), true));
    }

    @Override
    public String toString() {
        return "all of " + tap;
    }
}
