package org.loupe.engine.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One operation made ready to run. Arrays are of the shape (image, channel, row, column), in row order. */
interface Step {

    /** Computes the output, as a new array of {@code memory}. */
    INDArray forward(List<INDArray> inputs, Memory memory);

    /**
     * Computes the gradients with respect to the inputs.
     *
     * @param inputs   what {@link #forward} read
     * @param output   what it returned
     * @param gradient with respect to the output
     * @return for each input a new array of {@code memory}
     */
    List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory);
}
