package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Padding;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A number around the input. */
record PaddingStep(Padding padding) implements Step {

    /** The step for any fill. */
    static Step of(Padding padding) {
        if (padding.fill() == Fill.CONSTANT) {
            return new PaddingStep(padding);
        }
        boolean mirrored = padding.fill() == Fill.REFLECTION;
        return new SeparableStep(size -> Mixture.padding(size, padding.top(), padding.bottom(), mirrored),
                size -> Mixture.padding(size, padding.left(), padding.right(), mirrored));
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray padded = memory.filled(padding.value(), input.size(0), input.size(1),
                input.size(2) + padding.top() + padding.bottom(), input.size(3) + padding.left() + padding.right());
        inside(padded, input).assign(input);
        return padded;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(memory.copy(inside(gradient, inputs.get(0))));
    }

    private INDArray inside(INDArray padded, INDArray input) {
        return padded.get(NDArrayIndex.all(), NDArrayIndex.all(),
                NDArrayIndex.interval(padding.top(), padding.top() + input.size(2)),
                NDArrayIndex.interval(padding.left(), padding.left() + input.size(3)));
    }
}
