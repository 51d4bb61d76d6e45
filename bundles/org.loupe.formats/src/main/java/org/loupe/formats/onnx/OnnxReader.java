package org.loupe.formats.onnx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.network.Input;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.Shape;
import org.loupe.formats.graph.Assembly;
import org.loupe.formats.onnx.Model.Graph;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Model.Port;

/** Reads image networks from ONNX files, with their weights in the file itself or in one beside it. */
public final class OnnxReader implements NetworkReader {

    private static final long LARGEST = Integer.MAX_VALUE;
    private static final int OLDEST = 7;
    private static final int NEWEST = 28;

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        String name = file.getFileName().toString();
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new NetworkException(name + " is larger than 2 GB, which ONNX files cannot be. Export the network with"
                    + " external data.");
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16); Tensors tensors = new Tensors(file)) {
            return read(name, ModelParser.parse(stream, (int) size), tensors, choice);
        } catch (NetworkException wrong) {
            throw new NetworkException("Cannot open " + name + ": " + wrong.getMessage());
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
    }

    private static NetworkReading read(String file, Model model, Tensors tensors, InputChoice choice) {
        List<String> remarks = new ArrayList<>();
        Opening opening = open(model, tensors, (port, nodes, converter) -> InputPort.of(port, nodes, converter, choice, remarks));
        Shape shape = opening.port().shape();
        float[] deviation = new float[shape.channels()];
        Arrays.fill(deviation, 255);
        String about = "Read from " + file + (model.producer().isEmpty() ? "." : ", which " + model.producer() + " wrote.");
        Network network = opening.assembly().network(file, name(file), about, new Input(shape, new float[shape.channels()], deviation),
                opening.outputs(), ClassNames.of(model.metadata()), remarks);
        return Conventions.prepared(network, model, opening.port(), choice, remarks);
    }

    /**
     * What a graph is made of.
     *
     * @param port      where pictures go in
     * @param converter knows what each of the file's names stands for
     * @param outputs   names of the operations that make its outputs, the main one first
     */
    record Opening(Assembly assembly, InputPort port, Converter converter, List<String> outputs) {
    }

    /** Finds out where pictures go in. */
    @FunctionalInterface
    interface PortFinder {
        InputPort find(Port port, List<Node> nodes, Converter converter);
    }

    /** Puts the operations of a model's graph together. */
    static Opening open(Model model, Tensors tensors, PortFinder finder) {
        Graph graph = model.graph();
        if (graph.nodes().isEmpty() || graph.outputs().isEmpty()) {
            throw new NetworkException("it holds no network, only " + graph.initializers().size() + " tensors");
        }
        if (model.opset() < OLDEST || model.opset() > NEWEST) {
            throw new NetworkException("it is written in version " + model.opset() + " of ONNX's operations (opset); Loupe reads "
                    + OLDEST + " to " + NEWEST + ". Export it again with another opset_version, or convert it with onnx.version_converter");
        }
        Converter converter = new Converter(model, tensors);
        Set<String> known = new HashSet<>(graph.sparse());
        graph.inputs().forEach(port -> known.add(port.name()));
        graph.initializers().forEach(tensor -> known.add(tensor.name()));
        List<String> outputs = graph.outputs().stream().map(Port::name).toList();
        List<Node> nodes = NodeOrder.sorted(Functions.inlined(model), outputs, known, false);
        InputPort port = finder.find(input(graph, converter, nodes), nodes, converter);
        Assembly assembly = new Assembly(port.shape());
        converter.convert(assembly, nodes, port.name(), port.view());
        return new Opening(assembly, port, converter, outputs.stream().map(converter::operation).distinct().toList());
    }

    private static String name(String file) {
        return file.replaceFirst("(?i)\\.onnx$", "");
    }

    /** The only input that is not a tensor of the file. */
    private static Port input(Graph graph, Converter converter, List<Node> nodes) {
        Set<String> read = nodes.stream().flatMap(node -> NodeOrder.reads(node).stream()).collect(Collectors.toSet());
        List<Port> inputs = graph.inputs().stream()
                .filter(port -> !converter.holds(port.name()) && read.contains(port.name())).toList();
        if (inputs.size() != 1) {
            throw new NetworkException(inputs.isEmpty() ? "it has no input for pictures"
                    : "it has " + inputs.size() + " inputs, " + inputs.stream().map(Port::name).collect(Collectors.joining(", "))
                            + ", but Loupe shows pictures to one; export the network with the others as constants");
        }
        return inputs.get(0);
    }
}
