package org.loupe.core.train;

import org.loupe.core.dictionary.Products;
import org.loupe.core.engine.Engine;

/** An engine that can also train. */
public interface TrainingEngine extends Engine {

    /** Trains on what this engine runs on. */
    Trainer trainer();

    /** Multiplies matrices on what this engine runs on, or in plain Java; closed by whoever asked. */
    default Products products() {
        return Products.PLAIN;
    }
}
