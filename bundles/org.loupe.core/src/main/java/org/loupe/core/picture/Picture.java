package org.loupe.core.picture;

/**
 * One picture of a set.
 *
 * @param name  unique within the set and the same whenever it is opened, such as {@code cat/12.png}: the path from
 *              the set's root with {@code /} between folders
 * @param label index of its class in {@link PictureSet#classes()}, or {@link #NO_LABEL}
 */
public record Picture(String name, int label) {

    /** Label of a picture whose class is not known. */
    public static final int NO_LABEL = -1;

    /** Whether its class is known. */
    public boolean isLabelled() {
        return label != NO_LABEL;
    }
}
