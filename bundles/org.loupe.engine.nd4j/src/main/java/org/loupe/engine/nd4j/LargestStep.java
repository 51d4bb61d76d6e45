package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.engine.Competition;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The largest channels of each position, decided in plain Java: ND4J's {@code top_k} says nothing about equal values. */
record LargestStep(int count) implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        return kept(inputs.get(0), inputs.get(0), memory);
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(kept(inputs.get(0), gradient, memory));
    }

    /** What an array has where another one has its largest channels. */
    private INDArray kept(INDArray decides, INDArray from, Memory memory) {
        INDArray plain = memory.copy(decides);
        INDArray kept = memory.copy(from);
        float[] values = Memory.read(plain);
        boolean[] stays = new boolean[values.length];
        int images = (int) decides.size(0);
        Competition competition = new Competition((int) decides.size(1), (int) (decides.size(2) * decides.size(3)), count);
        for (int image = 0; image < images; image++) {
            competition.decide(values, image * (values.length / images), stays);
        }
        float[] found = Memory.read(kept);
        for (int i = 0; i < found.length; i++) {
            found[i] = stays[i] ? found[i] : 0;
        }
        Memory.write(found, kept);
        memory.free(plain);
        return kept;
    }
}
