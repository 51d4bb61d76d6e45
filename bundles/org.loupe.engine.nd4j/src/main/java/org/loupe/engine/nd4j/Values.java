package org.loupe.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseTransformOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Abs;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Exp;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Expm1;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Log1p;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Formulas on one array, in place, value by value. What stands on the other side of a sign may be smaller, as in
 * {@link org.loupe.core.network.Operation.Arithmetic}; a number is given to ND4J as an array of its own.
 *
 * @param array  what is changed, an array of {@code memory}
 * @param memory where numbers and copies are kept
 */
record Values(INDArray array, Memory memory) {

    /** A copy of an array, to be changed. */
    static Values of(INDArray array, Memory memory) {
        return new Values(memory.copy(array), memory);
    }

    Values copy() {
        return of(array, memory);
    }

    Values plus(double number) {
        return with("add", number);
    }

    Values plus(INDArray other) {
        return with("add", other);
    }

    /** Adds other values, which are no longer needed. */
    Values plus(Values other) {
        return with("add", other);
    }

    Values minus(INDArray other) {
        return with("subtract", other);
    }

    Values times(double number) {
        return with("multiply", number);
    }

    Values times(INDArray other) {
        return with("multiply", other);
    }

    /** Multiplies with other values, which are no longer needed. */
    Values times(Values other) {
        return with("multiply", other);
    }

    Values atLeast(double number) {
        return with("maximum", number);
    }

    Values atMost(double number) {
        return with("minimum", number);
    }

    Values power(double exponent) {
        return with("Pow", exponent);
    }

    /** What is missing to 1. */
    Values complement() {
        return times(-1).plus(1);
    }

    /** 1 where larger than a number, else 0. */
    Values above(double number) {
        Step step = new Step(array, array, number);
        Nd4j.exec(step);
        step.scalar().close();
        return this;
    }

    /** 1 where smaller than a number, else 0. */
    Values below(double number) {
        return times(-1).above(-number);
    }

    Values exponential() {
        return run(new Exp(array, array));
    }

    /** The exponential less 1. */
    Values exponentialLess1() {
        return run(new Expm1(array, array));
    }

    /** The logarithm of 1 more. */
    Values logarithmOf1More() {
        return run(new Log1p(array, array));
    }

    Values tanh() {
        return run(new Tanh(array, array));
    }

    Values sigmoid() {
        return run(new Sigmoid(array, array));
    }

    Values errorFunction() {
        return run(new Erf(array, array));
    }

    Values magnitude() {
        return run(new Abs(array, array));
    }

    /** 1, 0 or -1. */
    Values sign() {
        return run(new Sign(array, array));
    }

    private Values run(BaseTransformOp transform) {
        Nd4j.exec(transform);
        return this;
    }

    private Values with(String operation, double number) {
        return with(operation, new Values(memory.filled(number, 1), memory));
    }

    private Values with(String operation, Values other) {
        with(operation, other.array);
        memory.free(other.array);
        return this;
    }

    private Values with(String operation, INDArray other) {
        combine(operation, array, other, array);
        return this;
    }

    /** Writes into {@code result} what an operation makes of two arrays. */
    static void combine(String operation, INDArray left, INDArray right, INDArray result) {
        Nd4j.exec(DynamicCustomOp.builder(operation).addInputs(left, right).addOutputs(result).build());
    }
}
