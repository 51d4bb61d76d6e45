package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** The largest value in a window that is not dilated. ND4J's gradient goes to the first of equal values. */
record MaxPoolStep(Slide slide) implements Step {

    /** The step for any window. */
    static Step of(Window window) {
        boolean plain = window.rowDilation() == 1 && window.columnDilation() == 1
                && Math.max(window.top(), window.bottom()) < window.rows()
                && Math.max(window.left(), window.right()) < window.columns();
        return plain ? new MaxPoolStep(new Slide(window)) : new TapwiseMaxPoolStep(window);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        Window window = slide.window();
        INDArray output = memory.array(input.size(0), input.size(1), window.outputRows((int) input.size(2)),
                window.outputColumns((int) input.size(3)));
        Nd4j.exec(DynamicCustomOp.builder("maxpool2d").addInputs(padded(input, memory)).addOutputs(output)
                .addIntegerArguments(slide.pooling()).build());
        return output;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray padded = padded(input, memory);
        INDArray found = memory.like(padded);
        Nd4j.exec(DynamicCustomOp.builder("maxpool2d_bp").addInputs(padded, gradient).addOutputs(found)
                .addIntegerArguments(slide.pooling()).build());
        return List.of(slide.cropped(found, input, memory));
    }

    private INDArray padded(INDArray input, Memory memory) {
        return slide.padded(input, Double.NEGATIVE_INFINITY, memory);
    }
}
