package org.loupe.formats.onnx;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.loupe.core.network.Input;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.NetworkReader;
import org.loupe.core.network.NetworkReading;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;
import org.loupe.formats.graph.Assembly;
import org.loupe.formats.onnx.Model.Port;
import org.loupe.formats.onnx.OnnxReader.Opening;

/** Reads files of single operations, which see any number of channels and have learned nothing. */
public final class OperationFiles implements NetworkReader {

    @Override
    public NetworkReading read(Path file, InputChoice choice) throws IOException {
        try {
            Opening opening = open(file);
            Shape shape = opening.port().shape();
            float[] ones = new float[shape.channels()];
            Arrays.fill(ones, 255);
            Set<Operation> operations = operations(opening.assembly(), opening.outputs().get(0));
            return NetworkReading.of(new Network("test", "", new Input(shape, new float[ones.length], ones), List.copyOf(operations),
                    List.of(), List.of()));
        } catch (NetworkException wrong) {
            throw new NetworkException(file.getFileName() + ": " + wrong.getMessage());
        }
    }

    static Opening open(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file)); Tensors tensors = new Tensors(file)) {
            Model model = ModelParser.parse(stream, (int) Files.size(file));
            return OnnxReader.open(model, tensors, (port, nodes, converter) -> port(port));
        }
    }

    /** The port of a network that sees as many channels as the file says, also none of them a colour. */
    private static InputPort port(Port port) {
        long[] sizes = port.sizes();
        if (sizes == null || sizes.length != 2 && sizes.length != 4
                || Arrays.stream(sizes).skip(1).anyMatch(size -> size < 1 || size > 1 << 10)) {
            throw new NetworkException("its input has the shape " + Arrays.toString(sizes));
        }
        if (sizes.length == 2) {
            View view = View.image(Network.INPUT, new Shape((int) sizes[1], 1, 1), 1).without(Set.of(2, 3));
            return new InputPort(port.name(), view, Certainty.STATED, 1);
        }
        boolean last = sizes[3] == 3;
        View view = View.image(Network.INPUT, last ? new Shape((int) sizes[3], (int) sizes[1], (int) sizes[2])
                : new Shape((int) sizes[1], (int) sizes[2], (int) sizes[3]), 1);
        return new InputPort(port.name(), last ? view.transposed(new int[] {0, 2, 3, 1}) : view, Certainty.STATED, 1);
    }

    /** The operations that lead to one, in the order in which they run. */
    static Set<Operation> operations(Assembly assembly, String name) {
        Set<Operation> operations = new LinkedHashSet<>();
        collect(assembly, name, operations);
        return operations;
    }

    private static void collect(Assembly assembly, String name, Set<Operation> into) {
        Operation operation = assembly.operation(name);
        if (operation != null && !into.contains(operation)) {
            operation.inputs().forEach(input -> collect(assembly, input, into));
            into.add(operation);
        }
    }
}
