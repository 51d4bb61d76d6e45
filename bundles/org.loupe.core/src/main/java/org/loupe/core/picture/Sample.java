package org.loupe.core.picture;

/**
 * Which of many pictures are looked at where that are fewer: spread evenly over the set, but out of step with whatever takes
 * turns in it, such as classes.
 */
public final class Sample {

    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Sample() {
    }

    /**
     * The index of one of the pictures; indices rise, and none is taken twice.
     *
     * @param which from 0, which of those that are looked at
     * @param count how many are looked at
     * @param total how many there are, no fewer
     */
    public static int index(int which, int count, int total) {
        if (which < 0 || which >= count || count > total) {
            throw new IllegalArgumentException("Picture " + which + " of " + count + " was asked for, of " + total);
        }
        long from = (long) which * total / count;
        long to = (which + 1L) * total / count;
        double within = which * GOLDEN - Math.floor(which * GOLDEN);
        return (int) (from + (long) (within * (to - from)));
    }
}
