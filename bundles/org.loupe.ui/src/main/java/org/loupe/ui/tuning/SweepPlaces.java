package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Tuned;

/**
 * Where in a drawing the stimuli of a sweep are: around a circle where one parameter turns, otherwise from left to right,
 * and where there are two parameters the second one upwards. All places are in points.
 *
 * @param sweeps   one or two
 * @param isCircle whether they lie around a circle
 * @param width    of the drawing
 * @param height   of the drawing
 */
record SweepPlaces(List<Sweep> sweeps, boolean isCircle, double width, double height) {

    /** Height of a line of text. */
    static final double TEXT = 16;
    /** Where an answer of zero lies on a circle, as a share of its radius. */
    static final double INNER = .3;
    private static final double AXIS = 64;
    private static final double RIGHT = 20;
    private static final double[] ANGLES = {1, 5, 15, 30, 45, 90, 180, 360};
    private static final double[] NUMBERS = {1, 2, 5, 10};

    static SweepPlaces of(Tuned tuned, double width, double height) {
        return new SweepPlaces(tuned.sweeps(), tuned.sweeps().size() == 1 && tuned.circle().isPresent(), width, height);
    }

    double radius() {
        return Math.min(height / 2 - TEXT - 2, width / 4);
    }

    double middleAcross() {
        return Math.min(width / 2, radius() + TEXT + 34);
    }

    double middleDown() {
        return height / 2;
    }

    double left() {
        return AXIS;
    }

    double top() {
        return TEXT + 8;
    }

    double right() {
        return Math.max(left() + 1, width - RIGHT);
    }

    double bottom() {
        return Math.max(top() + 1, height - 2 * TEXT - 4);
    }

    boolean isMap() {
        return sweeps.size() == 2;
    }

    /** The middle of a value of the first parameter; of a map's column. */
    double across(double index) {
        int count = sweeps.get(0).values().size();
        double share = isMap() ? (index + .5) / count : index / Math.max(1, count - 1);
        return left() + share * (right() - left());
    }

    /** The middle of a map's row. */
    double down(double index) {
        return bottom() - (index + .5) / sweeps.get(1).values().size() * (bottom() - top());
    }

    /** The direction of a value on the circle, in radians from the right, clockwise. */
    double turn(double value) {
        return 2 * Math.PI * value / sweeps.get(0).parameter().greatest();
    }

    /** An index into the values of each sweep for the stimulus at a place; nothing where there is none. */
    Optional<List<Integer>> at(double across, double down) {
        if (isCircle) {
            double right = across - middleAcross();
            double below = down - middleDown();
            if (Math.hypot(right, below) > radius() + TEXT || Math.hypot(right, below) < INNER * radius() / 2) {
                return Optional.empty();
            }
            double turn = Math.atan2(below, right);
            List<Double> values = sweeps.get(0).values();
            return IntStream.range(0, values.size()).boxed().max((one, other) -> Double.compare(
                    Math.cos(turn(values.get(one)) - turn), Math.cos(turn(values.get(other)) - turn))).map(List::of);
        }
        if (across < left() || across > right() || down < top() || down > bottom()) {
            return Optional.empty();
        }
        double share = (across - left()) / (right() - left());
        int count = sweeps.get(0).values().size();
        if (!isMap()) {
            return Optional.of(List.of((int) Math.round(share * (count - 1))));
        }
        int rows = sweeps.get(1).values().size();
        return Optional.of(List.of(Math.min(count - 1, (int) (share * count)),
                Math.min(rows - 1, (int) ((bottom() - down) / (bottom() - top()) * rows))));
    }

    /**
     * Where a value lies among those of a sweep: a whole number for one of them, between two where it lies between them;
     * nothing beyond them.
     */
    static Optional<Double> index(Sweep sweep, double value) {
        List<Double> values = sweep.values();
        for (int i = 0; i < values.size(); i++) {
            if (value == values.get(i)) {
                return Optional.of((double) i);
            }
            if (i > 0 && (value - values.get(i - 1)) * (value - values.get(i)) < 0) {
                return Optional.of(i - 1 + (value - values.get(i - 1)) / (values.get(i) - values.get(i - 1)));
            }
        }
        return Optional.empty();
    }

    /** Round values of a sweep to write at an axis. */
    static List<Double> ticks(Sweep sweep, int most) {
        double first = Math.min(sweep.values().get(0), sweep.values().get(sweep.values().size() - 1));
        double last = Math.max(sweep.values().get(0), sweep.values().get(sweep.values().size() - 1));
        double step = step(sweep, last - first, Math.max(1, most));
        List<Double> ticks = new ArrayList<>();
        for (double value = Math.ceil(first / step - 1e-9) * step; value <= last + 1e-9 * step; value += step) {
            ticks.add(Math.rint(value * 1e6) / 1e6 + 0.0);
        }
        return ticks;
    }

    private static double step(Sweep sweep, double range, int most) {
        double scale = 1;
        if (sweep.parameter().unit().equals("°")) {
            for (double angle : ANGLES) {
                if (range <= angle * most) {
                    return angle;
                }
            }
        } else {
            scale = Math.pow(10, Math.floor(Math.log10(Math.max(1e-9, range / most))));
        }
        for (double number : NUMBERS) {
            if (range <= number * scale * most) {
                return number * scale;
            }
        }
        return Math.max(range, 1e-9);
    }

    /** A value with its unit, for a person. */
    static String words(Sweep sweep, double value) {
        String unit = sweep.parameter().unit();
        return Setting.text(Math.rint(100 * value) / 100) + (unit.isEmpty() || unit.equals("°") ? unit : " " + unit);
    }
}
