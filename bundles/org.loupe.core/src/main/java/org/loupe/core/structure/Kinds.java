package org.loupe.core.structure;

import java.util.List;
import java.util.Locale;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Window;

/** What operations are, in a few words. */
final class Kinds {

    private static final int MOST = 4;

    private Kinds() {
    }

    /** Such as “Convolution 3×3 /2, Batch normalization, Relu”; each kind once. */
    static String of(List<Operation> operations) {
        List<String> kinds = operations.stream().map(Kinds::of).distinct().toList();
        List<String> shown = kinds.subList(0, Math.min(MOST, kinds.size()));
        return String.join(", ", shown) + (kinds.size() > MOST ? ", … (" + kinds.size() + ")" : "");
    }

    private static String of(Operation operation) {
        String name = words(operation instanceof Activation activation ? activation.function() : operation);
        if (operation instanceof Convolution convolution) {
            return name + " " + size(convolution.window()) + (convolution.groups() > 1 ? " in " + convolution.groups()
                    + " groups" : "");
        }
        if (operation instanceof TransposedConvolution transposed) {
            return name + " " + size(transposed.window());
        }
        if (operation instanceof MaxPool pool) {
            return name + " " + size(pool.window());
        }
        return operation instanceof AveragePool pool ? name + " " + size(pool.window()) : name;
    }

    private static String words(Object value) {
        String words = value.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        return words.charAt(0) + words.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String size(Window window) {
        int step = Math.max(window.rowStep(), window.columnStep());
        return window.rows() + "×" + window.columns() + (step > 1 ? " /" + step : "");
    }
}
