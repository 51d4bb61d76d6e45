package org.loupe.engine.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.engine.Pass;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.MaxPool;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;

/**
 * Lets a rectifier run behind the pooling that alone reads it, where it cannot run within a convolution because what it
 * reads is asked for: the largest of some rectified numbers is the largest of the numbers, rectified, and there are fewer of
 * them. For passes without gradients.
 */
final class Postponing {

    private static final String UNRECTIFIED = " before its rectifier";

    private Postponing() {
    }

    /** The pass with such rectifiers behind such poolings. */
    static Pass of(Pass pass) {
        Set<String> tapped = Set.copyOf(pass.sources().values());
        Map<String, List<Operation>> readers = Merging.readers(pass.operations());
        Map<String, Relu> postponed = new HashMap<>();
        for (Operation operation : pass.operations()) {
            if (operation instanceof Relu relu && tapped.contains(relu.input()) && !tapped.contains(relu.name())
                    && readers.getOrDefault(relu.name(), List.of()).size() == 1
                    && readers.get(relu.name()).get(0) instanceof MaxPool pool
                    && pass.shapes().get(pool.name()).area() < pass.shapes().get(relu.name()).area()) {
                postponed.put(relu.name(), relu);
            }
        }
        List<Operation> operations = new ArrayList<>();
        Map<String, Shape> shapes = new HashMap<>(pass.shapes());
        for (Operation operation : pass.operations()) {
            if (operation instanceof MaxPool pool && postponed.containsKey(pool.input())) {
                String unrectified = pool.name() + UNRECTIFIED;
                shapes.put(unrectified, pass.shapes().get(pool.name()));
                operations.add(new MaxPool(unrectified, postponed.get(pool.input()).input(), pool.window()));
                operations.add(new Relu(pool.name(), unrectified));
            } else if (!postponed.containsKey(operation.name())) {
                operations.add(operation);
            }
        }
        return new Pass(operations, shapes, pass.sources(), pass.edits());
    }
}
