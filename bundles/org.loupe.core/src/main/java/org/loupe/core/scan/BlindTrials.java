package org.loupe.core.scan;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Draws;

/**
 * Pictures for a person to judge without knowing how much they excite a unit: as many of each step of the range of
 * activations, in random order, and some of them a second time.
 *
 * @param trials in the order in which they are asked about
 */
public record BlindTrials(List<Trial> trials) {

    /** Into how many steps of equal width the range is cut. */
    public static final int STEPS = 10;

    private static final int EACH = 4;
    private static final int REPEATS = 8;

    /**
     * One question.
     *
     * @param example  the picture, with its most excited position
     * @param weight   how many pictures of the set it stands for: those in its step, divided by those that were drawn of it
     * @param isRepeat whether it was asked about before
     */
    public record Trial(Example example, double weight, boolean isRepeat) {
    }

    public BlindTrials {
        trials = List.copyOf(trials);
    }

    /** Draws them; the same seed always draws the same. The repeated ones come last, when the first answers are forgotten. */
    public static BlindTrials of(ChannelScan channel, long seed) {
        List<List<Example>> all = channel.spectrum(STEPS, Integer.MAX_VALUE);
        List<Trial> drawn = new ArrayList<>();
        Draws draws = new Draws(seed);
        for (List<Example> step : all) {
            List<Example> some = shuffled(step, draws).subList(0, Math.min(EACH, step.size()));
            some.forEach(example -> drawn.add(new Trial(example, (double) step.size() / some.size(), false)));
        }
        List<Trial> trials = new ArrayList<>(shuffled(drawn, draws));
        shuffled(drawn, draws).stream().limit(Math.min(REPEATS, drawn.size() / 2))
                .forEach(trial -> trials.add(new Trial(trial.example, trial.weight, true)));
        return new BlindTrials(trials);
    }

    private static <T> List<T> shuffled(List<T> items, Draws draws) {
        List<T> shuffled = new ArrayList<>(items);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int other = draws.below(i + 1);
            shuffled.set(i, shuffled.set(other, shuffled.get(i)));
        }
        return shuffled;
    }
}
