package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.Unit;
import org.loupe.demo.planted.PlantedNetwork.Edge;

/** What is known about a hand-wired network, collected while its kernels are written. */
final class Truth {

    private final Map<String, List<String>> channelNames = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();

    void names(String layer, List<String> channels) {
        channelNames.put(layer, List.copyOf(channels));
    }

    List<String> names(String layer) {
        return channelNames.get(layer);
    }

    /** Says that a connection was put there; of one that is put there in several places, the first counts. */
    void edge(Unit from, Unit to, boolean excites) {
        if (edges.stream().noneMatch(edge -> edge.from().equals(from) && edge.to().equals(to))) {
            edges.add(new Edge(from, to, excites));
        }
    }

    Map<String, List<String>> channelNames() {
        return channelNames;
    }

    List<Edge> edges() {
        return edges;
    }
}
