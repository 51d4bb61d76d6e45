package org.loupe.engine.nd4j;

import java.util.List;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One matrix along the rows and another along the columns, the same in all channels: resizing, padding with what is
 * inside, and leaving positions out. ND4J's {@code resize_*} do not have all alignments, and its gradients of these and
 * of {@code mirror_pad} would each have to be trusted on its own; here, the gradient is the same product with the
 * matrices turned over.
 *
 * @param rows    how the rows of an input of given height are mixed
 * @param columns how the columns of an input of given width are mixed
 */
record SeparableStep(IntFunction<Mixture> rows, IntFunction<Mixture> columns) implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        INDArray input = inputs.get(0);
        return mixed(input, input, false, memory);
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(mixed(gradient, inputs.get(0), true, memory));
    }

    private INDArray mixed(INDArray array, INDArray input, boolean back, Memory memory) {
        INDArray wide = product(array, columns.apply((int) input.size(3)), back, memory);
        INDArray turned = memory.copy(wide.permute(0, 1, 3, 2));
        INDArray mixed = product(turned, rows.apply((int) input.size(2)), back, memory);
        return memory.copy(mixed.permute(0, 1, 3, 2));
    }

    /** The array with its last dimension mixed. */
    private static INDArray product(INDArray array, Mixture mixture, boolean back, Memory memory) {
        INDArray matrix = memory.of(mixture.weights(), mixture.outputs(), mixture.inputs());
        long[] shape = array.shape().clone();
        long vectors = array.length() / shape[3];
        shape[3] = back ? mixture.inputs() : mixture.outputs();
        INDArray product = memory.array(shape);
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(array.reshape('c', vectors, array.size(3)), matrix)
                .addOutputs(product.reshape('c', vectors, shape[3])).addIntegerArguments(0, back ? 0 : 1, 0).build());
        return product;
    }
}
