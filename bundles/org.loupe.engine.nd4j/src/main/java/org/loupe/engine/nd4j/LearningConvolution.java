package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Convolution that learns its kernel, and its bias unless a batch normalization behind it takes the bias away. */
final class LearningConvolution implements LearningStep {

    private final Convolution convolution;
    private final Slide slide;
    private final Parameter kernel;
    private final Parameter bias;
    private final boolean biased;

    LearningConvolution(Convolution convolution, boolean biased, double decay, Memory memory) {
        Window window = convolution.window();
        if (convolution.groups() != 1 || window.rowDilation() != 1 || window.columnDilation() != 1) {
            throw new EngineException("ND4J cannot train the convolution " + convolution.name() + " (" + window + ", "
                    + convolution.groups() + " groups): it learns no kernels with groups or dilation");
        }
        int[] shape = convolution.weights().shape();
        this.convolution = convolution;
        this.biased = biased;
        slide = new Slide(window);
        kernel = new Parameter(convolution.weights(), decay, memory, shape[0], shape[1], shape[2], shape[3]);
        bias = new Parameter(convolution.bias(), 0, memory, shape[0]);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        Window window = convolution.window();
        INDArray output = memory.array(input.size(0), bias.array().length(), window.outputRows((int) input.size(2)),
                window.outputColumns((int) input.size(3)));
        Nd4j.exec(DynamicCustomOp.builder("conv2d")
                .addInputs(slide.padded(input, 0, memory), kernel.array(), bias.array())
                .addOutputs(output).addIntegerArguments(slide.convolution()).build());
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray padded = slide.padded(inputs.get(0), 0, memory);
        INDArray found = memory.like(padded);
        Nd4j.exec(DynamicCustomOp.builder("conv2d_bp").addInputs(padded, kernel.array(), gradient)
                .addOutputs(found, kernel.gradient()).addIntegerArguments(slide.convolution()).build());
        if (biased) {
            bias.gradient().assign(Sums.ofChannels(gradient, 1, memory).reshape(bias.gradient().shape()));
        }
        return List.of(slide.cropped(found, inputs.get(0), memory));
    }

    @Override
    public List<Parameter> parameters() {
        return biased ? List.of(kernel, bias) : List.of(kernel);
    }

    @Override
    public Operation learned() {
        return new Convolution(convolution.name(), convolution.input(), kernel.weights(), bias.weights(),
                convolution.window(), 1);
    }
}
