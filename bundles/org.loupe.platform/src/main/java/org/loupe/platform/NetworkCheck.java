package org.loupe.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.Arguments;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Recipe;
import org.loupe.core.check.Check;
import org.loupe.core.check.Checked;
import org.loupe.core.check.Golden;
import org.loupe.core.engine.Engine;
import org.loupe.core.engine.EngineException;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Spelling;

/**
 * Finds out whether a network computes in a laboratory what it should, by comparing the engine that is used there with
 * another one, and remembers it in the study.
 *
 * @param engine  short name of the engine to check, or an empty text for the one that is used here
 * @param against short name of the engine to compare with, or an empty text for the next one that can run the network
 * @param images  how many random pictures to show
 * @param seed    where their random numbers start
 * @param golden  values of another program to compare with, too
 * @param quick   whether to do without the slow reference engine where it would take long
 */
public record NetworkCheck(String engine, String against, int images, long seed, Optional<Golden> golden,
        boolean quick) {

    /** What is done in the background when a network is opened. */
    public static final NetworkCheck QUICK = new NetworkCheck("", "", 1, 0, Optional.empty(), true);

    private static final long MOST_MULTIPLICATIONS = 100_000_000;

    /** What was found, and how to find it again. */
    public record Answer(Checked checked, Recipe recipe) {
    }

    /**
     * Checks a network.
     *
     * @throws IllegalArgumentException when there is no engine of a name, or the network has no layers
     * @throws EngineException          when there are no two engines that can run the network; the message names all
     *                                  that were tried
     */
    Answer run(Laboratory laboratory, List<Registered<Engine>> candidates, Network network,
            Observer<? super Checked> observer) {
        List<String> refusals = new ArrayList<>();
        try (Session session = session(named(candidates, engine), network, refusals)) {
            for (Registered<Engine> candidate : named(candidates, against)) {
                Engine peer = peer(candidate, session, network, refusals);
                if (peer == null) {
                    continue;
                }
                Check check = new Check(peer, golden);
                Check.Arguments arguments = check.arguments(images, seed);
                try {
                    Checked checked = with(refusals, check.run(Material.of(session), arguments, observer));
                    return new Answer(checked, recipe(laboratory, network, session.engine(), peer, arguments));
                } catch (EngineException | LinkageError problem) {
                    refusals.add("The engine " + candidate.shortName() + " cannot be compared with: "
                            + problem.getMessage());
                }
            }
            throw new EngineException("No second engine can run " + network + ", so " + session.engine().name()
                    + " could not be compared with anything. " + String.join(" ", refusals));
        }
    }

    private static Checked with(List<String> refusals, Checked checked) {
        List<String> remarks = new ArrayList<>(refusals);
        remarks.addAll(checked.remarks());
        return new Checked(checked.engine(), checked.against(), checked.images(), checked.seed(), checked.rows(),
                checked.gradient(), checked.golden(), remarks, checked.isPartial());
    }

    private Recipe recipe(Laboratory laboratory, Network network, Engine engine, Engine peer, Check.Arguments arguments) {
        return new Recipe(Check.ID, Arguments.text(arguments), laboratory.hash(network), "", engine.name(),
                engine.description() + "; " + peer.name() + ": " + peer.description(), Laboratory.version());
    }

    private static List<Registered<Engine>> named(List<Registered<Engine>> candidates, String name) {
        if (name.isBlank()) {
            return candidates;
        }
        List<Registered<Engine>> wanted = candidates.stream()
                .filter(candidate -> candidate.shortName().equals(name) || candidate.id().equals(name)).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("There is no engine " + name + ". "
                    + Spelling.suggestion(name, candidates.stream().map(Registered::shortName).toList()));
        }
        return wanted;
    }

    private static Session session(List<Registered<Engine>> candidates, Network network, List<String> refusals) {
        for (Registered<Engine> candidate : candidates) {
            try {
                return candidate.value().open(network);
            } catch (EngineException | BrokenExtensionException | LinkageError problem) {
                refusals.add("The engine " + candidate.shortName() + " cannot run it: " + problem.getMessage());
            }
        }
        throw new EngineException(candidates.isEmpty() ? "No engine is installed that could run networks."
                : String.join(" ", refusals));
    }

    /** The engine to compare with, or {@code null} where this is none. */
    private Engine peer(Registered<Engine> candidate, Session session, Network network, List<String> refusals) {
        Engine peer;
        try {
            peer = candidate.value();
        } catch (BrokenExtensionException broken) {
            refusals.add(broken.getMessage());
            return null;
        }
        if (peer.name().equals(session.engine().name()) || peer == session.engine()) {
            if (!against.isBlank()) {
                throw new IllegalArgumentException("The engine " + against + " cannot be compared with itself.");
            }
            return null;
        }
        long multiplications = network.layers().stream().mapToLong(network::multiplications).sum();
        if (quick && peer instanceof ReferenceEngine && multiplications > MOST_MULTIPLICATIONS) {
            refusals.add("The engine " + peer.name() + " is too slow for a network of this size.");
            return null;
        }
        return peer;
    }
}
