package org.loupe.core.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.image.Diverging;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Shape;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;
import org.loupe.core.page.UnitPage.Neighbour;
import org.loupe.core.page.UnitPage.Plate;
import org.loupe.core.tuning.TuningCurve;

/** Puts what is known of a unit onto a sheet, from the top down. */
final class UnitSheet {

    private static final double WIDTH = 595;
    private static final double MARGIN = 36;
    private static final double ROOM = WIDTH - 2 * MARGIN;
    private static final double SMALL = 7;
    private static final double NORMAL = 8.5;
    private static final double GAP = 6;
    private static final double INSET = 3;
    private static final double LOW = 76;

    private final UnitPage page;
    private final List<Mark> marks = new ArrayList<>();
    private double top = MARGIN;

    UnitSheet(UnitPage page) {
        this.page = page;
    }

    Sheet sheet() {
        heading();
        pictures();
        examples();
        tuning();
        connections();
        missing();
        caption();
        return new Sheet(page.unit() + " of " + page.network().name(), page.recipe(), WIDTH, top + MARGIN / 2, marks);
    }

    private void heading() {
        text(MARGIN, top + 16, 19, true, Sheet.INK, 0, page.unit().toString());
        double after = MARGIN + Letters.width(page.unit().toString(), 19, true) + 16;
        if (!page.label().isEmpty()) {
            text(after, top + 16, 14, false, Sheet.ACCENT, 0, Sheet.shortened(page.label(), 14, WIDTH - MARGIN - after));
        }
        top += 26;
        Layer layer = page.network().layer(page.unit().layer());
        Shape shape = page.network().shape(layer);
        paragraph("Channel " + page.unit().channel() + " of the " + shape.channels() + " in " + layer.name() + " of "
                + page.network().name() + ", with a map of " + shape.rows() + " × " + shape.columns()
                + (page.families().isEmpty() ? "." : ". Families: " + String.join("; ", page.families()) + "."),
                NORMAL, Sheet.INK);
        if (!page.note().isEmpty()) {
            paragraph(page.note(), NORMAL, Sheet.MUTED);
        }
        place(layer, shape);
        top += GAP;
    }

    /** Where the layer is in the network, and the unit in the layer. */
    private void place(Layer layer, Shape shape) {
        List<Layer> layers = page.network().layers();
        double room = (ROOM - GAP) / 2;
        double each = room / layers.size();
        top += 3;
        for (int i = 0; i < layers.size(); i++) {
            marks.add(new Box(MARGIN + i * each, top, Math.max(0.6, each - 1), 5,
                    layers.get(i).equals(layer) ? Sheet.ACCENT : Sheet.LINE));
        }
        double left = MARGIN + room + GAP;
        marks.add(new Box(left, top, room, 5, Sheet.LINE));
        double width = Math.max(2, room / shape.channels());
        marks.add(new Box(Math.min(left + room - width, left + room * page.unit().channel() / shape.channels()), top, width,
                5, Sheet.ACCENT));
        text(MARGIN, top + 13, SMALL, false, Sheet.MUTED, 0, "layer " + (layers.indexOf(layer) + 1) + " of "
                + layers.size() + ", from " + layers.get(0).name() + " to " + layers.get(layers.size() - 1).name());
        text(left, top + 13, SMALL, false, Sheet.MUTED, 0, "channel 0");
        text(left + room, top + 13, SMALL, false, Sheet.MUTED, 1, "channel " + (shape.channels() - 1));
        top += 20;
    }

    private void pictures() {
        if (page.pictures().isEmpty()) {
            page.statistics().ifPresent(statistics -> {
                marks.addAll(UnitAnswers.marks(statistics, MARGIN, top, WIDTH - MARGIN, top + LOW));
                top += LOW + 2 * GAP;
            });
            return;
        }
        title("What excites it most, made by optimisation");
        double large = 150;
        Plate first = page.pictures().get(0);
        plate(first, MARGIN, top, large);
        double left = MARGIN + large + GAP;
        double side = 72;
        double down = top;
        for (Plate plate : page.pictures().subList(1, page.pictures().size())) {
            if (left + side > WIDTH - MARGIN) {
                left = MARGIN + large + GAP;
                down += side + 14;
            }
            plate(plate, left, down, side);
            left += side + GAP;
        }
        double free = page.pictures().size() > 1 ? down + side + 20 : top;
        double bottom = top + large;
        page.statistics().ifPresent(statistics -> marks.addAll(UnitAnswers.marks(statistics, MARGIN + large + 3 * GAP, free,
                WIDTH - MARGIN, bottom)));
        top += large + 20;
    }

