package org.loupe.engine.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Sums as products with vectors of ones, whose order of adding is fixed, and which are faster than ND4J's sums. */
final class Sums {

    private Sums() {
    }

    /** The sum of each channel over images and positions, times a number, of the shape (1, channel, 1, 1). */
    static INDArray ofChannels(INDArray array, double times, Memory memory) {
        long images = array.size(0);
        long channels = array.size(1);
        long area = array.size(2) * array.size(3);
        INDArray planes = memory.array(images, channels);
        multiply(array.reshape('c', images * channels, area), memory.filled(1, area, 1),
                planes.reshape('c', images * channels, 1));
        INDArray sums = memory.array(1, channels, 1, 1);
        multiply(memory.filled(times, 1, images), planes, sums.reshape('c', 1, channels));
        return sums;
    }

    /** The sum over the dimensions along which another array has one value only; an array of its own. */
    static INDArray like(INDArray other, INDArray array, Memory memory) {
        INDArray sum = array;
        for (int dimension = 3; dimension > 0; dimension--) {
            if (other.size(dimension) == 1 && sum.size(dimension) > 1) {
                sum = along(dimension, sum, 1, memory);
            }
        }
        return sum == array ? memory.copy(array) : sum;
    }

    /** The sum along one dimension, which stays with size 1, times a number. */
    static INDArray along(int dimension, INDArray array, double times, Memory memory) {
        long[] shape = array.shape().clone();
        long size = shape[dimension];
        long inner = 1;
        for (int after = dimension + 1; after < shape.length; after++) {
            inner *= shape[after];
        }
        long outer = array.length() / size / inner;
        shape[dimension] = 1;
        INDArray sum = memory.array(shape);
        if (inner == 1) {
            multiply(array.reshape('c', outer, size), memory.filled(times, size, 1), sum.reshape('c', outer, 1));
        } else {
            multiply(memory.filled(times, outer, 1, size), array.reshape('c', outer, size, inner),
                    sum.reshape('c', outer, 1, inner));
        }
        return sum;
    }

    private static void multiply(INDArray left, INDArray right, INDArray product) {
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(left, right).addOutputs(product).build());
    }
}
