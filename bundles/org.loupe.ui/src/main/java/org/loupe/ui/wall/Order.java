package org.loupe.ui.wall;

import java.util.Comparator;
import java.util.function.IntFunction;
import org.loupe.ui.jobs.Picture;

/** In which order the channels hang on the wall. */
enum Order {
    /** By number. */
    INDEX("Sort by index"),
    /** By how strongly their pictures excite them, the strongest first; those without a picture last. */
    SCORE("Sort by score");

    private final String label;

    Order(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Compares channels. */
    Comparator<Integer> by(IntFunction<Picture> pictures) {
        return this == INDEX ? Comparator.naturalOrder()
                : Comparator.comparingDouble((Integer channel) -> badness(pictures.apply(channel)))
                        .thenComparing(Comparator.naturalOrder());
    }

    private static double badness(Picture picture) {
        return Double.isNaN(picture.score()) ? Double.POSITIVE_INFINITY : -picture.score();
    }
}
