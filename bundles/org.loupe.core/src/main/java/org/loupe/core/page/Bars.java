package org.loupe.core.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Bar;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/** Bars that lie one below the other, from zero. */
final class Bars {

    private static final double ROW = 13;
    private static final double THICK = 8;
    private static final double VALUE = 96;
    private static final double WIDEST_NAME = 170;

    private final List<Mark> marks = new ArrayList<>();
    private final double bottom;

    Bars(Axis axis, List<Bar> bars, double top) {
        double names = Math.min(WIDEST_NAME, bars.stream().mapToDouble(bar -> Letters.width(bar.name(), Figure.NORMAL, false))
                .max().orElse(0)) + 8;
        double left = Figure.MARGIN + names;
        double right = Figure.WIDTH - Figure.MARGIN - VALUE;
        double[] ends = DoubleStream.concat(DoubleStream.of(0), bars.stream().flatMapToDouble(bar -> DoubleStream.of(bar.value(),
                bar.low(), bar.high())).filter(Double::isFinite)).toArray();
        Chart.Scale scale = Chart.Scale.of(axis, ends, left, right);
        double row = top;
        double end = top + bars.size() * ROW;
        for (double tick : scale.ticks()) {
            double place = scale.place(tick);
            marks.add(new Stroke(new double[] {place, top, place, end}, tick == 0 ? 0.9 : 0.4, Sheet.LINE, false));
            marks.add(new Text(place, end + 9, Figure.SMALL, false, Sheet.MUTED, 0.5, Chart.number(tick, scale.step())));
        }
        for (Bar bar : bars) {
            draw(bar, scale, left, right, row);
            row += ROW;
        }
        marks.add(new Text((left + right) / 2, end + 19, Figure.SMALL, false, Sheet.INK, 0.5, axis.title()));
        bottom = end + 24;
    }

    private void draw(Bar bar, Chart.Scale scale, double left, double right, double row) {
        double middle = row + ROW / 2;
        marks.add(new Text(left - 6, middle + 3, Figure.NORMAL, false, Sheet.INK, 1,
                Sheet.shortened(bar.name(), Figure.NORMAL, WIDEST_NAME)));
        if (!Double.isFinite(bar.value())) {
            marks.add(new Text(right + 6, middle + 3, Figure.NORMAL, false, Sheet.MUTED, 0, "–"));
            return;
        }
        double zero = scale.inside(0);
        double end = scale.inside(bar.value());
        marks.add(new Box(Math.min(zero, end), middle - THICK / 2, Math.max(0.5, Math.abs(end - zero)), THICK, bar.colour()));
        String text = number(bar.value());
        if (Double.isFinite(bar.low()) && Double.isFinite(bar.high())) {
            double from = scale.inside(bar.low());
            double to = scale.inside(bar.high());
            marks.add(new Stroke(new double[] {from, middle, to, middle}, 1, Sheet.INK, false));
            marks.add(new Stroke(new double[] {from, middle - 2.5, from, middle + 2.5}, 1, Sheet.INK, false));
            marks.add(new Stroke(new double[] {to, middle - 2.5, to, middle + 2.5}, 1, Sheet.INK, false));
            text += " [" + number(bar.low()) + ", " + number(bar.high()) + "]";
        }
        marks.add(new Text(right + 6, middle + 3, Figure.NORMAL, false, Sheet.INK, 0,
                Sheet.shortened(text, Figure.NORMAL, VALUE - 6)));
    }

    /** Three digits, without noughts that say nothing. */
    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3g", value);
        return text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
    }

    List<Mark> marks() {
        return marks;
    }

    double bottom() {
        return bottom;
    }
}
