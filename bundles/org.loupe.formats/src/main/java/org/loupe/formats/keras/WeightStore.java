package org.loupe.formats.keras;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Tensor;

/**
 * The weights in an HDF5 file, found by the names of models and layers that lead to them. Links are not followed: they
 * may lead out of the file, or in a circle.
 */
final class WeightStore {

    private static final int DEEPEST = 24;
    private static final int MOST = 1 << 16;

    private final Budget budget;
    private final Map<String, Dataset> datasets = new TreeMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final boolean numbered;

    private WeightStore(Budget budget, boolean numbered) {
        this.budget = budget;
        this.numbered = numbered;
    }

    /** Of a file that has everything by name: {@code layer/layer/kernel:0}. */
    static WeightStore named(Group root, Budget budget) {
        WeightStore store = new WeightStore(budget, false);
        store.walk(root, "", 0);
        return store;
    }

    /** Of a file of Keras 3 that has everything by number: {@code layers/conv2d_1/vars/0}. */
    static WeightStore numbered(Group root, Budget budget) {
        WeightStore store = new WeightStore(budget, true);
        store.walk(root, "", 0);
        return store;
    }

    private void walk(Group group, String path, int depth) {
        if (depth > DEEPEST) {
            throw new NetworkException("Its groups are nested more than " + DEEPEST + " deep");
        }
        for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
            String below = path.isEmpty() ? child.getKey() : path + "/" + child.getKey();
            if (datasets.size() + groups.size() > MOST) {
                throw new NetworkException("It holds more than " + MOST + " arrays and groups");
            }
            if (child.getValue().isLink()) {
                continue;
            }
            if (child.getValue() instanceof Dataset dataset) {
                datasets.put(below, dataset);
            } else if (child.getValue() instanceof Group inner) {
                groups.put(below, numbered && child.getKey().equals("vars") ? text(inner.getAttribute("name")) : "");
                walk(inner, below, depth + 1);
            }
        }
    }

    /** The text of an attribute; empty where it is something else. */
    static String text(Attribute attribute) {
        if (attribute == null || attribute.getSize() != 1) {
            return "";
        }
        Object data = attribute.getData();
        return data instanceof String string ? string : data instanceof String[] texts && texts.length == 1 ? texts[0] : "";
    }

    /** A place in the file where the weights of a model's layers are. */
    record Place(String path, String layer) {
    }

    Place root() {
        return new Place("", "");
    }

    /**
     * Where the layers of a model are.
     *
     * @param in     where the model itself is
     * @param layers names and kinds of its layers, in the file's order
     */
    Map<String, Place> places(Place in, List<Configuration> layers) {
        Map<String, Place> places = new HashMap<>();
        if (!numbered) {
            layers.forEach(layer -> places.put(layer.name(), new Place(in.path().isEmpty() ? layer.name() : in.path(), layer.name())));
            return places;
        }
        String container = List.of("layers", "_layer_checkpoint_dependencies").stream()
                .map(name -> in.path().isEmpty() ? name : in.path() + "/" + name).filter(groups::containsKey).findFirst()
                .orElse(in.path().isEmpty() ? "layers" : in.path() + "/layers");
        Map<String, Integer> counts = new HashMap<>();
        for (Configuration layer : layers) {
            String kind = snake(layer.kind());
            int count = counts.merge(kind, 1, Integer::sum) - 1;
            places.put(layer.name(), new Place(container + "/" + (count == 0 ? kind : kind + "_" + count), layer.name()));
        }
        groups.forEach((path, name) -> {
            if (!name.isEmpty() && path.startsWith(container + "/")
                    && path.indexOf('/', container.length() + 1) == path.length() - "/vars".length()) {
                places.computeIfPresent(name, (any, place) -> new Place(path.substring(0, path.length() - "/vars".length()), name));
            }
        });
        return places;
    }

    /** {@code SeparableConv2D} as {@code separable_conv2d}. */
    static String snake(String kind) {
        return kind.replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2").replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * The weights of a layer.
     *
     * @param index which of the layer's weights, in the order in which it makes them
     * @param names what they may be called
     * @throws NetworkException when they are not there
     */
    Tensor weights(Place place, int index, String... names) {
        Dataset found = numbered ? datasets.get(place.path() + "/vars/" + index) : named(place, names);
        if (found == null) {
            throw new NetworkException("The weights of the layer " + place.layer() + " (" + names[0] + ") are not in it");
        }
        return read(found);
    }

    private Dataset named(Place place, String... names) {
        for (String name : names) {
            List<String> candidates = new ArrayList<>();
            for (String path : datasets.keySet()) {
                String last = path.substring(path.lastIndexOf('/') + 1);
                if (path.startsWith(place.path() + "/") && (last.equals(name) || last.equals(name + ":0"))) {
                    candidates.add(path);
                }
            }
            for (String path : candidates) {
                if (("/" + path.substring(0, path.lastIndexOf('/'))).endsWith("/" + place.layer())) {
                    return datasets.get(path);
                }
            }
            if (candidates.size() == 1) {
                return datasets.get(candidates.get(0));
            }
        }
        return null;
    }

    private Tensor read(Dataset dataset) {
        int[] shape = dataset.getDimensions();
        int size = Tensor.size(shape);
        budget.take(size);
        if (dataset instanceof ChunkedDataset chunked) {
            budget.take(Tensor.size(chunked.getChunkDimensions()));
        }
        Object data = dataset.getDataFlat();
        if (data instanceof float[] floats) {
            return new Tensor(shape, floats);
        }
        float[] values = new float[size];
        if (data instanceof double[] doubles && doubles.length == size) {
            for (int i = 0; i < size; i++) {
                values[i] = (float) doubles[i];
            }
            return new Tensor(shape, values);
        }
        if (data instanceof Number number && size == 1) {
            return new Tensor(shape, new float[] {number.floatValue()});
        }
        throw new NetworkException("The array " + dataset.getPath() + " of shape " + Arrays.toString(shape)
                + " holds no numbers of 16, 32 or 64 bits");
    }
}
