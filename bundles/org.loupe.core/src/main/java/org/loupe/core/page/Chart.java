package org.loupe.core.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.loupe.core.page.Figure.Axis;
import org.loupe.core.page.Figure.Line;
import org.loupe.core.page.Figure.Sample;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/** Two axes with round numbers and what is drawn between them. */
final class Chart {

    /** Room for numbers and title of the upright axis. */
    static final double LEFT = 44;
    private static final double ABOVE = 11;
    private static final double HEIGHT = 130;
    private static final double DOT = 2.2;

    private final List<Mark> marks = new ArrayList<>();
    private final Scale across;
    private final Scale up;
    private final double bottom;

    private Chart(Scale across, Scale up, double bottom) {
        this.across = across;
        this.up = up;
        this.bottom = bottom;
    }

    /** A chart whose axes are long enough for the numbers, with its upper edge at a place of the sheet. */
    static Chart over(Axis across, Axis up, DoubleStream columns, DoubleStream values, double top) {
        double begin = top + ABOVE;
        double down = begin + HEIGHT;
        Scale wide = Scale.of(across, columns.toArray(), Figure.MARGIN + LEFT, Figure.WIDTH - Figure.MARGIN - 8);
        Scale high = Scale.of(up, values.toArray(), down, begin);
        Chart chart = new Chart(wide, high, down + 26);
        chart.frame(across, up, begin, down);
        return chart;
    }

    /** The places, or the values, of points of which both are finite. */
    static DoubleStream finite(double[] across, double[] up, boolean places) {
        return IntStream.range(0, across.length).filter(i -> Double.isFinite(across[i]) && Double.isFinite(up[i]))
                .mapToDouble(i -> places ? across[i] : up[i]);
    }

    /** Steps over bins of the same width. */
    static List<Line> outlines(Axis axis, int bins, List<Sample> samples, double[] all) {
        double least = Double.isNaN(axis.least()) ? Arrays.stream(all).min().orElse(0) : axis.least();
        double greatest = Double.isNaN(axis.greatest()) ? Arrays.stream(all).max().orElse(1) : axis.greatest();
        double width = greatest > least ? (greatest - least) / bins : 1;
        List<Line> outlines = new ArrayList<>();
        for (Sample sample : samples) {
            double[] counts = new double[bins];
            double[] values = Arrays.stream(sample.values()).filter(Double::isFinite).toArray();
            for (double value : values) {
                counts[Math.max(0, Math.min(bins - 1, (int) ((value - least) / width)))]++;
            }
            double[] places = new double[2 * bins + 2];
            double[] shares = new double[2 * bins + 2];
            for (int bin = 0; bin < bins; bin++) {
                places[2 * bin + 1] = least + bin * width;
                places[2 * bin + 2] = least + (bin + 1) * width;
                shares[2 * bin + 1] = shares[2 * bin + 2] = counts[bin] / Math.max(1, values.length);
            }
            places[0] = least;
            places[2 * bins + 1] = least + bins * width;
            outlines.add(new Line(sample.name(), places, shares, sample.colour(), true));
        }
        return outlines;
    }

    private void frame(Axis horizontal, Axis upright, double high, double low) {
        double left = Figure.MARGIN + LEFT;
        double right = Figure.WIDTH - Figure.MARGIN - 8;
        for (double tick : up.ticks()) {
            double row = up.place(tick);
            marks.add(new Stroke(new double[] {left, row, right, row}, tick == 0 ? 0.8 : 0.4, Sheet.LINE, false));
            marks.add(new Text(left - 4, row + 2.4, Figure.SMALL, false, Sheet.MUTED, 1, number(tick, up.step())));
        }
        for (double tick : across.ticks()) {
            double column = across.place(tick);
            marks.add(new Stroke(new double[] {column, low, column, low + 3}, 0.6, Sheet.LINE, false));
            marks.add(new Text(column, low + 11, Figure.SMALL, false, Sheet.MUTED, 0.5, number(tick, across.step())));
        }
        marks.add(new Stroke(new double[] {left, high, left, low, right, low}, 0.6, Sheet.LINE, false));
        marks.add(new Text((left + right) / 2, low + 21, Figure.SMALL, false, Sheet.INK, 0.5, horizontal.title()));
        // Sheets have no turned text, so the title of the upright axis stands above its end.
        marks.add(new Text(Figure.MARGIN, high - 8, Figure.SMALL, false, Sheet.INK, 0, upright.title()));
    }

    void line(Line line) {
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i <= line.across().length; i++) {
            boolean isThere = i < line.across().length && Double.isFinite(line.across()[i]) && Double.isFinite(line.up()[i]);
            if (isThere) {
                points.add(new double[] {across.inside(line.across()[i]), up.inside(line.up()[i])});
            } else {
                draw(points, line);
                points.clear();
            }
        }
    }

    private void draw(List<double[]> points, Line line) {
        if (line.joined() && points.size() > 1) {
            marks.add(new Stroke(points.stream().flatMapToDouble(Arrays::stream).toArray(), 1.3, line.colour(), false));
        } else {
            points.forEach(point -> marks.add(new Box(point[0] - DOT / 2, point[1] - DOT / 2, DOT, DOT, line.colour())));
        }
    }

    List<Mark> marks() {
        return marks;
    }

    double bottom() {
        return bottom;
    }

    /** A number with as many places as tell it from the next one. */
    static String number(double value, double step) {
        double size = Math.max(Math.abs(value), step);
        if (value != 0 && (size >= 1e6 || step < 1e-4)) {
            return String.format(Locale.ROOT, "%.2g", value);
        }
        int places = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
        return String.format(Locale.ROOT, "%." + places + "f", value + 0.0);
    }

    /**
     * From numbers to places.
     *
     * @param step between round numbers
     */
    record Scale(double least, double greatest, double from, double to, double step) {

        private static final int MOST_TICKS = 6;

        static Scale of(Axis axis, double[] values, double from, double to) {
            double least = Double.isNaN(axis.least()) ? Arrays.stream(values).min().orElse(0) : axis.least();
            double greatest = Double.isNaN(axis.greatest()) ? Arrays.stream(values).max().orElse(1) : axis.greatest();
            if (!(greatest > least)) {
                double half = least == 0 ? 1 : Math.abs(least) / 2;
                greatest = Math.max(least, greatest) + half;
                least -= Double.isNaN(axis.least()) ? half : 0;
            }
            double raw = (greatest - least) / MOST_TICKS;
            double power = Math.pow(10, Math.floor(Math.log10(raw)));
            double step = axis.step() > 0 ? axis.step()
                    : raw <= power ? power : raw <= 2 * power ? 2 * power : raw <= 5 * power ? 5 * power : 10 * power;
            return new Scale(Double.isNaN(axis.least()) ? Math.floor(least / step + 1e-9) * step : least,
                    Double.isNaN(axis.greatest()) ? Math.ceil(greatest / step - 1e-9) * step : greatest, from, to, step);
        }

        double place(double value) {
            return from + (value - least) / (greatest - least) * (to - from);
        }

        double inside(double value) {
            return place(Math.max(least, Math.min(greatest, value)));
        }

        double[] ticks() {
            long first = (long) Math.ceil(least / step - 1e-6);
            long last = (long) Math.floor(greatest / step + 1e-6);
            return IntStream.rangeClosed(0, (int) (last - first)).mapToDouble(i -> (first + i) * step).toArray();
        }
    }
}
