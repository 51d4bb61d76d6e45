package org.loupe.engine.nd4j;

import org.loupe.core.network.Weights;
import org.loupe.core.train.DecoupledAdam;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights that are being learned, in Java and in native memory, with their gradient. */
final class Parameter {

    private final int[] shape;
    private final float[] values;
    private final INDArray array;
    private final INDArray gradient;
    private final DecoupledAdam adam;

    /**
     * Copies starting weights into {@code memory}, which must live as long as the training.
     *
     * @param nativeShape shape of the native arrays, of the same size as the weights
     */
    Parameter(Weights start, double decay, Memory memory, long... nativeShape) {
        shape = start.shape();
        values = start.values().clone();
        array = memory.of(values, nativeShape);
        gradient = memory.filled(0, nativeShape);
        adam = new DecoupledAdam(values.length, decay);
    }

    /** The weights of now. */
    INDArray array() {
        return array;
    }

    /** Where a step backward writes the gradient. */
    INDArray gradient() {
        return gradient;
    }

    /** Changes the weights against the gradient. */
    void learn(double rate, double momentum) {
        adam.step(values, Memory.read(gradient), rate, momentum);
        Memory.write(values, array);
    }

    /** A copy of the weights of now. */
    Weights weights() {
        return new Weights(shape, values.clone());
    }
}
