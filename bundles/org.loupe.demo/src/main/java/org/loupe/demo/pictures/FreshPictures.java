package org.loupe.demo.pictures;

import java.util.function.Supplier;
import org.loupe.core.picture.PictureSet;

/** The contributed picture set: 3,400 drawn pictures, on which the bundled network was tested and not trained. */
public final class FreshPictures implements Supplier<PictureSet> {

    private static final long FIRST_SEED = 10_000_000;
    private static final int COUNT = 3400;

    @Override
    public PictureSet get() {
        return new DrawnPictureSet("drawn", FIRST_SEED, COUNT);
    }
}
