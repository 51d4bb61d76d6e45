package org.loupe.formats.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;

/**
 * What an ONNX file says, without the numbers of its tensors.
 *
 * @param producer  what wrote the file
 * @param opset     version of the operations of the standard domain
 * @param metadata  what the writer noted about the model
 * @param functions operations that are defined in the file, by domain and name as {@link Node#kind} writes them
 */
record Model(String producer, long opset, Map<String, String> metadata, Graph graph, Map<String, Function> functions) {

    /** Nodes in the file's order, with the tensors that are known from the start. */
    record Graph(String name, List<Node> nodes, List<Tensor> initializers, List<Port> inputs, List<Port> outputs,
            List<String> sparse) {
    }

    /** An input or output of a graph; unknown sizes are -1, and {@code sizes} is null where not even the rank is known. */
    record Port(String name, int type, long[] sizes) {
    }

    /** An operation of the file's own, made of others. */
    record Function(List<String> inputs, List<String> outputs, List<Node> nodes, Map<String, Attribute> defaults) {
    }

    /** One operation. An input or output that is left out has an empty name. */
    record Node(String name, String domain, String type, List<String> inputs, List<String> outputs,
            Map<String, Attribute> attributes, Map<String, String> metadata) {

        /** The type, with the domain before it unless that is the standard one. */
        String kind() {
            return domain.isEmpty() || domain.equals("ai.onnx") ? type : domain + "." + type;
        }

        /** What to call this node in messages. */
        String where() {
            return !name.isEmpty() ? name : outputs.isEmpty() || outputs.get(0).isEmpty() ? "a node without a name" : outputs.get(0);
        }

        boolean has(String attribute) {
            return attributes.containsKey(attribute);
        }

        /** Whether there is an input at a place. */
        boolean reads(int index) {
            return index < inputs.size() && !inputs.get(index).isEmpty();
        }

        long integer(String attribute, long otherwise) {
            Attribute found = attributes.get(attribute);
            return found == null ? otherwise : found.integer();
        }

        float number(String attribute, float otherwise) {
            Attribute found = attributes.get(attribute);
            return found == null ? otherwise : found.number();
        }

        String text(String attribute, String otherwise) {
            Attribute found = attributes.get(attribute);
            return found == null ? otherwise : found.text();
        }

        /** A list of integers, or null. */
        long[] integers(String attribute) {
            Attribute found = attributes.get(attribute);
            return found == null ? null : found.integers();
        }

        /** As many small integers as asked for, or the same number for all where the attribute is missing. */
        int[] integers(String attribute, int count, int otherwise) {
            long[] found = integers(attribute);
            int[] result = new int[count];
            if (found == null) {
                Arrays.fill(result, otherwise);
                return result;
            }
            if (found.length != count) {
                throw new NetworkException("its " + attribute + " are " + found.length + " numbers instead of " + count);
            }
            for (int i = 0; i < count; i++) {
                result[i] = small(found[i]);
            }
            return result;
        }

        private static int small(long number) {
            if (number != (int) number) {
                throw new NetworkException("it holds the number " + number + ", which cannot be");
            }
            return (int) number;
        }
    }

    /** A named property of a node; what it does not have is 0, empty or null. */
    record Attribute(String name, float number, long integer, String text, Tensor tensor, Graph graph, float[] numbers,
            long[] integers, String reference) {
    }

    /**
     * Where the numbers of a tensor lie.
     *
     * @param type     number of its type in the ONNX format
     * @param parts    stretches of the file, in order
     * @param packing  how they lie there
     * @param external what the file says about another file, or null where the numbers lie in this one
     */
    record Tensor(String name, long[] sizes, int type, List<Stretch> parts, Packing packing, Map<String, String> external) {
    }

    /** Some bytes of a file. */
    record Stretch(long offset, long length) {
    }

    /** How numbers lie in a file. */
    enum Packing {
        /** In the tensor's own type. */
        RAW,
        /** As 32-bit floating point numbers. */
        FLOATS,
        /** As 64-bit floating point numbers. */
        DOUBLES,
        /** As integers of variable length. */
        VARINTS
    }
}
