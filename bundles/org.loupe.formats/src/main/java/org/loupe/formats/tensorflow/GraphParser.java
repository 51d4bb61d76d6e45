package org.loupe.formats.tensorflow;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.tensorflow.Node.Attribute;

/**
 * Parses the messages of a frozen graph ({@code GraphDef} of TensorFlow's {@code graph.proto}) from the file, one array
 * at a time, so that no more than one is in memory as bytes.
 */
final class GraphParser {

    private static final int MOST_NODES = 1 << 17;

    private final Wire wire;
    private final CodedInputStream in;
    private final Budget budget;

    private GraphParser(Wire wire, Budget budget) {
        this.wire = wire;
        this.in = wire.in();
        this.budget = budget;
    }

    /**
     * The nodes of a graph, in the file's order.
     *
     * @throws NetworkException when the file is something else, or broken
     */
    static List<Node> nodes(Path file, Budget budget) throws IOException {
        long size = Files.size(file);
        if (size > Integer.MAX_VALUE) {
            throw new NetworkException("It has " + size + " bytes, but TensorFlow's graphs have at most 2^31");
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new GraphParser(new Wire(stream, size), budget).graph();
        } catch (InvalidProtocolBufferException broken) {
            throw new NetworkException("It is not a TensorFlow graph, or it is broken: " + broken.getMessage());
        }
    }

    private List<Node> graph() throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == 1 && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
                throw otherKind();
            } else if (field == 1) {
                if (nodes.size() == MOST_NODES) {
                    throw new NetworkException("It has more than " + MOST_NODES + " nodes");
                }
                nodes.add(wire.message(this::node));
            } else {
                in.skipField(tag);
            }
        }
        return nodes;
    }

    /** An ONNX file or a SavedModel begins with a number where a graph has its first node. */
    private NetworkException otherKind() throws IOException {
        in.readInt64();
        boolean onnx = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            onnx |= field >= 7 && field <= 25;
            in.skipField(tag);
        }
        return new NetworkException(onnx
                ? "It is an ONNX file. Give it a name that ends in .onnx and open that."
                : "It is a TensorFlow SavedModel, whose weights lie in other files. Freeze it into one graph with"
                        + " convert_variables_to_constants_v2, as the manual's page on network formats shows, or save it from"
                        + " Keras with model.save(\"network.keras\"), and open that.");
    }

    private Node node() throws IOException {
        String name = "";
        String operation = "";
        List<String> inputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = wire.text();
                case 2 -> operation = wire.text();
                case 3 -> inputs.add(wire.text());
                case 5 -> {
                    Map.Entry<String, Attribute> entry = wire.message(this::entry);
                    attributes.put(entry.getKey(), entry.getValue());
                }
                default -> in.skipField(tag);
            }
        }
        return new Node(name, operation, inputs, attributes);
    }

    private Map.Entry<String, Attribute> entry() throws IOException {
        String key = "";
        Attribute value = Attribute.NONE;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> key = wire.text();
                case 2 -> value = wire.message(this::attribute);
                default -> in.skipField(tag);
            }
        }
        return Map.entry(key, value);
    }

    private Attribute attribute() throws IOException {
        Attribute read = Attribute.NONE;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> read = wire.message(this::list);
                case 2 -> read = Attribute.of(wire.text());
                case 3 -> read = Attribute.of(in.readInt64());
                case 6 -> read = Attribute.of(in.readEnum());
                case 4 -> read = Attribute.of(in.readFloat());
                case 5 -> read = Attribute.of(in.readBool());
                case 7 -> read = Attribute.of(wire.message(() -> TensorParser.shape(in, wire)));
                case 8 -> read = Attribute.of(tensor());
                default -> in.skipField(tag);
            }
        }
        return read;
    }

    private Tensor tensor() throws IOException {
        return wire.message(() -> new TensorParser(wire).read(budget));
    }

    private Attribute list() throws IOException {
        List<Long> numbers = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (field == 2) {
                texts.add(wire.text());
            } else if (field == 3 && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
                numbers.add(in.readInt64());
            } else if (field == 3) {
                wire.packed(() -> numbers.add(in.readInt64()));
            } else {
                in.skipField(tag);
            }
        }
        return Attribute.of(numbers, texts);
    }
}
