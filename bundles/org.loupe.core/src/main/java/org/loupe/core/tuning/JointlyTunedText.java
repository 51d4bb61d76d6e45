package org.loupe.core.tuning;

import java.util.Locale;

/** For each unit whose examples were turned, at which angle every unit of the family answers most, and how much. */
final class JointlyTunedText {

    private JointlyTunedText() {
    }

    static String text(JointlyTuned joint) {
        int wide = joint.units().stream().mapToInt(unit -> unit.toString().length()).max().orElse(1);
        StringBuilder text = new StringBuilder("The angle at which each unit answers most, and how much, while these turn:"
                + System.lineSeparator());
        for (int examples = 0; examples < joint.units().size(); examples++) {
            text.append(String.format(Locale.ROOT, "  %d examples of %s%n", joint.examples()[examples],
                    joint.units().get(examples)));
            for (int unit = 0; unit < joint.units().size(); unit++) {
                TuningCurve curve = joint.curve(examples, unit);
                text.append(String.format(Locale.ROOT, "    %-" + wide + "s %s%n", joint.units().get(unit),
                        curve.highest() > 0 ? String.format(Locale.ROOT, "%6.1f°  %8.4g  width %.1f°, resultant %.2f,"
                                + " echo %.2f, fires at %.0f %% of the angles (> %.3g)", Math.rint(10 * curve.peak()) / 10 % 360,
                                curve.highest(), curve.width(), curve.resultant(), curve.echo(),
                                100 * joint.firing(examples, unit), joint.thresholds()[unit])
                                : "     -"));
            }
            joint.coverage(examples).ifPresent(coverage -> text.append("    ").append(coverage.text())
                    .append(System.lineSeparator()));
        }
        return text.toString();
    }
}
