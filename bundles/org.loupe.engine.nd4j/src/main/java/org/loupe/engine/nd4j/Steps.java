package org.loupe.engine.nd4j;

import org.loupe.core.engine.Resampling;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Addition;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Flatten;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Largest;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Shape;

/** Makes operations with fixed weights ready to run. */
final class Steps {

    private Steps() {
    }

    /** The step of an operation; its weights go into {@code memory}. */
    static Step of(Operation operation, Memory memory) {
        if (operation instanceof Convolution convolution) {
            return ConvolutionStep.of(convolution, memory);
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
            return new AveragePoolStep(pool, memory);
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
        return ofRarer(operation, memory);
    }

    private static Step ofRarer(Operation operation, Memory memory) {
        if (operation instanceof Activation activation) {
            return new ActivationStep(activation.function());
        }
        if (operation instanceof Arithmetic arithmetic) {
            return new ArithmeticStep(arithmetic.sign());
        }
        if (operation instanceof TransposedConvolution transposed) {
            return new TransposedConvolutionStep(transposed, memory);
        }
        if (operation instanceof LocalResponseNormalization normalization) {
            return new LocalResponseNormalizationStep(normalization, memory);
        }
        if (operation instanceof LayerNormalization normalization) {
            return new LayerNormalizationStep(normalization, memory);
        }
        if (operation instanceof Largest largest) {
            return new LargestStep(largest.count());
        }
        if (operation instanceof Selection selection) {
            return new SelectionStep(selection.channels());
        }
        if (operation instanceof Padding padding) {
            return PaddingStep.of(padding);
        }
        if (operation instanceof Crop crop) {
            return CropStep.of(crop);
        }
        if (operation instanceof Resize resize) {
            return new SeparableStep(
                    size -> Mixture.resizing(Resampling.ofRows(resize, new Shape(1, size, 1)), size),
                    size -> Mixture.resizing(Resampling.ofColumns(resize, new Shape(1, 1, size)), size));
        }
        if (operation instanceof Flatten) {
            return new FlattenStep();
        }
        throw new AssertionError(operation);
    }
}
