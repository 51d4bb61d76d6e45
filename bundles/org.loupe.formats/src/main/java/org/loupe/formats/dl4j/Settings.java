package org.loupe.formats.dl4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.network.NetworkException;

/**
 * An object of a JSON configuration, whose parts are asked for by name and must be of the kind that is asked for.
 *
 * @param object what is there
 * @param where  what messages call it
 */
record Settings(JsonObject object, String where) {

    /** The configuration of a whole network. */
    static Settings parse(byte[] json) {
        try {
            return of(JsonParser.parseString(new String(json, StandardCharsets.UTF_8)), "configuration.json");
        } catch (JsonParseException | StackOverflowError damage) {
            throw new NetworkException("configuration.json is no JSON, so the file is damaged");
        }
    }

    private static Settings of(JsonElement element, String where) {
        if (element == null || !element.isJsonObject()) {
            throw new NetworkException(where + " is not an object, so the file is damaged");
        }
        return new Settings(element.getAsJsonObject(), where);
    }

    /** The last part of the name of the class whose object this was, such as {@code ConvolutionLayer}. */
    String kind() {
        String name = text("@class");
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    boolean has(String name) {
        return object.has(name) && !object.get(name).isJsonNull();
    }

    Settings part(String name) {
        return of(object.get(name), where + "." + name);
    }

    Optional<Settings> optional(String name) {
        return has(name) ? Optional.of(part(name)) : Optional.empty();
    }

    /** The objects in an object, by name. */
    Map<String, Settings> parts() {
        Map<String, Settings> parts = new LinkedHashMap<>();
        object.keySet().forEach(name -> parts.put(name, part(name)));
        return parts;
    }

    /** The objects in a list. */
    List<Settings> list(String name) {
        List<Settings> list = new ArrayList<>();
        for (JsonElement each : array(name)) {
            list.add(of(each, where + "." + name + "[" + list.size() + "]"));
        }
        return list;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonElement each : array(name)) {
            texts.add(text(each, name));
        }
        return texts;
    }

    private JsonArray array(String name) {
        JsonElement found = object.get(name);
        if (found == null || !found.isJsonArray()) {
            throw wrong(name, "a list");
        }
        return found.getAsJsonArray();
    }

    String text(String name) {
        return text(object.get(name), name);
    }

    private String text(JsonElement found, String name) {
        if (found == null || !found.isJsonPrimitive()) {
            throw wrong(name, "a text");
        }
        return found.getAsString();
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        String text = text(name);
        if (!text.equals("true") && !text.equals("false")) {
            throw wrong(name, "true or false");
        }
        return text.equals("true");
    }

    /** A whole number that is not negative. */
    int count(String name) {
        return count(object.get(name), name);
    }

    /** Whole numbers, as many as are wanted, none negative. */
    int[] counts(String name, int many) {
        JsonArray found = array(name);
        if (found.size() != many) {
            throw wrong(name, "a list of " + many + " numbers");
        }
        int[] counts = new int[many];
        for (int i = 0; i < many; i++) {
            counts[i] = count(found.get(i), name);
        }
        return counts;
    }

    private int count(JsonElement found, String name) {
        double number = number(found, name);
        if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
            throw wrong(name, "a count");
        }
        return (int) number;
    }

    double number(String name) {
        return number(object.get(name), name);
    }

    double number(String name, double otherwise) {
        return has(name) ? number(name) : otherwise;
    }

    private double number(JsonElement found, String name) {
        try {
            return Double.parseDouble(text(found, name));
        } catch (NumberFormatException not) {
            throw wrong(name, "a number");
        }
    }

    private NetworkException wrong(String name, String expected) {
        JsonElement found = object.get(name);
        return new NetworkException(where + "." + name + " is " + (found == null ? "missing" : "not right")
                + ": it should be " + expected);
    }
}
