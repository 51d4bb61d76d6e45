package org.loupe.core.engine.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
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
record Comparison(Network network, Batch pictures) {

    private static final double TOLERANCE = 1e-5;

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
            compare(session.activations(pictures, taps), reference.activations(pictures, taps));
            Gradient found = session.gradient(pictures, objectives);
            Gradient expected = reference.gradient(pictures, objectives);
            compare(found.activations(), expected.activations());
            compare("scores", found.scores(), expected.scores());
            compare("gradient", found.pictures(), expected.pictures());
        }
        require(pictures.equals(untouched), "the engine wrote into the pictures that it was given");
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

    private static void compare(String what, double[] found, double[] expected) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < expected.length; i++) {
            error += (found[i] - expected[i]) * (found[i] - expected[i]);
            size += expected[i] * expected[i];
        }
        double relative = size == 0 ? Math.sqrt(error) : Math.sqrt(error / size);
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
