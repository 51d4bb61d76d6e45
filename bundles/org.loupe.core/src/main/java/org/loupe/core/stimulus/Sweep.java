package org.loupe.core.stimulus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The values that a parameter runs through.
 *
 * @param values at least one, within the parameter's range
 */
public record Sweep(Parameter parameter, List<Double> values) {

    /** More would be a slip of the pen. */
    private static final int MOST = 10_000;

    public Sweep {
        values = values.stream().map(parameter::checked).toList();
        if (values.isEmpty() || values.size() > MOST) {
            throw new IllegalArgumentException("A sweep of " + parameter.name() + " has 1 to " + MOST + " values, not "
                    + values.size() + ".");
        }
    }

    /**
     * Reads a sweep as a person writes it: {@code orientation}, {@code orientation=0:350:10} (from, to, step) or
     * {@code radius=5,10,20}.
     *
     * @throws IllegalArgumentException naming what may be written instead
     */
    public static Sweep parse(String text, List<Parameter> parameters) {
        String[] parts = text.strip().split("=", 2);
        Parameter parameter = Setting.named(parts[0].strip(), parameters);
        if (parts.length == 1) {
            return new Sweep(parameter, parameter.sweep());
        }
        String[] range = parts[1].split(":", -1);
        if (range.length == 1) {
            List<Double> values = new ArrayList<>();
            for (String value : parts[1].split(",", -1)) {
                values.add(Setting.number(value, parameter));
            }
            return new Sweep(parameter, values);
        }
        double from = Setting.number(range[0], parameter);
        double to = Setting.number(range[1], parameter);
        double step = range.length == 3 ? Setting.number(range[2], parameter) : parameter.step();
        if (range.length > 3 || !(step > 0) || !(to >= from) || (to - from) / step > MOST) {
            throw new IllegalArgumentException("“" + text + "” is no sweep. Write name=from:to:step with a step above 0 and at"
                    + " most " + MOST + " values, such as " + parameter.name() + "=" + Setting.text(parameter.least()) + ":"
                    + Setting.text(parameter.greatest()) + ":" + Setting.text(parameter.step()) + ".");
        }
        // Once round, the end of a circle is its beginning.
        double last = parameter.cyclic() ? Math.min(to, from + parameter.greatest() - parameter.least() - step) : to;
        return new Sweep(parameter, Parameter.values(from, Math.max(from, last), step));
    }

    /** Whether the values go round the whole circle of a cyclic parameter in equal steps. */
    public boolean isCircle() {
        int count = values.size();
        if (!parameter.cyclic() || count < 3) {
            return false;
        }
        double step = (parameter.greatest() - parameter.least()) / count;
        for (int i = 0; i < count; i++) {
            double wanted = parameter.checked(values.get(0) + i * step);
            double off = Math.abs(wanted - values.get(i));
            if (Math.min(off, parameter.greatest() - parameter.least() - off) > 1e-6) {
                return false;
            }
        }
        return true;
    }

    /** The spelling that {@link #parse} reads. */
    @Override
    public String toString() {
        return parameter.name() + "=" + values.stream().map(Setting::text).collect(Collectors.joining(","));
    }
}
