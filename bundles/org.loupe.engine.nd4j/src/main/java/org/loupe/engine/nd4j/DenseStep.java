package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Dense;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** A matrix times the input's values, plus bias. */
final class DenseStep implements Step {

    private final INDArray weights;
    private final INDArray bias;

    /** Copies the weights into {@code memory}, which must live as long as this step. */
    DenseStep(Dense dense, Memory memory) {
        int[] shape = dense.weights().shape();
        this.weights = memory.of(dense.weights().values(), shape[0], shape[1]);
        this.bias = memory.of(dense.bias().values(), 1, shape[0]);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        return forward(inputs.get(0), weights, bias, memory);
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(backward(inputs.get(0), gradient, weights, memory));
    }

    /**
     * The outputs.
     *
     * @param weights (output, input)
     * @param bias    (1, output)
     */
    static INDArray forward(INDArray input, INDArray weights, INDArray bias, Memory memory) {
        INDArray output = memory.array(input.size(0), weights.size(0), 1, 1);
        INDArray flat = flat(output);
        int transposed = 1;
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(flat(input), weights).addOutputs(flat)
                .addIntegerArguments(0, transposed, 0).build());
        Nd4j.exec(DynamicCustomOp.builder("add").addInputs(flat, bias).addOutputs(flat).build());
        return output;
    }

    /** The gradient with respect to the input. */
    static INDArray backward(INDArray input, INDArray gradient, INDArray weights, Memory memory) {
        INDArray found = memory.like(input);
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(flat(gradient), weights).addOutputs(flat(found)).build());
        return found;
    }

    /** A view as a matrix of one row for each image. */
    static INDArray flat(INDArray array) {
        return array.reshape('c', array.size(0), array.length() / array.size(0));
    }
}
