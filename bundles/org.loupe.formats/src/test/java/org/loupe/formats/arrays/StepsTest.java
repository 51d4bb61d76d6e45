package org.loupe.formats.arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.formats.graph.Assembly;

/** Operations that are made of several of a file, and the other way round. */
class StepsTest {

    private static final Shape SHAPE = new Shape(2, 4, 4);

    private final Assembly assembly = new Assembly(SHAPE);
    private final Steps steps = new Steps(assembly, new Budget(0), "");
    private final Value in = Value.map(Network.INPUT, SHAPE, true);

    private Activation activation(Value value) {
        return (Activation) assembly.operation(value.output());
    }

    @Test
    void anInputTimesItsSigmoidIsASwish() {
        Value share = steps.activation("share", in, new Nonlinearity.Sigmoid());
        assertEquals(new Activation("swish", Network.INPUT, new Swish(1)),
                activation(steps.paired("swish", in, Sign.TIMES, share)));
        assertEquals(new Activation("turned", Network.INPUT, new Swish(1)),
                activation(steps.paired("turned", share, Sign.TIMES, in)));
    }

    @Test
    void aHardSwishInPiecesIsOneAgain() {
        Value clipped = steps.activation("clip", steps.paired("plus", in, Sign.PLUS, Tensor.scalar(3), false), new Clip(0, 6));
        Value gate = steps.paired("gate", clipped, Sign.TIMES, Tensor.scalar(1 / 6f), false);
        assertEquals(new HardSigmoid(1 / 6f, 0.5f), activation(gate).function());
        assertEquals(new Activation("one", Network.INPUT, new HardSwish()), activation(steps.paired("one", in, Sign.TIMES, gate)));
        Value product = steps.paired("product", in, Sign.TIMES, clipped);
        Value other = steps.paired("other", product, Sign.OVER, Tensor.scalar(6), false);
        assertEquals(new Activation("other", Network.INPUT, new HardSwish()), activation(other));
    }

    @Test
    void constantsBecomeAScaleAndAShiftOfTheirChannels() {
        Value taken = steps.paired("taken", in, Sign.MINUS, Tensor.vector(1, 2), true);
        BatchNormalization affine = (BatchNormalization) assembly.operation(taken.output());
        assertArrayEquals(new float[] {-1, -1}, affine.scale().values());
        assertArrayEquals(new float[] {1, 2}, affine.shift().values());
        assertThrows(Unsupported.class, () -> steps.paired("rows", in, Sign.PLUS, new Tensor(new int[] {4, 1, 1}, new float[4]), false));
    }

    @Test
    void aMatrixForAFlattenedMapIsPutInTheOrderOfTheNumbers() {
        Value flat = in.reshaped(1, 32);
        float[] matrix = new float[32];
        for (int i = 0; i < 32; i++) {
            matrix[i] = i;
        }
        Value out = steps.dense("dense", flat, new Tensor(new int[] {32, 1}, matrix), false, null);
        float[] weights = ((Dense) assembly.operation(out.output())).weights().values();
        assertEquals(0, weights[0]);
        assertEquals(2, weights[1], "the second column of the first channel is the file's third number");
        assertEquals(1, weights[16], "the second channel begins with the file's second number");
        assertThrows(NetworkException.class, () -> steps.dense("wrong", flat, new Tensor(new int[] {31, 1}, new float[31]), false, null));
    }

    @Test
    void zerosAroundAConvolutionAreItsOwnPadding() {
        Value around = steps.around("around", in, new int[] {1, 0, 2, 3}, Fill.CONSTANT, 0, true);
        Value out = steps.convolution("convolution", around, new Weights(new int[] {1, 2, 3, 3}, new float[18]), null,
                Window.square(3, 1, 0), 1, true);
        Convolution convolution = (Convolution) assembly.operation(out.output());
        assertEquals(Network.INPUT, convolution.input());
        assertEquals(new Window(3, 3, 1, 1, 1, 0, 2, 3, 1, 1), convolution.window());
    }

    @Test
    void theBudgetEndsBeforeTheMemoryDoes() {
        Budget budget = new Budget(100);
        budget.take(1 << 22);
        assertThrows(NetworkException.class, () -> budget.take(1000));
        assertThrows(NetworkException.class, () -> budget.take(-1));
    }
}
