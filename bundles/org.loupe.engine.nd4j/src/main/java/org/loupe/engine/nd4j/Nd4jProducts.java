package org.loupe.engine.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.loupe.core.dictionary.Products;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Products of matrices by ND4J, whose native arrays are kept from product to product. For one thread at a time. */
final class Nd4jProducts implements Products {

    private final Memory memory = new Memory();
    private final Map<Place, INDArray> arrays = new HashMap<>();

    private record Place(String role, int rows, int columns) {
    }

    @Override
    public void multiply(float[] left, boolean leftTransposed, float[] right, boolean rightTransposed, int rows, int inner,
            int columns, float[] product) {
        INDArray first = array("left", leftTransposed ? inner : rows, leftTransposed ? rows : inner);
        INDArray second = array("right", rightTransposed ? columns : inner, rightTransposed ? inner : columns);
        INDArray result = array("product", rows, columns);
        Memory.write(left, first);
        Memory.write(right, second);
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(first, second).addOutputs(result)
                .addIntegerArguments(leftTransposed ? 1 : 0, rightTransposed ? 1 : 0, 0).build());
        Memory.read(result, product);
    }

    private INDArray array(String role, int rows, int columns) {
        return arrays.computeIfAbsent(new Place(role, rows, columns), place -> memory.array(rows, columns));
    }

    @Override
    public void close() {
        arrays.clear();
        memory.close();
    }
}
