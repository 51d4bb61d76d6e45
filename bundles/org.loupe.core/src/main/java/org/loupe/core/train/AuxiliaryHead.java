package org.loupe.core.train;

/**
 * A second thing to learn on the way: a linear classifier on the mean over all positions of a layer. It shapes the
 * layers below it and is dropped after training (as in Szegedy and others 2014).
 *
 * @param output  name of the operation whose output is read
 * @param classes number of classes that it tells apart, at least 2
 * @param weight  what its loss is multiplied by before it is added to the network's own
 */
public record AuxiliaryHead(String output, int classes, double weight) {

    public AuxiliaryHead {
        if (classes < 2 || !(weight > 0)) {
            throw new IllegalArgumentException("An auxiliary head on " + output + " cannot have " + classes
                    + " classes and weight " + weight);
        }
    }
}
