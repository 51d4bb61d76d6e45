package org.loupe.formats.dl4j;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.network.NetworkException;

/**
 * What {@code configuration.json} says, the same for both kinds of network.
 *
 * @param kind     {@code ComputationGraph} or {@code MultiLayerNetwork}
 * @param input    name by which vertices read the network's input
 * @param vertices in the order in which they run and in which their learned numbers follow each other
 * @param outputs  names of the vertices whose outputs are the network's
 */
record Configuration(String kind, String input, List<Vertex> vertices, List<String> outputs) {

    private static final int MOST_VERTICES = 1 << 14;
    private static final Set<String> WRAPPERS = Set.of("FrozenLayer", "FrozenLayerWithBackprop");

    static Configuration of(Settings settings) {
        if (settings.has("vertices")) {
            return ofGraph(settings);
        }
        if (settings.has("confs")) {
            return ofStack(settings);
        }
        throw new NetworkException("configuration.json is neither of a ComputationGraph nor of a MultiLayerNetwork");
    }

    private static Configuration ofGraph(Settings settings) {
        List<String> inputs = settings.texts("networkInputs");
        if (inputs.size() != 1) {
            throw new NetworkException("The network reads " + inputs.size() + " inputs " + inputs
                    + "; Loupe shows pictures to networks of one");
        }
        if (!settings.has("topologicalOrderStr")) {
            throw new NetworkException("configuration.json does not say in which order its vertices run; write the file"
                    + " again with DL4J 1.0.0");
        }
        Map<String, Settings> found = settings.part("vertices").parts();
        Settings reads = settings.part("vertexInputs");
        List<Vertex> vertices = new ArrayList<>();
        Set<String> before = new HashSet<>(inputs);
        for (String name : settings.texts("topologicalOrderStr")) {
            if (inputs.contains(name)) {
                continue;
            }
            Settings vertex = found.get(name);
            List<String> from = vertex == null ? List.of() : reads.texts(name);
            if (from.isEmpty() || !before.containsAll(from) || !before.add(name) || vertices.size() == MOST_VERTICES) {
                throw new NetworkException("The vertex " + name + " is not there, is there twice, reads nothing or reads"
                        + " what comes later");
            }
            vertices.add(vertex(name, vertex, from));
        }
        if (vertices.size() != found.size()) {
            throw new NetworkException("The order of the vertices has " + vertices.size() + " of " + found.size());
        }
        return new Configuration("ComputationGraph", inputs.get(0), vertices, settings.texts("networkOutputs"));
    }

    private static Vertex vertex(String name, Settings vertex, List<String> inputs) {
        if (!vertex.kind().equals("LayerVertex")) {
            Optional<Settings> preprocessor = vertex.kind().equals("PreprocessorVertex")
                    ? vertex.optional("preProcessor") : Optional.empty();
            return new Vertex(name, vertex, inputs, preprocessor, false);
        }
        return layer(name, vertex.part("layerConf"), inputs, vertex.optional("preProcessor"));
    }

    private static Configuration ofStack(Settings settings) {
        List<Settings> layers = settings.list("confs");
        Map<String, Settings> preprocessors = settings.optional("inputPreProcessors").map(Settings::parts).orElse(Map.of());
        String input = "";
        String before = input;
        List<Vertex> vertices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < layers.size() && i < MOST_VERTICES; i++) {
            Settings layer = layers.get(i).part("layer");
            String name = layer.has("layerName") ? layer.text("layerName") : "";
            name = name.isBlank() ? "layer" + i : name;
            while (!names.add(name)) {
                name += "_" + i;
            }
            vertices.add(layer(name, layers.get(i), List.of(before), Optional.ofNullable(preprocessors.get("" + i))));
            before = name;
        }
        return new Configuration("MultiLayerNetwork", input, vertices, List.of(before));
    }

    private static Vertex layer(String name, Settings configuration, List<String> inputs, Optional<Settings> preprocessor) {
        Settings layer = configuration.part("layer");
        for (int depth = 0; WRAPPERS.contains(layer.kind()) && depth < 2; depth++) {
            layer = layer.part(layer.has("layer") ? "layer" : "underlying");
        }
        boolean weighty = !configuration.has("variables") || !configuration.texts("variables").isEmpty();
        return new Vertex(name, layer, inputs, preprocessor, weighty);
    }
}
