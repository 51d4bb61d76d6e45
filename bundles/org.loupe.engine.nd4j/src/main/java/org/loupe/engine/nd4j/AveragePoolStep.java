package org.loupe.engine.nd4j;

import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mean over a window: each channel's convolution with ones, divided by how many values lie inside the input, or by
 * the size of the window where padding counts. So it has the convolution's paddings and dilations, of which ND4J's
 * pooling lacks some.
 */
final class AveragePoolStep implements Step {

    private final Window window;
    private final boolean countsPadding;
    private final Step sum;

    AveragePoolStep(AveragePool pool, Memory memory) {
        window = pool.window();
        countsPadding = pool.countsPadding();
        float[] ones = new float[window.rows() * window.columns()];
        Arrays.fill(ones, 1);
        Weights kernel = new Weights(new int[] {1, 1, window.rows(), window.columns()}, ones);
        sum = ConvolutionStep.of(new Convolution("sum", "input", kernel, Weights.vector(0), window, 1), memory);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray sums = sum.forward(List.of(channelwise(input)), memory);
        INDArray output = memory.array(input.size(0), input.size(1), sums.size(2), sums.size(3));
        divide(sums, input, output, memory);
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray shares = memory.like(gradient);
        divide(gradient, input, shares, memory);
        INDArray found = sum.backward(List.of(channelwise(input)), null, channelwise(shares), memory).get(0);
        INDArray whole = memory.like(input);
        channelwise(whole).assign(found);
        return List.of(whole);
    }

    private static INDArray channelwise(INDArray array) {
        return array.reshape('c', array.size(0) * array.size(1), 1, array.size(2), array.size(3));
    }

    private void divide(INDArray from, INDArray input, INDArray to, Memory memory) {
        float[] rows = counts((int) input.size(2), window.outputRows((int) input.size(2)), window.rows(),
                window.rowStep(), window.top(), window.rowDilation());
        float[] columns = counts((int) input.size(3), window.outputColumns((int) input.size(3)), window.columns(),
                window.columnStep(), window.left(), window.columnDilation());
        float[] factors = new float[rows.length * columns.length];
        for (int i = 0; i < factors.length; i++) {
            float count = rows[i / columns.length] * columns[i % columns.length];
            factors[i] = count == 0 ? 0 : 1 / count;
        }
        INDArray each = memory.of(factors, 1, factors.length);
        long planes = from.length() / factors.length;
        Nd4j.exec(DynamicCustomOp.builder("multiply").addInputs(from.reshape('c', planes, factors.length), each)
                .addOutputs(to.reshape('c', planes, factors.length)).build());
    }

    /** For each output along one dimension, how many of its window's values count. */
    private float[] counts(int inputs, int outputs, int size, int step, int before, int dilation) {
        float[] counts = new float[outputs];
        if (countsPadding) {
            Arrays.fill(counts, size);
            return counts;
        }
        for (int output = 0; output < outputs; output++) {
            for (int tap = 0; tap < size; tap++) {
                int at = output * step - before + tap * dilation;
                counts[output] += at >= 0 && at < inputs ? 1 : 0;
            }
        }
        return counts;
    }
}