    private void examples() {
        if (page.examples().isEmpty()) {
            return;
        }
        title("Pictures that excite it most");
        double side = (ROOM - 9 * 4) / 10;
        row(page.examples().subList(0, Math.min(20, page.examples().size())), side, 4, true);
        page.statistics().ifPresent(statistics -> paragraph(statistics.words(), SMALL, Sheet.MUTED));
        top += GAP;
        spectrum();
    }

    private void spectrum() {
        List<UnitPage.Step> steps = page.spectrum();
        if (steps.stream().allMatch(step -> step.pictures().isEmpty())) {
            return;
        }
        title(page.spectrumAbout());
        double room = (ROOM + GAP) / steps.size();
        double width = room - GAP;
        double each = (width - 2) / 2;
        int most = steps.stream().mapToInt(step -> step.pictures().size()).max().orElse(0);
        for (int i = 0; i < steps.size(); i++) {
            UnitPage.Step step = steps.get(i);
            double left = MARGIN + i * room;
            double down = top;
            for (String line : step.caption().split("\n")) {
                down += 8;
                text(left, down, SMALL, false, Sheet.MUTED, 0, Sheet.shortened(line, SMALL, width));
            }
            down += 3;
            marks.add(new Box(left, down, width, 2.5, Double.isNaN(step.sign()) ? Sheet.LINE
                    : Diverging.colour(step.sign(), 0xffffff)));
            for (int k = 0; k < step.pictures().size(); k++) {
                picture(step.pictures().get(k), left + k % 2 * (each + 2), down + 5 + k / 2 * (each + 2), each);
            }
        }
        long lines = steps.stream().mapToLong(step -> step.caption().lines().count()).max().orElse(1);
        top += 8 * lines + 8 + (most + 1) / 2 * (each + 2) + GAP;
    }

    private void row(List<Plate> plates, double side, double gap, boolean captions) {
        double left = MARGIN;
        for (Plate plate : plates) {
            if (left + side > WIDTH - MARGIN + 0.5) {
                left = MARGIN;
                top += side + (captions ? 12 : gap);
            }
            plate(plate, left, top, side);
            left += side + gap;
        }
        top += side + 14;
    }

    private void tuning() {
        if (page.tuning().isEmpty()) {
            return;
        }
        TuningCurve curve = page.tuning().get();
        title("How it answers " + page.tuningAbout());
        if (!(curve.highest() > 0)) {
            paragraph("It does not fire at any of the " + curve.answers().length + " angles.", NORMAL, Sheet.INK);
            top += GAP;
            return;
        }
        double radius = 52;
        double middle = MARGIN + 64;
        double centre = top + 62;
        circle(middle, centre, radius, Sheet.LINE, 0.6);
        circle(middle, centre, 0.3 * radius, Sheet.LINE, 0.6);
        double highest = Math.max(curve.highest(), 1e-12);
        double repeats = 360 / curve.period();
        double[] points = new double[(int) (2 * curve.answers().length * repeats)];
        for (int i = 0; i < points.length / 2; i++) {
            double answer = Math.max(0, curve.answers()[i % curve.answers().length]);
            double angle = Math.toRadians(curve.first() + i * curve.step());
            double reach = (0.3 + 0.7 * answer / highest) * radius;
            points[2 * i] = middle + reach * Math.cos(angle);
            points[2 * i + 1] = centre + reach * Math.sin(angle);
        }
        marks.add(new Stroke(points, 1.4, Sheet.ACCENT, true));
        text(middle + radius + 2, centre + 2.5, SMALL, false, Sheet.MUTED, 0, "0°");
        text(middle, centre + radius + 8, SMALL, false, Sheet.MUTED, 0.5, "90°");
        double left = MARGIN + 160;
        String[] facts = {"largest answer  " + number(curve.highest()) + " (outer circle; the inner one is 0)",
            "preferred angle  " + number(curve.peak()) + "°", "width at half height  " + number(curve.width()) + "°",
            "echo (opposite direction over largest)  " + number(curve.echo()),
            "resultant (1: one angle only, 0: all alike)  " + number(curve.resultant())};
        for (int i = 0; i < facts.length; i++) {
            text(left, top + 30 + 13 * i, NORMAL, false, Sheet.INK, 0, facts[i]);
        }
        top += 130;
    }

