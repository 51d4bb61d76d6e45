package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.circuit.WeightColours.Frame;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/** Draws kernels in a grid, a row for each unit above, and their factors in colours. */
final class MultiplesSheets {

    private static final double MARGIN = 36;
    private static final double NAMES = 68;
    private static final double SMALL = 7;
    private static final double ROOM = 595 - 2 * MARGIN - NAMES;
    private static final double GAP = 2;
    private static final double LARGEST = 40;
    private static final double LEAST = 10;
    private static final int SCALE = 41;

    private final Multiples found;
    private final Frame frame;

    MultiplesSheets(Multiples found) {
        this.found = found;
        this.frame = Frame.around(found.kernels());
    }

    List<Sheet> sheets() {
        List<Sheet> sheets = new ArrayList<>();
        Figure head = Figure.titled("Kernels from " + found.below() + " to " + found.above() + " of " + found.network())
                .paragraph(found.summary() + " A row for each unit above, a column for each unit below, by its channel.");
        found.remarks().forEach(head::remark);
        double extent = Connections.extent(found.kernels());
        sheets.add(Sheet.stacked(List.of(head.sheet(), kernels(extent), scale("weight", extent))));
        found.colours().ifPresent(colours -> {
            Figure about = Figure.titled("What the kernels from " + found.below() + " to " + found.above() + " have in common")
                    .paragraph(Multiples.about(colours) + " Each factor is a group of units below, and a colour: where it excites a unit"
                            + " above, where it inhibits it, as bright as the root of its amount. Beside that, each factor's amounts"
                            + " alone.");
            for (int factor = 0; factor < colours.factors().size(); factor++) {
                about.remark(Multiples.COLOURS.get(factor) + ": " + Multiples.strongest(colours.factors().get(factor)) + "; "
                        + Multiples.bands(colours.banding(factor)) + ".");
            }
            sheets.add(Sheet.stacked(List.of(about.sheet(), colours(colours), scale("amount of a factor", colours.peak()))));
        });
        return sheets;
    }

    private Sheet kernels(double extent) {
        double side = Math.max(LEAST, Math.min(LARGEST, ROOM / found.lower().size() - GAP));
        double height = side * frame.rows() / frame.columns();
        List<Mark> marks = new ArrayList<>();
        for (int column = 0; column < found.lower().size(); column++) {
            marks.add(text(MARGIN + NAMES + column * (side + GAP) + side / 2, 8, .5, found.lower().get(column).channel() + ""));
        }
        for (int row = 0; row < found.upper().size(); row++) {
            Unit unit = found.upper().get(row);
            double top = 12 + row * (height + GAP);
            name(unit, top + height / 2, marks);
            for (int column = 0; column < found.lower().size(); column++) {
                Unit read = found.lower().get(column);
                Kernel kernel = found.kernels().stream().filter(one -> one.to().equals(unit) && one.from().equals(read)).findFirst()
                        .map(one -> frame.framed(one.kernel())).orElse(frame.framed(new Kernel(1, 1, frame.top(), frame.left(),
                                new float[1])));
                framed(kernel.picture(extent), MARGIN + NAMES + column * (side + GAP), top, side, height, marks);
            }
        }
        double width = Math.max(595, 2 * MARGIN + NAMES + found.lower().size() * (side + GAP));
        return new Sheet("", "", width, 12 + found.upper().size() * (height + GAP) + 4, marks);
    }

    private Sheet colours(WeightColours colours) {
        double height = LARGEST * frame.rows() / frame.columns();
        double extent = colours.peak();
        List<Mark> marks = new ArrayList<>();
        List<String> heads = new ArrayList<>(List.of("excites", "inhibits"));
        heads.addAll(Multiples.COLOURS.subList(0, colours.factors().size()));
        for (int column = 0; column < heads.size(); column++) {
            marks.add(text(place(column) + LARGEST / 2, 8, .5, heads.get(column)));
        }
        for (int row = 0; row < found.upper().size(); row++) {
            double top = 12 + row * (height + GAP);
            List<Kernel> own = colours.amounts().get(row);
            name(found.upper().get(row), top + height / 2, marks);
            framed(mixed(own, extent), place(0), top, LARGEST, height, marks);
            framed(mixed(own, -extent), place(1), top, LARGEST, height, marks);
            for (int factor = 0; factor < own.size(); factor++) {
                framed(own.get(factor).picture(extent), place(2 + factor), top, LARGEST, height, marks);
            }
        }
        return new Sheet("", "", 595, 12 + found.upper().size() * (height + GAP) + 4, marks);
    }

    private static double place(int column) {
        return MARGIN + NAMES + column * (LARGEST + 4 * GAP) + (column > 1 ? 12 : 0);
    }

    /** Three maps as red, green and blue on black: amounts of the extent's sign, the full colour at the extent. */
    private static Batch mixed(List<Kernel> maps, double extent) {
        Kernel first = maps.get(0);
        Batch picture = Batch.zeros(1, 3, first.rows(), first.columns());
        for (int colour = 0; colour < maps.size(); colour++) {
            for (int at = 0; at < first.values().length; at++) {
                picture.values()[picture.offset(0, colour) + at] = extent == 0 ? 0
                        : (float) Math.sqrt(Math.max(0, maps.get(colour).values()[at] / extent));
            }
        }
        return picture;
    }

    private static Sheet scale(String what, double extent) {
        float[] values = new float[SCALE];
        for (int i = 0; i < SCALE; i++) {
            values[i] = 2f * i / (SCALE - 1) - 1;
        }
        List<Mark> marks = new ArrayList<>();
        framed(new Kernel(1, SCALE, 0, 0, values).picture(1), MARGIN + NAMES, 4, 120, 8, marks);
        String full = String.format(Locale.ROOT, "%.3g", extent);
        marks.add(text(MARGIN + NAMES, 21, .5, "-" + full));
        marks.add(text(MARGIN + NAMES + 60, 21, .5, "0"));
        marks.add(text(MARGIN + NAMES + 120, 21, .5, full));
        marks.add(text(MARGIN + NAMES + 140, 11, 0, what + "; red excites, blue inhibits, one scale for all"));
        return new Sheet("", "", 595, 36, marks);
    }

    private static void name(Unit unit, double middle, List<Mark> marks) {
        marks.add(text(MARGIN, middle + 2.5, 0, Sheet.shortened(unit.toString(), SMALL, NAMES - 4)));
    }

    private static Text text(double left, double baseline, double share, String text) {
        return new Text(left, baseline, SMALL, false, Sheet.MUTED, share, text);
    }

    private static void framed(Batch pixels, double left, double top, double width, double height, List<Mark> marks) {
        marks.add(new Picture(left, top, width, height, pixels, true));
        marks.add(new Stroke(new double[] {left, top, left + width, top, left + width, top + height, left, top + height}, .3,
                Sheet.LINE, true));
    }
}
