package org.loupe.core.train;

import org.loupe.core.Progress;
import org.loupe.core.network.Network;

/** Finds a network's weights from labelled pictures. */
public interface Trainer {

    /**
     * Trains a classifier. The same plan, architecture and pictures give the same weights, bit by bit, on the same
     * machine.
     *
     * @param architecture what to train; its last operation, or the one that a last softmax reads, gives one number
     *                     for each class. Of its weights only the shapes count: training starts from
     *                     {@link StartingWeights}
     * @param plan         how to train
     * @param pictures     of the size of the architecture's input
     * @param progress     hears of every step, with loss and accuracy; when it wants no more, training ends after
     *                     that step
     * @return the architecture with the weights that were found, as far as training went; its batch normalizations
     *         hold the running statistics
     * @throws org.loupe.core.network.NetworkException when the architecture is no classifier for these pictures
     * @throws org.loupe.core.engine.EngineException   when this machine or engine cannot train it
     */
    Network train(Network architecture, TrainingPlan plan, TrainingPictures pictures, Progress progress);
}
