package org.loupe.ui.edits;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.function.IntUnaryOperator;
import org.loupe.core.Unit;

/**
 * A kernel that is being drawn: cells that are painted, and everything can be taken back and done again. A stroke of the
 * mouse is one step. For one thread.
 */
final class KernelDrawing {

    private final int rows;
    private final int columns;
    private final float[] original;
    private final Deque<float[]> before = new ArrayDeque<>();
    private final Deque<float[]> taken = new ArrayDeque<>();
    private float[] values;
    private boolean isStroke;

    /** @param original the weights as they are, row by row */
    KernelDrawing(int rows, int columns, float[] original) {
        if (original.length != rows * columns || original.length == 0) {
            throw new IllegalArgumentException("No kernel has " + rows + " rows, " + columns + " columns and " + original.length
                    + " weights");
        }
        this.rows = rows;
        this.columns = columns;
        this.original = original.clone();
        this.values = original.clone();
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    float at(int row, int column) {
        return values[row * columns + column];
    }

    /** The largest weight, whatever its sign. */
    double peak() {
        return largest(values);
    }

    private static double largest(float[] weights) {
        double peak = 0;
        for (float weight : weights) {
            peak = Math.max(peak, Math.abs(weight));
        }
        return peak;
    }

    double norm() {
        return norm(values);
    }

    double normBefore() {
        return norm(original);
    }

    private static double norm(float[] weights) {
        double sum = 0;
        for (float weight : weights) {
            sum += (double) weight * weight;
        }
        return Math.sqrt(sum);
    }

    double sum() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    boolean isChanged() {
        return !Arrays.equals(values, original);
    }

    /** Begins a step that lasts until {@link #endStroke}. */
    void beginStroke() {
        remember();
        isStroke = true;
    }

    void endStroke() {
        isStroke = false;
        if (!before.isEmpty() && Arrays.equals(before.peek(), values)) {
            before.pop();
        }
    }

    private void remember() {
        before.push(values.clone());
        taken.clear();
    }

    /** Sets one weight; a step of its own where no stroke has begun. */
    void paint(int row, int column, double weight) {
        float rounded = rounded(weight);
        if (at(row, column) != rounded) {
            if (!isStroke) {
                remember();
            }
            values[row * columns + column] = rounded;
        }
    }

    /** To four figures, so that what is written is what is drawn. */
    private static float rounded(double weight) {
        return weight == 0 ? 0 : Float.parseFloat(String.format(Locale.ROOT, "%.4g", weight));
    }

    void clear() {
        become(new float[values.length]);
    }

    void restore() {
        become(original.clone());
    }

    void negate() {
        float[] next = values.clone();
        for (int i = 0; i < next.length; i++) {
            next[i] = next[i] == 0 ? 0 : -next[i];
        }
        become(next);
    }

    /** Left becomes right. */
    void mirror() {
        become(moved(at -> at / columns * columns + columns - 1 - at % columns));
    }

    boolean canTurn() {
        return rows == columns;
    }

    /** A quarter clockwise. */
    void turn() {
        if (canTurn()) {
            become(moved(at -> (rows - 1 - at % columns) * columns + at / columns));
        }
    }

    private float[] moved(IntUnaryOperator from) {
        float[] next = new float[values.length];
        for (int i = 0; i < next.length; i++) {
            next[i] = values[from.applyAsInt(i)];
        }
        return next;
    }

    private void become(float[] next) {
        if (!Arrays.equals(next, values)) {
            remember();
            values = next;
        }
    }

    boolean canUndo() {
        return !before.isEmpty();
    }

    boolean canRedo() {
        return !taken.isEmpty();
    }

    void undo() {
        if (canUndo()) {
            taken.push(values);
            values = before.pop();
        }
    }

    void redo() {
        if (canRedo()) {
            before.push(values);
            values = taken.pop();
        }
    }

    /** The edit that makes a kernel of this, as {@link org.loupe.core.surgery.KernelChange} reads it. */
    String change(Unit from, Unit to) {
        StringBuilder text = new StringBuilder(from + " -> " + to + " = [");
        for (int row = 0; row < rows; row++) {
            text.append(row == 0 ? "" : "; ");
            for (int column = 0; column < columns; column++) {
                float value = at(row, column);
                text.append(column == 0 ? "" : " ").append(value == (int) value ? Integer.toString((int) value)
                        : Float.toString(value));
            }
        }
        return text.append(']').toString();
    }
}
