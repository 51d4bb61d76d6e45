package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation.Crop;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Fewer rows and columns at the edges. */
record CropStep(Crop crop) implements Step {

    /** The step for any crop. ND4J's own intervals with steps are out of range where the last step is not a whole one. */
    static Step of(Crop crop) {
        return crop.rowStep() == 1 && crop.columnStep() == 1 ? new CropStep(crop)
                : new SeparableStep(size -> Mixture.cropping(size, crop.top(), crop.bottom(), crop.rowStep()),
                        size -> Mixture.cropping(size, crop.left(), crop.right(), crop.columnStep()));
    }

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
                NDArrayIndex.interval(crop.top(), array.size(2) - crop.bottom()),
                NDArrayIndex.interval(crop.left(), array.size(3) - crop.right()));
    }
}
