package org.loupe.core.tuning;

/** How the members of a family follow from each other. */
public enum Kinship {
    /** One turned is the other. */
    ROTATION("rotation", "°"),
    /** One seen in a mirror that stands upright is the other. */
    MIRROR("mirror", ""),
    /** One made larger or smaller is the other; told as a factor. */
    SCALE("scale", "x"),
    /** One with its hues moved round the circle of colours is the other. */
    HUE("hue", "°");

    private final String label;
    private final String unit;

    Kinship(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** What a person reads. */
    public String label() {
        return label;
    }

    /** The unit of how far a member is from the first one. */
    public String unit() {
        return unit;
    }
}
