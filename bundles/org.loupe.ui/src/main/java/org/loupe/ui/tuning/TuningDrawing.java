package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.eclipse.swt.graphics.RGB;
import org.loupe.core.Unit;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.JointCoverage;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.tuning.TuningCurve;
import org.loupe.ui.widgets.Palette;

/**
 * How answers to a sweep are drawn. Around a circle, an answer of zero lies on the inner ring, and the colour of a unit is
 * that of the angle that it prefers.
 */
final class TuningDrawing {

    /** What is drawn. */
    enum Kind {
        /** The selected unit over all others. */
        UNIT,
        /** All units that have a sharp preference, each as high as the others. */
        LAYER
    }

    private static final double INNER = SweepPlaces.INNER;
    private static final double TEXT = SweepPlaces.TEXT;
    private static final double TICK = 4;
    private static final double ROOM_FOR_A_TICK = 64;
    private static final int SHADES = 24;
    private static final double SCALE = 96;
    private static final double SHARP = .3;
    private static final int STEPS = 96;
    private static final double DASH = 9;

    private final Tuned tuned;
    private final Palette palette;
    private final double width;
    private final double height;
    private final OptionalDouble strong;
    private final SweepPlaces places;
    private final List<Mark> marks = new ArrayList<>();

    private TuningDrawing(Tuned tuned, Palette palette, double width, double height, OptionalDouble strong) {
        this.strong = strong;
        this.tuned = tuned;
        this.palette = palette;
        this.width = width;
        this.height = height;
        this.places = SweepPlaces.of(tuned, width, height);
    }

    /**
     * Draws what was answered.
     *
     * @param unit  index in {@link Tuned#units}, or -1 where none is selected
     * @param strong what that unit does not exceed at 99 of 100 positions of pictures, where that is known; a ring of its own
     */
    static List<Mark> of(Tuned tuned, int unit, Kind kind, Palette palette, double width, double height, OptionalDouble strong) {
        TuningDrawing drawing = new TuningDrawing(tuned, palette, width, height, strong);
        if (tuned.sweeps().size() == 2 && unit >= 0) {
            drawing.map(unit);
        } else if (tuned.circle().isPresent()) {
            drawing.circle(unit, kind);
        } else if (unit >= 0) {
            drawing.curve(unit);
        }
        return drawing.marks;
    }

    private void circle(int unit, Kind kind) {
        double middleDown = places.middleDown();
        double radius = places.radius();
        double middleAcross = places.middleAcross();
        List<Integer> drawn = new ArrayList<>();
        List<TuningCurve> curves = IntStream.range(0, tuned.units().size())
                .mapToObj(index -> tuned.curve(index).orElseThrow()).toList();
        for (int index = 0; index < curves.size(); index++) {
            TuningCurve curve = curves.get(index);
            if (index != unit && curve.highest() > 0 && (kind == Kind.UNIT ? unit < 0 : curve.resultant() > SHARP)) {
                drawn.add(index);
            }
        }
        ring(middleAcross, middleDown, INNER * radius, palette.line().getRGB());
        ring(middleAcross, middleDown, radius, palette.line().getRGB());
        double period = curves.get(0).period();
        for (int quarter = 0; quarter < 4; quarter++) {
            double angle = quarter * Math.PI / 2;
            marks.add(new Mark.Words(Setting.text(quarter * period / 4) + "°", middleAcross + (radius + 17) * Math.cos(angle),
                    middleDown + (radius + 8) * Math.sin(angle), palette.muted().getRGB(), .5));
        }
        for (int index : drawn) {
            around(curves.get(index), middleAcross, middleDown, radius, curves.get(index).highest(), 1.2);
        }
        if (unit >= 0 && curves.get(unit).highest() > 0) {
            double highest = curves.get(unit).highest();
            if (strong.isPresent() && strong.getAsDouble() > 0 && strong.getAsDouble() < highest) {
                double away = radius * (INNER + (1 - INNER) * strong.getAsDouble() / highest);
                int dashes = (int) Math.max(8, 2 * Math.PI * away / DASH);
                for (int i = 0; i < dashes; i++) {
                    arc(middleAcross, middleDown, away, (double) i / dashes, (i + .5) / dashes);
                }
            }
            around(curves.get(unit), middleAcross, middleDown, radius, highest, 2.6);
        }
        words(middleAcross + radius + 44, unit, curves, drawn, kind);
    }

