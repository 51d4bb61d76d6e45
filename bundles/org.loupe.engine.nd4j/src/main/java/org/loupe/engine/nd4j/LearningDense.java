package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.Draws;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Dense;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Dense operation that learns its matrix and bias; a share of its inputs is silenced each time (dropout). */
final class LearningDense implements LearningStep {

    private final Dense dense;
    private final Parameter matrix;
    private final Parameter bias;
    private final double dropout;
    private final Draws draws;
    private INDArray kept;
    private INDArray heard;

    /** @param dropout share of the input that is silenced; what remains is made larger by as much */
    LearningDense(Dense dense, double decay, double dropout, Draws draws, Memory memory) {
        int[] shape = dense.weights().shape();
        this.dense = dense;
        this.dropout = dropout;
        this.draws = draws;
        matrix = new Parameter(dense.weights(), decay, memory, shape[0], shape[1]);
        bias = new Parameter(dense.bias(), 0, memory, 1, shape[0]);
    }

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        kept = kept(inputs.get(0), memory);
        heard = memory.copy(inputs.get(0)).muli(kept);
        return DenseStep.forward(heard, matrix.array(), bias.array(), memory);
    }

    private INDArray kept(INDArray input, Memory memory) {
        float[] factors = new float[Math.toIntExact(input.length())];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = draws.chance(dropout) ? 0 : (float) (1 / (1 - dropout));
        }
        return memory.of(factors, input.shape());
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray slope = DenseStep.flat(gradient);
        int transposed = 1;
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(slope, DenseStep.flat(heard))
                .addOutputs(matrix.gradient()).addIntegerArguments(transposed, 0, 0).build());
        Nd4j.exec(DynamicCustomOp.builder("matmul").addInputs(memory.filled(1, 1, slope.size(0)), slope)
                .addOutputs(bias.gradient()).build());
        return List.of(DenseStep.backward(inputs.get(0), gradient, matrix.array(), memory).muli(kept));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(matrix, bias);
    }

    @Override
    public Operation learned() {
        return new Dense(dense.name(), dense.input(), matrix.weights(), bias.weights());
    }
}
