package org.loupe.core.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Softmax;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Spelling;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/**
 * A number that a network computes and that is to be explained: the score of a class before the softmax, what goes into
 * the nonlinearity of a unit, or the difference of two such numbers. Of a channel, it is the mean over its map.
 *
 * @param parts what is added up; at least one
 * @param label what a person calls it, such as “dog − cat”
 */
public record Target(List<Part> parts, String label) {

    /**
     * One summand.
     *
     * @param operation name of the operation whose output has it
     * @param channel   of that output
     * @param place     where in its map
     * @param weight    1, or -1 where it is subtracted
     */
    public record Part(String operation, int channel, Unit.Place place, double weight) {
    }

    public Target {
        parts = List.copyOf(parts);
    }

    /**
     * The score of a class before the softmax.
     *
     * @param nameOrIndex its name, or its index where it has none or several have the same
     * @throws NetworkException when the network has no such class
     */
    public static Target ofClass(Network network, String nameOrIndex) {
        String scores = scores(network);
        Shape shape = network.shapes(network.input().shape().rows(), network.input().shape().columns()).get(scores);
        int channel = channel(network, nameOrIndex.strip(), shape.channels());
        String name = channel < network.classes().size() ? network.classes().get(channel) : "class " + channel;
        return new Target(List.of(new Part(scores, channel, Unit.EVERYWHERE, 1)), name);
    }

    private static int channel(Network network, String nameOrIndex, int channels) {
        for (int i = 0; i < network.classes().size(); i++) {
            if (network.classes().get(i).equalsIgnoreCase(nameOrIndex)) {
                return i;
            }
        }
        if (nameOrIndex.matches("\\d{1,7}") && Integer.parseInt(nameOrIndex) < channels) {
            return Integer.parseInt(nameOrIndex);
        }
        throw new NetworkException(network + " has no class " + nameOrIndex + ". " + (network.classes().isEmpty()
                ? "Its classes have no names; write an index from 0 to " + (channels - 1) + "."
                : Spelling.suggestion(nameOrIndex, network.classes())));
    }

    /** Name of the operation whose output the scores of the classes are. */
    private static String scores(Network network) {
        Operation last = network.operations().get(network.operations().size() - 1);
        String scores = last.name();
        while (last instanceof Softmax softmax) {
            scores = softmax.input();
            Optional<Operation> before = network.operation(scores);
            if (before.isEmpty()) {
                break;
            }
            last = before.get();
        }
        return scores;
    }

    /**
     * What goes into the nonlinearity of a unit.
     *
     * @throws NetworkException when the network has no such unit
     */
    public static Target ofUnit(Network network, Unit unit) {
        network.require(unit);
        return new Target(List.of(new Part(network.source(Tap.before(unit.layer())), unit.channel(), unit.place(), 1)),
                unit.toString());
    }

    /**
     * What a person means: a unit such as {@code mixed4a:12@3,5}, or else a class by name or index.
     *
     * @throws NetworkException when it is neither
     */
    public static Target parse(Network network, String text) {
        if (!network.classes().contains(text) && text.contains(":")) {
            return ofUnit(network, Unit.parse(text));
        }
        return ofClass(network, text);
    }

    /** This one less another one. */
    public Target minus(Target other) {
        List<Part> all = new ArrayList<>(parts);
        other.parts.forEach(part -> all.add(new Part(part.operation, part.channel, part.place, -part.weight)));
        return new Target(all, label + " − " + other.label);
    }

    /** The outputs that it looks at, with the layers that stand for them in a network made for it. */
    Map<String, Layer> layers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        for (Part part : parts) {
            layers.computeIfAbsent(part.operation,
                    operation -> new Layer("target" + layers.size(), operation, operation, ""));
        }
        return layers;
    }

    /** It as an objective of a network with these layers. */
    Objective objective() {
        Map<String, Layer> layers = layers();
        return parts.stream()
                .map(part -> ((Objective) new ChannelObjective(
                        new Unit(layers.get(part.operation).name(), part.channel, part.place))).times(part.weight))
                .reduce(Objective::plus).orElseThrow();
    }

    @Override
    public String toString() {
        return label;
    }

    /** Names of the operations, for messages. */
    String operations() {
        return parts.stream().map(Part::operation).distinct().collect(Collectors.joining(", "));
    }
}
