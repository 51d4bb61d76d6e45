package org.loupe.core.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.loupe.core.Draws;

/**
 * Whether a circuit is what makes its target behave as it does, on pictures that excite the target. Behaviour is the sum that
 * goes into the target's nonlinearity where it is largest (for a class, its score), beyond what is left when everything that
 * the target reads is replaced by the stand-in.
 *
 * @param by           how the edges were found
 * @param against      what cut edges carry
 * @param pictures     how many different pictures
 * @param whole        the target's mean sum
 * @param none         the same with everything replaced that the target reads
 * @param faithfulness the share of the behaviour that the circuit alone keeps, everything else replaced
 * @param necessity    the share that is lost when the circuit's edges into the target are cut, then those one connection
 *                     further down, and so on
 * @param controls     the faithfulness of circuits of the same shape with random units instead
 * @param lossControls the share that is lost when their edges into the target are cut
 * @param passes       how many passes the search has taken
 * @param remarks      whole sentences
 */
public record CircuitEvaluation(ProposeCircuit.By by, ProposeCircuit.Against against, int pictures, double whole, double none,
        Share faithfulness, List<Share> necessity, List<Double> controls, List<Double> lossControls, int passes,
        List<String> remarks) {

    private static final double TAIL = .025;

    public CircuitEvaluation {
        necessity = List.copyOf(necessity);
        controls = List.copyOf(controls);
        lossControls = List.copyOf(lossControls);
        remarks = List.copyOf(remarks);
    }

    /**
     * A share of the behaviour; with its interval, of which 95 of 100 resamples of the pictures and of their stand-ins are.
     *
     * @param value 1 for all of it; above 1, or below 0, where something that inhibits is left out, or in
     */
    public record Share(double value, double low, double high) {

        /**
         * The share that the mean of some answers has between those of two others.
         *
         * @param answers  one for each case, as the others; cases of the same picture are {@code pictures} apart
         * @param pictures how many different ones there are
         */
        static Share of(double[] answers, double[] none, double[] whole, int pictures, int resamples, Draws draws) {
            double[] shares = new double[resamples];
            int[] weights = new int[answers.length];
            for (int resample = 0; resample < resamples; resample++) {
                resample(weights, pictures, draws);
                shares[resample] = share(answers, none, whole, weights);
            }
            Arrays.sort(shares);
            Arrays.fill(weights, 1);
            int low = (int) Math.floor(TAIL * (resamples - 1));
            return new Share(share(answers, none, whole, weights), shares[low], shares[resamples - 1 - low]);
        }

        /**
         * Draws pictures, and of each as many stand-ins as it has, both with replacement: what other pictures and another
         * seed might have been.
         *
         * @param weights  is overwritten: how often each case was drawn; cases of the same picture are {@code pictures} apart
         * @param pictures how many different ones there are
         */
        static void resample(int[] weights, int pictures, Draws draws) {
            Arrays.fill(weights, 0);
            int standIns = weights.length / pictures;
            for (int i = 0; i < pictures; i++) {
                int picture = draws.below(pictures);
                for (int j = 0; j < standIns; j++) {
                    weights[draws.below(standIns) * pictures + picture]++;
                }
            }
        }

        private static double share(double[] answers, double[] none, double[] whole, int[] weights) {
            double part = 0;
            double all = 0;
            for (int i = 0; i < answers.length; i++) {
                part += weights[i] * (answers[i] - none[i]);
                all += weights[i] * (whole[i] - none[i]);
            }
            return part / all;
        }

        Share complement() {
            return new Share(1 - value, 1 - high, 1 - low);
        }

        /** Such as {@code 93 % [88, 97]}. */
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f %% [%.0f, %.0f]", 100 * value, 100 * low, 100 * high);
        }
    }

    /** What a person reads: lines with their line breaks. */
    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "Found by %s against %s, on the %d pictures that excite the target most, in %,d passes.", word(by),
                against == ProposeCircuit.Against.MATCHED ? "matched pictures" : word(against), pictures, passes);
        line(text, "The target's sum is %.3g there, and %.3g with all that it reads replaced.", whole, none);
        line(text, "Faithfulness: the circuit alone keeps %s of the difference%s.", faithfulness, told(controls));
        for (int depth = 0; depth < necessity.size(); depth++) {
            line(text, "Necessity: without its edges %s, %s of it is lost%s.", depth == 0 ? "into the target"
                    : depth + (depth == 1 ? " connection" : " connections") + " further down", necessity.get(depth),
                    depth == 0 ? told(lossControls) : "");
        }
        remarks.forEach(remark -> line(text, "%s", remark));
        return text.toString();
    }

    private static String told(List<Double> controls) {
        return controls.isEmpty() ? "" : String.format(Locale.ROOT, "; %d circuits of its shape with random units: %.0f %% on"
                + " average, at most %.0f %%", controls.size(), 100 * mean(controls), 100 * most(controls));
    }

    /** The mean of some numbers; NaN of none. */
    static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).average().orElse(Double.NaN);
    }

    /** The largest of some numbers; NaN of none. */
    static double most(List<Double> numbers) {
        return numbers.stream().mapToDouble(number -> number).max().orElse(Double.NaN);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /** As rows of a table, each beginning with the same word. */
    String rows(String word) {
        StringBuilder rows = new StringBuilder();
        row(rows, word, "found", by, against, pictures, whole, none, passes);
        row(rows, word, "faithfulness", faithfulness.value(), faithfulness.low(), faithfulness.high());
        necessity.forEach(share -> row(rows, word, "necessity", share.value(), share.low(), share.high()));
        controls.forEach(share -> row(rows, word, "control", share));
        lossControls.forEach(share -> row(rows, word, "loss-control", share));
        remarks.forEach(remark -> row(rows, word, "remark", remark));
        return rows.toString();
    }

    private static void row(StringBuilder rows, Object... cells) {
        StringJoiner row = new StringJoiner("\t", "", "\n");
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.append(row);
    }

    /** Reads {@link #rows} back. */
    static CircuitEvaluation read(List<String[]> rows) {
        String[] found = rows.stream().filter(row -> row[1].equals("found")).findFirst().orElseThrow(
                () -> new IllegalArgumentException("nothing says how the circuit was found"));
        return new CircuitEvaluation(ProposeCircuit.By.valueOf(found[2]), ProposeCircuit.Against.valueOf(found[3]),
                Integer.parseInt(found[4]), Double.parseDouble(found[5]), Double.parseDouble(found[6]),
                shares(rows, "faithfulness").get(0), shares(rows, "necessity"), numbers(rows, "control"),
                numbers(rows, "loss-control"), Integer.parseInt(found[7]),
                rows.stream().filter(row -> row[1].equals("remark")).map(row -> row[2]).toList());
    }

    private static List<Share> shares(List<String[]> rows, String kind) {
        return rows.stream().filter(row -> row[1].equals(kind)).map(row -> new Share(Double.parseDouble(row[2]),
                Double.parseDouble(row[3]), Double.parseDouble(row[4]))).toList();
    }

    private static List<Double> numbers(List<String[]> rows, String kind) {
        return rows.stream().filter(row -> row[1].equals(kind)).map(row -> Double.valueOf(row[2])).toList();
    }
}