    private void words(double left, int unit, List<TuningCurve> curves, List<Integer> drawn, Kind kind) {
        List<String> lines = new ArrayList<>();
        if (unit >= 0) {
            lines.addAll(facts(tuned.units().get(unit), curves.get(unit)));
            if (strong.isPresent() && curves.get(unit).highest() > 0) {
                lines.add(lines.remove(lines.size() - 1) + String.format(Locale.ROOT, ", %.0f %% strongly",
                        100 * curves.get(unit).above(strong.getAsDouble())));
            }
        }
        if (kind == Kind.LAYER && !drawn.isEmpty()) {
            List<TuningCurve> family = new ArrayList<>(drawn.stream().map(curves::get).toList());
            if (unit >= 0 && curves.get(unit).resultant() > SHARP) {
                family.add(curves.get(unit));
            }
            JointCoverage coverage = JointCoverage.of(family);
            lines.add("");
            lines.add(family.size() + " units prefer an angle (resultant > " + SHARP + ")");
            lines.add(String.format(Locale.ROOT, "%.0f %% of the angles are covered at half", 100 * coverage.half()));
            lines.add(String.format(Locale.ROOT, "largest gap between peaks %.0f°", coverage.largestGap()));
        }
        double line = 15;
        double top = Math.max(line / 2, height / 2 - line * (lines.size() - 1) / 2);
        for (int i = 0; i < lines.size() && top + i * line < height - line / 2; i++) {
            marks.add(new Mark.Words(lines.get(i), left, top + i * line,
                    (i == 0 && unit >= 0 ? palette.foreground() : palette.muted()).getRGB(), 0));
        }
    }

    /** What is known of a unit's preference, as lines of text. */
    static List<String> facts(Unit unit, TuningCurve curve) {
        if (!curve.isWhole()) {
            return List.of(unit.toString(), "not wholly measured");
        }
        if (!(curve.highest() > 0)) {
            return List.of(unit.toString(), "answers none of these");
        }
        List<String> lines = new ArrayList<>(List.of(unit.toString(),
                String.format(Locale.ROOT, "prefers %.0f° (mean %.0f°)", curve.peak(), curve.mean()),
                String.format(Locale.ROOT, "highest %.3g", curve.highest()),
                String.format(Locale.ROOT, "width at half %.0f°", curve.width()),
                String.format(Locale.ROOT, "resultant %.2f", curve.resultant())));
        if (!Double.isNaN(curve.echo())) {
            lines.add(String.format(Locale.ROOT, "echo %.2f", curve.echo()));
        }
        lines.add(String.format(Locale.ROOT, "answers %.0f %% of angles", 100 * curve.firing()));
        return lines;
    }

    private void around(TuningCurve curve, double across, double down, double radius, double highest, double thick) {
        List<Double> points = new ArrayList<>();
        int count = curve.answers().length;
        for (int i = 0; i <= count; i++) {
            double turn = 2 * Math.PI * curve.angle(i % count) / curve.period();
            double share = Math.max(0, curve.answers()[i % count]) / highest;
            double away = radius * (INNER + (1 - INNER) * share);
            points.add(across + away * Math.cos(turn));
            points.add(down + away * Math.sin(turn));
        }
        marks.add(new Mark.Line(points, palette.cyclic(curve.peak() / curve.period()).getRGB(), thick, false));
    }

    /** A dash of a ring, from one share of the turn to another. */
    private void arc(double across, double down, double radius, double from, double to) {
        marks.add(new Mark.Line(List.of(across + radius * Math.cos(2 * Math.PI * from), down + radius * Math.sin(2 * Math.PI * from),
                across + radius * Math.cos(2 * Math.PI * to), down + radius * Math.sin(2 * Math.PI * to)),
                palette.muted().getRGB(), 1, false));
    }

