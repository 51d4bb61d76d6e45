package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Crop;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Fewer rows and columns. */
record CropStep(Crop crop) implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        return memory.copy(kept(inputs.get(0)));
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray found = memory.filled(0, inputs.get(0).shape());
        kept(found).assign(gradient);
        return List.of(found);
    }

    private INDArray kept(INDArray array) {
        return array.get(NDArrayIndex.all(), NDArrayIndex.all(),
                NDArrayIndex.interval(crop.top(), crop.rowStep(), array.size(2) - crop.bottom()),
                NDArrayIndex.interval(crop.left(), crop.columnStep(), array.size(3) - crop.right()));
    }
}
