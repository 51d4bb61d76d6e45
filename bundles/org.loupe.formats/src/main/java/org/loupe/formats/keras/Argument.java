package org.loupe.formats.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.NetworkException;

/**
 * What a layer is called with: the output of another call, or a number.
 *
 * @param source which output; null for a number
 */
record Argument(String source, float number) {

    private static final int DEEPEST = 16;

    /** The name of a call's output. */
    static String output(String layer, int call, int index) {
        return layer + "\n" + call + "\n" + index;
    }

    /** The calls of a layer, each with what it is called with, in order. */
    static List<List<Argument>> calls(Configuration layer) {
        List<List<Argument>> calls = new ArrayList<>();
        JsonElement nodes = layer.json().get("inbound_nodes");
        if (nodes == null || !nodes.isJsonArray()) {
            return calls;
        }
        for (JsonElement node : nodes.getAsJsonArray()) {
            List<Argument> arguments = new ArrayList<>();
            if (node.isJsonObject()) {
                collect(node.getAsJsonObject().get("args"), arguments, 0);
                collectNamed(node.getAsJsonObject().get("kwargs"), arguments);
            } else if (node.isJsonArray()) {
                JsonArray array = node.getAsJsonArray();
                if (isReference(array)) {
                    reference(array, arguments);
                } else {
                    array.forEach(element -> reference(element.getAsJsonArray(), arguments));
                }
            }
            calls.add(arguments);
        }
        return calls;
    }

    /** The outputs that are named in any nesting of {@code [layer, call, index]}. */
    static List<String> outputs(JsonElement element) {
        List<String> outputs = new ArrayList<>();
        references(element, outputs, 0);
        return outputs;
    }

    private static void references(JsonElement element, List<String> outputs, int depth) {
        if (element == null || depth > DEEPEST) {
            return;
        }
        if (element.isJsonArray() && isReference(element.getAsJsonArray())) {
            outputs.add(output(element.getAsJsonArray()));
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(inner -> references(inner, outputs, depth + 1));
        } else if (element.isJsonObject()) {
            element.getAsJsonObject().asMap().values().forEach(inner -> references(inner, outputs, depth + 1));
        }
    }

    private static boolean isReference(JsonArray array) {
        return array.size() >= 3 && array.get(0).isJsonPrimitive() && array.get(0).getAsJsonPrimitive().isString()
                && array.get(1).isJsonPrimitive() && array.get(2).isJsonPrimitive();
    }

    private static String output(JsonArray array) {
        return output(array.get(0).getAsString(), array.get(1).getAsInt(), array.get(2).getAsInt());
    }

    /** {@code [layer, call, index, {"name": value}]} of Keras 2. */
    private static void reference(JsonArray array, List<Argument> arguments) {
        if (!isReference(array)) {
            throw new NetworkException("A layer is called with something unknown: " + shortened(array));
        }
        arguments.add(array.get(0).getAsString().equals("_CONSTANT_VALUE")
                ? new Argument(null, array.get(2).getAsFloat()) : new Argument(output(array), 0));
        if (array.size() > 3) {
            collectNamed(array.get(3), arguments);
        }
    }

    private static void collectNamed(JsonElement named, List<Argument> arguments) {
        if (named == null || !named.isJsonObject()) {
            return;
        }
        for (Map.Entry<String, JsonElement> entry : named.getAsJsonObject().entrySet()) {
            if (List.of("x", "y", "x1", "x2", "a", "b", "inputs", "values").contains(entry.getKey())) {
                collect(entry.getValue(), arguments, 0);
            }
        }
    }

    private static void collect(JsonElement element, List<Argument> arguments, int depth) {
        if (element == null || element.isJsonNull() || depth > DEEPEST) {
            return;
        }
        if (element.isJsonArray() && isReference(element.getAsJsonArray())) {
            reference(element.getAsJsonArray(), arguments);
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(inner -> collect(inner, arguments, depth + 1));
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            JsonElement config = object.get("config");
            if (config != null && config.isJsonObject() && config.getAsJsonObject().has("keras_history")) {
                arguments.add(new Argument(output(config.getAsJsonObject().getAsJsonArray("keras_history")), 0));
            } else if (config != null && config.isJsonObject() && config.getAsJsonObject().has("value")) {
                collect(config.getAsJsonObject().get("value"), arguments, depth + 1);
            }
        } else if (element.getAsJsonPrimitive().isNumber()) {
            arguments.add(new Argument(null, element.getAsFloat()));
        }
    }

    private static String shortened(JsonElement element) {
        String text = element.toString();
        return text.length() > 200 ? text.substring(0, 200) + "..." : text;
    }
}
