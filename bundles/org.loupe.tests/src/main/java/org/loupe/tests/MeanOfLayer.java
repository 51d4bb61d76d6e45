package org.loupe.tests;

import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveKind;
import org.loupe.core.objective.Scene;

/** The example of the schema of the extension point for objectives. */
public final class MeanOfLayer implements ObjectiveKind {

    @Override
    public Objective make(List<String> arguments, Scene scene) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("mean has one layer: write mean(mixed4a).");
        }
        return new Mean(Tap.after(scene.network().layer(arguments.get(0)).name()));
    }

    private record Mean(Tap tap) implements Objective {
        @Override
        public Set<Tap> taps() {
            return Set.of(tap);
        }

        @Override
        public double score(int image, Readings activations, double weight, Readings gradient) {
            Batch at = activations.at(tap);
            float[] slope = gradient.at(tap).values();
            double sum = 0;
            for (int i = at.offset(image, 0); i < at.offset(image, 0) + at.imageSize(); i++) {
                sum += at.values()[i];
                slope[i] += (float) (weight / at.imageSize());
            }
            return sum / at.imageSize();
        }

        @Override
        public Objective beforeActivation() {
            return new Mean(Tap.before(tap.layer()));
        }

        @Override
        public String toString() {
            return "mean(" + tap + ")";
        }
    }
}
