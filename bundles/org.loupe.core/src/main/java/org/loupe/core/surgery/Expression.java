package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;

/**
 * What a person writes in the place of a unit: a formula over the layers below, the picture, and what was there before, which
 * becomes operations of the network. {@link ExpressionText} reads it.
 */
sealed interface Expression {

    /** A number, at all positions. */
    record Constant(double value) implements Expression {
    }

    /** What was there before. */
    record Itself() implements Expression {
    }

    /**
     * A channel through a kernel (a correlation). The kernel's corner for row {@code r} and column {@code c} lies at
     * {@code (r * rowStep + top, c * columnStep + left)}.
     *
     * @param source  an output of the network
     * @param named   as it was written
     * @param stepped whether the result is as large as the unit, instead of as large as what is read
     */
    record Read(String source, String named, int channel, Taps taps, boolean stepped) implements Expression {
    }

    /** A kernel and where it lies. */
    record Taps(double[][] kernel, int rowStep, int columnStep, int top, int left) {
        static final Taps ONE = centred(new double[][] {{1}});

        static Taps centred(double[][] kernel) {
            return new Taps(kernel, 1, 1, -((kernel.length - 1) / 2), -((kernel[0].length - 1) / 2));
        }

        private String geometry() {
            return kernel.length + "x" + kernel[0].length + " " + rowStep + " " + columnStep + " " + top + " " + left;
        }
    }

    /** Two expressions with a sign between. */
    record Pair(Expression left, Sign sign, Expression right) implements Expression {
    }

    /** A function of one expression. */
    record Applied(Function function, Expression of) implements Expression {
    }

    /** A pooling. */
    record Pooled(Expression of, boolean largest, int size, int step) implements Expression {
    }

    /** A detector with values for some of its parameters. */
    record Detected(Detector detector, String values) implements Expression {
    }

    /** The functions that have a name. */
    enum Function {
        RELU(null), SIGMOID(new Nonlinearity.Sigmoid()), TANH(new Nonlinearity.Tanh()), ABS(new Nonlinearity.Magnitude()),
        EXP(new Nonlinearity.Exponential()), SQRT(new Nonlinearity.Power(0.5f)), SQUARE(new Nonlinearity.Power(2));

        private final Nonlinearity form;

        Function(Nonlinearity form) {
            this.form = form;
        }

        double at(double value) {
            return form == null ? Math.max(value, 0) : form.at(value);
        }
    }

    /** A multiple of what was there before, and a number. */
    record Line(double factor, double more) {
    }

    /** Whether an expression reads an output by name. */
    static boolean reads(Expression expression, String output) {
        return expression instanceof Read read && read.source.equals(output)
                || expression instanceof Pair pair && (reads(pair.left, output) || reads(pair.right, output))
                || expression instanceof Applied applied && reads(applied.of, output)
                || expression instanceof Pooled pooled && reads(pooled.of, output);
    }

    /** As a multiple of what was there before and a number; {@code null} where it is more than that. */
    static Line line(Expression expression) {
        if (expression instanceof Constant constant) {
            return new Line(0, constant.value);
        }
        if (expression instanceof Itself) {
            return new Line(1, 0);
        }
        if (expression instanceof Applied applied) {
            Line of = line(applied.of);
            return of != null && of.factor == 0 ? new Line(0, applied.function.at(of.more)) : null;
        }
        if (expression instanceof Pair pair) {
            Line left = line(pair.left);
            Line right = line(pair.right);
            return left == null || right == null ? null : line(left, pair.sign, right);
        }
        return null;
    }

    private static Line line(Line left, Sign sign, Line right) {
        boolean numbers = left.factor == 0 && right.factor == 0;
        return switch (sign) {
            case PLUS -> new Line(left.factor + right.factor, left.more + right.more);
            case MINUS -> new Line(left.factor - right.factor, left.more - right.more);
            case TIMES -> left.factor == 0 ? new Line(left.more * right.factor, left.more * right.more)
                    : right.factor == 0 ? new Line(right.more * left.factor, right.more * left.more) : null;
            case OVER -> right.factor == 0 ? new Line(left.factor / right.more, left.more / right.more) : null;
            case MAXIMUM -> numbers ? new Line(0, Math.max(left.more, right.more)) : null;
            case MINIMUM -> numbers ? new Line(0, Math.min(left.more, right.more)) : null;
        };
    }

    /**
     * Adds the operations that compute an expression.
     *
     * @param itself the output that has what was there before, one channel
     * @return the output that has the value
     */
    static String draw(Expression expression, Draft draft, String itself) {
        Sum sum = new Sum();
        add(sum, 1, expression);
        List<String> parts = new ArrayList<>();
        double constant = sum.constant;
        for (List<Sum.Term> group : sum.reads.values()) {
            parts.add(convolution(group, draft, constant));
            constant = 0;
        }
        for (Sum.Term term : sum.others) {
            String value = value(term.expression, draft, itself);
            boolean plain = term.factor == 1 && constant == 0;
            parts.add(plain ? value : draft.scaled(value, term.factor, constant));
            constant = 0;
        }
        if (parts.isEmpty()) {
            return draft.scaled(itself, 0, constant);
        }
        String all = parts.get(0);
        for (String part : parts.subList(1, parts.size())) {
            all = combined(draft, all, Sign.PLUS, part);
        }
        return all;
    }

    /** What is added up, with what it is multiplied by; kernels that lie in the same way over one output make one convolution. */
    final class Sum {
        private record Term(double factor, Expression expression) {
        }

        private final Map<String, List<Term>> reads = new LinkedHashMap<>();
        private final List<Term> others = new ArrayList<>();
        private double constant;
    }

