package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.train.CrossEntropy;
import org.loupe.core.train.TrainingPlan;
import org.loupe.core.train.TrainingPictures;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network that is being trained, in native memory. */
final class Training implements AutoCloseable {

    /**
     * An output that is compared with labels.
     *
     * @param output name of the operation whose output the logits are
     * @param weight of its loss in the sum
     */
    record Head(String output, int classes, double weight) {
    }

    /**
     * What a step saw.
     *
     * @param loss  of the first head
     * @param right how many of the pictures the first head told right
     */
    record Outcome(double loss, int right) {
    }

    private final Network network;
    private final TrainingPlan plan;
    private final List<Head> heads;
    private final Memory memory = new Memory();
    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();

    /**
     * Copies the starting weights.
     *
     * @param network with starting weights and all heads
     * @param heads   the network's own first
     */
    Training(Network network, List<Head> heads, TrainingPlan plan) {
        this.network = network;
        this.plan = plan;
        this.heads = heads;
        Draws dropout = new Draws(plan.seed()).split(-1);
        for (Operation operation : network.operations()) {
            Step step = step(operation, dropout);
            steps.put(operation.name(), step);
            if (step instanceof LearningStep learning) {
                parameters.addAll(learning.parameters());
            }
        }
    }

    private Step step(Operation operation, Draws dropout) {
        if (operation instanceof Convolution convolution) {
            return new LearningConvolution(convolution, !feedsNormalization(operation), plan.decay(), memory);
        }
        if (operation instanceof BatchNormalization normalization) {
            return new LearningBatchNormalization(normalization, memory);
        }
        if (operation instanceof Dense dense) {
            boolean last = dense.name().equals(heads.get(0).output());
            return new LearningDense(dense, plan.decay(), last ? plan.dropout() : 0, dropout, memory);
        }
        return Steps.of(operation, memory);
    }

    private boolean feedsNormalization(Operation operation) {
        List<Operation> readers = network.operations().stream()
                .filter(other -> other.inputs().contains(operation.name())).toList();
        return readers.size() == 1 && readers.get(0) instanceof BatchNormalization;
    }

    /** Learns from some pictures. */
    Outcome learn(TrainingPictures pictures, int[] indices, double rate, double momentum, Draws draws) {
        Batch seen = plan.augmentation().apply(network.input().normalized(read(pictures, indices)), draws);
        Graph graph = new Graph(network.operations(), operation -> steps.get(operation.name()));
        try (Memory work = new Memory()) {
            INDArray input = work.of(seen.values(), seen.images(), seen.channels(), seen.rows(), seen.columns());
            Map<String, INDArray> values = graph.forward(input, work);
            Map<String, INDArray> gradients = new HashMap<>();
            Outcome outcome = compare(pictures, indices, values, gradients, work);
            graph.backward(values, gradients, work);
            parameters.forEach(parameter -> parameter.learn(rate, momentum));
            return outcome;
        }
    }

    private Batch read(TrainingPictures pictures, int[] indices) {
        Batch batch = Batch.zeros(indices.length, network.input().shape().channels(), network.input().shape().rows(),
                network.input().shape().columns());
        float[] picture = new float[batch.imageSize()];
        for (int image = 0; image < indices.length; image++) {
            pictures.picture(indices[image], picture);
            System.arraycopy(picture, 0, batch.values(), image * picture.length, picture.length);
        }
        return batch;
    }

    private Outcome compare(TrainingPictures pictures, int[] indices, Map<String, INDArray> values,
            Map<String, INDArray> gradients, Memory work) {
        Outcome first = null;
        for (int index = 0; index < heads.size(); index++) {
            Head head = heads.get(index);
            CrossEntropy entropy = new CrossEntropy(head.classes(), plan.labelSmoothing());
            int[] labels = new int[indices.length];
            for (int image = 0; image < labels.length; image++) {
                labels[image] = pictures.label(indices[image], index);
            }
            INDArray output = values.get(head.output());
            float[] logits = Memory.read(output);
            float[] gradient = new float[logits.length];
            double loss = entropy.loss(logits, labels, head.weight(), gradient);
            gradients.put(head.output(), work.of(gradient, output.shape()));
            if (first == null) {
                first = new Outcome(loss, right(entropy, logits, labels));
            }
        }
        return first;
    }

    private static int right(CrossEntropy entropy, float[] logits, int[] labels) {
        int right = 0;
        for (int image = 0; image < labels.length; image++) {
            right += entropy.likeliest(logits, image) == labels[image] ? 1 : 0;
        }
        return right;
    }

    /** An operation with the weights of now. */
    Operation learned(Operation operation) {
        return steps.get(operation.name()) instanceof LearningStep learning ? learning.learned() : operation;
    }

    @Override
    public void close() {
        memory.close();
    }
}
