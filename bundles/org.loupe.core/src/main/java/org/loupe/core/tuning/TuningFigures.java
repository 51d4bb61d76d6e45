package org.loupe.core.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.image.Diverging;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Figure.Line;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Sheet;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;

/** How units are tuned, as a paper shows it: curves for a few, a table of numbers, a map for two parameters at once. */
final class TuningFigures {

    private static final int MOST_LINES = 6;
    private static final int MOST_ROWS = 60;
    private static final int MAPS_IN_A_ROW = 4;
    private static final int FEWEST_IN_A_ROW = 2;
    /** Pixels of a map, about: each answer has as many as the others. */
    private static final int MAP_WIDTH = 240;
    private static final int MAP_HEIGHT = 150;
    /** Degrees between the angles that are written at an axis. */
    private static final double EIGHTH = 45;

    private TuningFigures() {
    }

    static List<Sheet> of(Tuned tuned) {
        Sweep sweep = tuned.sweeps().get(0);
        Figure figure = Figure.titled("Answers to “" + tuned.stimulus() + "”"
                + (tuned.isPartial() ? " (stopped before it was done)" : ""));
        figure.remark("Held fixed: " + held(tuned) + ". Answers are what comes out of the layer, at the middle of each"
                + " map where no position is said.");
        List<Integer> strongest = strongest(tuned);
        if (tuned.sweeps().size() == 1) {
            Axis across = sweep.parameter().cyclic() ? new Axis(axis(sweep), sweep.parameter().least(),
                    sweep.parameter().greatest(), sweep.parameter().unit().equals("°") ? EIGHTH : Double.NaN) : Axis.of(axis(sweep));
            figure.lines(across, Axis.of("activation"), IntStream.range(0, Math.min(MOST_LINES, strongest.size()))
                    .mapToObj(i -> line(tuned, strongest.get(i), Figure.COLOURS.get(i))).toList());
        } else {
            Sweep other = tuned.sweeps().get(1);
            figure.remark("From left to right: " + axis(sweep) + ", " + range(sweep) + ". Upwards: " + axis(other) + ", "
                    + range(other) + ". Full red is the unit's own largest answer, white is none.");
            figure.pictures(strongest.stream().limit(2 * MAPS_IN_A_ROW).map(unit -> map(tuned, unit)).toList(),
                    Math.max(FEWEST_IN_A_ROW, Math.min(MAPS_IN_A_ROW, strongest.size())));
        }
        table(figure, tuned, strongest);
        coverage(figure, tuned);
        return List.of(figure.sheet());
    }

    private static List<Integer> strongest(Tuned tuned) {
        if (tuned.units().size() <= MOST_LINES) {
            return IntStream.range(0, tuned.units().size()).boxed().toList();
        }
        return IntStream.range(0, tuned.units().size()).boxed()
                .sorted((one, other) -> Double.compare(highest(tuned, other), highest(tuned, one))).toList();
    }

    private static double highest(Tuned tuned, int unit) {
        double answer = tuned.best(unit).answer();
        return Double.isNaN(answer) ? Double.NEGATIVE_INFINITY : answer;
    }

    private static String axis(Sweep sweep) {
        return sweep.parameter().name() + (sweep.parameter().cyclic() ? " (degrees)" : "");
    }

    private static String range(Sweep sweep) {
        return Setting.text(sweep.values().get(0)) + " to " + Setting.text(sweep.values().get(sweep.values().size() - 1));
    }

    private static Line line(Tuned tuned, int unit, int colour) {
        Sweep sweep = tuned.sweeps().get(0);
        double[] answers = new double[sweep.values().size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = tuned.answers().at(0, unit, i, 0);
        }
        return new Line(tuned.units().get(unit).toString(), sweep.values().stream().mapToDouble(Double::doubleValue).toArray(),
                answers, colour, true);
    }

