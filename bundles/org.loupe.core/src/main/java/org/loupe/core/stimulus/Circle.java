package org.loupe.core.stimulus;

import java.util.List;

/** A ring about the middle, or a disc where it is filled. */
public final class Circle implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.length("radius", "Radius", unit, 48 * unit, 14 * unit, unit),
                Parameter.length("width", "Width", .5 * unit, 12 * unit, 3.5 * unit, .5 * unit),
                Parameter.share("fill", "Fill", 0));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double radius = setting.of("radius");
        double width = setting.of("width");
        double fill = setting.of("fill");
        return (row, column) -> {
            double away = Math.hypot(row, column) - radius;
            return Math.max(Coverage.stroke(Math.abs(away), width), fill * Coverage.inside(away));
        };
    }
}
