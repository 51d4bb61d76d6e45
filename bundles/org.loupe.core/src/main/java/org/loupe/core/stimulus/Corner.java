package org.loupe.core.stimulus;

import java.util.List;

/**
 * Two arms that meet in the middle; orientation is where the corner points. Rounding replaces the corner by an arc whose
 * apex is in the middle, so a large one makes a curve of it.
 */
public final class Corner implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 360, 5),
                new Parameter("angle", "Angle between the arms", "°", 10, 170, 90, 10, false),
                Parameter.length("rounding", "Rounding", 0, 48 * unit, 0, 2 * unit),
                Parameter.length("length", "Length of the arms", 2 * unit, 48 * unit, 16 * unit, 2 * unit),
                Parameter.length("width", "Width", .5 * unit, 12 * unit, 3.5 * unit, .5 * unit));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double radius = setting.of("rounding");
        double width = setting.of("width");
        double length = setting.of("length");
        double apex = StrictMath.toRadians(setting.of("orientation"));
        double half = StrictMath.toRadians(setting.of("angle")) / 2;
        double down = radius * StrictMath.sin(apex);
        double right = radius * StrictMath.cos(apex);
        double bend = Math.PI / 2 - half;
        double[] arms = new double[8];
        for (int side = 0; side < 2; side++) {
            double sign = side == 0 ? 1 : -1;
            arms[4 * side] = radius * StrictMath.sin(apex + sign * bend);
            arms[4 * side + 1] = radius * StrictMath.cos(apex + sign * bend);
            arms[4 * side + 2] = arms[4 * side] + length * StrictMath.sin(apex + Math.PI - sign * half);
            arms[4 * side + 3] = arms[4 * side + 1] + length * StrictMath.cos(apex + Math.PI - sign * half);
        }
        return (row, column) -> {
            double r = row + down;
            double c = column + right;
            double distance = Math.min(Coverage.toSegment(r, c, arms[0], arms[1], arms[2], arms[3]),
                    Coverage.toSegment(r, c, arms[4], arms[5], arms[6], arms[7]));
            return Coverage.stroke(radius == 0 ? distance
                    : Math.min(distance, Coverage.toArc(r, c, radius, apex, bend)), width);
        };
    }
}
