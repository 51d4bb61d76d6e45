package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The gradient of a convolution without padding, of which the padding is cut away, plus bias. ND4J's {@code deconv2d}
 * knows no groups, pads opposite sides alike and derives the output's size itself.
 */
final class TransposedConvolutionStep implements Step {

    private final TransposedConvolution transposed;
    private final Step convolution;
    private final INDArray bias;

    /** Copies the weights into {@code memory}, which must live as long as this step. */
    TransposedConvolutionStep(TransposedConvolution transposed, Memory memory) {
        this.transposed = transposed;
        Window window = transposed.window();
        Window bare = new Window(window.rows(), window.columns(), window.rowStep(), window.columnStep(), 0, 0, 0, 0,
                window.rowDilation(), window.columnDilation());
        int inputs = transposed.weights().shape()[0];
        convolution = ConvolutionStep.of(new Convolution(transposed.name(), transposed.input(), transposed.weights(),
                Weights.vector(new float[inputs]), bare, transposed.groups()), memory);
        bias = memory.of(transposed.bias().values(), 1, transposed.bias().values().length, 1, 1);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        Window window = transposed.window();
        INDArray whole = memory.filled(0, input.size(0), bias.size(1), wholeRows(input), wholeColumns(input));
        INDArray spread = convolution.backward(List.of(whole), null, input, memory).get(0);
        INDArray output = memory.filled(0, whole.size(0), whole.size(1),
                whole.size(2) - window.top() - window.bottom() + transposed.moreRows(),
                whole.size(3) - window.left() - window.right() + transposed.moreColumns());
        shared(output, spread, false).assign(shared(output, spread, true));
        memory.free(whole);
        memory.free(spread);
        return new Values(output, memory).plus(bias).array();
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray whole = memory.filled(0, gradient.size(0), gradient.size(1), wholeRows(input), wholeColumns(input));
        shared(gradient, whole, true).assign(shared(gradient, whole, false));
        INDArray found = convolution.forward(List.of(whole), memory);
        memory.free(whole);
        return List.of(found);
    }

    private long wholeRows(INDArray input) {
        Window window = transposed.window();
        return (input.size(2) - 1) * window.rowStep() + (window.rows() - 1L) * window.rowDilation() + 1;
    }

    private long wholeColumns(INDArray input) {
        Window window = transposed.window();
        return (input.size(3) - 1) * window.columnStep() + (window.columns() - 1L) * window.columnDilation() + 1;
    }

    /** What the output and the result without padding have in common, as a part of the one or of the other. */
    private INDArray shared(INDArray output, INDArray whole, boolean ofWhole) {
        Window window = transposed.window();
        return (ofWhole ? whole : output).get(NDArrayIndex.all(), NDArrayIndex.all(),
                interval(ofWhole ? window.top() : 0, Math.min(output.size(2), whole.size(2) - window.top())),
                interval(ofWhole ? window.left() : 0, Math.min(output.size(3), whole.size(3) - window.left())));
    }

    private static INDArrayIndex interval(long from, long length) {
        return NDArrayIndex.interval(from, from + length);
    }
}