    private void connections() {
        List<List<Connection>> shown = page.shown();
        double below = Connections.extent(shown.subList(0, 2).stream().flatMap(List::stream).toList());
        double above = Connections.extent(shown.get(2));
        if (below == 0 && above == 0) {
            return;
        }
        connections("Excited by (sum of weights above zero)", shown.get(0), page.inputs(), below, true);
        connections("Inhibited by (sum of weights below zero)", shown.get(1), page.inputs(), below, true);
        connections("Used by", shown.get(2), page.outputs(), above, false);
        List<String> remarks = new ArrayList<>(page.inputs().remarks());
        page.outputs().remarks().stream().filter(remark -> !remarks.contains(remark)).forEach(remarks::add);
        legend(below, above);
        if (page.neighbours().stream().anyMatch(Neighbour::isNatural)) {
            remarks.add("In a frame: what excites a unit most among the scanned pictures, for no picture was made of it yet.");
        }
        if (!remarks.isEmpty()) {
            paragraph(String.join(" ", remarks), SMALL, Sheet.MUTED);
        }
        top += GAP;
    }

    private void connections(String title, List<Connection> shown, Connections all, double extent, boolean lower) {
        if (shown.isEmpty()) {
            return;
        }
        title(title + String.format(Locale.ROOT, ": the %d strongest of %d, %.0f %% of all norms", shown.size(),
                all.all().size(), 100 * all.share(shown)));
        double room = (ROOM + GAP) / UnitPage.CONNECTIONS;
        double side = room - GAP;
        List<Optional<Neighbour>> neighbours = shown.stream().map(one -> lower ? one.from() : one.to())
                .map(unit -> page.neighbours().stream().filter(one -> one.unit().equals(unit)).findFirst()).toList();
        boolean anyPicture = neighbours.stream().anyMatch(one -> one.flatMap(Neighbour::picture).isPresent());
        boolean anyName = neighbours.stream().anyMatch(one -> one.filter(other -> !other.name().isEmpty()).isPresent());
        for (int i = 0; i < shown.size(); i++) {
            Connection connection = shown.get(i);
            double left = MARGIN + i * room;
            double down = top;
            if (anyPicture) {
                Optional<Batch> picture = neighbours.get(i).flatMap(Neighbour::picture);
                if (picture.isPresent()) {
                    boolean isNatural = neighbours.get(i).filter(Neighbour::isNatural).isPresent();
                    picture(picture.get(), left + (isNatural ? INSET : 0), down + (isNatural ? INSET : 0),
                            side - (isNatural ? 2 * INSET : 0));
                    if (isNatural) {
                        frame(left, down, side);
                    }
                } else {
                    frame(left, down, side);
                    text(left + side / 2, down + side / 2 + 2, 6, false, Sheet.MUTED, 0.5, "no picture yet");
                }
                down += side + 2;
            }
            kernel(connection, left, down, side, extent);
            down += side + 8;
            text(left + side / 2, down, SMALL, true, Sheet.INK, 0.5,
                    Sheet.shortened((lower ? connection.from() : connection.to()).toString(), SMALL, side + 4));
            text(left + side / 2, down + 8, 6, false, Sheet.MUTED, 0.5, "norm " + number(connection.strength()));
            String name = neighbours.get(i).map(Neighbour::name).orElse("");
            text(left + side / 2, down + 15, 6, false, Sheet.ACCENT, 0.5, Sheet.shortened(name, 6, side + 4));
        }
        top += (anyPicture ? 2 * side + 2 : side) + (anyName ? 31 : 24);
    }

