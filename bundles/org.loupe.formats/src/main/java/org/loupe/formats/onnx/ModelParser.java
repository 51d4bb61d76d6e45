package org.loupe.formats.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.onnx.Model.Attribute;
import org.loupe.formats.onnx.Model.Function;
import org.loupe.formats.onnx.Model.Graph;
import org.loupe.formats.onnx.Model.Node;
import org.loupe.formats.onnx.Model.Packing;
import org.loupe.formats.onnx.Model.Port;
import org.loupe.formats.onnx.Model.Stretch;
import org.loupe.formats.onnx.Model.Tensor;
import org.loupe.formats.onnx.Wire.Numbers;

/**
 * Reads the structure of an ONNX file by the field numbers of its published schema. The numbers of tensors are skipped,
 * and where they lie is noted, so that a parse takes little memory whatever the file holds.
 */
final class ModelParser {

    private static final int MOST_SIZES = 16;

    private final Wire wire;

    private ModelParser(Wire wire) {
        this.wire = wire;
    }

    /**
     * Reads a model.
     *
     * @param size how many bytes there are
     * @throws NetworkException when it is not a whole ONNX model
     */
    static Model parse(InputStream stream, int size) throws IOException {
        try {
            return new ModelParser(new Wire(stream, size)).model();
        } catch (InvalidProtocolBufferException broken) {
            throw new NetworkException("it is damaged, cut off, or no ONNX file (" + broken.getMessage() + ")");
        }
    }

