package org.loupe.core.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Fitting;

/**
 * What breaks when units are taken away, held against taking away other units of the same layers that matter as much in
 * size: the built-in analysis {@code ablate}.
 */
public final class Ablate implements Analysis<Ablate.Arguments, Ablated> {

    private static final String ACCURACY = "accuracy";
    private static final String LOGITS = "logits";

    /** What comes instead of a unit's activations. */
    public enum By {
        /** Nothing. */
        ZERO,
        /** The mean of each channel over all pictures and positions. */
        MEAN,
        /** The activations of another picture of the set, drawn at random. */
        RESAMPLE
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "What is taken away, together: units such as mixed4a:12, mixed4a:{3,12} or"
                    + " mixed4a.pre:12@3,5.") List<String> units,
            @Argument(label = "By", help = "What comes instead: nothing, the channel's mean, or another picture's activations.",
                    standard = "ZERO") By by,
            @Argument(label = "Measure", help = "What is reported, separated by spaces or commas: accuracy, logits, and units above"
                    + " such as mixed4b:7.", standard = ACCURACY + "," + LOGITS) String measure,
            @Argument(label = "Controls", help = "How often as many random units of the same layers, of much the same size, are"
                    + " taken away instead.", standard = "10", least = 0, greatest = 1000) int controls,
            @Argument(label = "Resamples", help = "From how many resamples of the pictures the intervals are.",
                    standard = "1000", least = 100, greatest = 100000) int resamples,
            @Argument(label = "Seed", help = "Decides which controls, resamples and other pictures are drawn.",
                    standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** The places that are taken away. */
        List<Edit.Where> places(Network network) {
            if (units.isEmpty()) {
                throw new IllegalArgumentException("Which units? Write layer:channel, such as mixed4a:12.");
            }
            List<Edit.Where> places = units.stream().map(EditText::where).toList();
            places.forEach(place -> Edit.zero(place).require(network));
            return places;
        }

        /** The units whose answers are measured. */
        List<Edit.Where> readers(Network network) {
            List<Edit.Where> readers = new ArrayList<>();
            for (String word : words()) {
                if (!word.equals(ACCURACY) && !word.equals(LOGITS)) {
                    Edit.Where reader = EditText.where(word);
                    if (reader.channels().size() != 1) {
                        throw new IllegalArgumentException("“" + word + "” is not one unit. Measure " + ACCURACY + ", " + LOGITS
                                + " or units such as mixed4b:7.");
                    }
                    Edit.zero(reader).require(network);
                    readers.add(reader);
                }
            }
            return readers;
        }

        /** Whether the change of each class's logit is to be reported. */
        boolean logits() {
            return words().contains(LOGITS);
        }

        /** The words; a comma before a digit belongs to a unit. */
        private List<String> words() {
            return Arrays.stream(measure.strip().split("\\s+|,(?!\\d)")).filter(word -> !word.isBlank())
                    .map(word -> word.equalsIgnoreCase(ACCURACY) || word.equalsIgnoreCase(LOGITS)
                            ? word.toLowerCase(Locale.ROOT) : word).toList();
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
    public Ablated run(Material material, Arguments arguments, Observer<? super Ablated> observer) {
        return new Ablation(material.session(), material.requirePictures().set(), arguments).run(observer);
    }

    @Override
    public Ablated load(ResultFiles files) throws IOException {
        return AblatedFiles.load(files);
    }
}
