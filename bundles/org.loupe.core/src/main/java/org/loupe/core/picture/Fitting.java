package org.loupe.core.picture;

/** How a picture of any size becomes one of the size that is wanted. */
public enum Fitting {

    /**
     * The usual evaluation on ImageNet: resized so that the shorter side is 8/7 of what is wanted (256 for 224), then
     * the middle is cut out.
     */
    CENTRE_CROP,

    /** Resized until it just covers what is wanted, then the middle is cut out. */
    COVER,

    /** Resized to what is wanted whatever its own proportions are. */
    STRETCH,

    /** Not resized: the middle is cut out of a larger one, and a smaller one gets a margin of the background. */
    AS_IS;

    private static final double MARGIN = .875;

    /** Which part of the resized picture is seen. Sizes are rounded, and cut out of, as torchvision does. */
    Placement place(int pictureRows, int pictureColumns, int rows, int columns) {
        return switch (this) {
            case CENTRE_CROP -> covering(pictureRows, pictureColumns, rows, columns, 1 / MARGIN);
            case COVER -> covering(pictureRows, pictureColumns, rows, columns, 1);
            case STRETCH -> new Placement(rows, columns, 0, 0);
            case AS_IS -> Placement.centred(pictureRows, pictureColumns, rows, columns);
        };
    }

    private static Placement covering(int pictureRows, int pictureColumns, int rows, int columns, double factor) {
        long leastRows = Math.max(rows, Math.round(rows * factor));
        long leastColumns = Math.max(columns, Math.round(columns * factor));
        if (leastRows * pictureColumns >= leastColumns * pictureRows) {
            return Placement.centred(leastRows, leastRows * pictureColumns / pictureRows, rows, columns);
        }
        return Placement.centred(leastColumns * pictureRows / pictureColumns, leastColumns, rows, columns);
    }

    /**
     * A picture's size after resizing and where what is seen begins in it.
     *
     * @param top  may be negative: then there is a margin
     * @param left may be negative
     */
    record Placement(long resizedRows, long resizedColumns, long top, long left) {

        private static Placement centred(long resizedRows, long resizedColumns, int rows, int columns) {
            return new Placement(resizedRows, resizedColumns, middle(resizedRows - rows), middle(resizedColumns - columns));
        }

        /** Half of it; halves are rounded to the even side, as Python does. */
        private static long middle(long surplus) {
            return (long) Math.rint(surplus / 2.0);
        }
    }
}
