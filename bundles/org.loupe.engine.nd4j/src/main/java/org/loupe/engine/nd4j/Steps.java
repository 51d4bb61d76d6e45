package org.loupe.engine.nd4j;

import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Softmax;

/** Makes operations with fixed weights ready to run. */
final class Steps {

    private Steps() {
    }

    /** The step of an operation; its weights go into {@code memory}. */
    static Step of(Operation operation, Memory memory) {
        if (operation instanceof Convolution convolution) {
            return new ConvolutionStep(convolution, memory);
        }
        if (operation instanceof BatchNormalization normalization) {
            return new ScaleStep(normalization, memory);
        }
        if (operation instanceof Dense dense) {
            return new DenseStep(dense, memory);
        }
        if (operation instanceof MaxPool pool) {
            return MaxPoolStep.of(pool.window());
        }
        if (operation instanceof AveragePool pool) {
            return new AveragePoolStep(pool.window(), memory);
        }
        if (operation instanceof Relu) {
            return new ReluStep();
        }
        if (operation instanceof GlobalAverage) {
            return new GlobalAverageStep();
        }
        if (operation instanceof Concatenation) {
            return new ConcatenationStep();
        }
        if (operation instanceof Addition) {
            return new AdditionStep();
        }
        if (operation instanceof Softmax) {
            return new SoftmaxStep();
        }
        throw new AssertionError(operation);
    }
}
