package org.loupe.demo.pictures;

/** Which way an object looks. */
public enum Facing {
    LEFT, RIGHT,
    /** The object looks no way, such as a tree. */
    NEITHER;

    /** The direction after mirroring in a vertical line. */
    public Facing mirrored() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case NEITHER -> NEITHER;
        };
    }
}