    private Model model() throws IOException {
        String[] producer = {"", ""};
        Map<String, Long> opsets = new HashMap<>();
        Map<String, String> metadata = new HashMap<>();
        Graph[] graph = new Graph[1];
        Map<String, Function> functions = new HashMap<>();
        wire.fields((number, kind) -> {
            switch (number) {
                case 2 -> producer[0] = wire.text();
                case 3 -> producer[1] = wire.text();
                case 7 -> graph[0] = wire.message(this::graph);
                case 8 -> wire.message(() -> opset(opsets));
                case 14 -> wire.message(() -> entry(metadata, true));
                case 25 -> wire.message(() -> function(functions));
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (graph[0] == null) {
            throw new NetworkException("it holds no ONNX graph");
        }
        return new Model((producer[0] + " " + producer[1]).trim(), opsets.getOrDefault("", opsets.getOrDefault("ai.onnx", 0L)),
                metadata, graph[0], functions);
    }

    private Void opset(Map<String, Long> opsets) throws IOException {
        String[] domain = {""};
        long[] version = {0};
        wire.fields((number, kind) -> {
            switch (number) {
                case 1 -> domain[0] = wire.text();
                case 2 -> version[0] = wire.in().readInt64();
                default -> {
                    return false;
                }
            }
            return true;
        });
        opsets.put(domain[0], version[0]);
        return null;
    }

    private Void entry(Map<String, String> entries, boolean all) throws IOException {
        String[] pair = {"", ""};
        wire.fields((number, kind) -> {
            if (number == 1) {
                pair[0] = wire.text();
            } else if (number == 2 && (all || NodePaths.KEYS.contains(pair[0]))) {
                pair[1] = wire.text();
            } else {
                return false;
            }
            return true;
        });
        if (all || NodePaths.KEYS.contains(pair[0])) {
            entries.put(pair[0], pair[1]);
        }
        return null;
    }

    private Void function(Map<String, Function> functions) throws IOException {
        String[] names = {"", ""};
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
        Map<String, Attribute> defaults = new HashMap<>();
        wire.fields((number, kind) -> {
            switch (number) {
                case 1 -> names[0] = wire.text();
                case 4 -> inputs.add(wire.text());
                case 5 -> outputs.add(wire.text());
                case 7 -> nodes.add(wire.message(this::node));
                case 10 -> names[1] = wire.text();
                case 11 -> {
                    Attribute attribute = wire.message(this::attribute);
                    defaults.put(attribute.name(), attribute);
                }
                default -> {
                    return false;
                }
            }
            return true;
        });
        functions.put(names[1] + "." + names[0], new Function(inputs, outputs, nodes, defaults));
        return null;
    }

    private Graph graph() throws IOException {
        String[] name = {""};
        List<Node> nodes = new ArrayList<>();
        List<Tensor> initializers = new ArrayList<>();
        List<Port> inputs = new ArrayList<>();
        List<Port> outputs = new ArrayList<>();
        List<String> sparse = new ArrayList<>();
        wire.fields((number, kind) -> {
            switch (number) {
                case 1 -> nodes.add(wire.message(this::node));
                case 2 -> name[0] = wire.text();
                case 5 -> initializers.add(wire.message(this::tensor));
                case 11 -> inputs.add(wire.message(this::port));
                case 12 -> outputs.add(wire.message(this::port));
                case 15 -> sparse.add(wire.message(this::sparse));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Graph(name[0], nodes, initializers, inputs, outputs, sparse);
    }

    private String sparse() throws IOException {
        String[] name = {""};
        wire.fields((number, kind) -> {
            if (number == 1) {
                name[0] = wire.message(this::tensor).name();
            }
            return number == 1;
        });
        return name[0];
    }

    private Node node() throws IOException {
        String[] names = {"", "", ""};
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new HashMap<>();
        Map<String, String> metadata = new HashMap<>();
        wire.fields((number, kind) -> {
            switch (number) {
                case 1 -> inputs.add(wire.text());
                case 2 -> outputs.add(wire.text());
                case 3 -> names[0] = wire.text();
                case 4 -> names[1] = wire.text();
                case 5 -> {
                    Attribute attribute = wire.message(this::attribute);
                    attributes.put(attribute.name(), attribute);
                }
                case 7 -> names[2] = wire.text();
                case 9 -> wire.message(() -> entry(metadata, false));
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Node(names[0], names[2], names[1], inputs, outputs, attributes, metadata);
    }

    private Attribute attribute() throws IOException {
        String[] texts = {"", "", ""};
        float[] number = {0};
        long[] integer = {0};
        Tensor[] tensor = {null};
        Graph[] graph = {null};
        Numbers numbers = new Numbers();
        Numbers integers = new Numbers();
        wire.fields((field, kind) -> {
            switch (field) {
                case 1 -> texts[0] = wire.text();
                case 2 -> number[0] = wire.in().readFloat();
                case 3 -> integer[0] = wire.in().readInt64();
                case 4 -> texts[1] = wire.text();
                case 5 -> tensor[0] = wire.message(this::tensor);
                case 6 -> graph[0] = wire.message(this::graph);
                case 7 -> wire.repeated(kind, () -> numbers.add(Float.floatToRawIntBits(wire.in().readFloat())));
                case 8 -> wire.repeated(kind, () -> integers.add(wire.in().readInt64()));
                case 21 -> texts[2] = wire.text();
                default -> {
                    return false;
                }
            }
            return true;
        });
        return new Attribute(texts[0], number[0], integer[0], texts[1], tensor[0], graph[0], numbers.floats(),
                integers.longs(), texts[2]);
    }

    private Tensor tensor() throws IOException {
        Numbers sizes = new Numbers();
        int[] type = {0, 0};
        String[] name = {""};
        List<Stretch> stretches = new ArrayList<>();
        Packing[] packing = {Packing.RAW};
        Map<String, String> external = new HashMap<>();
        wire.fields((number, kind) -> {
            switch (number) {
                case 1 -> wire.repeated(kind, () -> sizes.add(wire.in().readInt64()));
                case 2 -> type[0] = wire.in().readInt32();
                case 4 -> stretch(stretches, packing, Packing.FLOATS, kind);
                case 5, 7, 11 -> stretch(stretches, packing, Packing.VARINTS, kind);
                case 8 -> name[0] = wire.text();
                case 9 -> stretch(stretches, packing, Packing.RAW, kind);
                case 10 -> stretch(stretches, packing, Packing.DOUBLES, kind);
                case 13 -> wire.message(() -> entry(external, true));
                case 14 -> type[1] = wire.in().readInt32();
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (sizes.count() > MOST_SIZES) {
            throw new NetworkException("its tensor " + name[0] + " has " + sizes.count() + " dimensions");
        }
        return new Tensor(name[0], sizes.longs(), type[0], stretches, packing[0], type[1] == 1 ? external : null);
    }

    /** Notes where numbers lie, and skips them. */
    private void stretch(List<Stretch> stretches, Packing[] packing, Packing as, int kind) throws IOException {
        packing[0] = as;
        if (kind == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int length = wire.length();
            stretches.add(new Stretch(wire.in().getTotalBytesRead(), length));
            wire.in().skipRawBytes(length);
        } else {
            long from = wire.in().getTotalBytesRead();
            wire.skip();
            stretches.add(new Stretch(from, wire.in().getTotalBytesRead() - from));
            wire.part();
        }
    }

    private Port port() throws IOException {
        String[] name = {""};
        int[] type = {0};
        long[][] sizes = {null};
        wire.fields((number, kind) -> {
            if (number == 1) {
                name[0] = wire.text();
            } else if (number == 2) {
                wire.message(() -> wire.fields((part, any) -> {
                    if (part == 1) {
                        wire.message(() -> tensorType(type, sizes));
                    }
                    return part == 1;
                }));
            } else {
                return false;
            }
            return true;
        });
        return new Port(name[0], type[0], sizes[0]);
    }

    private Void tensorType(int[] type, long[][] sizes) throws IOException {
        return wire.fields((number, kind) -> {
            if (number == 1) {
                type[0] = wire.in().readInt32();
            } else if (number == 2) {
                Numbers found = new Numbers();
                wire.message(() -> wire.fields((dimension, any) -> {
                    if (dimension == 1) {
                        found.add(wire.message(this::size));
                    }
                    return dimension == 1;
                }));
                sizes[0] = found.count() == 0 ? new long[0] : found.longs();
            } else {
                return false;
            }
            return true;
        });
    }

    private long size() throws IOException {
        long[] size = {-1};
        wire.fields((number, kind) -> {
            if (number == 1) {
                size[0] = wire.in().readInt64();
            }
            return number == 1;
        });
        return size[0] > 0 ? size[0] : -1;
    }
}
