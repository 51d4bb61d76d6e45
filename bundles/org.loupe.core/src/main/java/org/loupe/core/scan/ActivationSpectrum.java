package org.loupe.core.scan;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.Unit;

/**
 * Positions of all degrees for one channel, from those that inhibit it most to those that excite it most.
 *
 * @param unit  the channel
 * @param steps of the range of activations, the most negative first
 * @param crops what the positions see, step by step in the order of their examples; empty where it was not kept
 */
public record ActivationSpectrum(Unit unit, List<Step> steps, List<Batch> crops) {

    /**
     * A part of the range.
     *
     * @param from      where it begins
     * @param to        where it ends
     * @param positions how many positions of all pictures fall into it
     * @param examples  some of these, drawn by chance, at most one of a picture, from the least upwards
     */
    public record Step(float from, float to, long positions, List<Example> examples) {
        public Step {
            examples = List.copyOf(examples);
        }
    }

    public ActivationSpectrum {
        steps = List.copyOf(steps);
        crops = List.copyOf(crops);
    }

    /** How many positions there were in all. */
    public long positions() {
        return steps.stream().mapToLong(Step::positions).sum();
    }

    /** The largest size of an activation. */
    public double extent() {
        return steps.stream().mapToDouble(step -> Math.max(Math.abs(step.from), Math.abs(step.to))).max().orElse(0);
    }

    /** The crops of each step; empty lists where they were not kept. */
    public List<List<Batch>> cropsOfSteps() {
        List<List<Batch>> all = new ArrayList<>();
        int from = 0;
        for (Step step : steps) {
            int to = crops.isEmpty() ? from : from + step.examples.size();
            all.add(crops.subList(from, to));
            from = to;
        }
        return all;
    }
}
