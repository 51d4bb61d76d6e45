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

    private static final double INNER = .3;
    private static final double TEXT = 16;
    private static final double SHARP = .3;
    private static final int STEPS = 96;
    private static final double DASH = 9;

    private final Tuned tuned;
    private final Palette palette;
    private final double width;
    private final double height;
    private final OptionalDouble strong;
    private final List<Mark> marks = new ArrayList<>();

    private TuningDrawing(Tuned tuned, Palette palette, double width, double height, OptionalDouble strong) {
        this.strong = strong;
        this.tuned = tuned;
        this.palette = palette;
        this.width = width;
        this.height = height;
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
        double middleDown = height / 2;
        double radius = Math.min(height / 2 - TEXT - 2, width / 4);
        double middleAcross = Math.min(width / 2, radius + TEXT + 34);
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
        Sweep sweep = tuned.sweeps().get(0);
        double[] plot = frame(sweep, Optional.empty(), String.format(Locale.ROOT, "%s, highest %.3g",
                tuned.units().get(unit), tuned.best(unit).answer()));
        double highest = Math.max(1e-9, tuned.best(unit).answer());
        List<Double> points = new ArrayList<>();
        int count = sweep.values().size();
        for (int i = 0; i < count; i++) {
            points.add(plot[0] + plot[2] * i / Math.max(1, count - 1));
            points.add(plot[1] + plot[3] * (1 - Math.max(0, tuned.answers().at(0, unit, i, 0)) / highest));
        }
        marks.add(new Mark.Line(points, palette.accent().getRGB(), 2, false));
    }

    /** Two parameters: the first from left to right, the second upwards. */
    private void map(int unit) {
        Sweep first = tuned.sweeps().get(0);
        Sweep second = tuned.sweeps().get(1);
        double highest = Math.max(1e-9, tuned.best(unit).answer());
        double[] plot = frame(first, Optional.of(second), String.format(Locale.ROOT, "%s, from 0 to %.3g",
                tuned.units().get(unit), highest));
        double wide = plot[2] / first.values().size();
        double tall = plot[3] / second.values().size();
        for (int i = 0; i < first.values().size(); i++) {
            for (int j = 0; j < second.values().size(); j++) {
                float answer = tuned.answers().at(0, unit, i, j);
                if (!Float.isNaN(answer)) {
                    marks.add(new Mark.Area(plot[0] + i * wide, plot[1] + plot[3] - (j + 1) * tall, wide, tall,
                            palette.strength(Math.max(0, answer) / highest).getRGB()));
                }
            }
        }
    }

    /** Axes and what they mean; returns left, top, width and height of the plot. */
    private double[] frame(Sweep across, Optional<Sweep> upwards, String title) {
        double left = 64;
        double top = TEXT + 8;
        double right = width - 20;
        double bottom = height - 2 * TEXT - 4;
        RGB muted = palette.muted().getRGB();
        marks.add(new Mark.Words(title, left, TEXT / 2 + 2, palette.foreground().getRGB(), 0));
        marks.add(new Mark.Line(List.of(left, top, left, bottom, right, bottom), palette.line().getRGB(), 1, false));
        marks.add(new Mark.Words(end(across, 0), left, bottom + TEXT / 2 + 2, muted, .5));
        marks.add(new Mark.Words(end(across, across.values().size() - 1), right, bottom + TEXT / 2 + 2, muted, 1));
        marks.add(new Mark.Words(across.parameter().label(), (left + right) / 2, bottom + TEXT / 2 + 2, muted, .5));
        upwards.ifPresent(sweep -> {
            marks.add(new Mark.Words(end(sweep, 0), left - 6, bottom - 6, muted, 1));
            marks.add(new Mark.Words(end(sweep, sweep.values().size() - 1), left - 6, top + 6, muted, 1));
            marks.add(new Mark.Words(sweep.parameter().label(), left - 6, (top + bottom) / 2, muted, 1));
        });
        return new double[] {left, top, Math.max(1, right - left), Math.max(1, bottom - top)};
    }

    private static String end(Sweep sweep, int index) {
        String unit = sweep.parameter().unit();
        return Setting.text(Math.rint(10 * sweep.values().get(index)) / 10)
                + (unit.isEmpty() || unit.equals("°") ? unit : " " + unit);
    }
}
