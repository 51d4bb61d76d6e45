package org.loupe.core.stimulus;

import java.util.List;

/**
 * A spiral of Archimedes about the middle; orientation is the direction in which it starts. It turns clockwise, as seen,
 * while it grows, or anticlockwise where its hand is negative.
 */
public final class Spiral implements StimulusFamily {

    private static final int PIECES_A_TURN = 48;
    private static final int REACH = 6;

    @Override
    public List<Parameter> parameters(int side) {
        double unit = side / 64.0;
        return List.of(Parameter.angle("orientation", "Orientation", 360, 5),
                Parameter.length("start", "Radius at the start", 0, 24 * unit, 5 * unit, unit),
                Parameter.length("growth", "Growth in a turn", 2 * unit, 32 * unit, 9 * unit, unit),
                new Parameter("turns", "Turns", "", .25, 5, 2.25, .25, false),
                new Parameter("hand", "Hand", "", -1, 1, 1, 2, false),
                Parameter.length("width", "Width", .5 * unit, 12 * unit, 3 * unit, .5 * unit));
    }

    @Override
    public Pattern pattern(Setting setting) {
        double first = StrictMath.toRadians(setting.of("orientation"));
        double start = setting.of("start");
        double growth = setting.of("growth");
        double turns = setting.of("turns");
        double hand = setting.of("hand") < 0 ? -1 : 1;
        double width = setting.of("width");
        int pieces = (int) Math.ceil(turns * PIECES_A_TURN);
        double[] rows = new double[pieces + 1];
        double[] columns = new double[pieces + 1];
        for (int i = 0; i <= pieces; i++) {
            double turn = turns * i / pieces;
            double angle = first + hand * 2 * Math.PI * turn;
            rows[i] = (start + growth * turn) * StrictMath.sin(angle);
            columns[i] = (start + growth * turn) * StrictMath.cos(angle);
        }
        return (row, column) -> {
            double angle = hand * (StrictMath.atan2(row, column) - first) / (2 * Math.PI);
            double nearest = Double.POSITIVE_INFINITY;
            for (int winding = -1; winding <= Math.ceil(turns); winding++) {
                int middle = (int) Math.rint((angle - Math.floor(angle) + winding) * pieces / turns);
                for (int i = Math.max(0, middle - REACH); i < Math.min(pieces, middle + REACH); i++) {
                    nearest = Math.min(nearest, Coverage.toSegment(row, column, rows[i], columns[i], rows[i + 1],
                            columns[i + 1]));
                }
            }
            nearest = Math.min(nearest, Math.min(Math.hypot(row - rows[0], column - columns[0]),
                    Math.hypot(row - rows[pieces], column - columns[pieces])));
            return Coverage.stroke(nearest, width);
        };
    }
}
