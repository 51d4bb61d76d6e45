package org.loupe.core.experiment;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Fitting;
import org.loupe.core.surgery.KernelChange;

/**
 * What breaks when units, or the weights between two units, are taken away, scaled or exchanged, held against doing the same
 * to others that matter as much in size: the built-in analysis {@code ablate}.
 */
public final class Ablate implements Analysis<Ablate.Arguments, Experiment> {

    /** What comes instead of a unit's activations. */
    public enum By {
        /** Nothing. */
        ZERO("taken away from", "by zero"),
        /** The mean of each channel over all pictures and positions. */
        MEAN("taken away from", "by mean"),
        /** The activations of another picture of the set, drawn at random. */
        RESAMPLE("taken away from", "by resample"),
        /** A multiple of it. */
        SCALE("scaled in", "by a factor"),
        /** The activations of one picture of the set. */
        PATCH("patched in", "from a picture");

        private final String verb;
        private final String how;

        By(String verb, String how) {
            this.verb = verb;
            this.how = how;
        }

        /** Such as “taken away from”. */
        String verb() {
            return verb;
        }

        /** Such as “by zero”. */
        String how() {
            return how;
        }
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "What is changed, together: units such as mixed4a:12, mixed4a:{3,12} or"
                    + " mixed4a.pre:12@3,5; or weights such as \"mixed3b:4->mixed4a:12\", one of them with @row,column.")
            List<String> units,
            @Argument(label = "By", help = "What comes instead: nothing, the channel's mean, another picture's activations, a"
                    + " multiple (--factor), or what one picture has there (--donor). Weights: zero or scale.",
                    standard = "ZERO") By by,
            @Argument(label = "Factor", help = "What activations or weights are multiplied by, where they are scaled.",
                    standard = "-1") double factor,
            @Argument(label = "Donor", help = "The picture from which activations are patched in: its name in the set, or its"
                    + " number from 0.") String donor,
            @Argument(label = "Prediction", option = "predict", help = "What you expect, before it is done: \"accuracy falls by"
                    + " more than controls; class dog falls most; mixed4b:34 falls\". The report says whether it held.")
            String predict,
            @Argument(label = "Measure", help = "What is reported, separated by spaces or commas: accuracy, logits, itself (the"
                    + " units), readers (those that read them most), and units such as mixed4b:7.",
                    standard = "accuracy,logits,itself,readers") String measure,
            @Argument(label = "Controls", help = "How often the same is done to as many random units of the same layers, of much"
                    + " the same size, or to other kernels into the same unit.", standard = "10", least = 0, greatest = 1000)
            int controls,
            @Argument(label = "Resamples", help = "From how many resamples of the pictures the intervals are.",
                    standard = "1000", least = 100, greatest = 100000) int resamples,
            @Argument(label = "Seed", help = "Decides which controls, resamples and other pictures are drawn.",
                    standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** Whether it is about weights. */
        boolean isAboutWeights() {
            return units.stream().anyMatch(KernelChange::speaksOf);
        }

        /** The places that are changed. */
        List<Edit.Where> places(Network network) {
            requireUnits();
            List<Edit.Where> places = units.stream().map(EditText::where).toList();
            places.forEach(place -> Edit.zero(place).require(network));
            for (Edit.Where place : places) {
                if (place.channels().isEmpty()) {
                    throw new IllegalArgumentException(place + " is a whole layer. Name channels, such as " + place.tap()
                            + ":{0,1,2}.");
                }
            }
            return places;
        }

        /** The weights that are changed. */
        List<KernelChange> kernels() {
            requireUnits();
            if (by != By.ZERO && by != By.SCALE) {
                throw new IllegalArgumentException("Weights can be set to zero or scaled, not " + by.how() + ".");
            }
            return units.stream().map(KernelChange::place).map(place -> place.times(by == By.ZERO ? 0 : factor)).toList();
        }

        private void requireUnits() {
            if (units.isEmpty()) {
                throw new IllegalArgumentException("Which units? Write layer:channel, such as mixed4a:12, or weights, such as"
                        + " \"mixed3b:4->mixed4a:12\".");
            }
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public Experiment run(Material material, Arguments arguments, Observer<? super Experiment> observer) {
        if (arguments.isAboutWeights()) {
            return new KernelAblation(material, arguments).run(observer);
        }
        return new Ablation(material.session(), material.requirePictures().set(), arguments).run(observer);
    }

    @Override
    public Experiment load(ResultFiles files) throws IOException {
        return ExperimentFiles.load(files);
    }
}
