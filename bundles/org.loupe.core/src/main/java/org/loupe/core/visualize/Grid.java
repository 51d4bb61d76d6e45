package org.loupe.core.visualize;

import java.io.IOException;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

/**
 * What a layer sees at each position of one picture, as a picture for each (the activation grids of Olah et al. 2018, “The
 * Building Blocks of Interpretability”): the built-in analysis {@code grid}.
 */
public final class Grid implements Analysis<Grid.Arguments, Gridded> {

    private static final int MOST_CELLS = 400;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layer", help = "The layer whose activations are made into pictures.") List<String> layers,
            @Argument(label = "Cell", help = "Height and width of each position's picture, in pixels.", standard = "48",
                    least = 16, greatest = 256) int cell,
            @Argument(label = "Steps", help = "Number of optimisation steps.", standard = "128", least = 1,
                    greatest = 1000000) int steps,
            @Argument(label = "Power", help = "Of the cosine between the wanted and the reached activations: 0 lets large"
                    + " activations pass that point elsewhere.", standard = "2", least = 0, greatest = 16) double power,
            @Argument(label = "Learning rate", help = "Step size of Adam.", standard = "0.05", least = 1e-6,
                    greatest = 10) double rate,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed,
            @Argument(label = "Fitting", help = "How the picture is made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** The standard grid of a layer. */
        public static Arguments of(String layer) {
            return new Arguments(List.of(layer), 48, 128, 2, .05, 0, Fitting.COVER);
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsOnePicture() {
        return true;
    }

    @Override
    public Gridded run(Material material, Arguments arguments, Observer<? super Gridded> observer) {
        if (arguments.layers().size() != 1) {
            throw new IllegalArgumentException("A grid is made of one layer at a time, not of " + arguments.layers().size() + ".");
        }
        Network network = material.network();
        Layer layer = network.layer(arguments.layers().get(0));
        Shape shape = network.shape(layer);
        if (shape.area() > MOST_CELLS) {
            throw new IllegalArgumentException(layer.name() + " has " + shape.rows() + " by " + shape.columns()
                    + " positions; a grid can be made of at most " + MOST_CELLS + ". Choose a deeper layer.");
        }
        PictureSet set = material.requirePictures().set();
        try {
            Batch picture = set.read(0, Frame.of(network.input().shape(), arguments.fitting()));
            return new GridOptimisation(material.session(), set.pictures().get(0).name(), picture, layer, arguments).run(observer);
        } catch (PictureException problem) {
            throw new IllegalArgumentException(set.pictures().get(0).name() + " cannot be read. " + problem.getMessage(), problem);
        }
    }

    @Override
    public Gridded load(ResultFiles files) throws IOException {
        return Gridded.load(files);
    }
}
