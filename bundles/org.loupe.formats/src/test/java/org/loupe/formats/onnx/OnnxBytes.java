package org.loupe.formats.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes small ONNX models, field by field. */
final class OnnxBytes {

    private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private int opset = 17;
    private String producer = "pytorch";

    OnnxBytes opset(int version) {
        opset = version;
        return this;
    }

    OnnxBytes producer(String name) {
        producer = name;
        return this;
    }

    OnnxBytes note(String key, String value) {
        field(rest, 14, join(text(1, key), text(2, value)));
        return this;
    }

    /** An input; a size of -1 is left open. */
    OnnxBytes input(String name, long... sizes) {
        field(graph, 11, port(name, sizes));
        return this;
    }

    OnnxBytes output(String name) {
        field(graph, 12, text(1, name));
        return this;
    }

    OnnxBytes tensor(String name, long[] sizes, float... numbers) {
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        for (long size : sizes) {
            number(tensor, 1, size);
        }
        number(tensor, 2, 1);
        field(tensor, 8, name.getBytes(StandardCharsets.UTF_8));
        ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(numbers);
        field(tensor, 9, raw.array());
        field(graph, 5, tensor.toByteArray());
        return this;
    }

    /** A node, written {@code Relu: x, y -> z}. */
    OnnxBytes node(String text) {
        String[] sides = text.split(":|->");
        ByteArrayOutputStream node = new ByteArrayOutputStream();
        for (String input : sides[1].split(",")) {
            field(node, 1, input.trim().getBytes(StandardCharsets.UTF_8));
        }
        for (String output : sides[2].split(",")) {
            field(node, 2, output.trim().getBytes(StandardCharsets.UTF_8));
        }
        field(node, 4, sides[0].trim().getBytes(StandardCharsets.UTF_8));
        field(graph, 1, node.toByteArray());
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        number(model, 1, 8);
        field(model, 2, producer.getBytes(StandardCharsets.UTF_8));
        field(model, 7, graph.toByteArray());
        ByteArrayOutputStream version = new ByteArrayOutputStream();
        number(version, 2, opset);
        field(model, 8, version.toByteArray());
        model.writeBytes(rest.toByteArray());
        return model.toByteArray();
    }

    private static byte[] port(String name, long... sizes) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (long size : sizes) {
            ByteArrayOutputStream dimension = new ByteArrayOutputStream();
            if (size < 0) {
                field(dimension, 2, "open".getBytes(StandardCharsets.UTF_8));
            } else {
                number(dimension, 1, size);
            }
            field(shape, 1, dimension.toByteArray());
        }
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, 1);
        field(tensor, 2, shape.toByteArray());
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        field(type, 1, tensor.toByteArray());
        ByteArrayOutputStream port = new ByteArrayOutputStream();
        field(port, 1, name.getBytes(StandardCharsets.UTF_8));
        field(port, 2, type.toByteArray());
        return port.toByteArray();
    }

    private static byte[] text(int number, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, number, text.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
        varint(out, (long) number << 3 | 2);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int number, long value) {
        varint(out, (long) number << 3);
        varint(out, value);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
