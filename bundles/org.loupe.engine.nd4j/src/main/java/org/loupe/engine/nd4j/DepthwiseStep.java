package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolution of each channel on its own, by ND4J's {@code depthwise_conv2d}, which with weights (row, column, input
 * channel, output channel of each) is some hundred times as fast as one convolution for each group; with other orders
 * of weights it is slow, too.
 *
 * <p>With step 1 the gradient is the convolution with the turned kernel, which is several times as fast as
 * {@code depthwise_conv2d_bp}, since that also finds the gradient of the weights.
 */
final class DepthwiseStep implements Step {

    private final Slide slide;
    private final INDArray kernel;
    private final INDArray bias;
    private final Slide turned;
    private final INDArray turnedKernel;

    /**
     * Copies the weights into {@code memory}, which must live as long as this step.
     *
     * @param convolution without dilation, with one input channel in each group
     */
    DepthwiseStep(Convolution convolution, Memory memory) {
        Window window = convolution.window();
        slide = new Slide(window);
        int outputs = convolution.bias().values().length;
        int area = window.rows() * window.columns();
        float[] taps = new float[outputs * area];
        float[] turnedTaps = new float[outputs * area];
        for (int i = 0; i < taps.length; i++) {
            float weight = convolution.weights().values()[i];
            taps[i % area * outputs + i / area] = weight;
            turnedTaps[(area - 1 - i % area) * outputs + i / area] = weight;
        }
        int groups = convolution.groups();
        kernel = memory.of(taps, window.rows(), window.columns(), groups, outputs / groups);
        bias = memory.of(convolution.bias().values(), outputs);
        turned = outputs == groups ? ConvolutionStep.turned(window) : null;
        turnedKernel = turned == null ? null : memory.of(turnedTaps, window.rows(), window.columns(), groups, 1);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray output = memory.array(input.size(0), bias.length(), slide.window().outputRows((int) input.size(2)),
                slide.window().outputColumns((int) input.size(3)));
        Nd4j.exec(DynamicCustomOp.builder("depthwise_conv2d").addInputs(slide.padded(input, 0, memory), kernel, bias)
                .addOutputs(output).addIntegerArguments(slide.depthwise()).build());
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        if (turned != null) {
            INDArray found = memory.like(input);
            Nd4j.exec(DynamicCustomOp.builder("depthwise_conv2d")
                    .addInputs(turned.padded(gradient, 0, memory), turnedKernel).addOutputs(found)
                    .addIntegerArguments(turned.depthwise()).build());
            return List.of(found);
        }
        INDArray padded = slide.padded(input, 0, memory);
        INDArray found = memory.like(padded);
        Nd4j.exec(DynamicCustomOp.builder("depthwise_conv2d_bp").addInputs(padded, kernel, bias, gradient)
                .addOutputs(found, memory.like(kernel), memory.like(bias)).addIntegerArguments(slide.depthwise())
                .build());
        return List.of(slide.cropped(found, input, memory));
    }
}
