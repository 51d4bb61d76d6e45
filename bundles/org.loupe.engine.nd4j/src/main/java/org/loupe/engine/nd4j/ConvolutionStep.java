package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Convolution without dilation; groups run one after the other.
 *
 * <p>With step 1 the gradient of a convolution is the convolution with the turned kernel, which is several times
 * as fast as ND4J's {@code conv2d_input_bp}; otherwise it is {@code conv2d_bp}, which oneDNN runs too.
 */
final class ConvolutionStep implements Step {

    private final Slide slide;
    private final Slide turned;
    private final List<INDArray> kernels = new ArrayList<>();
    private final List<INDArray> turnedKernels = new ArrayList<>();
    private final List<INDArray> biases = new ArrayList<>();

    /**
     * Copies the weights into {@code memory}, which must live as long as this step.
     *
     * @param convolution without dilation
     */
    private ConvolutionStep(Convolution convolution, Memory memory) {
        slide = new Slide(convolution.window());
        turned = turned(convolution.window());
        float[] bias = convolution.bias().values();
        int outputs = bias.length / convolution.groups();
        for (int group = 0; group < convolution.groups(); group++) {
            Weights kernel = part(convolution.weights(), group * outputs, outputs);
            kernels.add(array(kernel, memory));
            turnedKernels.add(turned == null ? null : array(turned(kernel), memory));
            biases.add(memory.of(Arrays.copyOfRange(bias, group * outputs, (group + 1) * outputs), outputs));
        }
    }

    /** The step for any convolution; its weights go into {@code memory}, which must live as long as this step. */
    static Step of(Convolution convolution, Memory memory) {
        Convolution written = Dilation.writtenOut(convolution);
        boolean depthwise = convolution.groups() > 1 && convolution.weights().shape()[1] == 1;
        return depthwise ? new DepthwiseStep(written, memory) : new ConvolutionStep(written, memory);
    }

    private static Weights part(Weights weights, int from, int outputs) {
        int[] shape = weights.shape().clone();
        int size = weights.values().length / shape[0];
        shape[0] = outputs;
        return new Weights(shape, Arrays.copyOfRange(weights.values(), from * size, (from + outputs) * size));
    }

    private static INDArray array(Weights weights, Memory memory) {
        int[] shape = weights.shape();
        return memory.of(weights.values(), shape[0], shape[1], shape[2], shape[3]);
    }

    /** The window of the gradient's convolution, or null where there is none. */
    static Slide turned(Window window) {
        int rows = window.rows() - 1;
        int columns = window.columns() - 1;
        boolean possible = window.rowStep() == 1 && window.columnStep() == 1
                && Math.max(window.top(), window.bottom()) <= rows
                && Math.max(window.left(), window.right()) <= columns;
        return !possible ? null : new Slide(new Window(window.rows(), window.columns(), 1, 1, rows - window.top(),
                columns - window.left(), rows - window.bottom(), columns - window.right(), 1, 1));
    }

    private static Weights turned(Weights kernel) {
        int[] shape = kernel.shape();
        int area = shape[2] * shape[3];
        float[] values = new float[kernel.values().length];
        for (int output = 0; output < shape[0]; output++) {
            for (int input = 0; input < shape[1]; input++) {
                int from = (output * shape[1] + input) * area;
                int last = (input * shape[0] + output) * area + area - 1;
                for (int i = 0; i < area; i++) {
                    values[last - i] = kernel.values()[from + i];
                }
            }
        }
        return new Weights(new int[] {shape[1], shape[0], shape[2], shape[3]}, values);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = slide.padded(inputs.get(0), 0, memory);
        List<INDArray> parts = new ArrayList<>();
        for (int group = 0; group < kernels.size(); group++) {
            INDArray part = part(input, group, memory);
            INDArray output = output(inputs.get(0), kernels.get(group).size(0), memory);
            Nd4j.exec(DynamicCustomOp.builder("conv2d").addInputs(part, kernels.get(group), biases.get(group))
                    .addOutputs(output).addIntegerArguments(slide.convolution()).build());
            parts.add(output);
        }
        return joined(parts, memory);
    }

    private INDArray output(INDArray input, long channels, Memory memory) {
        return memory.array(input.size(0), channels, slide.window().outputRows((int) input.size(2)),
                slide.window().outputColumns((int) input.size(3)));
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        List<INDArray> parts = new ArrayList<>();
        for (int group = 0; group < kernels.size(); group++) {
            INDArray part = part(gradient, group, memory);
            parts.add(turned == null ? byTwin(part, input, group, memory) : byConvolution(part, input, group, memory));
        }
        INDArray found = joined(parts, memory);
        return List.of(turned == null ? slide.cropped(found, input, memory) : found);
    }

    private INDArray byConvolution(INDArray gradient, INDArray input, int group, Memory memory) {
        INDArray kernel = turnedKernels.get(group);
        INDArray found = memory.array(input.size(0), kernel.size(0), input.size(2), input.size(3));
        Nd4j.exec(DynamicCustomOp.builder("conv2d").addInputs(turned.padded(gradient, 0, memory), kernel)
                .addOutputs(found).addIntegerArguments(turned.convolution()).build());
        return found;
    }

    private INDArray byTwin(INDArray gradient, INDArray input, int group, Memory memory) {
        INDArray kernel = kernels.get(group);
        INDArray read = part(slide.padded(input, 0, memory), group, memory);
        INDArray found = memory.like(read);
        Nd4j.exec(DynamicCustomOp.builder("conv2d_bp").addInputs(read, kernel, biases.get(group), gradient)
                .addOutputs(found, memory.like(kernel), memory.like(biases.get(group)))
                .addIntegerArguments(slide.convolution()).build());
        return found;
    }

    /** The channels of one group. */
    private INDArray part(INDArray array, int group, Memory memory) {
        if (kernels.size() == 1) {
            return array;
        }
        long channels = array.size(1) / kernels.size();
        return memory.copy(array.get(NDArrayIndex.all(),
                NDArrayIndex.interval(group * channels, (group + 1) * channels), NDArrayIndex.all(), NDArrayIndex.all()));
    }

    private static INDArray joined(List<INDArray> parts, Memory memory) {
        return parts.size() == 1 ? parts.get(0) : ConcatenationStep.joined(parts, memory);
    }
}
