package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Batch normalization with fixed statistics: a factor and an addend for each channel. */
final class ScaleStep implements Step {

    private final INDArray factors;
    private final INDArray addends;

    /** Copies the statistics into {@code memory}, which must live as long as this step. */
    ScaleStep(BatchNormalization normalization, Memory memory) {
        int channels = normalization.scale().values().length;
        float[] factor = new float[channels];
        float[] addend = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double variance = normalization.variance().values()[channel] + (double) normalization.epsilon();
            double scale = normalization.scale().values()[channel] / Math.sqrt(variance);
            factor[channel] = (float) scale;
            addend[channel] = (float) (normalization.shift().values()[channel]
                    - scale * normalization.mean().values()[channel]);
        }
        factors = memory.of(factor, 1, channels, 1, 1);
        addends = memory.of(addend, 1, channels, 1, 1);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray output = scaled(inputs.get(0), memory);
        Nd4j.exec(DynamicCustomOp.builder("add").addInputs(output, addends).addOutputs(output).build());
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(scaled(gradient, memory));
    }

    private INDArray scaled(INDArray array, Memory memory) {
        INDArray scaled = memory.like(array);
        Nd4j.exec(DynamicCustomOp.builder("multiply").addInputs(array, factors).addOutputs(scaled).build());
        return scaled;
    }
}
