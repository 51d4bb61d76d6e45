package org.loupe.core.stimulus;

import java.util.List;

/**
 * Fine stripes on one side of a border through the middle and coarse ones on the other; orientation points to the fine
 * ones (Schubert et al. 2021, “High-low frequency detectors”).
 */
public final class HighLow implements StimulusFamily {

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 360, 5),
                Parameter.length("wavelength", "Coarse wavelength", 4, 64 * unit, 16 * unit, 2 * unit),
                new Parameter("ratio", "Coarse to fine", "", 1, 10, 4, .5, false),
                Parameter.angle("stripes", "Stripes from the border", 180, 15),
                Parameter.share("ink", "Ink", .2), Parameter.share("ground", "Ground", .8));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double direction = StrictMath.toRadians(setting.of("orientation"));
        double down = StrictMath.sin(direction);
        double right = StrictMath.cos(direction);
        double across = direction + StrictMath.toRadians(setting.of("stripes"));
        double waveDown = StrictMath.sin(across);
        double waveRight = StrictMath.cos(across);
        double low = 2 * Math.PI / setting.of("wavelength");
        double high = low * setting.of("ratio");
        return (row, column) -> {
            double fine = Coverage.inside(-(row * down + column * right));
            double wave = row * waveDown + column * waveRight;
            return .5 + .5 * (fine * StrictMath.cos(high * wave) + (1 - fine) * StrictMath.cos(low * wave));
        };
    }
}
