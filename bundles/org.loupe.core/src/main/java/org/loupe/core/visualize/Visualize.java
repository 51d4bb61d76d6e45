package org.loupe.core.visualize;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Preset;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.image.Placement;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.Scene;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;

/** The picture that excites a unit, or any objective, most: the built-in analysis {@code visualize}. */
public final class Visualize implements Analysis<Visualize.Arguments, Visualized> {

    /** How the picture is described by numbers. */
    public enum Space {
        /** Colours of pixels. */
        PIXELS,
        /** Fourier coefficients in decorrelated colours, scaled as natural images are. */
        FOURIER,
        /** Phases of Fourier coefficients whose magnitudes are those of natural images (MACO). */
        PHASE,
        /** Nothing is optimised: the weights of a first layer are drawn. */
        KERNEL
    }

    /** Whose magnitudes the space {@link Space#PHASE} keeps. */
    public enum Spectrum {
        /** Those that natural images have on the whole: in proportion to the wavelength. */
        NATURAL,
        /** The mean of those of a picture set. */
        PICTURES
    }

    /** What is done to the picture before the network sees it. */
    public enum Robustness {
        /** Nothing. */
        NONE,
        /** A few percent of moving, scaling and turning. */
        SMALL,
        /** The published list of pad, jitter, scale, rotate and jitter, smaller for pictures below 128 pixels. */
        STANDARD,
        /** Small for units that see less than a quarter of the picture's side, standard for all others. */
        BY_DEPTH,
        /** The published list as it is, whatever the size. */
        PUBLISHED,
        /** Random parts of a large picture, with noise (MACO); six in each step. */
        CROPS;

        private static final int CROPS_A_STEP = 6;

        /** How many times each picture is shown in one step. */
        int views() {
            return this == CROPS ? CROPS_A_STEP : 1;
        }
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "What to maximise: units such as mixed4a:12 or mixed4a:12@centre, sums such"
                    + " as \"mixed4a:12 - 0.5*mixed4a:3\", or other objectives such as \"class(dog)\"; several are"
                    + " optimised together as one batch; a layer's name stands for all of its channels, one after the other.")
            List<String> units,
            @Argument(label = "Neuron", help = "Look at the centre of a channel's map instead of its mean.",
                    standard = "false") boolean neuron,
            @Argument(label = "Penalty", help = "What is subtracted from each objective, such as"
                    + " \"0.25*variation() + 0.05*l1()\"; nothing where it is empty.") String penalty,
            @Argument(label = "Space", help = "How the picture is described: pixels, fourier, phase (magnitudes stay those of"
                    + " natural images) or kernel (the weights of a first layer are drawn).", standard = "FOURIER")
            Space space,
            @Argument(label = "Spectrum", help = "Whose magnitudes the space phase keeps: natural, or the mean of the"
                    + " pictures that are named.", standard = "NATURAL") Spectrum spectrum,
            @Argument(label = "Transparent", help = "Make an opacity, too: only what matters is opaque.",
                    standard = "false") boolean transparent,
            @Argument(label = "Start", help = "Number or name of a picture of the set to start from; a nearly grey one where"
                    + " it is empty.") String start,
            @Argument(label = "Size", help = "Height and width of the picture in pixels; 0 for the network's own, or three"
                    + " times that where crops are shown.", standard = "0", least = 0, greatest = 2048) int size,
            @Argument(label = "Robustness", help = "What is done to the picture before the network sees it: none, small,"
                    + " standard (pad, jitter, scale, rotate), by-depth (small for units that see little), published"
                    + " (standard whatever the size) or crops.", standard = "STANDARD")
            Robustness robustness,
            @Argument(label = "Pictures", help = "Pictures of each objective, each with other random numbers.",
                    standard = "1", least = 1, greatest = 64) int count,
            @Argument(label = "Strip", help = "Pictures from the first unit to the second, with their coarse structure in"
                    + " common; 0 for none.", standard = "0", least = 0, greatest = 32) int strip,
            @Argument(label = "Steps", help = "Number of optimisation steps.", standard = "512", least = 1,
                    greatest = 1000000) int steps,
            @Argument(label = "Learning rate", help = "Step size of Adam, or of Nesterov's Adam in the space phase.",
                    standard = "0.05", least = 1e-6, greatest = 10) double rate,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** @throws IllegalArgumentException when the choices contradict each other, saying which to change */
        public Arguments {
            units = List.copyOf(units);
            if (transparent && space != Space.FOURIER) {
                throw new IllegalArgumentException("Only pictures of the space fourier can be transparent, not those of the space "
                        + name(space) + ".");
            }
            if (strip > 0 && (units.size() != 2 || strip < 2)) {
                throw new IllegalArgumentException("A strip goes from one unit to another in at least 2 pictures, not from "
                        + units.size() + (units.size() == 1 ? " unit in " : " units in ") + strip + ".");
            }
            if (strip > 0 && space != Space.FOURIER) {
                throw new IllegalArgumentException("Only pictures of the space fourier can be a strip, not those of the space "
                        + name(space) + ".");
            }
            if (!start.isBlank() && space != Space.FOURIER && space != Space.PIXELS) {
                throw new IllegalArgumentException("Pictures of the space " + name(space) + " cannot start from another picture, "
                        + start + ". Choose the space fourier or pixels, or leave the start empty.");
            }
        }

        private static String name(Space space) {
            return space.name().toLowerCase(Locale.ROOT);
        }

