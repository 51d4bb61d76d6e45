package org.loupe.core.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.page.Sheet;

/**
 * What the units of a family answer while each other's examples turn.
 *
 * @param units     the family: channels of one layer
 * @param step      degrees from one answer to the next; the pictures turn from right towards down
 * @param examples  for each unit, how many of its examples were turned
 * @param thresholds of each unit, the answer above which it fires: what a share of the pictures do not exceed anywhere; NaN where
 *                  the work was stopped before it was known
 * @param answers   of shape (unit whose examples turned, unit that answered, angle, 1): the mean over the examples; NaN where
 *                  there was none
 * @param isPartial whether the work was stopped
 */
public record JointlyTuned(List<Unit> units, int step, int[] examples, double[] thresholds, Batch answers,
        boolean isPartial) implements Result {

    private static final String ANSWERS = "answers.npy";
    private static final String UNITS = "units.tsv";

    public JointlyTuned {
        units = List.copyOf(units);
        if (answers.images() != units.size() || answers.channels() != units.size() || answers.rows() != 360 / step
                || answers.columns() != 1 || examples.length != units.size()
                || thresholds.length != units.size()) {
            throw new IllegalArgumentException("Answers of shape " + answers + " do not fit " + units.size() + " units");
        }
    }

    /** How a unit answers while the examples of another one, or its own, turn; 0 degrees is how they are in the set. */
    public TuningCurve curve(int examplesOf, int unit) {
        double[] values = new double[answers.rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = answers.at(examplesOf, unit, i, 0);
        }
        return new TuningCurve(360, 0, values);
    }

    /** Share of the angles at which a unit fires, from 0 to 1; NaN where nothing was turned. */
    public double firing(int examplesOf, int unit) {
        TuningCurve curve = curve(examplesOf, unit);
        return !curve.isWhole() || Double.isNaN(thresholds[unit]) ? Double.NaN
                : curve.above(thresholds[unit]);
    }

    /** How the units share the circle while the examples of one of them turn; nothing where there were none, or there is one unit. */
    Optional<JointCoverage> coverage(int examplesOf) {
        List<TuningCurve> curves = IntStream.range(0, units.size()).mapToObj(unit -> curve(examplesOf, unit)).toList();
        return units.size() < 2 || curves.stream().noneMatch(curve -> curve.highest() > 0) ? Optional.empty()
                : Optional.of(JointCoverage.of(curves));
    }

    @Override
    public String text() {
        return JointlyTunedText.text(this);
    }

    @Override
    public List<Sheet> sheets() {
        return TuningFigures.of(this);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        files.write(ANSWERS, Npy.write(answers));
        StringBuilder text = new StringBuilder("step\t" + step + "\tpartial\t" + isPartial + "\n");
        for (int unit = 0; unit < units.size(); unit++) {
            text.append(units.get(unit)).append('\t').append(examples[unit]).append('\t').append(thresholds[unit])
                    .append('\n');
        }
        files.write(UNITS, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static JointlyTuned load(ResultFiles files) throws IOException {
        try {
            String[] lines = new String(files.read(UNITS), StandardCharsets.UTF_8).split("\n");
            String[] first = lines[0].split("\t");
            List<Unit> units = new ArrayList<>();
            int[] examples = new int[lines.length - 1];
            double[] thresholds = new double[examples.length];
            for (int i = 0; i < examples.length; i++) {
                String[] cells = lines[i + 1].split("\t");
                units.add(Unit.parse(cells[0]));
                examples[i] = Integer.parseInt(cells[1]);
                thresholds[i] = Double.parseDouble(cells[2]);
            }
            return new JointlyTuned(units, Integer.parseInt(first[1]), examples, thresholds, Npy.read(files.read(ANSWERS)),
                    Boolean.parseBoolean(first[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(UNITS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JointlyTuned that && units.equals(that.units) && step == that.step
                && Arrays.equals(examples, that.examples) && Arrays.equals(thresholds, that.thresholds) && answers.equals(that.answers) && isPartial == that.isPartial;
    }

    @Override
    public int hashCode() {
        return 31 * units.hashCode() + answers.hashCode();
    }
}
