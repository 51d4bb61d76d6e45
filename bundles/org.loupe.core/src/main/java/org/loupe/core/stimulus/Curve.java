package org.loupe.core.stimulus;

import java.util.List;

/**
 * An arc with its apex in the middle; orientation is the direction from the circle's centre to the apex (Cammarata et al.
 * 2020, “Curve detectors”).
 */
public final class Curve implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 360, 5),
                Parameter.length("radius", "Radius", 2 * unit, 48 * unit, 14 * unit, 2 * unit),
                Parameter.length("width", "Width", .5 * unit, 12 * unit, 3.5 * unit, .5 * unit),
                new Parameter("arc", "Arc", "°", 10, 360, 90, 10, false),
                Parameter.share("fill", "Fill", 0));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double apex = StrictMath.toRadians(setting.of("orientation"));
        double radius = setting.of("radius");
        double width = setting.of("width");
        double half = StrictMath.toRadians(setting.of("arc")) / 2;
        double fill = setting.of("fill");
        double down = radius * StrictMath.sin(apex);
        double right = radius * StrictMath.cos(apex);
        return (row, column) -> {
            double stroke = Coverage.stroke(Coverage.toArc(row + down, column + right, radius, apex, half), width);
            return fill == 0 ? stroke
                    : Math.max(stroke, fill * Coverage.inside(Math.hypot(row + down, column + right) - radius));
        };
    }
}
