package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.demo.pictures.StrokePictures.Stroke;

/**
 * Rings, arcs, lines and spirals of the width and the two sizes that the network {@code planted-curves} knows, in turn, each
 * drawn when it is read, on random backgrounds. Their class is what is drawn.
 */
public final class StrokePictureSet extends DrawnOnDemand {

    private static final long SEED = 20_000_000;
    private static final double[] RADII = {12, 20};
    private static final List<String> CLASSES = Arrays.stream(Stroke.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', ' ')).toList();

    /** So many pictures. */
    public StrokePictureSet(int count) {
        super("strokes", SEED, CLASSES.size(), CLASSES, IntStream.range(0, count).mapToObj(index -> new Picture(
                CLASSES.get(index % CLASSES.size()) + "/" + index, index % CLASSES.size())).toList());
    }

    /** The contributed set of 500 pictures. */
    public static final class Contributed implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new StrokePictureSet(500);
        }
    }

    @Override
    Batch drawn(int index) {
        Draws draws = new Draws(SEED + index);
        int kinds = Stroke.values().length;
        return new StrokePictures(draws).picture(Stroke.values()[index % kinds], RADII[index / kinds % RADII.length]);
    }
}
