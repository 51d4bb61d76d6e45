package org.loupe.formats.onnx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Model.Port;

/** Reads image networks from ONNX files, with their weights in the file itself or in one beside it. */
public final class OnnxReader implements NetworkReader {

    private static final long LARGEST = Integer.MAX_VALUE;

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
        if (model.graph().nodes().isEmpty() || model.graph().outputs().isEmpty()) {
            throw new NetworkException("it holds no network, only " + model.graph().initializers().size() + " tensors");
        }
        Converter converter = new Converter(model, tensors);
        List<String> outputs = model.graph().outputs().stream().map(Port::name).toList();
        List<Node> nodes = Functions.inlined(model);
        Set<String> known = new HashSet<>(model.graph().inputs().stream().map(Port::name).toList());
        model.graph().initializers().forEach(tensor -> known.add(tensor.name()));
        known.addAll(model.graph().sparse());
        List<Node> sorted = NodeOrder.sorted(nodes, outputs, known, false);
        List<String> remarks = new ArrayList<>();
        InputPort port = InputPort.of(input(model, converter, sorted), sorted, converter, choice, remarks);
        Assembly assembly = new Assembly(port.shape());
        converter.convert(assembly, sorted, port.name(), port.view());
        List<String> made = outputs.stream().map(converter::operation).distinct().toList();
        int channels = port.shape().channels();
        float[] deviation = new float[channels];
        java.util.Arrays.fill(deviation, 255);
        String about = "Read from " + file + (model.producer().isEmpty() ? "." : ", which " + model.producer() + " wrote.");
        Network network = assembly.network(file, name(file), about, new Input(port.shape(), new float[channels], deviation), made,
                ClassNames.of(model.metadata()), remarks);
        return Conventions.prepared(network, model, port, choice, remarks);
    }

    private static String name(String file) {
        return file.replaceFirst("(?i)\\.onnx$", "");
    }

    /** The only input that is not a tensor of the file. */
    private static Port input(Model model, Converter converter, List<Node> nodes) {
        Set<String> read = nodes.stream().flatMap(node -> NodeOrder.reads(node).stream()).collect(Collectors.toSet());
        List<Port> inputs = model.graph().inputs().stream()
                .filter(port -> !converter.holds(port.name()) && read.contains(port.name())).toList();
        if (inputs.size() != 1) {
            throw new NetworkException(inputs.isEmpty() ? "it has no input for pictures"
                    : "it has " + inputs.size() + " inputs, " + inputs.stream().map(Port::name).collect(Collectors.joining(", "))
                            + ", but Loupe shows pictures to one; export the network with the others as constants");
        }
        return inputs.get(0);
    }
}
