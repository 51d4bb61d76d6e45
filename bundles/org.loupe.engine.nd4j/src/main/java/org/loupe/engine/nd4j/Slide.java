package org.loupe.engine.nd4j;

import java.util.Arrays;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * How ND4J is told of a window. ND4J pads opposite sides alike; where that is not enough, the input gets its padding
 * beforehand. Dilation is left to the caller: with oneDNN, ND4J's convolution refuses it and its pooling ignores it.
 */
record Slide(Window window) {

    private static final int VALID = 0;
    private static final int CHANNELS_FIRST = 0;

    private boolean even() {
        return window.top() == window.bottom() && window.left() == window.right();
    }

    /** What the operation is to read: the input, or a padded copy. */
    INDArray padded(INDArray input, double value, Memory memory) {
        if (even()) {
            return input;
        }
        INDArray padded = memory.filled(value, input.size(0), input.size(1),
                input.size(2) + window.top() + window.bottom(), input.size(3) + window.left() + window.right());
        inside(padded, input).assign(input);
        return padded;
    }

    /** The part of a padded array, or of a gradient of one, that belongs to the input. */
    INDArray cropped(INDArray padded, INDArray input, Memory memory) {
        return even() ? padded : memory.copy(inside(padded, input));
    }

    private INDArray inside(INDArray padded, INDArray input) {
        return padded.get(NDArrayIndex.all(), NDArrayIndex.all(), interval(window.top(), input.size(2)),
                interval(window.left(), input.size(3)));
    }

    private static INDArrayIndex interval(int from, long length) {
        return NDArrayIndex.interval(from, from + length);
    }

    /** ND4J's arguments for an input that was padded here, followed by what only some operations want. */
    int[] arguments(int... more) {
        int top = even() ? window.top() : 0;
        int left = even() ? window.left() : 0;
        int[] common = {window.rows(), window.columns(), window.rowStep(), window.columnStep(), top, left, 1, 1, VALID};
        int[] all = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return all;
    }

    /** ND4J's arguments for a convolution with weights (output channel, input channel, row, column). */
    int[] convolution() {
        int outputInputRowColumn = 1;
        return arguments(CHANNELS_FIRST, outputInputRowColumn);
    }

    /** ND4J's arguments for a depthwise convolution with weights (row, column, input channel, output channel of each). */
    int[] depthwise() {
        int rowColumnInputOutput = 0;
        return arguments(CHANNELS_FIRST, rowColumnInputOutput);
    }

    /** ND4J's arguments for a pooling. */
    int[] pooling() {
        int unused = 1;
        return arguments(unused, CHANNELS_FIRST);
    }
}
