package org.loupe.core.stimulus;

import java.util.List;

/** Waves of light and dark within a round window; orientation is the direction of the stripes. */
public final class Grating implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 180, 5),
                Parameter.length("wavelength", "Wavelength", 2, 64 * unit, 8 * unit, 2 * unit),
                Parameter.angle("phase", "Phase", 360, 15),
                Parameter.length("window", "Radius of the window", 2 * unit, 64 * unit, 64 * unit, 2 * unit),
                Parameter.share("ink", "Ink", .2), Parameter.share("ground", "Ground", .8));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double direction = StrictMath.toRadians(setting.of("orientation"));
        double down = StrictMath.cos(direction);
        double right = -StrictMath.sin(direction);
        double frequency = 2 * Math.PI / setting.of("wavelength");
        double phase = StrictMath.toRadians(setting.of("phase"));
        double window = setting.of("window");
        return (row, column) -> .5 + .5 * Coverage.inside((Math.hypot(row, column) - window) / 4)
                * StrictMath.cos(frequency * (row * down + column * right) + phase);
    }
}
