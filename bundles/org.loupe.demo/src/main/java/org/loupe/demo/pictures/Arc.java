package org.loupe.demo.pictures;

/**
 * A piece of a circle.
 *
 * @param row    of the circle's centre, in pixels
 * @param column of the circle's centre, in pixels
 * @param radius in pixels
 * @param apex   direction from the centre to the middle of the arc, in degrees from right towards down, 0 to 360
 * @param span   angle that the arc covers, in degrees; 360 for a whole circle
 * @param width  of the stroke in pixels; 0 for a filled disc
 */
public record Arc(double row, double column, double radius, double apex, double span, double width) {
}