    private static void add(Sum sum, double factor, Expression expression) {
        Line line = line(expression);
        if (line != null && line.factor == 0) {
            sum.constant += factor * line.more;
        } else if (expression instanceof Pair pair && (pair.sign == Sign.PLUS || pair.sign == Sign.MINUS)) {
            add(sum, factor, pair.left);
            add(sum, pair.sign == Sign.PLUS ? factor : -factor, pair.right);
        } else if (expression instanceof Pair pair && pair.sign == Sign.TIMES && number(pair.left) != null) {
            add(sum, factor * number(pair.left), pair.right);
        } else if (expression instanceof Pair pair && (pair.sign == Sign.TIMES || pair.sign == Sign.OVER)
                && number(pair.right) != null) {
            add(sum, pair.sign == Sign.TIMES ? factor * number(pair.right) : factor / number(pair.right), pair.left);
        } else if (expression instanceof Read read) {
            sum.reads.computeIfAbsent(read.source + " " + read.taps.geometry() + read.stepped, key -> new ArrayList<>())
                    .add(new Sum.Term(factor, read));
        } else {
            sum.others.add(new Sum.Term(factor, expression));
        }
    }

    private static Double number(Expression expression) {
        Line line = line(expression);
        return line != null && line.factor == 0 ? line.more : null;
    }

    private static String value(Expression expression, Draft draft, String itself) {
        if (expression instanceof Itself) {
            return itself;
        }
        if (expression instanceof Applied applied) {
            String of = draw(applied.of, draft, itself);
            return applied.function.form == null ? draft.relu(of) : draft.apply(applied.function.form, of);
        }
        if (expression instanceof Pooled pooled) {
            String of = draw(pooled.of, draft, itself);
            Window window = Window.square(pooled.size, pooled.step, (pooled.size - 1) / 2);
            String name = draft.unused("pool");
            return draft.add(pooled.largest ? new MaxPool(name, of, window) : new AveragePool(name, of, window));
        }
        if (expression instanceof Detected detected) {
            Shape input = draft.network().input().shape();
            List<Parameter> parameters = detected.detector.parameters(Math.min(input.rows(), input.columns()));
            return detected.detector.draw(Setting.parse(detected.values, parameters), draft);
        }
        if (expression instanceof Pair pair) {
            return combined(draft, draw(pair.left, draft, itself), pair.sign, draw(pair.right, draft, itself));
        }
        return draw(expression, draft, itself);
    }

    private static String combined(Draft draft, String left, Sign sign, String right) {
        Shape one = draft.shape(left);
        Shape other = draft.shape(right);
        if (one.rows() != other.rows() || one.columns() != other.columns()) {
            throw new IllegalArgumentException("Maps of " + one.rows() + "x" + one.columns() + " and " + other.rows() + "x"
                    + other.columns() + " cannot be put together. Make them of one size, with maxpool(…, 3, 2), meanpool(…, 3, 2)"
                    + " or a kernel with a step, such as mixed3b:4[1 2 1 step 2 2 from 0 -1].");
        }
        return draft.combined(left, sign, right);
    }

    private static String convolution(List<Sum.Term> group, Draft draft, double constant) {
        Read first = (Read) group.get(0).expression;
        Taps taps = first.taps;
        int rows = taps.kernel.length;
        int columns = taps.kernel[0].length;
        Shape input = draft.shape(first.source);
        float[] weights = new float[input.channels() * rows * columns];
        for (Sum.Term term : group) {
            Read read = (Read) term.expression;
            if (read.channel >= input.channels()) {
                throw new IllegalArgumentException("There is no " + read.named + "; there are the channels 0 to "
                        + (input.channels() - 1) + ".");
            }
            for (int i = 0; i < rows * columns; i++) {
                weights[read.channel * rows * columns + i] += (float) (term.factor * read.taps.kernel[i / columns][i % columns]);
            }
        }
        Shape size = first.stepped ? draft.shape() : input;
        return slid(draft, first.source, new Weights(new int[] {1, input.channels(), rows, columns}, weights),
                Weights.vector((float) constant), taps, size);
    }

    /** A convolution whose kernel lies where the taps say, and whose result has a given size; outside are zeros. */
    static String slid(Draft draft, String source, Weights weights, Weights bias, Taps taps, Shape size) {
        Shape input = draft.shape(source);
        int[] rows = margins(weights.shape()[2], taps.rowStep, taps.top, size.rows(), input.rows());
        int[] columns = margins(weights.shape()[3], taps.columnStep, taps.left, size.columns(), input.columns());
        String cut = source;
        if (Stream.of(rows[0], rows[1], columns[0], columns[1]).anyMatch(margin -> margin < 0)) {
            cut = draft.add(new Crop(draft.unused("crop"), source, Math.max(0, -rows[0]), Math.max(0, -columns[0]),
                    Math.max(0, -rows[1]), Math.max(0, -columns[1]), 1, 1));
        }
        return draft.convolution(cut, weights, bias, new Window(weights.shape()[2], weights.shape()[3], taps.rowStep,
                taps.columnStep, Math.max(0, rows[0]), Math.max(0, columns[0]), Math.max(0, rows[1]),
                Math.max(0, columns[1]), 1, 1));
    }

    /** How much is to be added before and behind an axis; below zero, to be cut away. */
    private static int[] margins(int kernel, int step, int first, int results, int size) {
        int behind = (results - 1) * step + first + kernel - size;
        if (first >= size || behind > size + kernel || -first >= size + kernel) {
            throw new IllegalArgumentException("A kernel of " + kernel + " in steps of " + step + " from " + first
                    + " strays from a map of " + size + ".");
        }
        return new int[] {-first, behind};
    }
}
