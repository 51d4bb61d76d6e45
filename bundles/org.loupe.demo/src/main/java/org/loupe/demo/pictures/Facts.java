package org.loupe.demo.pictures;

import java.util.List;

/**
 * What was decided when a picture was drawn.
 *
 * @param facing   which way the object looks
 * @param kind     variety within the class, such as {@code conifer}, or an empty text
 * @param view     how much of the object is shown, such as {@code head and neck}, or an empty text
 * @param scale    pixels for each unit of the object's own coordinates; for shapes their radius in pixels
 * @param rotation clockwise, in degrees
 * @param arcs     the circles and arcs of which the picture's curves are made, in order of drawing
 */
public record Facts(Facing facing, String kind, String view, double scale, double rotation, List<Arc> arcs) {

    public Facts {
        arcs = List.copyOf(arcs);
    }

    /** Facts of something that looks no way. */
    static Facts of(String kind, double scale, double rotation, Arc... arcs) {
        return new Facts(Facing.NEITHER, kind, "", scale, rotation, List.of(arcs));
    }

    Facts withFacing(Facing facing) {
        return new Facts(facing, kind, view, scale, rotation, arcs);
    }

    Facts withKind(String kind) {
        return new Facts(facing, kind, view, scale, rotation, arcs);
    }

    Facts withView(String view) {
        return new Facts(facing, kind, view, scale, rotation, arcs);
    }
}
