package org.loupe.demo.network;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.train.Augmentation;
import org.loupe.core.train.AuxiliaryHead;
import org.loupe.core.train.OneCycle;
import org.loupe.core.train.TrainingEngine;
import org.loupe.core.train.TrainingPlan;
import org.loupe.demo.pictures.LabelledPicture;
import org.loupe.demo.pictures.PictureClass;
import org.loupe.demo.pictures.PictureGenerator;

/**
 * Makes the demo network: draws pictures, trains on them, folds the batch normalizations into the weights, and
 * counts how many fresh pictures the result gets right.
 *
 * @param epochs   how often every picture is seen; the bundled network saw each {@value #EPOCHS} times
 * @param pictures how many pictures to train on; for the bundled network {@value #PICTURES}
 * @param fresh    how many other pictures to test on; for the bundled network {@value #FRESH}
 * @param seed     of the training; 0 for the bundled network
 */
public record DemoTraining(int epochs, int pictures, int fresh, long seed) {

    public static final int EPOCHS = 6;
    public static final int PICTURES = 20_400;
    public static final int FRESH = 3_400;

    private static final long FIRST_FRESH_SEED = 10_000_000;
    private static final int BATCH = 64;

    public DemoTraining {
        if (epochs < 1 || pictures < BATCH || fresh < 1) {
            throw new IllegalArgumentException("Training takes at least one epoch, " + BATCH
                    + " pictures and one fresh picture, not " + epochs + ", " + pictures + " and " + fresh + ".");
        }
    }

    /**
     * A network and how good it is.
     *
     * @param accuracy share of fresh pictures whose class it got right, 0 to 1
     */
    public record Trained(Network network, double accuracy) {
    }

    /** The training that made the bundled network. */
    public static DemoTraining ofTheBundledNetwork() {
        return new DemoTraining(EPOCHS, PICTURES, FRESH, 0);
    }

    /** How the network is trained. */
    public TrainingPlan plan() {
        AuxiliaryHead fine = new AuxiliaryHead(DemoArchitecture.SUPERVISED, FineLabel.count(), .5);
        return new TrainingPlan(epochs, BATCH, new OneCycle(3e-3, .2, 10, 1000), .02, .05, .2,
                new Augmentation(.1, .15, 3), List.of(fine), seed);
    }

    /**
     * Trains; stops early, with what was learned so far, when the progress says so.
     *
     * @throws org.loupe.core.engine.EngineException when the engine cannot train on this machine
     */
    public Trained train(TrainingEngine engine, Progress progress) {
        Network untrained = DemoArchitecture.untrained("demo", "");
        Network trained = Folding.fold(engine.trainer().train(untrained, plan(),
                new DrawnPictures(0, pictures), progress));
        double accuracy;
        try (Session session = engine.open(trained)) {
            accuracy = accuracy(session, FIRST_FRESH_SEED, fresh);
        }
        Network described = new Network(trained.name(), about(accuracy), trained.input(), trained.operations(),
                trained.layers(), trained.classes());
        return new Trained(described, accuracy);
    }

    /** The share of drawn pictures, from a seed on, whose class a network with the demo's classes gets right. */
    public static double accuracy(Session session, long firstSeed, int count) {
        PictureGenerator generator = new PictureGenerator();
        Tap logits = Tap.after("logits");
        int right = 0;
        for (int from = 0; from < count; from += BATCH) {
            Batch pictures = Batch.zeros(Math.min(BATCH, count - from), 3, LabelledPicture.SIZE, LabelledPicture.SIZE);
            PictureClass[] truth = new PictureClass[pictures.images()];
            for (int image = 0; image < pictures.images(); image++) {
                LabelledPicture picture = generator.picture(firstSeed + from + image);
                picture.writeTo(pictures, image);
                truth[image] = picture.pictureClass();
            }
            Batch answers = session.activations(pictures, Set.of(logits)).at(logits);
            for (int image = 0; image < pictures.images(); image++) {
                if (largest(answers, image) == truth[image].ordinal()) {
                    right++;
                }
            }
        }
        return (double) right / count;
    }

    private static int largest(Batch answers, int image) {
        int best = 0;
        for (int channel = 1; channel < answers.channels(); channel++) {
            if (answers.at(image, channel, 0, 0) > answers.at(image, best, 0, 0)) {
                best = channel;
            }
        }
        return best;
    }

    private String about(double accuracy) {
        return String.format(Locale.ROOT, "A small relative of InceptionV1, trained in %d epochs on %,d drawn pictures of"
                + " %d classes; it gets %.2f %% of %,d fresh pictures right. On the way, a second classifier read the mean"
                + " of %s and learned %d finer labels, among them which way dogs, cars, buses and fish face: units of the"
                + " mixed4 layers that tell left from right were taught to.",
                epochs, pictures, PictureClass.values().length, 100 * accuracy, fresh, DemoArchitecture.SUPERVISED,
                FineLabel.count());
    }
}
