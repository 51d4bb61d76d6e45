package org.loupe.core.stimulus;

import java.util.List;

/** A disc of ink in a ring of ground; all around is the mean of both. */
public final class CentreSurround implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.length("radius", "Radius of the disc", .5 * unit, 32 * unit, 4 * unit, unit / 2),
                Parameter.length("surround", "Width of the ring", 0, 32 * unit, 6 * unit, unit / 2),
                Parameter.share("ink", "Ink", .2), Parameter.share("ground", "Ground", .8));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double radius = setting.of("radius");
        double outside = radius + setting.of("surround");
        return (row, column) -> {
            double away = Math.hypot(row, column);
            return Coverage.inside(away - radius) + .5 * (1 - Coverage.inside(away - outside));
        };
    }
}
