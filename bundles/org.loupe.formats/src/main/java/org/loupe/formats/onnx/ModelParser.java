package org.loupe.formats.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

/**
 * Reads the structure of an ONNX file by the field numbers of its published schema. The numbers of tensors are skipped,
 * and where they lie is noted, so that a parse takes little memory whatever the file holds.
 */
final class ModelParser {

    private static final int MOST_PARTS = 1 << 20;
    private static final int DEEPEST = 12;
    private static final int MOST_SIZES = 16;
    private static final int LONGEST_TEXT = 1 << 19;

    private final CodedInputStream in;
    private int parts;
    private int depth;
    private int tag;

    /** Takes one field, or leaves it. */
    private interface Field {
        /** @return whether the field was read */
        boolean read(int number, int wire) throws IOException;
    }

    private ModelParser(InputStream stream, int size) throws IOException {
        in = CodedInputStream.newInstance(stream, 1 << 16);
        in.setSizeLimit(Integer.MAX_VALUE);
        in.pushLimit(size);
    }

    /**
     * Reads a model.
     *
     * @param size how many bytes there are
     * @throws NetworkException when it is not a whole ONNX model
     */
    static Model parse(InputStream stream, int size) throws IOException {
        try {
            return new ModelParser(stream, size).model();
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
        fields((number, wire) -> {
            switch (number) {
                case 2 -> producer[0] = text();
                case 3 -> producer[1] = text();
                case 7 -> graph[0] = message(this::graph);
                case 8 -> message(() -> opset(opsets));
                case 14 -> message(() -> entry(metadata, true));
                case 25 -> message(() -> function(functions));
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
        fields((number, wire) -> {
            switch (number) {
                case 1 -> domain[0] = text();
                case 2 -> version[0] = in.readInt64();
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
        fields((number, wire) -> {
            if (number == 1) {
                pair[0] = text();
            } else if (number == 2 && (all || NodePaths.KEYS.contains(pair[0]))) {
                pair[1] = text();
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
        fields((number, wire) -> {
            switch (number) {
                case 1 -> names[0] = text();
                case 4 -> inputs.add(text());
                case 5 -> outputs.add(text());
                case 7 -> nodes.add(message(this::node));
                case 10 -> names[1] = text();
                case 11 -> {
                    Attribute attribute = message(this::attribute);
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
        fields((number, wire) -> {
            switch (number) {
                case 1 -> nodes.add(message(this::node));
                case 2 -> name[0] = text();
                case 5 -> initializers.add(message(this::tensor));
                case 11 -> inputs.add(message(this::port));
                case 12 -> outputs.add(message(this::port));
                case 15 -> sparse.add(message(this::sparse));
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
        fields((number, wire) -> {
            if (number == 1) {
                name[0] = message(this::tensor).name();
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
        fields((number, wire) -> {
            switch (number) {
                case 1 -> inputs.add(text());
                case 2 -> outputs.add(text());
                case 3 -> names[0] = text();
                case 4 -> names[1] = text();
                case 5 -> {
                    Attribute attribute = message(this::attribute);
                    attributes.put(attribute.name(), attribute);
                }
                case 7 -> names[2] = text();
                case 9 -> message(() -> entry(metadata, false));
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
        fields((field, wire) -> {
            switch (field) {
                case 1 -> texts[0] = text();
                case 2 -> number[0] = in.readFloat();
                case 3 -> integer[0] = in.readInt64();
                case 4 -> texts[1] = text();
                case 5 -> tensor[0] = message(this::tensor);
                case 6 -> graph[0] = message(this::graph);
                case 7 -> repeated(wire, () -> numbers.add(Float.floatToRawIntBits(in.readFloat())));
                case 8 -> repeated(wire, () -> integers.add(in.readInt64()));
                case 21 -> texts[2] = text();
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
        fields((number, wire) -> {
            switch (number) {
                case 1 -> repeated(wire, () -> sizes.add(in.readInt64()));
                case 2 -> type[0] = in.readInt32();
                case 4 -> stretch(stretches, packing, Packing.FLOATS, wire);
                case 5, 7, 11 -> stretch(stretches, packing, Packing.VARINTS, wire);
                case 8 -> name[0] = text();
                case 9 -> stretch(stretches, packing, Packing.RAW, wire);
                case 10 -> stretch(stretches, packing, Packing.DOUBLES, wire);
                case 13 -> message(() -> entry(external, true));
                case 14 -> type[1] = in.readInt32();
                default -> {
                    return false;
                }
            }
            return true;
        });
        if (sizes.count > MOST_SIZES) {
            throw new NetworkException("its tensor " + name[0] + " has " + sizes.count + " dimensions");
        }
        return new Tensor(name[0], sizes.longs(), type[0], stretches, packing[0], type[1] == 1 ? external : null);
    }

    /** Notes where numbers lie, and skips them. */
    private void stretch(List<Stretch> stretches, Packing[] packing, Packing as, int wire) throws IOException {
        packing[0] = as;
        if (wire == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            int length = length();
            stretches.add(new Stretch(in.getTotalBytesRead(), length));
            in.skipRawBytes(length);
        } else {
            long from = in.getTotalBytesRead();
            in.skipField(tag);
            stretches.add(new Stretch(from, in.getTotalBytesRead() - from));
            part();
        }
    }

    private Port port() throws IOException {
        String[] name = {""};
        int[] type = {0};
        long[][] sizes = {null};
        fields((number, wire) -> {
            if (number == 1) {
                name[0] = text();
            } else if (number == 2) {
                message(() -> fields((kind, any) -> {
                    if (kind == 1) {
                        message(() -> tensorType(type, sizes));
                    }
                    return kind == 1;
                }));
            } else {
                return false;
            }
            return true;
        });
        return new Port(name[0], type[0], sizes[0]);
    }

    private Void tensorType(int[] type, long[][] sizes) throws IOException {
        return fields((number, wire) -> {
            if (number == 1) {
                type[0] = in.readInt32();
            } else if (number == 2) {
                Numbers found = new Numbers();
                message(() -> fields((dimension, any) -> {
                    if (dimension == 1) {
                        found.add(message(this::size));
                    }
                    return dimension == 1;
                }));
                sizes[0] = found.count == 0 ? new long[0] : found.longs();
            } else {
                return false;
            }
            return true;
        });
    }

    private long size() throws IOException {
        long[] size = {-1};
        fields((number, wire) -> {
            if (number == 1) {
                size[0] = in.readInt64();
            }
            return number == 1;
        });
        return size[0] > 0 ? size[0] : -1;
    }

    private Void fields(Field field) throws IOException {
        for (tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int own = tag;
            if (!field.read(WireFormat.getTagFieldNumber(own), WireFormat.getTagWireType(own))) {
                in.skipField(own);
            }
        }
        return null;
    }

    private interface Part<T> {
        T read() throws IOException;
    }

    private <T> T message(Part<T> part) throws IOException {
        part();
        if (++depth > DEEPEST * 4) {
            throw new NetworkException("its graphs are nested too deeply");
        }
        int limit = in.pushLimit(length());
        T read = part.read();
        in.checkLastTagWas(0);
        if (in.getBytesUntilLimit() != 0) {
            throw new NetworkException("one of its parts is shorter than it says");
        }
        in.popLimit(limit);
        depth--;
        return read;
    }

    private void part() {
        if (++parts > MOST_PARTS) {
            throw new NetworkException("it has more than " + MOST_PARTS + " parts");
        }
    }

    private int length() throws IOException {
        int length = in.readRawVarint32();
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED || length < 0) {
            throw new NetworkException("it is damaged: a part of it has no length");
        }
        return length;
    }

    private String text() throws IOException {
        part();
        int length = length();
        if (length > LONGEST_TEXT) {
            throw new NetworkException("it holds a name of " + length + " letters");
        }
        return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
    }

    private interface One {
        void read() throws IOException;
    }

    private void repeated(int wire, One one) throws IOException {
        if (wire != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            part();
            one.read();
            return;
        }
        int limit = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            part();
            one.read();
        }
        in.popLimit(limit);
    }

    /** A list of integers that grows. */
    private static final class Numbers {
        private long[] values = new long[4];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, count * 2);
            }
            values[count++] = value;
        }

        long[] longs() {
            return count == 0 ? null : Arrays.copyOf(values, count);
        }

        float[] floats() {
            float[] floats = new float[count];
            for (int i = 0; i < count; i++) {
                floats[i] = Float.intBitsToFloat((int) values[i]);
            }
            return count == 0 ? null : floats;
        }
    }
}
