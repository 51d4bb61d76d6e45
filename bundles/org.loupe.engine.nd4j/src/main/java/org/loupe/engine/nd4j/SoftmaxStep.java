package org.loupe.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Probabilities over the channels at each position. Channels go last on the way: along any other dimension, ND4J's
 * {@code softmax} gives wrong numbers.
 */
final class SoftmaxStep implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray last = channelsLast(inputs.get(0), memory);
        Nd4j.exec(DynamicCustomOp.builder("softmax").addInputs(last).addOutputs(last).build());
        return channelsFirst(last, memory);
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = channelsLast(inputs.get(0), memory);
        INDArray found = memory.like(input);
        Nd4j.exec(DynamicCustomOp.builder("softmax_bp").addInputs(input, channelsLast(gradient, memory))
                .addOutputs(found).build());
        return List.of(channelsFirst(found, memory));
    }

    private static INDArray channelsLast(INDArray array, Memory memory) {
        return memory.copy(array.permute(0, 2, 3, 1));
    }

    private static INDArray channelsFirst(INDArray array, Memory memory) {
        return memory.copy(array.permute(0, 3, 1, 2));
    }
}
