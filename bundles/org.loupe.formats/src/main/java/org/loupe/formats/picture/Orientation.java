package org.loupe.formats.picture;

/**
 * How a stored picture is turned before it is looked at (Exif 2.3, tag 0x0112): the pixel that is seen at a row and column
 * is stored at {@code rowOrigin + rowRow * row + rowColumn * column}, counted from the far end where the origin is 1,
 * and so for the column.
 */
enum Orientation {

    STRAIGHT(0, 1, 0, 0, 0, 1),
    MIRRORED(0, 1, 0, 1, 0, -1),
    UPSIDE_DOWN(1, -1, 0, 1, 0, -1),
    FLIPPED(1, -1, 0, 0, 0, 1),
    TRANSPOSED(0, 0, 1, 0, 1, 0),
    CLOCKWISE(1, 0, -1, 0, 1, 0),
    TRANSVERSE(1, 0, -1, 1, -1, 0),
    ANTICLOCKWISE(0, 0, 1, 1, -1, 0);

    private static final int TAG = 0x0112;
    private static final int MOST_ENTRIES = 1000;

    private final int rowOrigin;
    private final int rowRow;
    private final int rowColumn;
    private final int columnOrigin;
    private final int columnRow;
    private final int columnColumn;

    Orientation(int rowOrigin, int rowRow, int rowColumn, int columnOrigin, int columnRow, int columnColumn) {
        this.rowOrigin = rowOrigin;
        this.rowRow = rowRow;
        this.rowColumn = rowColumn;
        this.columnOrigin = columnOrigin;
        this.columnRow = columnRow;
        this.columnColumn = columnColumn;
    }

    /** Whether rows become columns. */
    boolean isSideways() {
        return rowRow == 0;
    }

    /** The row, of so many, that a pixel is stored in. */
    int row(int row, int column, int storedRows) {
        return rowOrigin * (storedRows - 1) + rowRow * row + rowColumn * column;
    }

    /** The column, of so many, that a pixel is stored in. */
    int column(int row, int column, int storedColumns) {
        return columnOrigin * (storedColumns - 1) + columnRow * row + columnColumn * column;
    }

    /**
     * Reads it from Exif data, which is a TIFF file.
     *
     * @param start where that begins
     * @return straight where there is none or what there is makes no sense
     */
    static Orientation ofExif(Bytes bytes, long start) {
        boolean little = bytes.little16(start) == 0x4949;
        if (!little && bytes.big16(start) != 0x4d4d) {
            return STRAIGHT;
        }
        long directory = start + (little ? bytes.little32(start + 4) : bytes.big32(start + 4));
        int entries = Math.min(little ? bytes.little16(directory) : bytes.big16(directory), MOST_ENTRIES);
        for (int entry = 0; entry < entries; entry++) {
            long at = directory + 2 + 12L * entry;
            if ((little ? bytes.little16(at) : bytes.big16(at)) == TAG) {
                int value = little ? bytes.little16(at + 8) : bytes.big16(at + 8);
                return value >= 1 && value <= values().length ? values()[value - 1] : STRAIGHT;
            }
        }
        return STRAIGHT;
    }
}
