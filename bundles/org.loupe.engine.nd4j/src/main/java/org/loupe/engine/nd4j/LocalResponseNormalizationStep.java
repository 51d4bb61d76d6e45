package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Each value divided by a power of what its neighbouring channels hold. The sum over neighbours is a 1x1 convolution of
 * the squares with a band of weights: ND4J's {@code lrn} has no windows of even size, and its {@code lrn_bp} is wrong.
 */
final class LocalResponseNormalizationStep implements Step {

    private final LocalResponseNormalization normalization;
    private final Memory weights;
    private Step bases;

    /** @param weights lives as long as this step */
    LocalResponseNormalizationStep(LocalResponseNormalization normalization, Memory weights) {
        this.normalization = normalization;
        this.weights = weights;
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        return bases(input, memory).power(-normalization.beta()).times(input).array();
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        Values bases = bases(input, memory);
        Values own = bases.copy().power(-normalization.beta()).times(gradient);
        Values slopes = bases.power(-normalization.beta() - 1.0).times(-normalization.beta()).times(input).times(gradient);
        INDArray squares = bases(input).backward(List.of(input), null, slopes.array(), memory).get(0);
        memory.free(slopes.array());
        return List.of(own.plus(new Values(squares, memory).times(input).times(2)).array());
    }

    /** What is raised to a power: {@code bias + alpha / size * sum}. */
    private Values bases(INDArray input, Memory memory) {
        INDArray squares = Values.of(input, memory).times(input).array();
        INDArray found = bases(input).forward(List.of(squares), memory);
        memory.free(squares);
        return new Values(found, memory);
    }

    private Step bases(INDArray input) {
        if (bases == null) {
            bases = ConvolutionStep.of(band((int) input.size(1)), weights);
        }
        return bases;
    }

    private Convolution band(int channels) {
        int size = normalization.size();
        float[] band = new float[channels * channels];
        float[] bias = new float[channels];
        for (int to = 0; to < channels; to++) {
            bias[to] = normalization.bias();
            int first = Math.max(0, to - (size - 1) / 2);
            int last = Math.min(channels - 1, to - (size - 1) / 2 + size - 1);
            for (int from = first; from <= last; from++) {
                band[to * channels + from] = normalization.alpha() / size;
            }
        }
        return new Convolution(normalization.name(), normalization.input(),
                new Weights(new int[] {channels, channels, 1, 1}, band), Weights.vector(bias), Window.square(1, 1, 0), 1);
    }
}
