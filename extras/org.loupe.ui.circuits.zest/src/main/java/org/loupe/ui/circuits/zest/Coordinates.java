package org.loupe.ui.circuits.zest;

import java.util.function.Function;
import org.eclipse.zest.layouts.algorithms.AbstractLayoutAlgorithm;
import org.eclipse.zest.layouts.interfaces.EntityLayout;
import org.loupe.core.circuit.graph.Scene.Box;

/** Puts nodes where the scene has them. */
final class Coordinates extends AbstractLayoutAlgorithm {

    private final Function<Object, Box> boxes;

    /** @param boxes the box of a node's data, or {@code null} */
    Coordinates(Function<Object, Box> boxes) {
        this.boxes = boxes;
    }

    @Override
    public void applyLayout(boolean clean) {
        for (EntityLayout entity : context.getEntities()) {
            Box box = boxes.apply(entity.getItems()[0].getData());
            if (box != null) {
                entity.setLocation(box.left(), box.top());
            }
        }
    }
}
