package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Operation;

/** A step that finds the gradient of its weights, too, each time it goes backward. */
interface LearningStep extends Step {

    /** What is learned here. */
    List<Parameter> parameters();

    /** The operation with the weights of now. */
    Operation learned();
}
