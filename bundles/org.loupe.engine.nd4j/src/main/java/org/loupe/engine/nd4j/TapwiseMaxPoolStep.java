package org.loupe.engine.nd4j;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The largest value in any window, in plain Java: with oneDNN, ND4J's {@code maxpool2d} ignores dilation, and none
 * takes windows that lie wholly in the padding, whose output is 0.
 */
record TapwiseMaxPoolStep(Window window) implements Step {

    private static final int NONE = -1;

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        float[] values = Memory.read(input);
        int[] winners = winners(input, values);
        float[] largest = new float[winners.length];
        for (int i = 0; i < winners.length; i++) {
            largest[i] = winners[i] == NONE ? 0 : values[winners[i]];
        }
        return memory.of(largest, input.size(0), input.size(1), outputRows(input), outputColumns(input));
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        float[] values = Memory.read(input);
        int[] winners = winners(input, values);
        float[] given = Memory.read(gradient);
        Arrays.fill(values, 0);
        for (int i = 0; i < winners.length; i++) {
            if (winners[i] != NONE) {
                values[winners[i]] += given[i];
            }
        }
        return List.of(memory.of(values, input.shape()));
    }

    private int outputRows(INDArray input) {
        return window.outputRows((int) input.size(2));
    }

    private int outputColumns(INDArray input) {
        return window.outputColumns((int) input.size(3));
    }

    /** For each output, the index of the first largest value of its window. */
    private int[] winners(INDArray input, float[] values) {
        int rows = (int) input.size(2);
        int columns = (int) input.size(3);
        int outputColumns = outputColumns(input);
        int area = outputRows(input) * outputColumns;
        int[] winners = new int[values.length / (rows * columns) * area];
        for (int i = 0; i < winners.length; i++) {
            int top = i % area / outputColumns * window.rowStep() - window.top();
            int left = i % outputColumns * window.columnStep() - window.left();
            winners[i] = winner(values, i / area * rows * columns, rows, columns, top, left);
        }
        return winners;
    }

    private int winner(float[] values, int plane, int rows, int columns, int top, int left) {
        int winner = NONE;
        for (int tap = 0; tap < window.rows() * window.columns(); tap++) {
            int row = top + tap / window.columns() * window.rowDilation();
            int column = left + tap % window.columns() * window.columnDilation();
            boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
            int at = plane + row * columns + column;
            if (inside && (winner == NONE || values[at] > values[winner])) {
                winner = at;
            }
        }
        return winner;
    }
}
