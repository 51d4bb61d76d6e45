package org.loupe.core.circuit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ClassObjective;
import org.loupe.core.picture.Fitting;

/**
 * What a unit or a class is built from, several layers down: as the weights propose it, or as pictures say that it is used.
 * The built-in analysis {@code circuit}.
 */
public final class ProposeCircuit implements Analysis<ProposeCircuit.Arguments, ProposedCircuit> {

    /** How edges are found. */
    public enum By {
        /** By the norms of the kernels. Needs no pictures. */
        WEIGHTS,
        /** By weights times activations times the target's gradient, on pictures that excite the target. */
        ATTRIBUTION,
        /**
         * By what the target would lose, to first order, if one edge carried what it carries for the stand-in (edge
         * attribution patching, Syed and others 2023).
         */
        PATCHING,
        /**
         * The same with the mean slope on the straight path from what the stand-in makes of the layer in 16 steps (integrated
         * gradients, Sundararajan and others 2017; between a picture and its stand-in, Hanna and others 2024), so that what a
         * closed gate or an edge beyond it hides at the end of the path counts as well.
         */
        PATH,
        /**
         * By how likely a unit reads another at all, {@link Finder#SHARED_SPOTS}, the likeliest first: where it is likelier than
         * not, and the edge carries enough of the target by attribution patching.
         */
        SPOTS,
        /**
         * By taking edges away for good, one after the other from the target down, the weakest first, wherever the target
         * loses less than the threshold (ACDC, Conmy and others 2023).
         */
        ABLATION
    }

    /** What an edge carries that is cut. */
    public enum Against {
        /** What it carries for the picture that is most like this one among the half that excites the target less. */
        MATCHED,
        /** What it carries for another picture of the set, drawn at random. */
        RANDOM,
        /** The lower channel's mean over the pictures of the set and all positions. */
        MEAN,
        /** Nothing. */
        ZERO
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "Units such as mixed4a:12, of which the whole channels are meant, or classes such as"
                    + " dog; only one where pictures are asked.") List<String> units,
            @Argument(label = "By", help = "How edges are found: by the norms of weights, or, on pictures, by attribution,"
                    + " attribution patching, the integrated path, smooth spots in the kernels of the layer, or the ablation of edges.", standard = "WEIGHTS") By by,
            @Argument(label = "Depth", help = "How many connections down.", standard = "2", least = 1, greatest = 12)
            int depth,
            @Argument(label = "Breadth", help = "How many of the strongest connections into each unit.", standard = "4",
                    least = 1, greatest = 500) int breadth,
            @Argument(label = "Threshold", help = "The least share of the target's behaviour, or by weights of all norms, that an"
                    + " edge must have, from 0 to 1.", standard = "0.01", least = 0, greatest = 1) double threshold,
            @Argument(label = "Budget", help = "At most how many passes through the network on all exciting pictures are spent on"
                    + " finding edges.", standard = "4000", least = 1, greatest = 10000000) int budget,
            @Argument(label = "Against", help = "What comes in place of what an edge that is cut carries: that of the most similar"
                    + " pictures that excite less, of random ones, the mean, or nothing.", standard = "MATCHED") Against against,
            @Argument(label = "Sample", help = "How many pictures of the set are looked at, evenly spread over it.",
                    standard = "300", least = 4, greatest = 5000) int sample,
            @Argument(label = "Examples", help = "How many of them, those that excite the target most, it is explained on.",
                    standard = "16", least = 2, greatest = 500) int examples,
            @Argument(label = "Draws", help = "How many stand-ins each of these pictures has: the next most similar ones, or other"
                    + " random ones.", standard = "2", least = 1, greatest = 20) int draws,
            @Argument(label = "Controls", help = "How many circuits of the same shape with random units are tried for comparison.",
                    standard = "10", least = 0, greatest = 1000) int controls,
            @Argument(label = "Resamples", help = "From how many resamples of the pictures stability and intervals are.",
                    standard = "500", least = 10, greatest = 100000) int resamples,
            @Argument(label = "Seed", help = "Decides which stand-ins, controls and resamples are drawn.",
                    standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** The strongest weights, everything else as it usually is. */
        public static Arguments byWeights(List<String> units, int depth, int breadth) {
            return new Arguments(units, By.WEIGHTS, depth, breadth, .01, 4000, Against.MATCHED, 300, 16, 2, 10, 500, 0,
                    Fitting.COVER);
        }
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
        return arguments.by != By.WEIGHTS;
    }

    @Override
    public ProposedCircuit run(Material material, Arguments arguments, Observer<? super ProposedCircuit> observer) {
        if (arguments.units.isEmpty()) {
            throw new IllegalArgumentException("Say which unit the circuit is to explain, such as mixed4a:12.");
        }
        Network network = material.network();
        List<Unit> targets = arguments.units.stream().map(text -> target(network, text)).distinct().toList();
        if (arguments.by == By.WEIGHTS && material.pictures().isEmpty()) {
            return new ProposedCircuit(network.name(), Circuit.byWeights(network, targets, arguments.depth, arguments.breadth,
                    arguments.threshold), Optional.empty(), false);
        }
        if (targets.size() > 1) {
            throw new IllegalArgumentException("On pictures, one unit is explained at a time, for each has its own pictures;"
                    + " ask about " + targets.get(0) + " first.");
        }
        ExcitingPictures pictures = ExcitingPictures.read(material.session(), material.requirePictures().set(), targets.get(0),
                arguments, observer);
        return pictures == null ? ProposedCircuit.nothing(network.name(), targets.get(0))
                : new CircuitSearch(material.session(), targets.get(0), pictures, arguments, observer).find();
    }

    /** A unit, or the unit that is a class's score. */
    static Unit target(Network network, String text) {
        if (text.contains(":") && !network.classes().contains(text)) {
            Unit unit = Unit.parse(text).at(Unit.EVERYWHERE);
            network.require(unit);
            return unit;
        }
        Tap logits = ClassObjective.logits(network);
        for (int number = 0; number < network.classes().size(); number++) {
            if (network.classes().get(number).equalsIgnoreCase(text.strip())) {
                return new Unit(logits.layer(), number);
            }
        }
        throw new NetworkException("“" + text + "” is neither a unit of " + network + ", such as " + logits.layer()
                + ":0, nor one of its classes" + (network.classes().isEmpty() ? ", which have no names."
                        : ": " + String.join(", ", network.classes()) + "."));
    }

    @Override
    public ProposedCircuit load(ResultFiles files) throws IOException {
        return ProposedCircuit.load(files);
    }
}
