package org.loupe.engine.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Input;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;
import org.loupe.core.train.Augmentation;
import org.loupe.core.train.AuxiliaryHead;
import org.loupe.core.train.CrossEntropy;
import org.loupe.core.train.OneCycle;
import org.loupe.core.train.Trainer;
import org.loupe.core.train.TrainingPictures;
import org.loupe.core.train.TrainingPlan;

class Nd4jTrainerTest {

    private static final Tap LOGITS = Tap.after("logits");

    private final Nd4jEngine engine = new Nd4jEngine();
    private final Trainer trainer = engine.trainer();
    private final TrainingPictures pictures = TinyNetwork.gratings(96);

    private static TrainingPlan plan(int epochs, long seed) {
        return new TrainingPlan(epochs, 16, new OneCycle(0.02, 0.2, 10, 1000), 0.02, 0.05, 0.2,
                new Augmentation(0.1, 0.15, 1), List.of(new AuxiliaryHead("top", 2, 0.2)), seed);
    }

    @Test
    void aTrainedNetworkTellsFreshPicturesApart() {
        Network trained = trainer.train(TinyNetwork.untrained(), plan(12, 0), pictures, Progress.NONE);
        assertTrue(right(trained) > 0.9, "told right: " + right(trained));
    }

    private double right(Network network) {
        int fresh = 60;
        Batch seen = Batch.zeros(fresh, 3, TinyNetwork.SIZE, TinyNetwork.SIZE);
        float[] picture = new float[seen.imageSize()];
        int right = 0;
        try (Session session = engine.open(network)) {
            for (int i = 0; i < fresh; i++) {
                TinyNetwork.gratings(2000).picture(1000 + i, picture);
                System.arraycopy(picture, 0, seen.values(), i * picture.length, picture.length);
            }
            float[] logits = session.activations(seen, Set.of(LOGITS)).at(LOGITS).values();
            for (int i = 0; i < fresh; i++) {
                right += new CrossEntropy(TinyNetwork.CLASSES, 0).likeliest(logits, i) == (1000 + i) % 3 ? 1 : 0;
            }
        }
        return (double) right / fresh;
    }

    @Test
    void progressTellsLossAndAccuracyOfEveryStep() {
        List<String> told = new ArrayList<>();
        trainer.train(TinyNetwork.untrained(), plan(2, 0), pictures, (done, total, what) -> {
            assertEquals(12, total);
            assertEquals(told.size() + 1, done);
            return told.add(what);
        });
        assertEquals(12, told.size());
        assertTrue(told.get(0).matches("epoch 1 of 2: loss \\d\\.\\d{3}, \\d+\\.\\d % right"), told.get(0));
        assertTrue(told.get(11).startsWith("epoch 2 of 2"), told.get(11));
    }

    @Test
    void theSamePlanGivesTheSameBytesAndAnotherSeedOthers() {
        String first = trainer.train(TinyNetwork.untrained(), plan(2, 0), pictures, Progress.NONE).hash();
        assertEquals(first, trainer.train(TinyNetwork.untrained(), plan(2, 0), pictures, Progress.NONE).hash());
        assertNotEquals(first, trainer.train(TinyNetwork.untrained(), plan(2, 1), pictures, Progress.NONE).hash());
    }

    @Test
    void foldingATrainedNetworkLeavesItsAnswersAlone() {
        Network trained = trainer.train(TinyNetwork.untrained(), plan(2, 0), pictures, Progress.NONE);
        Network folded = Folding.fold(trained);
        assertTrue(folded.operations().stream().noneMatch(BatchNormalization.class::isInstance));
        try (Session whole = engine.open(trained); Session without = engine.open(folded)) {
            float[] expected = whole.activations(TinyNetwork.picture(), Set.of(LOGITS)).at(LOGITS).values();
            float[] found = without.activations(TinyNetwork.picture(), Set.of(LOGITS)).at(LOGITS).values();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], found[i], 1e-4);
            }
        }
    }

    @Test
    void stoppingKeepsWhatWasLearned() {
        Network stopped = trainer.train(TinyNetwork.untrained(), plan(2, 0), pictures,
                (done, total, what) -> done < 4);
        Network whole = trainer.train(TinyNetwork.untrained(), plan(2, 0), pictures, Progress.NONE);
        assertNotEquals(TinyNetwork.trainedAtRandom().hash(), stopped.hash());
        assertNotEquals(whole.hash(), stopped.hash());
        assertEquals(whole.operations().size(), stopped.operations().size());
    }

    @Test
    void biasesThatNormalizationTakesAwayStayZero() {
        Network trained = trainer.train(TinyNetwork.untrained(), plan(1, 0), pictures, Progress.NONE);
        Convolution first = (Convolution) trained.operation("first").orElseThrow();
        assertEquals(Weights.vector(new float[6]), first.bias());
    }

    @Test
    void nativeArraysAreGivenBackAfterEachStepAndAtTheEnd() {
        trainer.train(TinyNetwork.untrained(), plan(1, 0), pictures, Progress.NONE);
        long before = NativeBytes.now();
        AtomicLong first = new AtomicLong(Long.MAX_VALUE);
        trainer.train(TinyNetwork.untrained(), plan(4, 0), pictures, (done, total, what) -> {
            NativeBytes.assertNoMoreThan(first.get(), "after step " + done);
            first.compareAndSet(Long.MAX_VALUE, NativeBytes.now());
            return true;
        });
        assertNotEquals(Long.MAX_VALUE, first.get());
        NativeBytes.assertNoMoreThan(before, "at the end");
    }

    @Test
    void aNetworkThatEndsInAMapIsNoClassifier() {
        Network map = new Network("map", "", new Input(new Shape(1, 4, 4), new float[1], new float[] {1}),
                List.of(convolution(1)), List.of(), List.of());
        NetworkException refused = assertThrows(NetworkException.class,
                () -> trainer.train(map, plan(1, 0), pictures, Progress.NONE));
        assertTrue(refused.getMessage().contains("map"), refused.getMessage());
    }

    @Test
    void aDilatedConvolutionIsRefusedByName() {
        Network dilated = new Network("wide", "", new Input(new Shape(1, 3, 3), new float[1], new float[] {1}),
                List.of(convolution(2)), List.of(), List.of());
        EngineException refused = assertThrows(EngineException.class,
                () -> trainer.train(dilated, new TrainingPlan(1, 16, new OneCycle(1, 0.2, 1, 1), 0, 0, 0,
                        Augmentation.NONE, List.of(), 0), pictures, Progress.NONE));
        assertTrue(refused.getMessage().contains("edges"), refused.getMessage());
    }

    private static Convolution convolution(int dilation) {
        return new Convolution("edges", Network.INPUT, new Weights(new int[] {2, 1, 2, 2}, new float[8]),
                Weights.vector(0, 0), new Window(2, 2, 1, 1, 0, 0, 0, 0, dilation, dilation), 1);
    }
}