    /** The parameters that do not vary. */
    private static String held(Tuned tuned) {
        Map<String, Double> values = new TreeMap<>(tuned.setting().values());
        tuned.sweeps().forEach(sweep -> values.remove(sweep.parameter().name()));
        return values.isEmpty() ? "nothing else" : values.entrySet().stream().map(one -> one.getKey() + " "
                + Setting.text(one.getValue())).collect(Collectors.joining(", "));
    }

    /** The first parameter from left to right, the second upwards. */
    private static Plate map(Tuned tuned, int unit) {
        Batch answers = tuned.answers();
        double most = Math.max(1e-12, highest(tuned, unit));
        int wide = Math.max(1, Math.round((float) MAP_WIDTH / answers.rows()));
        int tall = Math.max(1, Math.round((float) MAP_HEIGHT / answers.columns()));
        Batch picture = Batch.zeros(1, 3, tall * answers.columns(), wide * answers.rows());
        for (int row = 0; row < picture.rows(); row++) {
            for (int column = 0; column < picture.columns(); column++) {
                float answer = answers.at(0, unit, column / wide, answers.columns() - 1 - row / tall);
                int colour = Float.isNaN(answer) ? Sheet.LINE : Diverging.colour(answer / most, 0xffffff);
                for (int channel = 0; channel < 3; channel++) {
                    picture.values()[picture.index(0, channel, row, column)] = (colour >> 16 - 8 * channel & 255) / 255f;
                }
            }
        }
        return new Plate(picture, tuned.units().get(unit) + String.format(Locale.ROOT, ", at most %.3g", most), true);
    }

    private static void table(Figure figure, Tuned tuned, List<Integer> units) {
        boolean turns = tuned.circle().isPresent();
        List<String> header = new ArrayList<>(List.of("unit", "largest answer"));
        if (turns) {
            header.addAll(List.of("peak °", "width °", "resultant", "echo", "fires"));
        }
        header.add("at");
        List<List<String>> rows = new ArrayList<>();
        for (int unit : units.subList(0, Math.min(MOST_ROWS, units.size()))) {
            Tuned.Best best = tuned.best(unit);
            List<String> row = new ArrayList<>(List.of(tuned.units().get(unit).toString(), number("%.4g", best.answer())));
            if (turns) {
                TuningCurve curve = tuned.curve(unit).orElseThrow();
                row.addAll(List.of(number("%.1f", Math.rint(10 * curve.peak()) / 10 % curve.period()),
                        number("%.1f", curve.width()), number("%.2f", curve.resultant()), number("%.2f", curve.echo()),
                        number("%.0f %%", 100 * curve.firing())));
            }
            row.add(tuned.sweeps().stream().map(sweep -> sweep.parameter().name() + " "
                    + Setting.text(best.setting().of(sweep.parameter().name()))).collect(Collectors.joining(", ")));
            rows.add(row);
        }
        figure.table(header, rows);
        if (units.size() > MOST_ROWS) {
            figure.remark("The " + MOST_ROWS + " that answer most of " + units.size() + ".");
        }
    }

    private static void coverage(Figure figure, Tuned tuned) {
        List<TuningCurve> curves = IntStream.range(0, tuned.units().size()).mapToObj(tuned::curve)
                .flatMap(Optional::stream).toList();
        if (curves.size() > 1 && curves.size() <= 2 * MOST_LINES) {
            JointCoverage coverage = JointCoverage.of(curves);
            figure.paragraph(coverage.text());
        }
    }

    static List<Sheet> of(JointlyTuned joint) {
        Figure figure = Figure.titled("Joint tuning of " + joint.units().stream().map(Unit::toString)
                .collect(Collectors.joining(", ")) + (joint.isPartial() ? " (stopped before it was done)" : ""));
        figure.paragraph("The pictures that excite one unit most were turned; the curves are the mean answers of every unit of"
                + " the family. 0 degrees is how the pictures are in the set. Units of one kind that differ by a turn have"
                + " the same curve, moved. A unit fires where it answers more than to the chosen share of the pictures.");
        for (int examples = 0; examples < joint.units().size(); examples++) {
            int of = examples;
            figure.heading(joint.examples()[examples] + " examples of " + joint.units().get(examples));
            if (joint.examples()[examples] > 0) {
                figure.lines(new Axis("turned by (degrees, from right towards down)", 0, 360, EIGHTH), Axis.of("mean activation"),
                        IntStream.range(0, Math.min(joint.units().size(), Figure.COLOURS.size()))
                                .mapToObj(unit -> line(joint, of, unit)).toList());
            }
            figure.table(List.of("unit", "peak °", "largest answer", "width °", "resultant", "echo", "fires", "above"),
                    IntStream.range(0, joint.units().size()).mapToObj(unit -> row(joint, of, unit)).toList());
            joint.coverage(examples).ifPresent(coverage -> figure.remark(coverage.text()));
        }
        return List.of(figure.sheet());
    }

