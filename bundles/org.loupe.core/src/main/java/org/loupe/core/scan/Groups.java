package org.loupe.core.scan;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Of what groups of classes ({@link org.loupe.core.picture.PictureSet#group}) the pictures are that excite a unit most. */
public final class Groups {

    private static final double TOGETHER = .8;
    private static final double SECOND = .2;
    private static final double ROUNDING = 1e-9;

    private Groups() {
    }

    /** How much of some pictures is of a kind, from 0 to 1. */
    public record Share(String name, double share) {
    }

    /**
     * The most frequent groups with their shares of all pictures, the largest first, of equal ones that which comes first by
     * name.
     *
     * @param pictures the group of each picture, where it has one
     * @param most     how many are told
     */
    public static List<Share> of(List<Optional<String>> pictures, int most) {
        Map<String, Integer> counts = new TreeMap<>();
        pictures.forEach(picture -> picture.ifPresent(group -> counts.merge(group, 1, Integer::sum)));
        return counts.entrySet().stream().map(entry -> new Share(entry.getKey(), (double) entry.getValue() / pictures.size()))
                .sorted(Comparator.comparingDouble(Share::share).reversed()).limit(most).toList();
    }

    /**
     * Whether a unit is excited by two groups: the two largest are at least 80 % of its pictures together, and the lesser of them
     * at least 20 %.
     *
     * @param largest at least the two largest, the largest first
     */
    public static boolean areTwo(List<Share> largest) {
        return largest.size() > 1 && largest.get(1).share() >= SECOND - ROUNDING
                && largest.get(0).share() + largest.get(1).share() >= TOGETHER - ROUNDING;
    }
}
