package org.loupe.formats.keras;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.network.NetworkException;
import org.loupe.formats.arrays.Tensor;
import org.loupe.formats.arrays.Unsupported;
import org.loupe.formats.arrays.Value;
import org.loupe.formats.graph.Assembly;
import org.loupe.formats.keras.Layers.Call;
import org.loupe.formats.keras.Layers.Operand;
import org.loupe.formats.keras.WeightStore.Place;

/** Turns a model, and the models in it, into operations. */
final class Translation {

    private static final int DEEPEST = 16;
    private static final int MOST_CALLS = 1 << 14;

    private final Assembly assembly;
    private final Layers layers;
    private final WeightStore store;
    private int calls;

    Translation(Assembly assembly, Layers layers, WeightStore store) {
        this.assembly = assembly;
        this.layers = layers;
        this.store = store;
    }

    /** An output of a call; without a value where it cannot be run, under the name that it would have. */
    record Output(Value value, String name) {
    }

    /** One call of a layer that is still to be made. */
    private record Open(Configuration layer, int number, List<Argument> arguments) {
    }

    /**
     * Adds a model.
     *
     * @param place  where its weights are
     * @param prefix of the names of its operations
     * @param inputs what it is called with
     * @return its outputs
     */
    List<Output> run(Configuration model, Place place, String prefix, List<Output> inputs) {
        if (prefix.chars().filter(character -> character == '/').count() > DEEPEST) {
            throw new NetworkException("Its models are nested more than " + DEEPEST + " deep");
        }
        List<Configuration> inside = model.layers();
        Map<String, Place> places = store.places(place, inside);
        return model.kind().equals("Sequential") ? List.of(sequence(inside, places, prefix, inputs))
                : graph(model, inside, places, prefix, inputs);
    }

    private Output sequence(List<Configuration> inside, Map<String, Place> places, String prefix, List<Output> inputs) {
        Output output = inputs.get(0);
        for (Configuration layer : inside) {
            output = called(layer, places.get(layer.name()), prefix + layer.name(), List.of(output), List.of()).get(0);
        }
        return output;
    }

    private List<Output> graph(Configuration model, List<Configuration> inside, Map<String, Place> places, String prefix,
            List<Output> inputs) {
        Map<String, Output> known = new HashMap<>();
        List<String> entries = Argument.outputs(model.get("input_layers"));
        for (int i = 0; i < entries.size(); i++) {
            known.put(entries.get(i), i < inputs.size() ? inputs.get(i) : new Output(null, entries.get(i)));
        }
        List<Open> open = new ArrayList<>();
        for (Configuration layer : inside) {
            List<List<Argument>> nodes = Argument.calls(layer);
            for (int i = 0; i < nodes.size(); i++) {
                open.add(new Open(layer, i, nodes.get(i)));
            }
        }
        while (!open.isEmpty()) {
            int before = open.size();
            for (Iterator<Open> iterator = open.iterator(); iterator.hasNext();) {
                Open next = iterator.next();
                if (next.arguments().stream().allMatch(argument -> argument.source() == null
                        || known.containsKey(argument.source()))) {
                    iterator.remove();
                    make(next, places, prefix, known);
                }
            }
            if (open.size() == before) {
                throw new NetworkException("The layer " + open.get(0).layer().name() + " reads what no other layer makes, or"
                        + " its own output");
            }
        }
        return outputs(model.get("output_layers"), known);
    }

    private static List<Output> outputs(JsonElement named, Map<String, Output> known) {
        List<Output> outputs = new ArrayList<>();
        for (String name : Argument.outputs(named)) {
            if (!known.containsKey(name)) {
                throw new NetworkException("Its output " + name.replace('\n', ' ') + " is not made by any layer");
            }
            outputs.add(known.get(name));
        }
        if (outputs.isEmpty()) {
            throw new NetworkException("It names no outputs");
        }
        return outputs;
    }

    private void make(Open next, Map<String, Place> places, String prefix, Map<String, Output> known) {
        Configuration layer = next.layer();
        String name = prefix + layer.name() + (next.number() == 0 ? "" : "_call" + (next.number() + 1));
        List<Output> read = new ArrayList<>();
        List<Operand> operands = new ArrayList<>();
        for (Argument argument : next.arguments()) {
            Output output = argument.source() == null ? null : known.get(argument.source());
            if (output != null) {
                read.add(output);
            }
            operands.add(output == null ? new Operand(null, Tensor.scalar(argument.number())) : new Operand(output.value(), null));
        }
        List<Output> made = layer.kind().equals("InputLayer") && read.isEmpty()
                ? List.of(new Output(null, name)) : called(layer, places.get(layer.name()), name, read, operands);
        for (int i = 0; i < made.size(); i++) {
            known.putIfAbsent(Argument.output(layer.name(), next.number(), i), made.get(i));
        }
    }

    private List<Output> called(Configuration layer, Place place, String name, List<Output> read, List<Operand> operands) {
        if (++calls > MOST_CALLS) {
            throw new NetworkException("It calls its layers more than " + MOST_CALLS + " times");
        }
        if (layer.isModel()) {
            return run(layer, place, name + "/", read);
        }
        Set<String> reads = new HashSet<>();
        read.stream().filter(output -> output.value() != null).forEach(output -> reads.add(output.value().output()));
        if (read.stream().anyMatch(output -> output.value() == null)) {
            assembly.lost(reads, List.of(name));
            return List.of(new Output(null, name));
        }
        List<Operand> given = operands.isEmpty()
                ? read.stream().map(output -> new Operand(output.value(), null)).toList() : operands;
        try {
            return List.of(new Output(layers.translated(new Call(layer, name, place, given)), name));
        } catch (Unsupported unsupported) {
            String reason = unsupported.getMessage();
            assembly.unsupported(reason.equals(layer.kind()) ? reason : layer.kind() + " (" + reason + ")", name, reads, List.of(name));
            return List.of(new Output(null, name));
        } catch (IllegalStateException | IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException broken) {
            throw new NetworkException("The layer " + layer.name() + " (" + layer.kind() + ") makes no sense: "
                    + broken.getMessage());
        }
    }
}
