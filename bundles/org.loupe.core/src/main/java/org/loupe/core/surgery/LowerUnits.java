package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.stimulus.Line;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;

/**
 * The units of a layer that a detector is written over: what each answers lines of all orientations, and how its map lies
 * under that of the unit that is written.
 *
 * @param layer   their layer
 * @param rows    how rows lie
 * @param columns how columns lie
 * @param pixels  from one position of their map to the next, in pixels of the picture
 * @param dark    what each unit answers a dark line of each orientation, in steps of {@link #STEP}
 * @param light   the same for light lines
 */
public record LowerUnits(String layer, Place rows, Place columns, double pixels, double[][] dark, double[][] light) {

    /** Degrees from one orientation of a line to the next; they run from horizontal, clockwise. */
    public static final double STEP = 15;

    private static final int MOST = 16;
    private static final double LEAST = .02;

    /**
     * Where the lower map's positions lie for those of the upper one, along an axis: position {@code r} of the upper map looks
     * where {@code r * step + first + rest} of the lower one does.
     *
     * @param rest from -1/2 to 1/2
     */
    public record Place(int step, int first, double rest) {
    }

    /** The lines that the units are to be shown: all orientations in dark, then in light. */
    public static List<Stimulus> lines(int side, double width) {
        List<Parameter> parameters = Stimulus.parameters(new Line(), side);
        List<Stimulus> lines = new ArrayList<>();
        for (boolean isDark : new boolean[] {true, false}) {
            for (double angle = 0; angle < 180; angle += STEP) {
                Setting setting = Setting.standard(parameters).with(Setting.named("orientation", parameters), angle)
                        .with(Setting.named("ink", parameters), isDark ? .25 : .65)
                        .with(Setting.named("ground", parameters), isDark ? .65 : .25);
                lines.add(new Stimulus(new Line(), width > 0 ? setting.with(Setting.named("width", parameters), width) : setting));
            }
        }
        return lines;
    }

    /**
     * Takes in what they answer.
     *
     * @param place   what is written
     * @param answers to {@link #lines}, of shape (behind the nonlinearity and before it, unit, line, 1)
     * @throws IllegalArgumentException when the maps do not lie over each other in whole steps
     */
    public static LowerUnits of(Network network, Tap place, String layer, Batch answers) {
        Draft upper = new Draft(network, place, "");
        Draft lower = new Draft(network, Tap.after(layer), "");
        int angles = answers.rows() / 2;
        double[][] dark = new double[answers.channels()][angles];
        double[][] light = new double[answers.channels()][angles];
        for (int unit = 0; unit < dark.length; unit++) {
            for (int angle = 0; angle < angles; angle++) {
                dark[unit][angle] = Math.max(0, answers.values()[answers.offset(0, unit) + angle]);
                light[unit][angle] = Math.max(0, answers.values()[answers.offset(0, unit) + angles + angle]);
            }
        }
        return new LowerUnits(layer, place(upper.rows(), lower.rows(), layer), place(upper.columns(), lower.columns(), layer),
                lower.rows().step(), dark, light);
    }

    private static Place place(Draft.Axis upper, Draft.Axis lower, String layer) {
        double step = lower.step() == 0 ? 0 : upper.step() / lower.step();
        if (!(step >= 1) || Math.abs(step - Math.rint(step)) > 1e-6) {
            throw new IllegalArgumentException("Nothing can be written over the units of " + layer + ": they look " + lower.step()
                    + " pixels further from one position to the next, and what is written " + upper.step() + ".");
        }
        double first = (upper.first() - lower.first()) / lower.step();
        return new Place((int) Math.rint(step), (int) Math.rint(first), first - Math.rint(first));
    }

    /** For each unit, how much it prefers each orientation to the others, in units of its own answers: their mean is 0. */
    double[][] preferences(double ofDark, double ofLight) {
        double[][] preferences = new double[dark.length][];
        for (int unit = 0; unit < dark.length; unit++) {
            double[] answers = new double[dark[unit].length];
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < answers.length; i++) {
                answers[i] = ofDark * dark[unit][i] + ofLight * light[unit][i];
                sum += answers[i];
                squares += answers[i] * answers[i];
            }
            for (int i = 0; i < answers.length; i++) {
                answers[i] = squares == 0 ? 0 : (answers[i] - sum / answers.length) / Math.sqrt(squares / answers.length);
            }
            preferences[unit] = answers;
        }
        return preferences;
    }

    /** The units with the most pronounced preferences. */
    List<Integer> mostSelective(double[][] preferences) {
        return IntStream.range(0, preferences.length).boxed().sorted(Comparator.comparingDouble((Integer unit) -> {
            double squares = 0;
            for (double preference : preferences[unit]) {
                squares += preference * preference;
            }
            return -squares;
        })).limit(MOST).sorted().toList();
    }

    /** An expression for kernels over some of the units, leaving out what hardly counts. */
    String written(List<Integer> units, float[] weights, int size, int top, int left) {
        double peak = 0;
        for (float weight : weights) {
            peak = Math.max(peak, Math.abs(weight));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < units.size(); i++) {
            StringBuilder kernel = new StringBuilder();
            boolean isThere = false;
            for (int cell = 0; cell < size * size; cell++) {
                double weight = peak == 0 ? 0 : weights[i * size * size + cell] / peak;
                boolean counts = Math.abs(weight) >= LEAST;
                isThere |= counts;
                kernel.append(cell == 0 ? "" : cell % size == 0 ? "; " : " ")
                        .append(counts ? String.format(Locale.ROOT, "%.2f", weight) : "0");
            }
            if (isThere) {
                text.append(text.isEmpty() ? "" : " + ").append(layer).append(':').append(units.get(i)).append('[').append(kernel)
                        .append(" step ").append(rows.step).append(' ').append(columns.step).append(" from ").append(top).append(' ')
                        .append(left).append(']');
            }
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("No unit of " + layer + " prefers lines of one orientation to others, so nothing can be"
                    + " written over them.");
        }
        return text.toString();
    }
}
