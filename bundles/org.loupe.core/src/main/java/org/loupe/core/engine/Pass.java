package org.loupe.core.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Edited;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/**
 * What a session has to run to read some taps for pictures of some size. Engines start from this.
 *
 * @param operations those that must run, in the order in which they run; none where only the input is read
 * @param shapes     by output name, at least of the operations and of {@link Network#INPUT}
 * @param sources    for each tap, the name of the output that it reads
 * @param edits      for each {@link Edited} operation, what it does, by its name
 */
public record Pass(List<Operation> operations, Map<String, Shape> shapes, Map<Tap, String> sources,
        Map<String, Editing> edits) {

    public Pass {
        operations = List.copyOf(operations);
        shapes = Map.copyOf(shapes);
        sources = Map.copyOf(sources);
        edits = Map.copyOf(edits);
    }

    /**
     * Finds out what has to run.
     *
     * @param edits what is changed on the way, in order
     * @throws NetworkException         when a tap is not in the network, or the pictures do not fit
     * @throws IllegalArgumentException when an edit's values do not fit, or it reads what is computed from what it changes
     */
    public static Pass of(Network network, Set<Tap> taps, Batch pictures, List<Edit> edits) {
        if (taps.isEmpty()) {
            throw new IllegalArgumentException("No taps were asked for");
        }
        Shape own = network.input().shape();
        if (pictures.channels() != own.channels()) {
            throw new NetworkException("Pictures with " + pictures.channels() + " channels were given to " + network
                    + ", which wants " + own.channels() + ".");
        }
        Rewiring rewiring = new Rewiring(network, edits);
        Map<Tap, String> sources = new HashMap<>();
        taps.forEach(tap -> sources.put(tap, rewiring.source(tap)));
        List<Operation> operations = rewiring.needed(sources.values());
        Map<String, Shape> shapes = new HashMap<>(network.shapes(pictures.rows(), pictures.columns()));
        Map<String, Editing> editing = new HashMap<>();
        rewiring.edits().forEach((name, edit) -> {
            Shape shape = shapes.get(rewiring.unedited(name));
            if (shape != null) {
                shapes.put(name, shape);
                editing.put(name, new Editing(edit, shape, pictures.images()));
            }
        });
        for (Operation operation : operations) {
            if (!shapes.containsKey(operation.name())) {
                throw new NetworkException(operation.name() + " of " + network + " cannot run on pictures of "
                        + pictures.rows() + " rows and " + pictures.columns() + " columns; the network's own size is "
                        + own.rows() + " by " + own.columns() + ".");
            }
        }
        return new Pass(operations, shapes, sources, editing);
    }

    /**
     * Lets objectives score the images that they are for.
     *
     * @param objectives  one for each image, or one for all
     * @param activations what they look at
     * @param gradient    of the same taps and shapes; what the scores' gradients are added to
     * @return the score of each image
     */
    public static double[] score(int images, List<Objective> objectives, Readings activations, Readings gradient) {
        double[] scores = new double[images];
        for (int image = 0; image < images; image++) {
            Objective objective = objectives.get(objectives.size() == 1 ? 0 : image);
            scores[image] = objective.score(image, activations, 1, gradient);
        }
        return scores;
    }

    /**
     * The taps that a list of objectives looks at.
     *
     * @throws IllegalArgumentException when the list has neither one objective nor as many as there are images
     */
    public static Set<Tap> taps(int images, List<Objective> objectives) {
        if (objectives.size() != 1 && objectives.size() != images) {
            throw new IllegalArgumentException("There are " + objectives.size() + " objectives for " + images
                    + " pictures; give one for each, or one for all");
        }
        return objectives.stream().flatMap(objective -> objective.taps().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
