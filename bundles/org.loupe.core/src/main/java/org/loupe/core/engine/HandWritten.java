package org.loupe.core.engine;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.network.Tap;

/**
 * A unit that a person wrote instead of training it: channels of other layers through kernels, summed up, with a bias
 * and a nonlinearity, as in the curve detectors of Cammarata et al. 2021. All edited channels get the same map.
 *
 * @param function nonlinearity
 * @param bias     is added to the sum
 * @param terms    what is summed up
 */
public record HandWritten(Function function, double bias, List<Term> terms) implements Edit.Substitute, EditFunction {

    /** What is applied to the sum. */
    public enum Function {
        /** Nothing. */
        LINEAR,
        /** {@code max(x, 0)}. */
        RELU,
        /** {@code 1 / (1 + exp(-x))}. */
        SIGMOID,
        /** {@code tanh(x)}. */
        TANH;

        private double at(double x) {
            return switch (this) {
                case LINEAR -> x;
                case RELU -> Math.max(x, 0);
                case SIGMOID -> 1 / (1 + Math.exp(-x));
                case TANH -> Math.tanh(x);
            };
        }

        /** The derivative, told from the value. */
        private double slope(double value) {
            return switch (this) {
                case LINEAR -> 1;
                case RELU -> value > 0 ? 1 : 0;
                case SIGMOID -> value * (1 - value);
                case TANH -> 1 - value * value;
            };
        }
    }

    /**
     * One channel of another layer, through a kernel (a correlation, as in all of the field). The kernel's corner for
     * the map's position {@code (row, column)} lies at {@code (row * rowStep + top, column * columnStep + left)};
     * outside the other map are zeros.
     *
     * @param kernel rows of weights, all of one length
     */
    public record Term(Tap tap, int channel, List<List<Double>> kernel, int rowStep, int columnStep, int top, int left) {

        public Term {
            kernel = kernel.stream().map(List::copyOf).toList();
            if (channel < 0 || rowStep < 1 || columnStep < 1 || kernel.isEmpty() || kernel.get(0).isEmpty()
                    || kernel.stream().mapToInt(List::size).distinct().count() > 1
                    || !kernel.stream().flatMap(List::stream).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("No kernel on " + tap + ":" + channel + " is " + kernel + ", with steps of "
                        + rowStep + " and " + columnStep);
            }
        }

        /** A kernel that lies around the position, on a map of the same size; of an even number the later half is longer. */
        public Term(Tap tap, int channel, List<List<Double>> kernel) {
            this(tap, channel, kernel, 1, 1, -((kernel.size() - 1) / 2), -((kernel.get(0).size() - 1) / 2));
        }

        private boolean centred() {
            return rowStep == 1 && columnStep == 1 && top == -((kernel.size() - 1) / 2)
                    && left == -((kernel.get(0).size() - 1) / 2);
        }

        /** Such as {@code mixed3b:12[0 1 0; 1 2 1; 0 1 0]} or {@code mixed3b:12[1 2; 3 4 step 2 2 from -1 -1]}. */
        @Override
        public String toString() {
            return tap + ":" + channel + kernel.stream().map(row -> row.stream().map(EditText::number)
                    .collect(Collectors.joining(" "))).collect(Collectors.joining("; ", "[", ""))
                    + (centred() ? "]" : " step " + rowStep + " " + columnStep + " from " + top + " " + left + "]");
        }
    }

    private interface Meeting {
        void at(int position, int other, double weight);
    }

    public HandWritten {
        Objects.requireNonNull(function);
        terms = List.copyOf(terms);
        if (!Double.isFinite(bias)) {
            throw new IllegalArgumentException("A hand-written unit cannot have the bias " + bias);
        }
    }

    @Override
    public Set<Tap> taps() {
        return terms.stream().map(Term::tap).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void compute(int image, Readings read, Batch result) {
        double[] map = map(read, result);
        for (int channel = 0; channel < result.channels(); channel++) {
            for (int i = 0; i < map.length; i++) {
                result.values()[result.offset(0, channel) + i] = (float) map[i];
            }
        }
    }

    @Override
    public void chain(int image, Readings read, Batch slope, Readings slopes) {
        double[] map = map(read, slope);
        double[] inner = new double[map.length];
        for (int i = 0; i < map.length; i++) {
            for (int channel = 0; channel < slope.channels(); channel++) {
                inner[i] += slope.values()[slope.offset(0, channel) + i];
            }
            inner[i] *= function.slope(map[i]);
        }
        for (Term term : terms) {
            Batch into = slopes.at(term.tap());
            meet(term, into, slope, (position, other, weight) -> into.values()[other] += (float) (weight * inner[position]));
        }
    }

    private double[] map(Readings read, Batch like) {
        double[] sums = new double[like.area()];
        for (Term term : terms) {
            Batch from = read.at(term.tap());
            meet(term, from, like, (position, other, weight) -> sums[position] += weight * from.values()[other]);
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = function.at(bias + sums[i]);
        }
        return sums;
    }

    /** Visits each position of the map with each index in the other batch that a weight of the kernel brings to it. */
    private static void meet(Term term, Batch from, Batch like, Meeting meeting) {
        require(term, from, like);
        for (int i = 0; i < term.kernel.size(); i++) {
            for (int j = 0; j < term.kernel.get(i).size(); j++) {
                double weight = term.kernel.get(i).get(j);
                for (int position = 0; position < like.area(); position++) {
                    int row = position / like.columns() * term.rowStep + term.top + i;
                    int column = position % like.columns() * term.columnStep + term.left + j;
                    if (row >= 0 && row < from.rows() && column >= 0 && column < from.columns()) {
                        meeting.at(position, from.index(0, term.channel, row, column), weight);
                    }
                }
            }
        }
    }

    private static void require(Term term, Batch from, Batch like) {
        if (term.channel >= from.channels()) {
            throw new IllegalArgumentException("The hand-written unit reads channel " + term.channel + " of " + term.tap
                    + ", which has the channels 0 to " + (from.channels() - 1));
        }
        if (strays(like.rows(), term.rowStep, term.top, term.kernel.size(), from.rows())
                || strays(like.columns(), term.columnStep, term.left, term.kernel.get(0).size(), from.columns())) {
            throw new IllegalArgumentException("The kernel of a hand-written unit with " + like.rows() + " rows and "
                    + like.columns() + " columns strays from the map of " + term.tap + ", which has " + from.rows() + " and "
                    + from.columns() + "; give it the step " + Math.max(1, from.rows() / like.rows()) + " "
                    + Math.max(1, from.columns() / like.columns()));
        }
    }

    /** Whether the kernel at the last position lies outside, or far from the other end. */
    private static boolean strays(int size, int step, int first, int length, int other) {
        int last = (size - 1) * step + first;
        return last >= other || last + length + step + length < other;
    }

    /** Such as {@code relu(-0.5 + mixed3b:12[0 1 0; 1 2 1; 0 1 0])}. */
    @Override
    public String toString() {
        return function.name().toLowerCase(Locale.ROOT) + "(" + EditText.number(bias)
                + terms.stream().map(term -> " + " + term).collect(Collectors.joining()) + ")";
    }
}
