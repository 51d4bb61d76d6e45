package org.loupe.core.engine;

import java.util.List;
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

/**
 * One operation on arrays of known shapes, by the formulas of its definition. It knows nothing of any image, so one
 * step serves them all, except those that edit. Arrays are those of one image, in the order (channel, row, column).
 */
interface ReferenceStep {

    /**
     * The output, as an array of its own.
     *
     * @param inputs what the operation reads
     */
    double[] forward(List<double[]> inputs);

    /**
     * Adds, to the gradients with respect to the inputs, what comes from the gradient with respect to the output.
     *
     * @param inputs what the operation reads
     * @param out    what {@link #forward} returned
     * @param slope  gradient with respect to the output
     * @param slopes gradients with respect to the inputs; an input that is read twice is there twice
     */
    void backward(List<double[]> inputs, double[] out, double[] slope, List<double[]> slopes);

    /**
     * The step of an operation.
     *
     * @param in  shapes of the inputs
     * @param out shape of the output
     */
    static ReferenceStep of(Operation operation, List<Shape> in, Shape out) {
        Shape first = in.get(0);
        if (operation instanceof Convolution convolution) {
            return ReferenceConvolution.of(convolution, first, out);
        } else if (operation instanceof TransposedConvolution transposed) {
            return ReferenceConvolution.of(transposed, first, out);
        } else if (operation instanceof Dense dense) {
            return new ReferenceDense(dense);
        } else if (operation instanceof MaxPool pool) {
            return new ReferenceMaxPool(new ReferenceWindow(pool.window(), first, out));
        } else if (operation instanceof AveragePool pool) {
            return new ReferenceAveragePool(new ReferenceWindow(pool.window(), first, out), pool.countsPadding());
        } else if (operation instanceof GlobalAverage) {
            return new ReferenceGlobalAverage(first);
        } else if (operation instanceof Relu) {
            return new ReferenceFunction(x -> Math.max(x, 0), x -> x > 0 ? 1 : 0);
        } else if (operation instanceof Activation activation) {
            return new ReferenceFunction(activation.function()::at, activation.function()::slope);
        } else if (operation instanceof BatchNormalization normalization) {
            return ReferenceScaling.of(normalization, first);
        } else if (operation instanceof LocalResponseNormalization normalization) {
            return new ReferenceResponse(normalization, first);
        } else if (operation instanceof LayerNormalization normalization) {
            return new ReferenceStandardization(normalization, first);
        } else if (operation instanceof Softmax) {
            return new ReferenceSoftmax(first);
        } else if (operation instanceof Largest largest) {
            return new ReferenceLargest(first, largest.count());
        } else if (operation instanceof Arithmetic arithmetic) {
            return new ReferencePairing(arithmetic.sign(), first, in.get(1), out);
        } else if (operation instanceof Addition) {
            return new ReferenceSum(out);
        } else if (operation instanceof Concatenation) {
            return new ReferenceJoin(out);
        } else if (operation instanceof Selection selection) {
            return ReferenceGather.of(selection, first);
        } else if (operation instanceof Padding padding) {
            return ReferenceGather.of(padding, first, out);
        } else if (operation instanceof Crop crop) {
            return ReferenceGather.of(crop, first, out);
        } else if (operation instanceof Flatten) {
            return ReferenceGather.all(first);
        } else if (operation instanceof Resize resize) {
            return new ReferenceResize(first, Resampling.ofRows(resize, first), Resampling.ofColumns(resize, first));
        }
        throw new AssertionError(operation);
    }
}
