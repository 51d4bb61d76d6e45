package org.loupe.ui.wall;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Family;
import org.loupe.core.facet.Judged.Verdict;
import org.loupe.ui.jobs.Picture;

/** In which order the channels hang on the wall. */
enum Order {
    /** By number. */
    INDEX("Sort by index"),
    /** By how strongly their pictures excite them, the strongest first; those without a picture last. */
    SCORE("Sort by score"),
    /** By label, from A to Z; those without one last. */
    LABEL("Sort by label"),
    /** By family, and in its order; those in none last. */
    FAMILY("Sort by family"),
    /** Those that are several things first, then by how little their halves have in common; those not judged last. */
    SEVERAL("Sort by several things");

    private final String label;

    Order(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /**
     * Compares channels.
     *
     * @param labels   an empty text where there is none
     * @param families the first family of a channel, which may be none
     * @param verdicts whether a channel is several things, where that was judged
     */
    Comparator<Integer> by(IntFunction<Picture> pictures, IntFunction<String> labels,
            IntFunction<Optional<Family>> families, IntFunction<Optional<Verdict>> verdicts) {
        Comparator<Integer> byIndex = Comparator.naturalOrder();
        return switch (this) {
            case INDEX -> byIndex;
            case SCORE -> Comparator.comparingDouble((Integer channel) -> badness(pictures.apply(channel)))
                    .thenComparing(byIndex);
            case LABEL -> Comparator.comparing((Integer channel) -> sortable(labels.apply(channel))).thenComparing(byIndex);
            case FAMILY -> Comparator.comparing((Integer channel) ->
                    sortable(families.apply(channel).map(Family::name).orElse("")))
                    .thenComparing(channel -> families.apply(channel).map(family -> place(family, channel)).orElse(0))
                    .thenComparing(byIndex);
            case SEVERAL -> Comparator.comparing((Integer channel) -> verdicts.apply(channel).filter(Verdict::isSeveral).isEmpty())
                    .thenComparingDouble(channel -> verdicts.apply(channel).map(verdict -> -verdict.halves())
                            .orElse(Double.POSITIVE_INFINITY)).thenComparing(byIndex);
        };
    }

    private static String sortable(String text) {
        return text.isEmpty() ? "\uffff" : text.toLowerCase(Locale.ROOT);
    }

    private static int place(Family family, int channel) {
        List<Integer> channels = family.units().stream().map(Unit::channel).toList();
        return channels.indexOf(channel);
    }

    private static double badness(Picture picture) {
        return Double.isNaN(picture.score()) ? Double.POSITIVE_INFINITY : -picture.score();
    }
}
