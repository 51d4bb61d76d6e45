package org.loupe.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of several inputs. */
final class AdditionStep implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray sum = memory.copy(inputs.get(0));
        inputs.stream().skip(1).forEach(sum::addi);
        return sum;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return inputs.stream().map(input -> memory.copy(gradient)).toList();
    }
}
