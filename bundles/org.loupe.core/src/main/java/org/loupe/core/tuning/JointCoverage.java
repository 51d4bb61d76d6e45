package org.loupe.core.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * How well units that are tuned to different angles share the circle among them.
 *
 * @param peaks their preferred angles in degrees, from the least
 * @param gaps  from each peak to the next, in degrees, the last one round to the first
 * @param half  share of the angles that some unit answers with at least half of its own largest answer
 */
public record JointCoverage(List<Double> peaks, List<Double> gaps, double half) {

    private static final int ANGLES = 720;

    public JointCoverage {
        peaks = List.copyOf(peaks);
        gaps = List.copyOf(gaps);
    }

    /**
     * Measures it; units that do not answer are left out.
     *
     * @param curves of one period, at least one
     */
    public static JointCoverage of(List<TuningCurve> curves) {
        double period = curves.get(0).period();
        List<TuningCurve> answering = curves.stream().filter(curve -> curve.highest() > 0).toList();
        List<Double> peaks = answering.stream().map(TuningCurve::peak).sorted().toList();
        List<Double> gaps = new ArrayList<>();
        for (int i = 0; i < peaks.size(); i++) {
            gaps.add(i + 1 < peaks.size() ? peaks.get(i + 1) - peaks.get(i) : peaks.get(0) + period - peaks.get(i));
        }
        long covered = DoubleStream.iterate(0, angle -> angle + period / ANGLES).limit(ANGLES)
                .filter(angle -> answering.stream().anyMatch(curve -> curve.at(angle) >= curve.highest() / 2)).count();
        return new JointCoverage(peaks, gaps, covered / (double) ANGLES);
    }

    /** Both, as a sentence. */
    public String text() {
        return String.format(Locale.ROOT, "Together, %.0f %% of the angles have a unit at half of its largest answer or more; gaps"
                + " between the peaks: %s°.", 100 * half, gaps.stream().map(gap -> String.format(Locale.ROOT, "%.0f", gap))
                        .collect(Collectors.joining(", ")));
    }

    /** The largest gap in degrees; the whole period for a single unit, NaN where no unit answers. */
    public double largestGap() {
        return gaps.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
