package org.loupe.demo.pictures;

/** Which way an object looks. */
public enum Facing {
    LEFT, RIGHT,
    /** The object looks no way, such as a tree. */
    NEITHER
}
