package org.loupe.core.visualize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.Scene;
import org.loupe.core.visualize.Visualize.Robustness;
import org.loupe.core.visualize.Visualize.Space;

/**
 * What each ingredient of feature visualization buys: the same unit with none of them, with transforms, with the
 * Fourier space, and with both (the comparison of Olah, Mordvintsev and Schubert 2017). The built-in analysis
 * {@code ingredients}; its result has four pictures, in the order of {@link Mix}.
 */
public final class Ingredients implements Analysis<Ingredients.Arguments, Visualized> {

    /** One of the four ways. */
    public enum Mix {
        /** Pixels, always shown alike. */
        NOTHING("nothing", Space.PIXELS, Robustness.NONE),
        /** Pixels, moved, scaled and turned. */
        TRANSFORMS("transforms", Space.PIXELS, Robustness.STANDARD),
        /** Fourier coefficients, always shown alike. */
        FOURIER("Fourier space", Space.FOURIER, Robustness.NONE),
        /** Fourier coefficients, moved, scaled and turned. */
        BOTH("both", Space.FOURIER, Robustness.STANDARD);

        private final String label;
        private final Space space;
        private final Robustness robustness;

        Mix(String label, Space space, Robustness robustness) {
            this.label = label;
            this.space = space;
            this.robustness = robustness;
        }

        /** What a person reads beneath the picture. */
        public String label() {
            return label;
        }
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Unit", help = "What to maximise: one unit such as mixed4a:12, or a sum.")
            List<String> units,
            @Argument(label = "Neuron", help = "Look at the centre of a channel's map instead of its mean.",
                    standard = "false") boolean neuron,
            @Argument(label = "Steps", help = "Number of optimisation steps of each picture.", standard = "512",
                    least = 1, greatest = 1000000) int steps,
            @Argument(label = "Size", help = "Height and width of the pictures in pixels; 0 for the network's own.",
                    standard = "0", least = 0, greatest = 2048) int size,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** The standard comparison for a unit. */
        public static Arguments of(String unit) {
            return new Arguments(List.of(unit), false, 512, 0, 0);
        }
    }

    private static final double RATE = 0.05;

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Visualized run(Material material, Arguments arguments, Observer<? super Visualized> observer) {
        if (arguments.units().size() != 1) {
            throw new IllegalArgumentException("Ingredients are compared for one unit at a time, not for "
                    + arguments.units().size() + ".");
        }
        List<Objective> objectives = material.objectives().readAll(arguments.units(), arguments.neuron(),
                Scene.of(material.network()));
        List<Visualized> done = new ArrayList<>();
        for (Mix mix : Mix.values()) {
            Visualize.Arguments settings = new Visualize.Arguments(arguments.units(), arguments.neuron(),
                    arguments.steps(), arguments.size(), mix.space, mix.robustness, RATE, arguments.seed());
            Visualized made = new Optimisation(material.session(), List.of(Aim.of(objectives.get(0), mix.label)),
                    settings, new Spaces(material, settings)).run(new Share(observer, done, arguments.steps()));
            done.add(made);
            if (made.isPartial()) {
                break;
            }
        }
        return together(done, arguments.steps());
    }

    @Override
    public Visualized load(ResultFiles files) throws IOException {
        return VisualizedFiles.load(files);
    }

    private static Visualized together(List<Visualized> parts, int steps) {
        Batch first = parts.get(0).pictures();
        Batch all = Batch.zeros(parts.size(), first.channels(), first.rows(), first.columns());
        List<Visualized.Detail> details = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            System.arraycopy(parts.get(i).pictures().values(), 0, all.values(), all.offset(i, 0), first.imageSize());
            details.addAll(parts.get(i).details());
        }
        boolean partial = parts.size() < Mix.values().length || parts.stream().anyMatch(Visualized::isPartial);
        return new Visualized(all, details, steps, partial);
    }

    /** Shows one quarter of the work as a part of the whole, with the pictures that are already there. */
    private record Share(Observer<? super Visualized> whole, List<Visualized> before, int steps)
            implements Observer<Visualized> {
        @Override
        public boolean report(long done, long total, String what) {
            return whole.report((long) before.size() * steps + done, (long) Mix.values().length * steps, what);
        }

        @Override
        public void snapshot(Visualized soFar) {
            List<Visualized> parts = new ArrayList<>(before);
            parts.add(soFar);
            whole.snapshot(together(parts, steps));
        }

        @Override
        public boolean wantsSnapshot() {
            return whole.wantsSnapshot();
        }
    }
}
