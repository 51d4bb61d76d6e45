package org.loupe.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All values as channels of one position. */
final class FlattenStep implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        return reshaped(input, memory, input.size(0), input.length() / input.size(0), 1, 1);
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(reshaped(gradient, memory, inputs.get(0).shape()));
    }

    private static INDArray reshaped(INDArray array, Memory memory, long... shape) {
        INDArray reshaped = memory.array(shape);
        reshaped.reshape('c', array.shape()).assign(array);
        return reshaped;
    }
}