    private static Line line(JointlyTuned joint, int examples, int unit) {
        double[] answers = joint.curve(examples, unit).answers();
        return new Line(joint.units().get(unit).toString(), IntStream.range(0, answers.length)
                .mapToDouble(i -> i * joint.step()).toArray(), answers, Figure.COLOURS.get(unit), true);
    }

    private static List<String> row(JointlyTuned joint, int examples, int unit) {
        TuningCurve curve = joint.curve(examples, unit);
        String name = joint.units().get(unit).toString();
        return !(curve.highest() > 0) ? List.of(name, "–", "–", "–", "–", "–", "–", number("%.3g", joint.thresholds()[unit]))
                : List.of(name, number("%.1f", Math.rint(10 * curve.peak()) / 10 % 360), number("%.4g", curve.highest()),
                        number("%.1f", curve.width()), number("%.2f", curve.resultant()), number("%.2f", curve.echo()),
                        number("%.0f %%", 100 * joint.firing(examples, unit)), number("%.3g", joint.thresholds()[unit]));
    }

    static List<Sheet> of(FoundFamilies found) {
        Figure figure = Figure.titled("Families in " + found.layer()
                + (found.isPartial() ? " (stopped before it was done: nothing is sure)" : ""));
        for (FoundFamilies.Search search : found.searches()) {
            List<UnitFamily> families = found.families().stream().filter(family -> family.kinship() == search.kinship())
                    .toList();
            figure.heading(search.kinship().label() + ": " + (families.isEmpty() ? "no family" : families.size() == 1
                    ? "1 family" : families.size() + " families") + " among " + search.looked() + " units");
            figure.bars(Axis.of("standard deviations above the mean of its own controls"), List.of(
                    Bar.of("closest pair", search.closest().excess(), Figure.COLOURS.get(0)),
                    Bar.of("controls, 1 draw of 20", search.control(), Sheet.MUTED)));
            figure.remark(search.closest().first() < 0 ? "No two units were compared." : String.format(Locale.ROOT,
                    "Closest pair: %s:%d and %d, similarity %.3f; unrelated units bring forth such a pair with probability %.2g"
                            + " (%d draws, corrected for all that was looked at).", found.layer(), search.closest().first(),
                    search.closest().second(), search.closest().similarity(), search.closest().chance(), search.draws())
                    + (families.isEmpty() ? weights(search.closest().weights(), search.closest().weightsChance()) : ""));
            for (UnitFamily family : families) {
                figure.table(List.of("unit", family.kinship() == Kinship.MIRROR ? "mirror" : "by " + family.kinship().unit(),
                        "similarity", "weights"), family.members().stream().map(member -> List.of(found.layer() + ":"
                                + member.channel(), family.kinship() == Kinship.MIRROR ? "" : number("%.3g", member.by()),
                                number("%.3f", member.similarity()), number("%.3f", member.weights()))).toList());
                figure.remark(String.format(Locale.ROOT, "Chance of so close a family among unrelated units: %.3g.",
                        family.chance()) + weights(family.weights(), family.weightsChance()));
            }
        }
        return List.of(figure.sheet());
    }

    private static String weights(double cosine, double chance) {
        return Double.isNaN(cosine) ? "" : " B" + FoundFamiliesText.sentence(cosine, chance).substring(1) + ".";
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "–";
    }
}