        /** With the usual values of all that is not given. */
        public Arguments(List<String> units, boolean neuron, int steps, int size, Space space, Robustness robustness,
                double rate, long seed) {
            this(units, neuron, "", space, Spectrum.NATURAL, false, "", size, robustness, 1, 0, steps, rate, seed);
        }

        /** How many pictures the network is shown in each step. */
        public int shown() {
            return space == Space.KERNEL ? 0 : Math.max(strip, units.size()) * count * robustness.views();
        }

        /** The same for other units. */
        public Arguments with(List<String> others) {
            return new Arguments(others, neuron, penalty, space, spectrum, transparent, start, size, robustness, count,
                    strip, steps, rate, seed);
        }

        /** The standard way to look at the given units. */
        public static Arguments of(String... units) {
            return new Arguments(List.of(units), false, 512, 0, Space.FOURIER, Robustness.STANDARD, 0.05, 0);
        }
    }

    private static final Pattern SPEAKS_OF_PICTURES = Pattern.compile("\\b(inversion|caricature)\\(");

    private static final List<Preset> PRESETS = List.of(
            Preset.of("standard", "For most units of most layers.", Map.of()),
            Preset.of("lucid", "Exactly the numbers of Lucid's render_vis: 128 pixels, 513 updates.",
                    Map.of("size", "128", "steps", "513", "robustness", "published", "space", "fourier", "rate", "0.05")),
            Preset.of("early", "For first layers: little robustness, and quiet where nothing is to be seen.",
                    Map.of("robustness", "small", "penalty", "0.001*l2()", "neuron", "true")),
            Preset.of("kernel", "The weights of a first layer themselves.", Map.of("space", "kernel")),
            Preset.of("transparent", "Only what matters is opaque.", Map.of("transparent", "true")),
            Preset.of("maco", "Magnitudes of natural images, phases optimised over crops; opaque where it mattered.",
                    Map.of("space", "phase", "robustness", "crops", "rate", "1", "steps", "256")));

    /** Whether a unit belongs to a first layer, whose kernels can be drawn. */
    public static boolean hasKernel(Network network, Unit unit) {
        return Kernels.find(network, Tap.after(unit.layer())).isPresent();
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean takesPictures() {
        return true;
    }

    @Override
    public boolean needsPictures(Arguments arguments) {
        return !arguments.start().isBlank()
                || arguments.space() == Space.PHASE && arguments.spectrum() == Spectrum.PICTURES
                || SPEAKS_OF_PICTURES.matcher(String.join(" ", arguments.units()) + arguments.penalty()).find();
    }

    /** Each channel of a layer whose name stands in the place of a unit. */
    @Override
    public List<Arguments> parts(Network network, Arguments arguments) {
        Optional<Layer> layer = arguments.units().size() != 1 ? Optional.empty() : network.layers().stream()
                .filter(one -> one.name().equals(arguments.units().get(0).strip())).findFirst();
        return layer.map(one -> IntStream.range(0, network.shape(one).channels())
                .mapToObj(channel -> arguments.with(List.of(one.name() + ":" + channel))).toList())
                .orElse(List.of(arguments));
    }

    @Override
    public List<Preset> presets() {
        return PRESETS;
    }

    @Override
    public Visualized run(Material material, Arguments arguments, Observer<? super Visualized> observer) {
        List<Aim> aims = aims(material, arguments);
        if (arguments.space() == Space.KERNEL) {
            return Kernels.draw(material.network(), aims);
        }
        return new Optimisation(material.session(), aims, arguments, new Spaces(material, arguments)).run(observer);
    }

    private static List<Aim> aims(Material material, Arguments arguments) {
        Placement.Sizes sizes = Spaces.sizes(material.network(), arguments);
        Scene scene = Pictures.scene(material, new Frame(material.network().input().shape().channels(),
                sizes.seenRows(), sizes.seenColumns(), Fitting.COVER, Frame.WHITE));
        List<Objective> objectives = material.objectives().readAll(arguments.units(), arguments.neuron(), scene);
        if (arguments.strip() > 0) {
            objectives = strip(objectives, arguments.strip());
        }
        if (!arguments.penalty().isBlank()) {
            Objective penalty = material.objectives().read(arguments.penalty(), false, scene).times(-1);
            objectives = objectives.stream().map(objective -> objective.plus(penalty)).toList();
        }
        List<Aim> aims = new ArrayList<>();
        for (int which = 0; which < objectives.size(); which++) {
            String place = arguments.strip() == 0 ? "" : Math.round(100.0 * which / (objectives.size() - 1)) + " %";
            for (int i = 1; i <= arguments.count(); i++) {
                String one = arguments.count() == 1 ? "" : i + " of " + arguments.count();
                aims.add(Aim.of(objectives.get(which), place.isEmpty() || one.isEmpty() ? place + one : place + ", " + one));
            }
        }
        return aims;
    }

    /** From one objective to another in even steps of their weights. */
    private static List<Objective> strip(List<Objective> ends, int count) {
        List<Objective> strip = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double share = Math.round(1000.0 * i / (count - 1)) / 1000.0;
            strip.add(i == 0 ? ends.get(0) : i == count - 1 ? ends.get(1)
                    : ends.get(0).times(Math.round(1000 * (1 - share)) / 1000.0).plus(ends.get(1).times(share)));
        }
        return strip;
    }

    @Override
    public Visualized load(ResultFiles files) throws IOException {
        return VisualizedFiles.load(files);
    }
}
