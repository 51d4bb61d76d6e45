package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.engine.Session.Gradient;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/**
 * A question put to an engine and to the reference.
 *
 * <p>Errors are relative, in the L2 norm: a single largest error would also blame an engine whose rounding turns
 * a rectifier or the winner of a pooling.
 */
record Comparison(Network network, Batch pictures, List<Edit> edits) {

    private static final double TOLERANCE = 1e-5;

    /** A question about the network as it is. */
    Comparison(Network network, Batch pictures) {
        this(network, pictures, List.of());
    }

    /** Compares activations at the given taps and the gradient of random weighings of them, one for each picture. */
    void check(Engine engine, Tap... taps) {
        List<Objective> objectives = new ArrayList<>();
        for (int image = 0; image < pictures.images(); image++) {
            objectives.add(new Weighing(Set.of(taps), image + 1));
        }
        check(engine, objectives, Set.of(taps));
    }

    /** Compares the gradient of objectives, and the activations at the given taps. */
    void check(Engine engine, List<Objective> objectives, Set<Tap> taps) {
        Batch untouched = pictures.copy();
        try (Session session = engine.open(network); Session reference = new ReferenceEngine().open(network)) {
            Gradient found = session.gradient(pictures, objectives, edits);
            Gradient expected = reference.gradient(pictures, objectives, edits);
            compare(session.activations(pictures, taps, edits), taps.equals(expected.activations().taps())
                    ? expected.activations() : reference.activations(pictures, taps, edits));
            compare(seen(found.activations(), objectives), seen(expected.activations(), objectives));
            compareScores(found.scores(), expected);
            compare("gradient", found.pictures(), expected.pictures());
        }
        require(pictures.equals(untouched), "the engine wrote into the pictures that it was given");
    }

    /** Readings without the channels that no objective depends on, which an engine need not compute. */
    private static Readings seen(Readings readings, List<Objective> objectives) {
        Map<Tap, Batch> seen = new HashMap<>();
        readings.batches().forEach((tap, batch) -> {
            Batch only = batch.copy();
            for (int channel = 0; channel < batch.channels(); channel++) {
                int number = channel;
                if (objectives.stream().filter(objective -> objective.taps().contains(tap)).noneMatch(
                        objective -> objective.channels(tap).map(some -> some.contains(number)).orElse(true))) {
                    for (int image = 0; image < batch.images(); image++) {
                        int from = only.offset(image, channel);
                        Arrays.fill(only.values(), from, from + only.area(), 0);
                    }
                }
            }
            seen.put(tap, only);
        });
        return new Readings(seen);
    }

    private static void compare(Readings found, Readings expected) {
        require(found.taps().equals(expected.taps()), "taps " + found.taps() + " instead of " + expected.taps());
        for (Tap tap : expected.taps()) {
            compare("activations at " + tap, found.at(tap), expected.at(tap));
        }
    }

    private static void compare(String what, Batch found, Batch expected) {
        require(found.toString().equals(expected.toString()), what + " of shape " + found + " instead of " + expected);
        compare(what, numbers(found), numbers(expected));
    }

    /** Scores are sums in which much may cancel, so their errors are seen against what was summed up. */
    private static void compareScores(double[] found, Gradient expected) {
        double size = 0;
        for (Batch batch : expected.activations().batches().values()) {
            size = Math.max(size, norm(numbers(batch), new double[batch.values().length]));
        }
        double error = norm(found, expected.scores());
        require(error <= TOLERANCE * size, "scores " + Arrays.toString(found) + " instead of "
                + Arrays.toString(expected.scores()));
    }

    private static double norm(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    private static void compare(String what, double[] found, double[] expected) {
        double error = norm(found, expected);
        double size = norm(expected, new double[expected.length]);
        double relative = size == 0 ? error : error / size;
        require(relative <= TOLERANCE, what + ": relative L2 error " + relative + ", at most " + TOLERANCE
                + " is allowed; found " + start(found) + ", expected " + start(expected));
    }

    private static String start(double[] numbers) {
        return Arrays.toString(Arrays.copyOf(numbers, Math.min(6, numbers.length)));
    }

    private static double[] numbers(Batch batch) {
        double[] numbers = new double[batch.values().length];
        Arrays.setAll(numbers, i -> batch.values()[i]);
        return numbers;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
