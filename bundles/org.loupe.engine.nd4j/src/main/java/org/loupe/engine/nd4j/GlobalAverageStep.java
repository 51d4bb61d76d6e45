package org.loupe.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The mean of each channel over all positions, as a product with a vector, whose order of adding is fixed. */
final class GlobalAverageStep implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        long planes = input.size(0) * input.size(1);
        long area = input.size(2) * input.size(3);
        INDArray output = memory.array(input.size(0), input.size(1), 1, 1);
        Nd4j.exec(DynamicCustomOp.builder("matmul")
                .addInputs(input.reshape('c', planes, area), memory.filled(1.0 / area, area, 1))
                .addOutputs(output.reshape('c', planes, 1)).build());
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray share = memory.filled(1.0 / (input.size(2) * input.size(3)), input.shape());
        Nd4j.exec(DynamicCustomOp.builder("multiply").addInputs(share, gradient).addOutputs(share).build());
        return List.of(share);
    }
}
