package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.loupe.core.circuit.UsedInputs.Input;
import org.loupe.core.circuit.UsedInputs.Interval;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Figure.Line;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Sheet;

/** Draws weights beside use: two bars for each unit, a dot for each, and what each contributes on each picture. */
final class UsedSheets {

    private static final int WEIGHT = Figure.COLOURS.get(5);
    private static final int USE = Figure.COLOURS.get(1);
    private static final double LEVEL = .05;

    private UsedSheets() {
    }

    static List<Sheet> of(UsedInputs found) {
        Figure figure = Figure.titled("What is wired and what is used: " + found.name() + " and " + found.layer())
                .paragraph(found.about()).paragraph(found.together()).paragraph(found.complete());
        bars(figure, found);
        scatter(figure, found);
        return found.examples().size() < 2 ? List.of(figure.sheet()) : List.of(figure.sheet(), pictures(found));
    }

    private static void bars(Figure figure, UsedInputs found) {
        double all = found.shown().isEmpty() ? 1 : Math.abs(found.mean(found.shown().get(0)))
                / Math.max(Double.MIN_NORMAL, found.share(found.shown().get(0)));
        List<Bar> bars = new ArrayList<>();
        for (int input : found.shown()) {
            Interval interval = found.interval(input);
            bars.add(Bar.of(name(found.inputs().get(input)) + " weights", 100 * found.shareOfNorms(input), WEIGHT));
            bars.add(new Bar("use", 100 * interval.mean() / all, 100 * interval.low() / all, 100 * interval.high() / all, USE));
        }
        figure.heading("Shares of the norms of all weights, and of the sizes of all mean contributions");
        figure.bars(Axis.of("% of the layer; a contribution below 0 works against " + found.name()), bars);
        figure.remark("Units marked with “luck?” have kernels that luck makes as strong or as smooth (p > 0.05, corrected for all"
                + " kernels of " + found.target() + "). Thin lines: 95 of 100 resamples of the pictures.");
    }

    private static String name(Input input) {
        return input.unit() + (input.shortcut() != 0 ? " shortcut" : input.luck() > LEVEL ? " luck?" : "");
    }

    private static void scatter(Figure figure, UsedInputs found) {
        figure.heading("A dot for each unit: how strongly it is wired, and what it contributes");
        List<Line> lines = new ArrayList<>();
        boolean isKnown = found.inputs().stream().anyMatch(one -> !Double.isNaN(one.luck()));
        lines.add(dots(isKnown ? "more than luck explains" : "units", found, true, Figure.COLOURS.get(1)));
        if (isKnown) {
            lines.add(dots("no more than luck", found, false, Figure.COLOURS.get(0)));
        }
        figure.lines(new Axis("norm of the weights", 0, Double.NaN), Axis.of("mean contribution"), lines);
    }

    private static Line dots(String name, UsedInputs found, boolean isBeyond, int colour) {
        int[] which = IntStream.range(0, found.inputs().size()).filter(i -> !(found.inputs().get(i).luck() > LEVEL) == isBeyond)
                .toArray();
        return new Line(name, IntStream.of(which).mapToDouble(i -> found.inputs().get(i).norm()).toArray(),
                IntStream.of(which).mapToDouble(found::mean).toArray(), colour, false);
    }

    /** A row for each unit, a column for each picture. */
    private static Sheet pictures(UsedInputs found) {
        List<Integer> shown = found.shown();
        int columns = found.examples().size() + found.others().size();
        float[] values = new float[shown.size() * columns];
        for (int row = 0; row < shown.size(); row++) {
            for (int column = 0; column < columns; column++) {
                UsedInputs.Example one = column < found.examples().size() ? found.examples().get(column)
                        : found.others().get(column - found.examples().size());
                values[row * columns + column] = (float) one.contributions()[shown.get(row)];
            }
        }
        Kernel map = new Kernel(shown.size(), columns, 0, 0, values);
        List<List<String>> rows = new ArrayList<>();
        for (int input : shown) {
            rows.add(List.of(found.inputs().get(input).unit().toString(), String.format(Locale.ROOT, "%+.4g", found.mean(input)),
                    found.others().isEmpty() ? "" : String.format(Locale.ROOT, "%+.4g", UsedInputs.mean(found.others(), input))));
        }
        return Figure.titled("What each unit contributes to " + found.name() + " on each picture").paragraph("A row for each unit, in"
                + " the order of the table; a column for each picture: " + found.examples().size() + " that excite "
                + found.name() + " most, the strongest first" + (found.others().isEmpty() ? "." : ", then " + found.others().size()
                + " that excite it less.")).pictures(List.of(new Plate(map.picture(map.peak()), "", true)), 1)
                .remark(String.format(Locale.ROOT, "Red speaks for it, blue against it; the full colour is %.3g.", map.peak()))
                .table(List.of("unit", "exciting pictures", "others"), rows).sheet();
    }
}
