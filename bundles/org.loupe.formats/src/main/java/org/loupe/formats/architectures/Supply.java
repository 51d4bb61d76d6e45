package org.loupe.formats.architectures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Weights;
import org.loupe.formats.arrays.Budget;
import org.loupe.formats.arrays.Tensor;

/** Hands out weights by name and notes what is not as the architecture has it, so that all of it can be told at once. */
final class Supply {

    private static final int MOST_TOLD = 24;

    private final TensorSource source;
    private final Set<String> unused;
    private final List<String> missing = new ArrayList<>();
    private final List<String> misshapen = new ArrayList<>();
    private final Budget budget;

    Supply(TensorSource source) {
        this.source = source;
        this.unused = new LinkedHashSet<>(source.names());
        long bytes = 0;
        for (String name : source.names()) {
            bytes += 4L * Tensor.size(source.shape(name));
        }
        this.budget = new Budget(bytes);
    }

    boolean has(String name) {
        return source.names().contains(name);
    }

    /**
     * The sizes of an array's dimensions.
     *
     * @return zeros, of as many dimensions, where there is none or it has another number of them
     */
    int[] shape(String name, int dimensions) {
        int[] shape = has(name) ? source.shape(name) : new int[0];
        return shape.length == dimensions ? shape : new int[dimensions];
    }

    /**
     * Weights of a convolution or a matrix; TensorFlow's order of dimensions is turned into PyTorch's.
     *
     * @param shape (output, input, row, column) or (output, input), or one size
     * @param names what they may be called
     */
    Weights take(int[] shape, String... names) throws IOException {
        budget.take(Tensor.size(shape));
        for (String name : names) {
            if (!has(name)) {
                continue;
            }
            unused.remove(name);
            int[] found = source.shape(name);
            int[] order = shape.length == 4 ? new int[] {3, 2, 0, 1} : new int[] {1, 0};
            if (Arrays.equals(found, shape)) {
                return source.read(name).weights();
            }
            if (shape.length > 1 && found.length == shape.length && Arrays.equals(turned(found, order), shape)) {
                return source.read(name).transposed(budget, order).weights();
            }
            misshapen.add(name + " is " + Arrays.toString(found) + " instead of " + Arrays.toString(shape));
            return new Weights(shape, new float[Tensor.size(shape)]);
        }
        missing.add(names[0] + " " + Arrays.toString(shape));
        return new Weights(shape, new float[Tensor.size(shape)]);
    }

    private static int[] turned(int[] shape, int[] order) {
        return Arrays.stream(order).map(axis -> shape[axis]).toArray();
    }

    /** Arrays that are left over and may be. */
    List<String> leave(Predicate<String> allowed) {
        List<String> left = unused.stream().filter(allowed).toList();
        unused.removeAll(left);
        return left;
    }

    /** @throws NetworkException when anything was missing or misshapen, or is left over */
    void check(String architecture) {
        List<String> wrong = new ArrayList<>();
        tell(wrong, "Missing", missing);
        tell(wrong, "Of another shape", misshapen);
        tell(wrong, "Not known", List.copyOf(unused));
        if (!wrong.isEmpty()) {
            throw new NetworkException("Its arrays have names like those of " + architecture + ", but they do not fit. "
                    + String.join(" ", wrong) + " " + Export.ADVICE);
        }
    }

    private static void tell(List<String> wrong, String what, List<String> which) {
        if (!which.isEmpty()) {
            wrong.add(what + ": " + which.stream().limit(MOST_TOLD).collect(Collectors.joining(", "))
                    + (which.size() > MOST_TOLD ? " and " + (which.size() - MOST_TOLD) + " more." : "."));
        }
    }
}
