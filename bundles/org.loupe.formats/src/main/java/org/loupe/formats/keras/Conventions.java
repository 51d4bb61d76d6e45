package org.loupe.formats.keras;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.NetworkReading.Certainty;
import org.loupe.formats.arrays.Pictures;
import org.loupe.formats.arrays.Pictures.Colours;

/** What a Keras model says, or its name suggests, about its pictures. */
final class Conventions {

    private static final int DEEPEST = 16;

    private Conventions() {
    }

    static Pictures pictures(Configuration model, InputChoice choice) {
        int[] shape = shape(model, 0);
        boolean last = channelsLast(model);
        boolean whole = shape != null && shape.length == 4;
        int channels = whole ? shape[last ? 3 : 1] : -1;
        String name = model.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        int usual = name.contains("inception") || name.contains("xception") ? 299
                : name.matches(".*(resnet|vgg|mobilenet|densenet|nasnet|efficientnet|convnext).*") ? 224 : 0;
        return Pictures.of(choice, channels < 1 ? 3 : channels, whole ? shape[last ? 1 : 2] : -1, whole ? shape[last ? 2 : 3] : -1,
                usual, colours(model, name));
    }

    /** Whether maps have the dimensions pictures, rows, columns, channels, as the first layer that knows says. */
    static boolean channelsLast(Configuration model) {
        Configuration first = first(model, 0);
        return first == null || first.channelsLast();
    }

    private static Configuration first(Configuration model, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        for (Configuration layer : model.layers()) {
            Configuration found = layer.isModel() ? first(layer, depth + 1) : layer.get("data_format") != null ? layer : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The shape of the pictures with their number in front, -1 where open; null where nothing says it. */
    private static int[] shape(Configuration model, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        for (Configuration layer : model.layers()) {
            for (String key : List.of("batch_shape", "batch_input_shape")) {
                int[] shape = layer.sizes(key);
                if (shape != null) {
                    return shape;
                }
            }
            int[] inside = layer.isModel() ? shape(layer, depth + 1) : null;
            if (inside != null) {
                return inside;
            }
        }
        return model.sizes("build_input_shape");
    }

    private static Colours colours(Configuration model, String name) {
        Configuration rescaling = preprocessing(model, 0);
        if (rescaling != null) {
            float[] scale = rescaling.numbers("scale");
            boolean unit = rescaling.kind().equals("Rescaling") && scale.length > 0 && scale[0] > 0.25f;
            return Colours.of(unit ? "0..1" : "0..255", Certainty.STATED, "The model begins with the layer "
                    + rescaling.name() + ", so it takes colours from 0 to " + (unit ? "1." : "255."));
        }
        if (name.contains("resnet") && !name.contains("v2") && !name.contains("inception") || name.contains("vgg")) {
            return Colours.of("caffe", Certainty.GUESSED, "The model is called " + model.name()
                    + "; Keras's own network of that name takes blue first and colours less their means.");
        }
        if (name.contains("inception") || name.contains("mobilenet") || name.contains("xception") || name.contains("nasnet")
                || name.contains("resnet")) {
            return Colours.of("-1..1", Certainty.GUESSED, "The model is called " + model.name()
                    + "; Keras's own network of that name takes colours from -1 to 1.");
        }
        if (name.contains("efficientnet") || name.contains("convnext")) {
            return Colours.of("0..255", Certainty.GUESSED, "The model is called " + model.name()
                    + "; Keras's own network of that name takes colours from 0 to 255.");
        }
        if (name.contains("densenet")) {
            return Colours.of("imagenet", Certainty.GUESSED, "The model is called " + model.name()
                    + "; Keras's own network of that name takes colours less their means, by their deviations.");
        }
        return Colours.UNKNOWN;
    }

    /** A layer that scales colours before any other layer has a look at them, or null. */
    private static Configuration preprocessing(Configuration model, int depth) {
        Set<String> skipped = Set.of("InputLayer", "Resizing", "RandomFlip", "RandomRotation", "RandomZoom", "RandomTranslation",
                "RandomContrast", "RandomBrightness");
        for (Configuration layer : model.layers()) {
            if (layer.isModel() && depth < DEEPEST) {
                Configuration inside = preprocessing(layer, depth + 1);
                if (inside != null || !layer.layers().isEmpty()) {
                    return inside;
                }
            } else if (!skipped.contains(layer.kind())) {
                return layer.kind().equals("Rescaling") || layer.kind().equals("Normalization") ? layer : null;
            }
        }
        return null;
    }
}
