package org.loupe.core.train;

import org.loupe.core.Progress;
import org.loupe.core.network.Network;

/**
 * A network that somebody knows how to train: architecture, pictures and plan together. The command line has a command
 * for each one.
 *
 * @param <A> what can be chosen: a record whose components carry {@link org.loupe.core.Argument}
 */
public interface Training<A extends Record> {

    /** The record of arguments. */
    Class<A> arguments();

    /**
     * Trains the network. The same arguments give the same weights, bit by bit, on the same engine and machine.
     *
     * @param progress hears of every step; when it wants no more, training ends after that step, and the network is
     *                 what was learned so far
     * @return the network; what it says about itself tells how it was trained and how good it is
     * @throws IllegalArgumentException when the arguments make no sense; the message is for the user
     * @throws org.loupe.core.engine.EngineException when this machine or engine cannot train
     */
    Network train(TrainingEngine engine, A arguments, Progress progress);
}
