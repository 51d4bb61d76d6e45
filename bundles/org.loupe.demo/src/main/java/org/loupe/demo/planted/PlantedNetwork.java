package org.loupe.demo.planted;

import java.util.List;
import java.util.Map;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Spelling;
import org.loupe.demo.BundledNetwork;

/**
 * A network with the truth about it.
 *
 * @param channelNames what each channel of each layer stands for, by name of the layer
 * @param edges        all connections by which the third and fourth layer are built from the ones below
 */
public record PlantedNetwork(Network network, Map<String, List<String>> channelNames, List<Edge> edges) {

    public PlantedNetwork {
        channelNames = Map.copyOf(channelNames);
        edges = List.copyOf(edges);
    }

    /**
     * A connection that was put there.
     *
     * @param excites whether the lower channel excites the upper one; where it does both at different places of the
     *                kernel, what it does where the upper channel wants it to be
     */
    public record Edge(Unit from, Unit to, boolean excites) {
    }

    /** The bundled network in which lines make curves, and curves make circles and spirals. */
    public static PlantedNetwork curves() {
        return read(PlantedCurves.NAME, PlantedCurves.truth());
    }

    /** The bundled network in which parts make dogs, cars, cats and foxes; it knows things at one size only. */
    public static PlantedNetwork parts() {
        return read(PlantedParts.NAME, PlantedParts.truth());
    }

    private static PlantedNetwork read(String name, Truth truth) {
        return new PlantedNetwork(BundledNetwork.read(name), truth.channelNames(), truth.edges());
    }

    /**
     * The channel that stands for something.
     *
     * @throws NetworkException when no channel of the layer does
     */
    public Unit unit(String layer, String channelName) {
        List<String> names = channelNames.getOrDefault(network.layer(layer).name(), List.of());
        int channel = names.indexOf(channelName);
        if (channel < 0) {
            throw new NetworkException("No channel of " + layer + " in " + network + " stands for " + channelName + ". "
                    + Spelling.suggestion(channelName, names));
        }
        return new Unit(layer, channel);
    }
}