    /** The room of a picture that was not made. */
    private void frame(double left, double down, double side) {
        marks.add(new Stroke(new double[] {left, down, left + side, down, left + side, down + side, left, down + side}, 0.4,
                Sheet.LINE, true));
    }

    /** A kernel, each weight a square of the same size in a frame. */
    private void kernel(Connection connection, double left, double down, double side, double extent) {
        int longer = Math.max(connection.kernel().rows(), connection.kernel().columns());
        double height = side * connection.kernel().rows() / longer;
        double width = side * connection.kernel().columns() / longer;
        double at = left + (side - width) / 2;
        double from = down + (side - height) / 2;
        marks.add(new Picture(at, from, width, height, connection.kernel().picture(extent), true));
        marks.add(new Stroke(new double[] {at, from, at + width, from, at + width, from + height, at, from + height}, 0.4,
                Sheet.LINE, true));
    }

    private void legend(double below, double above) {
        double width = 90;
        for (int i = 0; i < 30; i++) {
            marks.add(new Box(MARGIN + i * width / 30, top, width / 30 + 0.2, 6, Diverging.colour(-1 + 2 * (i + 0.5) / 30,
                    0xffffff)));
        }
        text(MARGIN + width + 6, top + 6, SMALL, false, Sheet.MUTED, 0, "inhibits … excites; full colour at a weight of ±"
                + number(below) + " below" + (above == 0 ? "" : ", ±" + number(above) + " above")
                + ". The middle of a kernel is the unit's own place.");
        top += 18;
    }

    private void missing() {
        if (!page.missing().isEmpty()) {
            title("Not known yet");
            page.missing().forEach(line -> paragraph(line, SMALL, Sheet.MUTED));
            top += GAP;
        }
    }

    private void caption() {
        marks.add(new Stroke(new double[] {MARGIN, top, WIDTH - MARGIN, top}, 0.5, Sheet.LINE, false));
        top += 4;
        paragraph(page.recipe(), 6, Sheet.MUTED);
    }

    private void title(String text) {
        text(MARGIN, top + 8, 9, true, Sheet.INK, 0, text);
        top += 14;
    }

    private void paragraph(String text, double size, int colour) {
        for (String line : Sheet.wrapped(text, size, ROOM)) {
            top += size * 1.3;
            text(MARGIN, top - size * 0.3, size, false, colour, 0, line);
        }
    }

    private void plate(Plate plate, double left, double down, double side) {
        picture(plate.pixels(), left, down, side);
        text(left + side / 2, down + side + 8, SMALL, false, Sheet.MUTED, 0.5, plate.caption());
    }

    private void picture(Batch pixels, double left, double down, double side) {
        double longer = Math.max(pixels.rows(), pixels.columns());
        double height = side * pixels.rows() / longer;
        double width = side * pixels.columns() / longer;
        marks.add(new Picture(left + (side - width) / 2, down + (side - height) / 2, width, height, pixels, false));
    }

    private void circle(double left, double down, double radius, int colour, double width) {
        double[] points = new double[2 * 72];
        for (int i = 0; i < 72; i++) {
            points[2 * i] = left + radius * Math.cos(Math.PI * i / 36);
            points[2 * i + 1] = down + radius * Math.sin(Math.PI * i / 36);
        }
        marks.add(new Stroke(points, width, colour, true));
    }

    private void text(double left, double baseline, double size, boolean bold, int colour, double share, String text) {
        marks.add(new Text(left, baseline, size, bold, colour, share, text));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        double large = Math.abs(value);
        return String.format(Locale.ROOT, large >= 100 ? "%.0f" : large >= 10 ? "%.1f" : large >= 0.01 || large == 0 ? "%.2f"
                : "%.1e", value);
    }
}
