package org.loupe.core.tuning;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.page.Sheet;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;

/**
 * What units answer to stimuli of one family.
 *
 * @param stimulus  short name of the family
 * @param setting   what was not varied
 * @param sweeps    what was varied: one or two parameters
 * @param units     whose answers were read; of a whole channel, at the middle of its map
 * @param answers   of shape (2, unit, first sweep, second sweep): what comes out of the layer's nonlinearity, then what goes
 *                  into it; NaN where nothing was measured; the last length is 1 for a single sweep
 * @param isPartial whether the work was stopped
 */
public record Tuned(String stimulus, Setting setting, List<Sweep> sweeps, List<Unit> units, Batch answers,
        boolean isPartial) implements Result {

    public Tuned {
        sweeps = List.copyOf(sweeps);
        units = List.copyOf(units);
        int second = sweeps.size() == 2 ? sweeps.get(1).values().size() : 1;
        if (sweeps.isEmpty() || sweeps.size() > 2 || answers.images() != 2 || answers.channels() != units.size()
                || answers.rows() != sweeps.get(0).values().size() || answers.columns() != second) {
            throw new IllegalArgumentException("Answers of shape " + answers + " do not fit " + units.size()
                    + " units and the sweeps " + sweeps);
        }
    }

    /** Which of the sweeps goes round a circle: the first of them, or nothing. */
    public Optional<Sweep> circle() {
        return sweeps.stream().filter(Sweep::isCircle).findFirst();
    }

    /**
     * How a unit is tuned to what turns; of several stimuli at the same angle, the one that excites it most counts.
     *
     * @param unit index in {@link #units}
     * @return nothing where no parameter turned
     */
    public Optional<TuningCurve> curve(int unit) {
        return circle().map(sweep -> {
            boolean first = sweep == sweeps.get(0);
            double[] best = new double[sweep.values().size()];
            for (int i = 0; i < best.length; i++) {
                int others = first ? answers.columns() : answers.rows();
                best[i] = Double.NEGATIVE_INFINITY;
                for (int other = 0; other < others; other++) {
                    // NaN stays.
                    best[i] = Math.max(best[i], first ? answers.at(0, unit, i, other) : answers.at(0, unit, other, i));
                }
            }
            return new TuningCurve(sweep.parameter().greatest() - sweep.parameter().least(), sweep.values().get(0), best);
        });
    }

    /** Which stimulus excites a unit most, of those that were shown, and how much. */
    public Best best(int unit) {
        int best = -1;
        int from = answers.offset(0, unit);
        for (int i = 0; i < answers.area(); i++) {
            float answer = answers.values()[from + i];
            if (!Float.isNaN(answer) && (best < 0 || answer > answers.values()[from + best])) {
                best = i;
            }
        }
        if (best < 0) {
            return new Best(setting, Double.NaN);
        }
        Setting at = setting.with(sweeps.get(0).parameter(), sweeps.get(0).values().get(best / answers.columns()));
        if (sweeps.size() == 2) {
            at = at.with(sweeps.get(1).parameter(), sweeps.get(1).values().get(best % answers.columns()));
        }
        return new Best(at, answers.values()[from + best]);
    }

    /**
     * The stimulus that excites a unit most.
     *
     * @param answer NaN where nothing was measured
     */
    public record Best(Setting setting, double answer) {
    }

    @Override
    public List<Sheet> sheets() {
        return TuningFigures.of(this);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        TunedFiles.save(this, files);
    }
}
