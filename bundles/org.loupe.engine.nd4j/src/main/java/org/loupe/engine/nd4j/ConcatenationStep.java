package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The channels of several inputs, one after the other. */
final class ConcatenationStep implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        return joined(inputs, memory);
    }

    /** A new array of the channels of several. */
    static INDArray joined(List<INDArray> parts, Memory memory) {
        long channels = parts.stream().mapToLong(part -> part.size(1)).sum();
        INDArray first = parts.get(0);
        INDArray joined = memory.array(first.size(0), channels, first.size(2), first.size(3));
        Nd4j.exec(DynamicCustomOp.builder("concat").addInputs(parts.toArray(INDArray[]::new)).addOutputs(joined)
                .addIntegerArguments(1).build());
        return joined;
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        List<INDArray> parts = new ArrayList<>();
        long from = 0;
        for (INDArray input : inputs) {
            long to = from + input.size(1);
            parts.add(memory.copy(gradient.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all(),
                    NDArrayIndex.all())));
            from = to;
        }
        return parts;
    }
}
