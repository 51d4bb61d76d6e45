package org.loupe.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.loupe.core.Arguments;
import org.loupe.core.Progress;
import org.loupe.core.network.Network;
import org.loupe.core.train.Training;
import org.loupe.core.train.TrainingEngine;
import org.loupe.platform.Registered;
import org.loupe.platform.Registry;

/** The command that makes the demo network again, in a shortened form: few pictures, few steps. */
class DemoTrainingTest {

    private static final Pattern LOSS = Pattern.compile("loss ([0-9.]+)");

    private final Registry registry = Registry.ofPlatform();

    @Test
    void theLossFallsAndTheSameSeedGivesTheSameNetwork() {
        List<Double> losses = new ArrayList<>();
        Network trained = train("0", (done, total, what) -> {
            Matcher matcher = LOSS.matcher(what);
            if (matcher.find()) {
                losses.add(Double.parseDouble(matcher.group(1)));
            }
            return true;
        });
        assertEquals(15, losses.size());
        double first = losses.get(0);
        double last = losses.get(losses.size() - 1);
        System.out.println("Loss of the shortened training: from " + first + " to " + last);
        assertTrue(last < first - .1, "the loss went from " + first + " to " + last);
        assertEquals(trained.hash(), train("0", Progress.NONE).hash());
    }

    @Test
    void aTrainingThatIsStoppedGivesWhatItLearnedSoFar() {
        Network first = train("0", (done, total, what) -> false);
        Network other = train("1", (done, total, what) -> false);
        assertEquals(17, first.classes().size());
        assertNotEquals(first.hash(), other.hash());
    }

    private Network train(String seed, Progress progress) {
        Training<?> training = registry.trainings().stream().filter(each -> each.shortName().equals("train-demo"))
                .findFirst().orElseThrow().value();
        return train(training, new TreeMap<>(Map.of("epochs", "3", "pictures", "340", "fresh", "17", "seed", seed)), progress);
    }

    private <A extends Record> Network train(Training<A> training, TreeMap<String, String> given, Progress progress) {
        TrainingEngine engine = registry.engines().stream().map(Registered::value)
                .filter(TrainingEngine.class::isInstance).map(TrainingEngine.class::cast).findFirst().orElseThrow();
        return training.train(engine, Arguments.record(training.arguments(), given), progress);
    }
}
