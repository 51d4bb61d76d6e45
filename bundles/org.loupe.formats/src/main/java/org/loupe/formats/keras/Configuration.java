package org.loupe.formats.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.network.NetworkException;

/** What a file says about one layer or model: {@code {"class_name": ..., "config": {...}}}. */
record Configuration(JsonObject json) {

    static Configuration of(JsonElement element) {
        if (element == null || !element.isJsonObject() || !element.getAsJsonObject().has("class_name")) {
            throw new NetworkException("Its configuration does not say what the model is");
        }
        return new Configuration(element.getAsJsonObject());
    }

    /** The name of its class, such as {@code Conv2D}. */
    String kind() {
        String kind = json.get("class_name").getAsString();
        return kind.substring(kind.lastIndexOf('>') + 1);
    }

    String name() {
        JsonElement name = json.has("name") ? json.get("name") : get("name");
        return name == null || !name.isJsonPrimitive() ? "" : name.getAsString();
    }

    /** A setting, or null where it is not there or null. */
    JsonElement get(String key) {
        JsonElement config = json.get("config");
        JsonElement value = config != null && config.isJsonObject() ? config.getAsJsonObject().get(key) : null;
        return value == null || value.isJsonNull() ? null : value;
    }

    String text(String key, String otherwise) {
        JsonElement value = get(key);
        return value == null ? otherwise : value.getAsString();
    }

    boolean flag(String key, boolean otherwise) {
        JsonElement value = get(key);
        return value == null ? otherwise : value.getAsBoolean();
    }

    float real(String key, float otherwise) {
        JsonElement value = get(key);
        return value == null ? otherwise : value.getAsFloat();
    }

    int number(String key, int otherwise) {
        JsonElement value = get(key);
        return value == null ? otherwise : value.getAsInt();
    }

    /** Two whole numbers, which may be given as one. */
    int[] pair(String key, int otherwise) {
        JsonElement value = get(key);
        return value == null ? new int[] {otherwise, otherwise} : pair(value);
    }

    static int[] pair(JsonElement value) {
        if (!value.isJsonArray()) {
            return new int[] {value.getAsInt(), value.getAsInt()};
        }
        JsonArray array = value.getAsJsonArray();
        if (array.size() != 2) {
            throw new NetworkException("Two numbers are expected, not " + value);
        }
        return new int[] {array.get(0).getAsInt(), array.get(1).getAsInt()};
    }

    /** Top, left, bottom and right of {@code n}, {@code (rows, columns)} or {@code ((top, bottom), (left, right))}. */
    int[] margins(String key) {
        JsonElement value = get(key);
        if (value == null) {
            return new int[4];
        }
        JsonElement rows = value.isJsonArray() && value.getAsJsonArray().size() == 2 ? value.getAsJsonArray().get(0) : value;
        JsonElement columns = value.isJsonArray() && value.getAsJsonArray().size() == 2 ? value.getAsJsonArray().get(1) : value;
        int[] vertical = pair(rows);
        int[] horizontal = pair(columns);
        return new int[] {vertical[0], horizontal[0], vertical[1], horizontal[1]};
    }

    /** Numbers, which may be given as one. */
    float[] numbers(String key) {
        List<Float> numbers = new ArrayList<>();
        collect(get(key), numbers);
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        return values;
    }

    private static void collect(JsonElement value, List<Float> numbers) {
        if (value != null && value.isJsonArray()) {
            value.getAsJsonArray().forEach(element -> collect(element, numbers));
        } else if (value != null) {
            numbers.add(value.getAsFloat());
        }
    }

    /** Sizes of a picture or target; -1 where open; null where there are none. */
    int[] sizes(String key) {
        JsonElement value = get(key);
        if (value == null || !value.isJsonArray()) {
            return null;
        }
        int[] sizes = new int[value.getAsJsonArray().size()];
        for (int i = 0; i < sizes.length; i++) {
            JsonElement size = value.getAsJsonArray().get(i);
            sizes[i] = size.isJsonNull() ? -1 : size.getAsInt();
        }
        return sizes;
    }

    /** The name of a function such as an activation, which newer files have as an object. */
    String function(String key) {
        JsonElement value = get(key);
        if (value == null) {
            return "linear";
        }
        if (value.isJsonObject()) {
            Configuration object = Configuration.of(value);
            JsonElement config = object.json().get("config");
            return config != null && config.isJsonPrimitive() ? config.getAsString() : WeightStore.snake(object.kind());
        }
        return value.getAsString();
    }

    boolean isModel() {
        return kind().equals("Functional") || kind().equals("Model") || kind().equals("Sequential");
    }

    /** The layers of a model. */
    List<Configuration> layers() {
        JsonElement layers = kind().equals("Sequential") && json.get("config").isJsonArray() ? json.get("config") : get("layers");
        if (layers == null || !layers.isJsonArray()) {
            throw new NetworkException("The model " + name() + " has no list of layers");
        }
        List<Configuration> found = new ArrayList<>();
        layers.getAsJsonArray().forEach(layer -> found.add(Configuration.of(layer)));
        return found;
    }

    boolean channelsLast() {
        return !text("data_format", "channels_last").equals("channels_first");
    }
}
