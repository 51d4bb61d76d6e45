package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Some channels in a new order. The gradient gathers, too, from an array with a channel of zeros behind it: once for
 * the first places that a channel got, once for the second ones, and so on. ND4J's {@code scatter_add} only knows the
 * first dimension, and its {@code gather} takes a dimension away where a single channel is asked for.
 */
record SelectionStep(List<Integer> channels) implements Step {

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        return gathered(inputs.get(0), channels, memory);
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        INDArray input = inputs.get(0);
        INDArray padded = memory.filled(0, gradient.size(0), gradient.size(1) + 1, gradient.size(2), gradient.size(3));
        part(padded, 0, gradient.size(1)).assign(gradient);
        INDArray sum = null;
        for (List<Integer> places : places((int) input.size(1))) {
            INDArray found = gathered(padded, places, memory);
            if (sum == null) {
                sum = found;
            } else {
                sum.addi(found);
                memory.free(found);
            }
        }
        memory.free(padded);
        return List.of(sum);
    }

    /** For each of the input's channels the place of its first copy, then of its second; the last channel where none. */
    private List<List<Integer>> places(int inputs) {
        List<List<Integer>> rounds = new ArrayList<>();
        int[] copies = new int[inputs];
        for (int place = 0; place < channels.size(); place++) {
            int channel = channels.get(place);
            if (copies[channel] == rounds.size()) {
                rounds.add(new ArrayList<>(Collections.nCopies(inputs, channels.size())));
            }
            rounds.get(copies[channel]++).set(channel, place);
        }
        return rounds;
    }

    private static INDArray gathered(INDArray array, List<Integer> from, Memory memory) {
        int first = from.get(0);
        boolean neighbours = IntStream.range(0, from.size()).allMatch(place -> from.get(place) == first + place);
        if (neighbours) {
            return memory.copy(part(array, first, first + from.size()));
        }
        int dimension = 1;
        int[] arguments = IntStream.concat(IntStream.of(dimension), from.stream().mapToInt(Integer::intValue)).toArray();
        INDArray gathered = memory.array(array.size(0), from.size(), array.size(2), array.size(3));
        Nd4j.exec(DynamicCustomOp.builder("gather").addInputs(array).addOutputs(gathered)
                .addIntegerArguments(arguments).build());
        return gathered;
    }

    private static INDArray part(INDArray array, long from, long to) {
        return array.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all(), NDArrayIndex.all());
    }
}
