package org.loupe.core.stimulus;

import java.util.ArrayList;
import java.util.List;

/**
 * One number that the stimuli of a family depend on.
 *
 * @param name     word for recipes and commands, of lower-case letters and hyphens, unique in its family
 * @param label    what a person reads beside a slider, such as “Radius”
 * @param unit     such as “px” or “°”; empty for a plain number
 * @param least    the least value that is allowed
 * @param greatest the greatest; for a cyclic parameter, it means the same as the least
 * @param standard the value where none is given
 * @param step     from one value of a sweep to the next, above 0
 * @param cyclic   whether the range closes into a circle, as that of an angle does
 */
public record Parameter(String name, String label, String unit, double least, double greatest, double standard,
        double step, boolean cyclic) {

    private static final double ROUNDING = 1e-9;

    public Parameter {
        if (!name.matches("[a-z]+(-[a-z]+)*")) {
            throw new IllegalArgumentException("A parameter cannot be called “" + name + "”: write lower-case letters and"
                    + " hyphens");
        }
        if (!(least < greatest && standard >= least && standard <= greatest && step > 0)) {
            throw new IllegalArgumentException("The parameter " + name + " cannot go from " + least + " to " + greatest
                    + " in steps of " + step + " with the standard " + standard);
        }
    }

    /** An angle in degrees that comes round after {@code period}. */
    public static Parameter angle(String name, String label, double period, double step) {
        return new Parameter(name, label, "°", 0, period, 0, step, true);
    }

    /** A length in pixels. */
    public static Parameter length(String name, String label, double least, double greatest, double standard, double step) {
        return new Parameter(name, label, "px", least, greatest, standard, step, false);
    }

    /** A share of something, from 0 to 1. */
    public static Parameter share(String name, String label, double standard) {
        return new Parameter(name, label, "", 0, 1, standard, .1, false);
    }

    /** The values of a whole sweep at the usual step; a cyclic one leaves out the end, which is the beginning. */
    public List<Double> sweep() {
        return values(least, cyclic ? greatest - step : greatest, step);
    }

    /** Values from one to another, both included as far as the steps meet them. */
    static List<Double> values(double from, double to, double step) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; from + i * step <= to + ROUNDING * Math.max(1, Math.abs(to)); i++) {
            values.add(from + i * step);
        }
        return values;
    }

    /**
     * Brings a value into the range of a cyclic parameter and refuses one outside the range of any other.
     *
     * @throws IllegalArgumentException naming the range
     */
    public double checked(double value) {
        if (cyclic && Double.isFinite(value)) {
            double period = greatest - least;
            return value - Math.floor((value - least) / period) * period;
        }
        if (!(value >= least && value <= greatest)) {
            throw new IllegalArgumentException(name + " cannot be " + Setting.text(value) + "; it goes from "
                    + Setting.text(least) + " to " + Setting.text(greatest) + (unit.isEmpty() ? "" : " " + unit) + ".");
        }
        return value;
    }
}
