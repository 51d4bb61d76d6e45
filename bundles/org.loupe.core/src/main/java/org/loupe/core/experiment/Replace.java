package org.loupe.core.experiment;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.picture.Fitting;

/**
 * What happens when units are replaced by units that a person wrote, held against taking them away, and against units of the
 * same kind that cannot know what they should: the built-in analysis {@code replace} (after the “artificial artificial neural
 * network” of Cammarata and others 2021).
 */
public final class Replace implements Analysis<Replace.Arguments, Experiment> {

    /** Whether what is written is brought to the size of the unit. */
    public enum Scale {
        /** A detector is fitted; an expression is taken as it is. */
        AUTO,
        /** A threshold and a factor give it the unit's mean and variance over some pictures; nothing else is fitted. */
        MATCHED,
        /** A threshold and a factor bring it as near to the unit as they can over some pictures, by the mean square. */
        FITTED,
        /** As it is written. */
        AS_IS
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "What is replaced, together: units of one layer such as mixed3b:14 or"
                    + " mixed3b:{14,54}.") List<String> units,
            @Argument(label = "By", help = "A detector such as curve, or curve(radius=14), whose other values are matched to each"
                    + " unit by stimuli; or an expression over the layers below such as \"relu(mixed3a:4 - mixed3a:7[1 2 1])\","
                    + " one for all units, or one for each, in lines or with ; between them.", standard = "curve") String by,
            @Argument(label = "Over", help = "A layer below, such as mixed3a: a detector is then a kernel over its units, by the"
                    + " orientations of lines that they prefer, instead of filters on the picture.") String over,
            @Argument(label = "Scale", help = "Whether what is written gets a threshold and a factor that give it the unit's mean and"
                    + " variance (matched), or bring it nearest to the unit (fitted), by some of the pictures, which do not count"
                    + " then; or is taken as it is. Detectors are fitted (auto).",
                    standard = "AUTO") Scale scale,
            @Argument(label = "Prediction", option = "predict", help = "What you expect, before it is done: \"accuracy falls by"
                    + " less than ablation; accuracy falls by less than controls\". The report says whether it held.")
            String predict,
            @Argument(label = "Measure", help = "What is reported, separated by spaces or commas: accuracy, logits, itself (the"
                    + " units), readers (those that read them most), and units such as mixed4b:7.",
                    standard = "accuracy,logits,itself,readers") String measure,
            @Argument(label = "Controls", help = "How many controls there are of each kind: the same detectors dealt to the wrong"
                    + " units, the same detectors looking at another picture, and random units taken away.",
                    standard = "5", least = 0, greatest = 1000) int controls,
            @Argument(label = "Resamples", help = "From how many resamples of the pictures the intervals are.",
                    standard = "1000", least = 100, greatest = 100000) int resamples,
            @Argument(label = "Seed", help = "Decides which controls, resamples and other pictures are drawn.",
                    standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {
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
        try (Replacement replacement = new Replacement(material, arguments)) {
            return replacement.run(observer);
        }
    }

    @Override
    public Experiment load(ResultFiles files) throws IOException {
        return ExperimentFiles.load(files);
    }
}
