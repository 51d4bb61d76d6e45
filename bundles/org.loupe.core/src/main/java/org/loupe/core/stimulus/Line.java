package org.loupe.core.stimulus;

import java.util.List;

/** A straight stroke through the middle; orientation is its direction. */
public final class Line implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 180, 5),
                Parameter.length("length", "Length", 2 * unit, 96 * unit, 40 * unit, 2 * unit),
                Parameter.length("width", "Width", .5 * unit, 12 * unit, 3.5 * unit, .5 * unit));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double direction = StrictMath.toRadians(setting.of("orientation"));
        double down = setting.of("length") / 2 * StrictMath.sin(direction);
        double right = setting.of("length") / 2 * StrictMath.cos(direction);
        double width = setting.of("width");
        return (row, column) -> Coverage.stroke(Coverage.toSegment(row, column, -down, -right, down, right), width);
    }
}
