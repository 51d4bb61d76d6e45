package org.loupe.core.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.picture.Fitting;

/** What each channel answers to the pictures of a set: the built-in analysis {@code scan}. */
public final class Scan implements Analysis<Scan.Arguments, Scanned> {

    private static final String ALL = "all";

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "Names of layers, or all.", standard = ALL) List<String> layers,
            @Argument(label = "Examples", help = "How many of the most exciting pictures are kept for each channel.",
                    standard = "100", least = 1, greatest = 10000) int examples,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting,
            @Argument(label = "Means", help = "Also keep the mean of each channel's map for each picture.",
                    standard = "false") boolean means) {

        /** The standard way to scan all layers. */
        public static final Arguments STANDARD = new Arguments(List.of(ALL), 100, Fitting.COVER, false);

        /** Those that are named; none where all are meant. */
        private List<String> names() {
            return layers.equals(List.of(ALL)) ? List.of() : layers;
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
    public Scanned run(Material material, Arguments arguments, Observer<? super Scanned> observer) {
        Material.Pictures pictures = material.requirePictures();
        Scanning.Choice choice =
                new Scanning.Choice(arguments.names(), arguments.examples(), arguments.means(), arguments.fitting());
        try {
            return new Scanning(material.session(), pictures.set(), choice, pictures.folder())
                    .run(pictures.folder().getFileName().toString(), observer);
        } catch (IOException problem) {
            throw new UncheckedIOException("The scan cannot be written to " + pictures.folder() + ": "
                    + problem.getMessage(), problem);
        }
    }

    @Override
    public Scanned load(ResultFiles files) throws IOException {
        return Scanned.load(files);
    }
}
