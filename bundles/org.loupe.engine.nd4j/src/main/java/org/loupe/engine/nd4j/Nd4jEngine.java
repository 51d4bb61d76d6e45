package org.loupe.engine.nd4j;

import org.loupe.core.dictionary.Products;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.train.Trainer;
import org.loupe.core.train.TrainingEngine;

/**
 * The portable engine, which also trains: ND4J's operations and their backward twins, one by one. It takes the backend
 * that is installed. ND4J starts when a session is opened, a network trained or the description asked for, not before.
 */
public final class Nd4jEngine implements TrainingEngine {

    @Override
    public String name() {
        return "nd4j";
    }

    /**
     * Version, backend, BLAS and threads.
     *
     * @throws org.loupe.core.engine.EngineException when ND4J cannot run on this machine
     */
    @Override
    public String description() {
        return Backend.start().description();
    }

    @Override
    public Session open(Network network) {
        Backend.start();
        return new Nd4jSession(this, network);
    }

    @Override
    public Products products() {
        Backend.start();
        return new Nd4jProducts();
    }

    @Override
    public Trainer trainer() {
        return new Nd4jTrainer();
    }
}
