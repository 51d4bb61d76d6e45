package org.loupe.core.visualize;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.ObjectiveText;

/** The picture that excites a unit, or any objective, most: the built-in analysis {@code visualize}. */
public final class Visualize implements Analysis<Visualize.Arguments, Visualized> {

    /** How the picture is described by numbers. */
    public enum Space {
        /** Colours of pixels. */
        PIXELS,
        /** Fourier coefficients in decorrelated colours, scaled as natural images are. */
        FOURIER
    }

    /** What is done to the picture before the network sees it. */
    public enum Robustness {
        /** Nothing. */
        NONE,
        /** The published standard list: pad, jitter, scale, rotate, jitter. */
        STANDARD
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "What to maximise: units such as mixed4a:12 or mixed4a:12@centre, or sums"
                    + " such as \"mixed4a:12 - 0.5*mixed4a:3\"; several are optimised together as one batch.")
            List<String> units,
            @Argument(label = "Neuron", help = "Look at the centre of a channel's map instead of its mean.",
                    standard = "false") boolean neuron,
            @Argument(label = "Steps", help = "Number of optimisation steps.", standard = "512", least = 1,
                    greatest = 100000) int steps,
            @Argument(label = "Size", help = "Height and width of the picture in pixels; 0 for the network's own.",
                    standard = "0", least = 0, greatest = 2048) int size,
            @Argument(label = "Space", help = "How the picture is described: pixels or fourier.", standard = "FOURIER")
            Space space,
            @Argument(label = "Robustness", help = "What is done to the picture before the network sees it:"
                    + " none or standard (pad, jitter, scale, rotate).", standard = "STANDARD") Robustness robustness,
            @Argument(label = "Learning rate", help = "Step size of Adam.", standard = "0.05", least = 1e-6,
                    greatest = 10) double rate,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** The standard way to look at the given units. */
        public static Arguments of(String... units) {
            return new Arguments(List.of(units), false, 512, 0, Space.FOURIER, Robustness.STANDARD, 0.05, 0);
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Visualized run(Material material, Arguments arguments, Observer<? super Visualized> observer) {
        List<Objective> objectives = ObjectiveText.parseAll(arguments.units(), arguments.neuron());
        objectives.forEach(objective -> objective.require(material.network()));
        return new Optimisation(material.session(), objectives, arguments, "").run(observer);
    }

    @Override
    public Visualized load(ResultFiles files) throws IOException {
        return VisualizedFiles.load(files);
    }
}
