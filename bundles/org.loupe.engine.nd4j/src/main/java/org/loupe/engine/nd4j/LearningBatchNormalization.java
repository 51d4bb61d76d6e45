package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batch normalization with the statistics of the batch (Ioffe and Szegedy 2015), keeping running statistics.
 *
 * <p>Written with products and elementwise operations: ND4J's {@code batchnorm_bp} takes four times as long. Sums are
 * products with vectors of ones, whose order of adding is fixed.
 */
final class LearningBatchNormalization implements LearningStep {

    private static final float SHARE_OF_NEWEST = 0.1f;

    private final BatchNormalization normalization;
    private final Parameter scale;
    private final Parameter shift;
    private final float[] mean;
    private final float[] variance;
    private INDArray normalized;
    private INDArray factor;

    LearningBatchNormalization(BatchNormalization normalization, Memory memory) {
        int channels = normalization.scale().values().length;
        this.normalization = normalization;
        scale = new Parameter(normalization.scale(), 0, memory, 1, channels, 1, 1);
        shift = new Parameter(normalization.shift(), 0, memory, 1, channels, 1, 1);
        mean = normalization.mean().values().clone();
        variance = normalization.variance().values().clone();
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        long count = input.length() / input.size(1);
        INDArray batchMean = Sums.ofChannels(input, 1.0 / count, memory);
        normalized = memory.like(input);
        run("subtract", input, batchMean, normalized);
        INDArray output = memory.like(input);
        run("multiply", normalized, normalized, output);
        float[] batchVariance = Memory.read(Sums.ofChannels(output, 1.0 / count, memory));
        remember(Memory.read(batchMean), batchVariance, count);
        factor = memory.of(inverseDeviations(batchVariance), batchMean.shape());
        run("multiply", normalized, factor, normalized);
        run("multiply", normalized, scale.array(), output);
        run("add", output, shift.array(), output);
        return output;
    }

    private float[] inverseDeviations(float[] batchVariance) {
        float[] inverse = new float[batchVariance.length];
        for (int channel = 0; channel < inverse.length; channel++) {
            inverse[channel] = (float) (1 / Math.sqrt(batchVariance[channel] + (double) normalization.epsilon()));
        }
        return inverse;
    }

    private void remember(float[] batchMean, float[] batchVariance, long count) {
        float unbiased = (float) count / Math.max(1, count - 1);
        for (int channel = 0; channel < mean.length; channel++) {
            mean[channel] += SHARE_OF_NEWEST * (batchMean[channel] - mean[channel]);
            variance[channel] += SHARE_OF_NEWEST * (batchVariance[channel] * unbiased - variance[channel]);
        }
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray share = memory.filled((double) gradient.size(1) / gradient.length(), scale.array().shape());
        INDArray found = memory.like(gradient);
        run("multiply", gradient, normalized, found);
        scale.gradient().assign(Sums.ofChannels(found, 1, memory));
        shift.gradient().assign(Sums.ofChannels(gradient, 1, memory));
        run("multiply", normalized, memory.copy(scale.gradient()).muli(share), found);
        run("subtract", gradient, found, found);
        run("subtract", found, memory.copy(shift.gradient()).muli(share), found);
        run("multiply", found, factor.muli(scale.array()), found);
        memory.free(normalized);
        return List.of(found);
    }

    private static void run(String operation, INDArray left, INDArray right, INDArray result) {
        Nd4j.exec(DynamicCustomOp.builder(operation).addInputs(left, right).addOutputs(result).build());
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(scale, shift);
    }

    @Override
    public Operation learned() {
        return new BatchNormalization(normalization.name(), normalization.input(), scale.weights(), shift.weights(),
                Weights.vector(mean.clone()), Weights.vector(variance.clone()), normalization.epsilon());
    }
}
