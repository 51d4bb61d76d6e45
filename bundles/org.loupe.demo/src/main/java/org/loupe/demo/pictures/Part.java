package org.loupe.demo.pictures;

import java.util.Locale;

/** What a pixel of a drawn picture belongs to; its {@link #ordinal()} is its number in the part map. */
public enum Part {

    /** Background, clutter, and details that belong to no part; painting with it leaves the part map as it was. */
    NONE,
    CURVE, LINE, POLYGON_EDGE,
    DOG_HEAD, DOG_SNOUT, DOG_NOSE, DOG_EAR, DOG_EYE, DOG_NECK, DOG_BODY, DOG_LEG,
    CAT_HEAD, CAT_EAR, CAT_EYE, CAT_NOSE, WHISKER,
    FOX_HEAD, FOX_EAR, FOX_CHEEK, FOX_EYE, FOX_NOSE,
    BODY, CABIN, WINDOW, WHEEL, HUB, LIGHT, FRAME,
    WALL, ROOF, DOOR, TRUNK, CROWN, PETAL, FLOWER_CENTRE, STEM,
    FISH_BODY, FISH_TAIL, FIN, FISH_EYE, HULL, MAST, SAIL,
    /** Something drawn over the object. */
    OCCLUDER,
    /** A part of no object, put near the border to mislead. */
    DISTRACTOR;

    /** The name as a person writes it, such as {@code dog head}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
