package org.loupe.engine.nd4j;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native arrays that live as long as a piece of work, however it ends. For one thread at a time.
 *
 * <p>ND4J's conveniences that take a number, such as {@code muli(2)}, make a native array of it that only the garbage
 * collector gives back; this package does without them.
 */
final class Memory implements AutoCloseable {

    private final Set<INDArray> arrays = Collections.newSetFromMap(new IdentityHashMap<>());

    /** An array of unknown content, in row order. */
    INDArray array(long... shape) {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
        arrays.add(array);
        return array;
    }

    /** An array of unknown content with the shape of another. */
    INDArray like(INDArray other) {
        return array(other.shape());
    }

    /** An array in which every value is the same. */
    INDArray filled(double value, long... shape) {
        INDArray array = array(shape);
        Nd4j.exec(DynamicCustomOp.builder("fill_as").addInputs(array).addOutputs(array)
                .addFloatingPointArguments(value).build());
        return array;
    }

    /** A copy of numbers, in row order. */
    INDArray of(float[] values, long... shape) {
        INDArray array = array(shape);
        write(values, array);
        return array;
    }

    /** A copy of an array or of a view of one. */
    INDArray copy(INDArray view) {
        INDArray array = array(view.shape());
        array.assign(view);
        return array;
    }

    /** Overwrites an array of this class's making. */
    static void write(float[] values, INDArray array) {
        floats(array).put(values);
    }

    /** What an array of this class's making holds, in row order. */
    static float[] read(INDArray array) {
        float[] values = new float[Math.toIntExact(array.length())];
        floats(array).get(values);
        return values;
    }

    /** Copies what an array of this class's making holds, in row order, into an array of the same size. */
    static void read(INDArray array, float[] values) {
        floats(array).get(values);
    }

    private static FloatBuffer floats(INDArray array) {
        return array.data().asNioFloat();
    }

    /** Gives an array back before the rest. */
    void free(INDArray array) {
        if (arrays.remove(array)) {
            array.close();
        }
    }

    @Override
    public void close() {
        arrays.forEach(INDArray::close);
        arrays.clear();
    }
}
