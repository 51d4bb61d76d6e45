package org.loupe.core.train;

import java.util.List;

/**
 * How to train a network: everything that decides the result besides the architecture and the pictures.
 *
 * @param epochs         how often every picture is seen, at least 1
 * @param batch          pictures in a step, at least 2; what is left over in an epoch is not seen
 * @param rate           learning rate over all steps
 * @param decay          decoupled weight decay (Loshchilov and Hutter 2017), of kernels and matrices only
 * @param labelSmoothing share of the wanted distribution that is spread over all classes (Szegedy and others 2015)
 * @param dropout        share of the values that are silenced before the last dense operation
 * @param augmentation   changes to the pictures
 * @param auxiliary      heads that are learned as well and dropped afterwards
 * @param seed           decides starting weights, order, changes and dropout
 */
public record TrainingPlan(int epochs, int batch, OneCycle rate, double decay, double labelSmoothing, double dropout,
        Augmentation augmentation, List<AuxiliaryHead> auxiliary, long seed) {

    public TrainingPlan {
        auxiliary = List.copyOf(auxiliary);
        if (epochs < 1 || batch < 2) {
            throw new IllegalArgumentException("Training takes at least one epoch and batches of two, not " + epochs
                    + " and " + batch);
        }
        if (!(decay >= 0) || !(labelSmoothing >= 0 && labelSmoothing < 1) || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("No training has weight decay " + decay + ", label smoothing "
                    + labelSmoothing + " and dropout " + dropout);
        }
    }
}
