package org.loupe.engine.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Weights;
import org.loupe.core.network.Window;

/**
 * What is done in one go and what is written where, decided before anything is made.
 *
 * <p>Only outputs that one operation alone reads, and no tap, can lose their place in memory. A nonlinearity is
 * applied to such an output in place, by the operation that makes it where that can, if its gradient can be told from
 * its own output; such a convolution takes the batch normalization behind it into its weights; such a part of a
 * concatenation is written where it belongs.
 */
final class Arrangement {

    /**
     * A part of a concatenation that is written in place.
     *
     * @param whole name of the concatenation
     * @param index which of its parts
     */
    record Place(String whole, int index) {
    }

    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> tapped;
    private final Map<String, String> holders = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Convolution> convolutions = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final boolean gradient;
    private final Map<String, Eltwise> functions = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> masked = new HashSet<>();
    private final Map<String, Integer> views = new HashMap<>();

    /**
     * @param block    how many channels lie next to each other
     * @param gradient whether the gradient is wanted too
     */
    Arrangement(Pass pass, int block, boolean gradient) {
        this.gradient = gradient;
        tapped = Set.copyOf(pass.sources().values());
        for (Operation operation : pass.operations()) {
            operations.put(operation.name(), operation);
            if (operation instanceof Convolution convolution) {
                convolutions.put(operation.name(), convolution);
            } else if (operation instanceof Dense dense) {
                convolutions.put(operation.name(), convolution(dense, pass.shapes().get(dense.input())));
            } else if (operation instanceof BatchNormalization normalization) {
                convolutions.put(operation.name(), Affine.of(normalization).convolution(normalization));
            }
            operation.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        for (Operation operation : pass.operations()) {
            if (operation instanceof BatchNormalization normalization) {
                arrange(normalization);
            } else if (operation instanceof Concatenation concatenation) {
                arrange(concatenation);
            } else if (operation instanceof Selection selection) {
                if (Simplification.reorders(selection, pass.shapes().get(selection.input()).channels())) {
                    holders.put(selection.name(), holder(selection.input()));
                }
            } else {
                Eltwise.of(operation).ifPresent(function -> arrange(operation, function));
            }
        }
        Merging.readers(pass.operations()).forEach((output, reading) -> {
            if (reading.size() > 1) {
                view(output, reading, pass.shapes().get(output).channels(), block);
            }
        });
    }

    /**
     * Where all that is read of an output are blocks of channels, each by one selection, these lie within it. Each then
     * has its share of the gradient.
     */
    private void view(String output, List<Operation> reading, int channels, int block) {
        boolean[] taken = new boolean[channels];
        for (Operation operation : reading) {
            if (!(operation instanceof Selection selection)) {
                return;
            }
            int first = selection.channels().get(0);
            int count = selection.channels().size();
            boolean whole = first % block == 0 && (count % block == 0 || first + count == channels);
            for (int i = 0; i < count; i++) {
                int channel = selection.channels().get(i);
                if (!whole || channel != first + i || taken[channel]) {
                    return;
                }
                taken[channel] = true;
            }
        }
        if (!tapped.contains(output) && convolutions.containsKey(holder(output))) {
            reading.forEach(selection -> views.put(selection.name(), ((Selection) selection).channels().get(0)));
        }
    }

    /** Where in its input's array a selection lies, or null where it is copied. */
    Integer view(String selection) {
        return views.get(selection);
    }

    private void arrange(BatchNormalization normalization) {
        String maker = holder(normalization.input());
        if (exclusive(normalization.input()) && convolutions.containsKey(maker) && !finished.contains(maker)) {
            holders.put(normalization.name(), maker);
            convolutions.put(maker, Affine.of(normalization).folded(convolution(maker)));
            keys.put(maker, key(maker) + "*" + normalization.name());
        }
    }

    private void arrange(Operation activation, Eltwise function) {
        String input = activation.inputs().get(0);
        String maker = holder(input);
        if (!exclusive(input) || finished.contains(maker) || gradient && function.byOutput() == null) {
            return;
        }
        Operation operation = operations.get(maker);
        if (Eltwise.of(operation).isPresent()) {
            return;
        }
        List<String> makers = operation instanceof Concatenation ? operation.inputs().stream().map(this::holder).toList()
                : List.of(maker);
        boolean all = makers.stream().allMatch(one -> convolutions.containsKey(one) && !finished.contains(one))
                && (!(operation instanceof Concatenation concatenation) || allInPlace(concatenation));
        boolean shared = operation instanceof Concatenation whole
                && whole.inputs().stream().anyMatch(part -> inPlace(whole, part));
        if (!all && (shared || places.containsKey(maker))) {
            return;
        }
        holders.put(activation.name(), maker);
        finished.add(maker);
        if (all) {
            makers.forEach(one -> functions.put(one, function));
            finished.addAll(makers);
            done.add(activation.name());
        }
    }

    private void arrange(Concatenation concatenation) {
        List<String> parts = concatenation.inputs();
        for (int index = 0; index < parts.size(); index++) {
            String maker = holder(parts.get(index));
            boolean written = convolutions.containsKey(maker) || operations.get(maker) instanceof Concatenation;
            if (exclusive(parts.get(index)) && written && (!finished.contains(maker) || done.contains(parts.get(index)))) {
                places.put(maker, new Place(concatenation.name(), index));
            }
        }
        if (allInPlace(concatenation) && parts.stream().allMatch(
                part -> operations.get(part) instanceof Relu && done.contains(part))) {
            masked.addAll(parts);
        }
    }

    private boolean allInPlace(Concatenation concatenation) {
        return concatenation.inputs().stream().allMatch(part -> inPlace(concatenation, part));
    }

    /** Whether a part is written where it belongs in the concatenation. */
    boolean inPlace(Concatenation concatenation, String part) {
        Place place = places.get(holder(part));
        return place != null && place.whole().equals(concatenation.name());
    }

    /** Whether one operation alone, once, and no tap reads an output. */
    boolean exclusive(String output) {
        return !output.equals(Network.INPUT) && readOnce(output) && !(operations.get(output) instanceof Selection);
    }

    private boolean readOnce(String output) {
        return readers.getOrDefault(output, 0) == 1 && !tapped.contains(output);
    }

    /** Whether one operation alone, once, and no tap reads the input. */
    boolean inputReadOnce() {
        return readOnce(Network.INPUT);
    }

    /** The output in whose array an output lies: another one's, when it is computed in place. */
    String holder(String output) {
        return holders.getOrDefault(output, output);
    }

    /** Whether the operation runs with the one before it. */
    boolean folded(Operation operation) {
        return operation instanceof BatchNormalization && holders.containsKey(operation.name());
    }

    /** Where in a concatenation an output is written, or null. */
    Place place(String holder) {
        return places.get(holder);
    }

    /** The convolution of the given name, with what is folded into it; a dense operation is one too. */
    Convolution convolution(String name) {
        return convolutions.get(name);
    }

    /**
     * A dense operation as a convolution whose window is the whole map. Unlike a product of matrices it gives each
     * picture the same bits in every batch.
     */
    private static Convolution convolution(Dense dense, Shape in) {
        int made = dense.weights().shape()[0];
        Weights weights = new Weights(new int[] {made, in.channels(), in.rows(), in.columns()}, dense.weights().values());
        return new Convolution(dense.name(), dense.input(), weights, dense.bias(),
                new Window(in.rows(), in.columns(), 1, 1, 0, 0, 0, 0, 1, 1), 1);
    }

    /** What the weights of a convolution are stored under. */
    String key(String convolution) {
        return keys.getOrDefault(convolution, convolution);
    }

    /** The nonlinearity that an operation applies to what it makes, or null. */
    Eltwise function(String name) {
        return functions.get(name);
    }

    /** What the operations around an activation do for it. */
    ActivationKernel.Help help(String activation) {
        return !done.contains(activation) ? ActivationKernel.Help.NONE
                : masked.contains(activation) ? ActivationKernel.Help.AROUND : ActivationKernel.Help.BEFORE;
    }

    /** Whether a concatenation stops the gradient for the rectifiers of all its parts. */
    boolean masks(Concatenation concatenation) {
        return masked.containsAll(concatenation.inputs());
    }
}
