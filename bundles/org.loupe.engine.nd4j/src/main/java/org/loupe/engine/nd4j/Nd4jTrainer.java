package org.loupe.engine.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.GlobalAverage;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.train.AuxiliaryHead;
import org.loupe.core.train.StartingWeights;
import org.loupe.core.train.Trainer;
import org.loupe.core.train.TrainingPictures;
import org.loupe.core.train.TrainingPlan;
import org.loupe.engine.nd4j.Training.Head;
import org.loupe.engine.nd4j.Training.Outcome;

/** Trains with ND4J's operations and their backward twins, and with AdamW in plain Java. */
final class Nd4jTrainer implements Trainer {

    @Override
    public Network train(Network architecture, TrainingPlan plan, TrainingPictures pictures, Progress progress) {
        if (pictures.size() < plan.batch()) {
            throw new IllegalArgumentException("There are " + pictures.size() + " pictures, less than the one batch of "
                    + plan.batch() + " that training needs");
        }
        Backend.start();
        List<Head> heads = new ArrayList<>();
        heads.add(own(architecture));
        Network whole = StartingWeights.draw(withAuxiliary(architecture, plan.auxiliary(), heads), plan.seed());
        try (Training training = new Training(whole, heads, plan)) {
            run(training, plan, pictures, progress);
            List<Operation> learned = architecture.operations().stream().map(training::learned).toList();
            return new Network(architecture.name(), architecture.about(), architecture.input(), learned,
                    architecture.layers(), architecture.classes());
        }
    }

    private static Head own(Network architecture) {
        Operation last = architecture.operations().get(architecture.operations().size() - 1);
        String output = last instanceof Softmax softmax ? softmax.input() : last.name();
        Shape shape = shape(architecture, output);
        if (shape.rows() != 1 || shape.columns() != 1) {
            throw new NetworkException("The network " + architecture + " ends in " + output + " with " + shape
                    + " numbers for a picture; only one number for each class can be trained");
        }
        return new Head(output, shape.channels(), 1);
    }

    /** Adds the auxiliary heads as operations, and what they are compared with to {@code heads}. */
    private static Network withAuxiliary(Network architecture, List<AuxiliaryHead> auxiliary, List<Head> heads) {
        List<Operation> operations = new ArrayList<>(architecture.operations());
        for (AuxiliaryHead head : auxiliary) {
            int channels = shape(architecture, head.output()).channels();
            String mean = "mean for auxiliary head " + heads.size();
            String output = "auxiliary head " + heads.size();
            operations.add(new GlobalAverage(mean, head.output()));
            operations.add(new Dense(output, mean,
                    new Weights(new int[] {head.classes(), channels}, new float[head.classes() * channels]),
                    Weights.vector(new float[head.classes()])));
            heads.add(new Head(output, head.classes(), head.weight()));
        }
        return new Network(architecture.name(), architecture.about(), architecture.input(), operations,
                architecture.layers(), List.of());
    }

    private static Shape shape(Network network, String output) {
        Shape shape = network.shapes(network.input().shape().rows(), network.input().shape().columns()).get(output);
        if (shape == null) {
            throw new NetworkException("An auxiliary head reads " + output + ", which " + network
                    + " does not compute");
        }
        return shape;
    }

    private static void run(Training training, TrainingPlan plan, TrainingPictures pictures, Progress progress) {
        Draws draws = new Draws(plan.seed());
        int batches = pictures.size() / plan.batch();
        long steps = (long) plan.epochs() * batches;
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            int[] order = order(pictures.size(), draws.split(2L * epoch));
            Draws changes = draws.split(2L * epoch + 1);
            double loss = 0;
            int right = 0;
            for (int batch = 0; batch < batches; batch++) {
                int[] indices = new int[plan.batch()];
                System.arraycopy(order, batch * plan.batch(), indices, 0, indices.length);
                long step = (long) epoch * batches + batch;
                Outcome outcome = training.learn(pictures, indices, plan.rate().rate(step, steps),
                        plan.rate().momentum(step, steps), changes);
                loss += outcome.loss();
                right += outcome.right();
                String text = String.format(Locale.ROOT, "epoch %d of %d: loss %.3f, %.1f %% right", epoch + 1,
                        plan.epochs(), loss / (batch + 1), 100.0 * right / ((batch + 1.0) * plan.batch()));
                if (!progress.report(step + 1, steps, text)) {
                    return;
                }
            }
        }
    }

    private static int[] order(int size, Draws draws) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = draws.below(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
