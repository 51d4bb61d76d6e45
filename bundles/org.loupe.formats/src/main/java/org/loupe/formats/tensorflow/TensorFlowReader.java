package org.loupe.formats.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Pictures.Colours;
import org.loupe.formats.graph.Assembly;

/** Reads frozen graphs of TensorFlow ({@code .pb}), such as that of the published InceptionV1. */
public final class TensorFlowReader implements NetworkReader {

    private static final int UINT8 = 4;
    private static final int STRING = 7;

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        try {
            return translated(file, choice);
        } catch (NetworkException broken) {
            throw new NetworkException("Cannot open " + file + ". " + broken.getMessage());
        }
    }

    private static NetworkReading translated(Path file, InputChoice choice) throws IOException {
        Budget budget = new Budget(Files.size(file));
        Graph graph = new Graph(GraphParser.nodes(file, budget));
        checkFrozen(graph);
        Node input = input(graph);
        Pictures pictures = pictures(file, graph, input, choice);
        try {
            return assembled(file, graph, input, pictures, budget);
        } catch (NetworkException misfit) {
            throw new NetworkException(misfit.getMessage() + pictures.advice());
        }
    }

    private static NetworkReading assembled(Path file, Graph graph, Node input, Pictures pictures, Budget budget) {
        Assembly assembly = new Assembly(pictures.shape());
        Translation translation = new Translation(graph, assembly, budget, pictures.shape(), input);
        translation.run();
        List<String> remarks = new ArrayList<>(translation.remarks());
        if (isPublishedInception(graph)) {
            remarks.add("Its 1008 outputs are the 1000 classes of 2012, a background class and some that were never used;"
                    + " the file does not name them.");
        }
        String name = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        Network network = assembly.network(file.toString(), name, "Read from " + file.getFileName()
                + ", a frozen TensorFlow graph.", pictures.input(), translation.outputs(), List.of(), remarks);
        return pictures.reading(network, remarks);
    }

    private static void checkFrozen(Graph graph) {
        Set<String> variables = Set.of("VariableV2", "Variable", "VarHandleOp", "ReadVariableOp");
        String found = graph.ordered().stream().filter(node -> variables.contains(node.operation())).map(Node::name).limit(3)
                .collect(Collectors.joining(", "));
        if (!found.isEmpty()) {
            throw new NetworkException("Its weights are not in it: it has variables (" + found + "). Freeze the graph with"
                    + " convert_variables_to_constants_v2, as the manual's page on network formats shows, and open that.");
        }
    }

    /**
     * The node that is the network's input: the first placeholder for numbers with four dimensions, or unknown ones. Graphs
     * that read picture files themselves begin behind that.
     */
    private static Node input(Graph graph) {
        List<Node> placeholders = graph.ordered().stream()
                .filter(node -> node.operation().startsWith("Placeholder") && node.number("dtype", 1) != 10).toList();
        return placeholders.stream().filter(node -> shape(node) == null || shape(node).length == 4)
                .filter(node -> node.number("dtype", 1) != STRING && !graph.readers(node).isEmpty()).findFirst()
                .or(() -> graph.ordered().stream().filter(Translation::readsFile).findFirst())
                .orElseThrow(() -> new NetworkException(placeholders.isEmpty() ? "It has no input (Placeholder)."
                        : "None of its inputs is for pictures: " + placeholders.stream().map(Node::name)
                                .limit(8).collect(Collectors.joining(", "))));
    }

    private static int[] shape(Node node) {
        int[] shape = node.attribute("shape").shape();
        return shape == null || shape.length == 0 ? null : shape;
    }

    private static Pictures pictures(Path file, Graph graph, Node input, InputChoice choice) {
        int[] shape = Translation.readsFile(input) ? resized(graph) : shape(input);
        boolean first = Translation.isChannelsFirst(graph);
        int channels = shape == null ? -1 : shape[first ? 1 : 3];
        int rows = shape == null ? -1 : shape[first ? 2 : 1];
        int columns = shape == null ? -1 : shape[first ? 3 : 2];
        String names = file.getFileName() + " " + graph.ordered().stream().map(Node::name).limit(64)
                .collect(Collectors.joining(" "));
        return Pictures.of(choice, channels < 1 ? 3 : channels, rows, columns, usual(graph, names),
                colours(graph, input, names));
    }

    /** The size to which a graph brings its pictures first, or null. */
    private static int[] resized(Graph graph) {
        return graph.ordered().stream().filter(node -> node.operation().equals("ResizeBilinear") && node.reads().size() == 2)
                .map(node -> graph.node(node.reads().get(1)).attribute("value").tensor())
                .filter(size -> size != null && size.values().length == 2).findFirst()
                .map(size -> new int[] {1, (int) size.values()[0], (int) size.values()[1], 3}).orElse(null);
    }

    private static int usual(Graph graph, String names) {
        String lower = names.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return lower.contains("inceptionv3") || lower.contains("inceptionv4") || lower.contains("xception") ? 299
                : isPublishedInception(graph) || lower.contains("mobilenet") || lower.contains("resnet") ? 224 : 0;
    }

    private static Colours colours(Graph graph, Node input, String names) {
        if (input.number("dtype", 1) == UINT8 || Translation.readsFile(input)) {
            return Colours.of("0..255", Certainty.STATED, "");
        }
        if (isPublishedInception(graph)) {
            return Colours.of("inception5h", Certainty.GUESSED,
                    "The layers have the names of the published InceptionV1, which sees colours from 0 to 255 less 117.");
        }
        String lower = names.toLowerCase(Locale.ROOT);
        if (lower.contains("mobilenet") || lower.contains("inception") || lower.contains("xception")) {
            return Colours.of("-1..1", Certainty.GUESSED,
                    "Networks with such names from Keras and TensorFlow-Slim see colours from -1 to 1.");
        }
        return Colours.UNKNOWN;
    }

    private static boolean isPublishedInception(Graph graph) {
        return graph.has("conv2d0") && graph.has("mixed3a") && graph.has("mixed5b") && graph.has("conv2d0_pre_relu");
    }
}
