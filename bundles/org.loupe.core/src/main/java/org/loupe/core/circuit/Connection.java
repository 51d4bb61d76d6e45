package org.loupe.core.circuit;

import org.loupe.core.Unit;

/**
 * How one unit reads another.
 *
 * @param from    the lower unit; of the layer {@code input}, a channel of the picture
 * @param to      the upper unit, before its nonlinearity
 * @param kernel  the weights between them
 * @param pooling what lies between the lower unit and the kernel, such as “maximum over 3x3/2”, or an empty text: the
 *                kernel's positions are then those of the pooled map
 */
public record Connection(Unit from, Unit to, Kernel kernel, String pooling) {

    /** The norm of the kernel. */
    public double strength() {
        return kernel.norm();
    }

    /** Whether the weights add up to excitation; the kernel may still inhibit at some places. */
    public boolean excites() {
        return kernel.net() > 0;
    }
}