    private void ring(double across, double down, double radius, RGB colour) {
        List<Double> points = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double turn = 2 * Math.PI * i / STEPS;
            points.add(across + radius * Math.cos(turn));
            points.add(down + radius * Math.sin(turn));
        }
        marks.add(new Mark.Line(points, colour, 1, false));
    }

    /** A line over a parameter that does not turn. */
    private void curve(int unit) {
        double highest = Math.max(1e-9, tuned.best(unit).answer());
        frame(String.format(Locale.ROOT, "%s, highest %.3g%s", tuned.units().get(unit), tuned.best(unit).answer(), reference()));
        List<Double> points = new ArrayList<>();
        double tall = places.bottom() - places.top();
        if (strong.isPresent() && strong.getAsDouble() > 0 && strong.getAsDouble() < highest) {
            double down = places.bottom() - tall * strong.getAsDouble() / highest;
            marks.add(new Mark.Line(List.of(places.left(), down, places.right(), down), palette.muted().getRGB(), 1, true));
        }
        for (int i = 0; i < tuned.sweeps().get(0).values().size(); i++) {
            points.add(places.across(i));
            points.add(places.bottom() - tall * Math.max(0, tuned.answers().at(0, unit, i, 0)) / highest);
        }
        marks.add(new Mark.Line(points, palette.accent().getRGB(), 2, false));
    }

    private String reference() {
        return strong.isPresent() ? String.format(Locale.ROOT, "; at 99 of 100 positions of pictures at most %.3g",
                strong.getAsDouble()) : "";
    }

    /** Two parameters: the first from left to right, the second upwards. */
    private void map(int unit) {
        int columns = tuned.sweeps().get(0).values().size();
        int rows = tuned.sweeps().get(1).values().size();
        double highest = Math.max(1e-9, tuned.best(unit).answer());
        double wide = (places.right() - places.left()) / columns;
        double tall = (places.bottom() - places.top()) / rows;
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < rows; j++) {
                float answer = tuned.answers().at(0, unit, i, j);
                if (!Float.isNaN(answer)) {
                    marks.add(new Mark.Area(places.left() + i * wide, places.bottom() - (j + 1) * tall, wide, tall,
                            palette.strength(Math.max(0, answer) / highest).getRGB()));
                }
            }
        }
        frame(tuned.units().get(unit) + reference());
        scale(highest);
    }

    /** What the shades of a map mean, above its right end. */
    private void scale(double highest) {
        String most = String.format(Locale.ROOT, "%.3g", highest);
        double right = places.right() - 8 * most.length() - 4;
        double left = right - SCALE;
        for (int i = 0; i < SHADES; i++) {
            marks.add(new Mark.Area(left + i * SCALE / SHADES, TEXT / 2 - 3, SCALE / SHADES, 10,
                    palette.strength((double) i / (SHADES - 1)).getRGB()));
        }
        marks.add(new Mark.Words("0", left - 4, TEXT / 2 + 2, palette.muted().getRGB(), 1));
        marks.add(new Mark.Words(most, right + 4, TEXT / 2 + 2, palette.muted().getRGB(), 0));
    }

    /** Axes and what they mean. */
    private void frame(String title) {
        Sweep first = tuned.sweeps().get(0);
        double left = places.left();
        double bottom = places.bottom();
        RGB muted = palette.muted().getRGB();
        marks.add(new Mark.Words(title, left, TEXT / 2 + 2, palette.foreground().getRGB(), 0));
        marks.add(new Mark.Line(List.of(left, places.top(), left, bottom, places.right(), bottom), palette.line().getRGB(), 1, false));
        for (double value : SweepPlaces.ticks(first, (int) ((places.right() - left) / ROOM_FOR_A_TICK))) {
            SweepPlaces.index(first, value).ifPresent(index -> {
                double across = places.across(index);
                marks.add(new Mark.Line(List.of(across, bottom, across, bottom + TICK), palette.line().getRGB(), 1, false));
                marks.add(new Mark.Words(SweepPlaces.words(first, value), across, bottom + TICK + TEXT / 2, muted, .5));
            });
        }
        marks.add(new Mark.Words(first.parameter().label(), (left + places.right()) / 2, bottom + TICK + TEXT * 1.5, muted, .5));
        if (places.isMap()) {
            upwards(tuned.sweeps().get(1));
        }
    }

    private void upwards(Sweep sweep) {
        double left = places.left();
        for (double value : SweepPlaces.ticks(sweep, (int) ((places.bottom() - places.top()) / ROOM_FOR_A_TICK * 2))) {
            SweepPlaces.index(sweep, value).ifPresent(index -> {
                double down = places.down(index);
                marks.add(new Mark.Line(List.of(left - TICK, down, left, down), palette.line().getRGB(), 1, false));
                marks.add(new Mark.Words(SweepPlaces.words(sweep, value), left - TICK - 2, down, palette.muted().getRGB(), 1));
            });
        }
        marks.add(new Mark.Words(sweep.parameter().label(), left - TICK - 2, TEXT / 2 + 2, palette.muted().getRGB(), 1));
    }
}
