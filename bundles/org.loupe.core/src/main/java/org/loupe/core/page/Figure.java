package org.loupe.core.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/**
 * A sheet that grows from the top down: a title, then paragraphs, tables, charts and pictures, each as wide as a page of
 * a paper. For one thread.
 */
public final class Figure {

    /**
     * Colours that people with any kind of colour vision tell apart, for things that differ in kind, {@code 0xRRGGBB}
     * (Okabe and Ito 2008, without its yellow, which is too light for lines).
     */
    public static final List<Integer> COLOURS = List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9);

    static final double WIDTH = 595;
    static final double MARGIN = 36;
    static final double ROOM = WIDTH - 2 * MARGIN;
    static final double SMALL = 7;
    static final double NORMAL = 8.5;
    private static final double GAP = 8;
    private static final double CELL = 13;

    private final String title;
    private final List<Mark> marks = new ArrayList<>();
    private double top = MARGIN / 2;

    private Figure(String title) {
        this.title = title;
    }

    /** A figure with nothing but its title. */
    public static Figure titled(String title) {
        Figure figure = new Figure(title);
        for (String line : Sheet.wrapped(title, 13, ROOM / 1.07)) {
            figure.marks.add(new Text(MARGIN, figure.top + 13, 13, true, Sheet.INK, 0, line));
            figure.top += 16;
        }
        figure.top += GAP;
        return figure;
    }

    /**
     * A picture with a line beneath it.
     *
     * @param pixels colours from 0 to 1, of shape (1, 3 or 1, row, column)
     * @param sharp  whether each pixel is to stay a rectangle, as in a kernel
     */
    public record Plate(Batch pixels, String caption, boolean sharp) {
    }

    /**
     * What an axis shows.
     *
     * @param title    with the unit of its numbers
     * @param least    the least number on it, or NaN for the least of what is shown
     * @param greatest the greatest number on it, or NaN
     * @param step     between the numbers that are written, such as 45 for angles, or NaN for round ones
     */
    public record Axis(String title, double least, double greatest, double step) {
        /** An axis with round numbers. */
        public Axis(String title, double least, double greatest) {
            this(title, least, greatest, Double.NaN);
        }

        /** An axis that is as long as what is shown needs. */
        public static Axis of(String title) {
            return new Axis(title, Double.NaN, Double.NaN);
        }
    }

    /** Points that are joined, or not; places that are not finite are left out. */
    public record Line(String name, double[] across, double[] up, int colour, boolean joined) {
        public Line {
            if (across.length != up.length) {
                throw new IllegalArgumentException(name + " has " + across.length + " places and " + up.length + " values");
            }
        }
    }

    /**
     * A bar from zero to a value.
     *
     * @param low  where its interval begins, or NaN where there is none
     * @param high where its interval ends
     */
    public record Bar(String name, double value, double low, double high, int colour) {
        /** A bar without an interval. */
        public static Bar of(String name, double value, int colour) {
            return new Bar(name, value, Double.NaN, Double.NaN, colour);
        }
    }

    /**
     * Pictures that stand below each other, with what they have in common above them.
     *
     * @param heading what it is
     * @param below   a second line, smaller
     * @param colour  of the bar between the heading and the pictures
     */
    public record Column(String heading, String below, int colour, List<Plate> plates) {
        public Column {
            plates = List.copyOf(plates);
        }
    }

    /** Numbers whose distribution is shown. */
    public record Sample(String name, double[] values, int colour) {
    }

    /** A line that stands above what belongs together. */
    public Figure heading(String text) {
        top += 4;
        marks.add(new Text(MARGIN, top + 9, 9.5, true, Sheet.INK, 0, Sheet.shortened(text, 9.5, ROOM / 1.07)));
        top += 16;
        return this;
    }

    /** Sentences, wrapped. */
    public Figure paragraph(String text) {
        return paragraph(text, NORMAL, Sheet.INK);
    }

    /** Sentences that step back: conditions, sources, legends. */
    public Figure remark(String text) {
        return paragraph(text, SMALL, Sheet.MUTED);
    }

    private Figure paragraph(String text, double size, int colour) {
        for (String line : Sheet.wrapped(text, size, ROOM)) {
            top += size * 1.3;
            marks.add(new Text(MARGIN, top - size * 0.3, size, false, colour, 0, line));
        }
        top += GAP / 2;
        return this;
    }

    /**
     * Rows of cells: the first column from the left, what looks like a number from the right. Columns are as wide as
     * what is in them; where that is too wide, cells are cut off.
     */
    public Figure table(List<String> header, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(List.of(header));
        all.addAll(rows);
        double[] widths = new double[header.size()];
        for (List<String> row : all) {
            if (row.size() != header.size()) {
                throw new IllegalArgumentException("A row has " + row.size() + " cells, not " + header.size() + ": " + row);
            }
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Letters.width(row.get(i), NORMAL, row == header) + CELL);
            }
        }
        narrow(widths);
        for (List<String> row : all) {
            top += 12;
            double left = MARGIN;
            for (int i = 0; i < widths.length; i++) {
                boolean toTheRight = i > 0 && isNumeric(rows, i);
                String cell = Sheet.shortened(row.get(i), NORMAL * (row == header ? 1.07 : 1), widths[i] - CELL / 2);
                marks.add(new Text(toTheRight ? left + widths[i] - CELL : left, top - 3, NORMAL, row == header,
                        row == header ? Sheet.MUTED : Sheet.INK, toTheRight ? 1 : 0, cell));
                left += widths[i];
            }
            if (row == header) {
                marks.add(new Stroke(new double[] {MARGIN, top, left - CELL, top}, 0.5, Sheet.LINE, false));
                top += 2;
            }
        }
        top += GAP;
        return this;
    }

    private static void narrow(double[] widths) {
        double sum = 0;
        double widest = 0;
        for (double width : widths) {
            sum += width;
            widest = Math.max(widest, width);
        }
        while (sum > ROOM && widest > 3 * CELL) {
            double limit = widest * 0.95;
            sum = 0;
            widest = 0;
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.min(widths[i], limit);
                sum += widths[i];
                widest = Math.max(widest, widths[i]);
            }
        }
    }

    private static boolean isNumeric(List<List<String>> rows, int column) {
        return rows.stream().map(row -> row.get(column)).allMatch(cell -> cell.matches("[-+±–—.,\\d\\s%/eEx×°\\[\\]()<>=]*"));
    }

    /** Lines or dots over an axis, with their names beside them. */
    public Figure lines(Axis across, Axis up, List<Line> lines) {
        Chart chart = Chart.over(across, up, lines.stream().flatMapToDouble(line -> Chart.finite(line.across(), line.up(), true)),
                lines.stream().flatMapToDouble(line -> Chart.finite(line.across(), line.up(), false)), top);
        lines.forEach(chart::line);
        return add(chart, lines.stream().map(line -> new Sample(line.name(), new double[0], line.colour())).toList());
    }

    /** Bars that lie, each with its name before it and its value behind it; intervals are thin lines upon them. */
    public Figure bars(Axis along, List<Bar> bars) {
        Bars drawn = new Bars(along, bars, top);
        marks.addAll(drawn.marks());
        top = drawn.bottom() + GAP;
        return this;
    }

    /** The distribution of some samples, each as the share of its numbers in bins that are the same for all. */
    public Figure histogram(Axis across, int bins, List<Sample> samples) {
        double[] all = samples.stream().flatMapToDouble(sample -> Arrays.stream(sample.values()))
                .filter(Double::isFinite).toArray();
        List<Line> outlines = Chart.outlines(across, bins, samples, all);
        Chart chart = Chart.over(across, new Axis("share", 0, Double.NaN), outlines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.across())),
                outlines.stream().flatMapToDouble(line -> Arrays.stream(line.up())), top);
        outlines.forEach(chart::line);
        return add(chart, samples);
    }

    private Figure add(Chart chart, List<Sample> names) {
        marks.addAll(chart.marks());
        top = chart.bottom() + 4;
        if (names.size() > 1 || !names.isEmpty() && !names.get(0).name().isEmpty()) {
            legend(names);
        }
        top += GAP;
        return this;
    }

    private void legend(List<Sample> names) {
        double left = MARGIN + Chart.LEFT;
        for (Sample name : names) {
            double width = Letters.width(name.name(), SMALL, false) + 26;
            if (left + width > WIDTH - MARGIN) {
                left = MARGIN + Chart.LEFT;
                top += 10;
            }
            marks.add(new Box(left, top + 2.5, 12, 2.5, name.colour()));
            marks.add(new Text(left + 15, top + 6.5, SMALL, false, Sheet.INK, 0, name.name()));
            left += width;
        }
        top += 10;
    }

    /** Pictures of the same size side by side, in as many rows as they need. */
    public Figure pictures(List<Plate> plates, int inARow) {
        double side = Math.min(150, (ROOM - (inARow - 1) * 4) / inARow);
        for (int i = 0; i < plates.size(); i++) {
            if (i > 0 && i % inARow == 0) {
                top += side + 14;
            }
            Plate plate = plates.get(i);
            double left = MARGIN + i % inARow * (side + 4);
            double longer = Math.max(plate.pixels().rows(), plate.pixels().columns());
            double width = side * plate.pixels().columns() / longer;
            double height = side * plate.pixels().rows() / longer;
            double at = left + (side - width) / 2;
            double down = top + (side - height) / 2;
            marks.add(new Picture(at, down, width, height, plate.pixels(), plate.sharp()));
            if (plate.sharp()) {
                marks.add(new Stroke(new double[] {at, down, at + width, down, at + width, down + height, at, down + height},
                        0.4, Sheet.LINE, true));
            }
            marks.add(new Text(left + side / 2, top + side + 8, SMALL, false, Sheet.MUTED, 0.5,
                    Sheet.shortened(plate.caption(), SMALL, side + 2)));
        }
        top += plates.isEmpty() ? 0 : side + 14 + GAP / 2;
        return this;
    }

    /** Columns of pictures side by side, over the whole width; at least one. */
    public Figure columns(List<Column> columns) {
        double room = (ROOM + 4) / columns.size();
        double side = Math.min(150, room - 4);
        double deepest = 0;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            double left = MARGIN + i * room;
            double down = top + 8;
            marks.add(new Text(left, down, SMALL, true, Sheet.INK, 0, Sheet.shortened(column.heading(), SMALL, side)));
            marks.add(new Text(left, down + 9, SMALL, false, Sheet.MUTED, 0, Sheet.shortened(column.below(), SMALL, side)));
            marks.add(new Box(left, down + 12.5, side, 3, column.colour()));
            down += 19;
            for (Plate plate : column.plates()) {
                double longer = Math.max(plate.pixels().rows(), plate.pixels().columns());
                double width = side * plate.pixels().columns() / longer;
                double height = side * plate.pixels().rows() / longer;
                marks.add(new Picture(left + (side - width) / 2, down + (side - height) / 2, width, height, plate.pixels(),
                        plate.sharp()));
                marks.add(new Text(left + side / 2, down + side + 7.5, 6, false, Sheet.MUTED, 0.5,
                        Sheet.shortened(plate.caption(), 6, side)));
                down += side + 11;
            }
            deepest = Math.max(deepest, down);
        }
        top = deepest + GAP / 2;
        return this;
    }

    /** What there is so far, as a sheet without a recipe: whoever shows or writes it adds that. */
    public Sheet sheet() {
        return new Sheet(title, "", WIDTH, top + MARGIN / 2, marks);
    }
}
