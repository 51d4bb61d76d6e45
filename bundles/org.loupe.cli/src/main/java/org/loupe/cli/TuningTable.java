package org.loupe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.tuning.JointCoverage;
import org.loupe.core.tuning.Tuned;
import org.loupe.core.tuning.TuningCurve;
import org.loupe.platform.ChannelScans;

/**
 * A line for each unit that was tuned.
 *
 * @param scans say how many pictures excite a unit less
 */
record TuningTable(Tuned tuned, Network network, ChannelScans scans) {

    private static final int MOST_GAPS = 12;

    private static final int PARTS = 8;

    /** A unit that a stimulus excites less than this share of a strong answer is not said to prefer a direction of it. */
    private static final double LEVEL = .4;

    /** More than at this share of the positions of all pictures is a strong answer. */
    private static final double STRONG = .99;

    String text() {
        StringBuilder text = new StringBuilder();
        int width = Math.max(4, tuned.units().stream().mapToInt(unit -> unit.toString().length()).max().orElse(4));
        boolean turns = tuned.circle().isPresent();
        text.append(String.format(Locale.ROOT, "%-" + width + "s  %9s  %8s%s  %s%n", "unit", "highest", "pictures",
                turns ? "    peak    mean   width  result.   echo  firing  strong" : "", "at"));
        for (int unit = 0; unit < tuned.units().size(); unit++) {
            text.append(line(unit, width));
        }
        List<TuningCurve> curves = IntStream.range(0, tuned.units().size()).mapToObj(tuned::curve)
                .flatMap(Optional::stream).toList();
        if (curves.size() > 1 && curves.size() <= MOST_GAPS) {
            text.append(JointCoverage.of(curves).text()).append(System.lineSeparator());
        } else if (curves.size() > MOST_GAPS) {
            text.append(directed());
        }
        return text.toString();
    }

    /** Which units of many prefer one direction, in eight parts of the circle. */
    private String directed() {
        List<List<Unit>> parts = Stream.generate(() -> (List<Unit>) new ArrayList<Unit>()).limit(PARTS).toList();
        int found = 0;
        for (int unit = 0; unit < tuned.units().size(); unit++) {
            TuningCurve curve = tuned.curve(unit).orElseThrow();
            Optional<ChannelScan> scan = scans.channel(network, tuned.units().get(unit));
            if (curve.isDirected() && (scan.isEmpty() || curve.highest() > LEVEL * scan.get().quantileOfPositions(STRONG))) {
                parts.get((int) Math.round(curve.peak() * PARTS / curve.period()) % PARTS).add(tuned.units().get(unit));
                found++;
            }
        }
        double part = tuned.circle().map(sweep -> (sweep.parameter().greatest() - sweep.parameter().least()) / PARTS).orElse(0.0);
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%d of %d units prefer one direction (resultant above 0.3, echo below"
                + " 0.5; where there is a scan, highest above %s of what 99 %% of positions reach):%n", found,
                tuned.units().size(), Setting.text(LEVEL)));
        for (int i = 0; i < PARTS; i++) {
            text.append(String.format(Locale.ROOT, "  about %5s°: %s%n", Setting.text(i * part), parts.get(i).isEmpty() ? "none"
                    : parts.get(i).stream().map(Unit::toString).collect(Collectors.joining(" "))));
        }
        return text.toString();
    }

    private String line(int index, int width) {
        Unit unit = tuned.units().get(index);
        Tuned.Best best = tuned.best(index);
        Optional<ChannelScan> scan = scans.channel(network, unit);
        String at = tuned.sweeps().stream().map(sweep -> sweep.parameter().name() + "="
                + Setting.text(best.setting().of(sweep.parameter().name()))).collect(Collectors.joining(" "));
        return String.format(Locale.ROOT, "%-" + width + "s  %9.4g  %8s%s  %s%n", unit, best.answer(),
                scan.map(found -> String.format(Locale.ROOT, "> %.1f %%", 100 * found.rank(best.answer()))).orElse("-"),
                tuned.curve(index).map(curve -> numbers(curve, scan)).orElse(""), at);
    }

    private static String numbers(TuningCurve curve, Optional<ChannelScan> scan) {
        return String.format(Locale.ROOT, "  %6s  %6s  %6s  %7s  %5s  %6s  %6s", angle(curve.peak(), curve), angle(curve.mean(), curve),
                degrees(curve.width()), share(curve.resultant()), share(curve.echo()),
                percent(curve.above(0)), scan.map(found -> percent(curve.above(found.quantileOfPositions(STRONG)))).orElse("-"));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    /** Rounded, an angle may have come once around. */
    private static String angle(double angle, TuningCurve curve) {
        return degrees(Math.rint(10 * angle) / 10 % curve.period());
    }

    private static String degrees(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }
}
