package org.loupe.core.stimulus;

import java.util.List;

/** A round patch of one colour on a grey ground. */
public final class Patch implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle(Stimulus.INK_HUE, "Ink hue", 360, 10),
                Parameter.share(Stimulus.INK_SATURATION, "Ink saturation", 1),
                Parameter.share(Stimulus.INK, "Ink", .9), Parameter.share(Stimulus.GROUND, "Ground", .5),
                Parameter.length("radius", "Radius", unit, 64 * unit, 12 * unit, unit));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double radius = setting.of("radius");
        return (row, column) -> Coverage.inside(Math.hypot(row, column) - radius);
    }
}
