package org.loupe.core.facet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * What a layer is computed from: a layer below it that everything passes on its way to it, and the part of the network
 * between the two.
 *
 * @param layer below
 * @param upper the part between, as a network of its own whose input are the activations of the layer below
 */
record Below(String layer, Network upper) {

    private static final float FULL = 255;

    /**
     * Finds the nearest such layer, or the one that is named.
     *
     * @param name of the layer below, or an empty text for the nearest
     * @throws NetworkException when there is none, or what is named is none
     */
    static Below of(Network network, String layer, String name) {
        Layer above = network.layer(layer);
        if (!name.isBlank()) {
            return of(network, above, network.layer(name.strip())).orElseThrow(() -> new NetworkException(layer + " of "
                    + network + " is not computed from " + name + " alone. Name a layer below it that all paths pass, or none"
                    + " for the nearest."));
        }
        List<Layer> layers = network.layers();
        for (int i = layers.indexOf(above) - 1; i >= 0; i--) {
            Optional<Below> found = of(network, above, layers.get(i));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new NetworkException("Below " + layer + " of " + network + " there is no layer that it is computed from alone:"
                + " it reads the picture, or several layers at once. Ask about a layer further up.");
    }

    private static Optional<Below> of(Network network, Layer above, Layer below) {
        List<Operation> operations = new ArrayList<>();
        Set<String> dependent = new LinkedHashSet<>();
        for (Operation operation : network.needed(List.of(above.output()))) {
            boolean depends = operation.inputs().stream().anyMatch(input -> isFrom(input, below, dependent));
            if (depends && !operation.name().equals(below.output())) {
                if (!operation.inputs().stream().allMatch(input -> isFrom(input, below, dependent))) {
                    return Optional.empty();
                }
                dependent.add(operation.name());
                operations.add(operation.reading(operation.inputs().stream()
                        .map(input -> input.equals(below.output()) ? Network.INPUT : input).toList()));
            }
        }
        // A layer that has nothing but a nonlinearity or a pooling of the one below has no weights of its own.
        boolean weighs = operations.stream().anyMatch(operation -> Network.parameters(operation) > 0);
        if (!dependent.contains(above.output()) || !dependent.contains(above.before()) || !weighs) {
            return Optional.empty();
        }
        Shape shape = network.shape(below);
        float[] deviations = new float[shape.channels()];
        Arrays.fill(deviations, FULL);
        // What is seen is (255 * value - mean) / deviation.
        return Optional.of(new Below(below.name(), new Network(network.name() + " above " + below.name(), "",
                new Input(shape, new float[shape.channels()], deviations), operations, List.of(above), List.of())));
    }

    private static boolean isFrom(String input, Layer below, Set<String> dependent) {
        return input.equals(below.output()) || dependent.contains(input);
    }

    /** Where the layer below is read. */
    Tap tap() {
        return Tap.after(layer);
    }
}
