package org.loupe.demo.network;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.train.Augmentation;
import org.loupe.core.train.AuxiliaryHead;
import org.loupe.core.train.OneCycle;
import org.loupe.core.train.Training;
import org.loupe.core.train.TrainingEngine;
import org.loupe.core.train.TrainingPlan;
import org.loupe.demo.pictures.LabelledPicture;
import org.loupe.demo.pictures.PictureClass;
import org.loupe.demo.pictures.PictureGenerator;

/**
 * Makes the demo network: draws pictures, trains on them, folds the batch normalizations into the weights, and
 * counts how many fresh pictures the result gets right. The arguments that are standard made the bundled network.
 */
public final class DemoTraining implements Training<DemoTraining.Arguments> {

    private static final long FIRST_FRESH_SEED = 10_000_000;
    private static final int BATCH = 64;

    /**
     * How long and on what to train.
     *
     * @param epochs   how often every picture is seen
     * @param pictures how many pictures to train on
     * @param fresh    how many other pictures to test on
     * @param seed     of starting weights, order and changes of pictures
     */
    public record Arguments(
            @Argument(label = "Epochs", help = "How often every picture is seen.", standard = "6", least = 1)
            int epochs,
            @Argument(label = "Pictures", help = "How many pictures to draw and train on.", standard = "20400",
                    least = BATCH)
            int pictures,
            @Argument(label = "Fresh pictures", help = "How many other pictures to test the result on.",
                    standard = "3400", least = 1)
            int fresh,
            @Argument(label = "Seed", help = "Decides starting weights, order and changes of the pictures.", standard = "0")
            long seed) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    /** How the network is trained. */
    public static TrainingPlan plan(Arguments arguments) {
        AuxiliaryHead fine = new AuxiliaryHead(DemoArchitecture.SUPERVISED, FineLabel.count(), .5);
        return new TrainingPlan(arguments.epochs(), BATCH, new OneCycle(3e-3, .2, 10, 1000), .02, .05, .2,
                new Augmentation(.1, .15, 3), List.of(fine), arguments.seed());
    }

    @Override
    public Network train(TrainingEngine engine, Arguments arguments, Progress progress) {
        Network untrained = DemoArchitecture.untrained("demo", "");
        DrawnPictures pictures = new DrawnPictures(0, arguments.pictures());
        Network trained = Folding.fold(engine.trainer().train(untrained, plan(arguments), pictures, progress));
        double accuracy;
        try (Session session = engine.open(trained)) {
            accuracy = accuracy(session, FIRST_FRESH_SEED, arguments.fresh());
        }
        return new Network(trained.name(), about(arguments, accuracy), trained.input(), trained.operations(),
                trained.layers(), trained.classes());
    }

    /**
     * The share of drawn pictures, from a seed on, whose class a network gets right.
     *
     * @param session runs a network with a layer {@code logits} that has a channel for each {@link PictureClass}
     */
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

    static String about(Arguments arguments, double accuracy) {
        return String.format(Locale.ROOT, "A small relative of InceptionV1, trained in %d epochs on %,d drawn pictures of"
                + " %d classes; it gets %.2f %% of %,d fresh pictures right. On the way, a second classifier read the mean"
                + " of %s and learned %d finer labels, among them which way dogs, cars, buses and fish face: units of the"
                + " mixed4 layers that tell left from right were taught to.",
                arguments.epochs(), arguments.pictures(), PictureClass.values().length, 100 * accuracy,
                arguments.fresh(), DemoArchitecture.SUPERVISED, FineLabel.count());
    }
}
