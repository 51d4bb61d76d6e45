package org.loupe.core.stimulus;

import java.util.List;

/** Ink on one side of a straight border through the middle; orientation points to the ink. */
public final class Edge implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        return List.of(Parameter.angle("orientation", "Orientation", 360, 5),
                Parameter.length("softness", "Softness", 0, side / 2.0, 0, side / 32.0));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double direction = StrictMath.toRadians(setting.of("orientation"));
        double down = StrictMath.sin(direction);
        double right = StrictMath.cos(direction);
        double slope = 1 / (1 + setting.of("softness"));
        return (row, column) -> Coverage.inside(-(row * down + column * right) * slope);
    }
}
