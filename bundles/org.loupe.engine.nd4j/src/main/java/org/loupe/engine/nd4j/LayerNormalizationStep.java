package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.LayerNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * At each position, the channels by their mean and variance. Written with products and elementwise operations, in the
 * order that the channels are in: ND4J's {@code layer_norm} leaves the epsilon out.
 */
final class LayerNormalizationStep implements Step {

    private final double epsilon;
    private final INDArray scale;
    private final INDArray shift;

    /** Copies the weights into {@code memory}, which must live as long as this step. */
    LayerNormalizationStep(LayerNormalization normalization, Memory memory) {
        int channels = normalization.scale().values().length;
        epsilon = normalization.epsilon();
        scale = memory.of(normalization.scale().values(), 1, channels, 1, 1);
        shift = memory.of(normalization.shift().values(), 1, channels, 1, 1);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        Values centred = centred(inputs.get(0), memory);
        return centred.times(factor(centred)).times(scale).plus(shift).array();
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        Values centred = centred(inputs.get(0), memory);
        Values factor = factor(centred);
        Values normalized = centred.times(factor.array());
        Values slopes = Values.of(gradient, memory).times(scale);
        Values along = mean(slopes.copy().times(normalized.array()));
        Values found = slopes.copy().minus(mean(slopes).array());
        return List.of(found.minus(normalized.times(along).array()).times(factor).array());
    }

    private static Values centred(INDArray input, Memory memory) {
        INDArray mean = Sums.along(1, input, 1.0 / input.size(1), memory);
        return Values.of(input, memory).minus(mean);
    }

    private Values factor(Values centred) {
        return mean(centred.copy().times(centred.array())).plus(epsilon).power(-0.5);
    }

    /** The mean over the channels of values that are no longer needed. */
    private static Values mean(Values values) {
        INDArray array = values.array();
        INDArray mean = Sums.along(1, array, 1.0 / array.size(1), values.memory());
        values.memory().free(array);
        return new Values(mean, values.memory());
    }
}
