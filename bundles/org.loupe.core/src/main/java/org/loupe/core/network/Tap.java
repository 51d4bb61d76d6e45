package org.loupe.core.network;

/**
 * A place in a network where activations are read.
 *
 * @param layer            name of the layer
 * @param beforeActivation whether to read what goes into the layer's nonlinearity instead of what comes out
 */
public record Tap(String layer, boolean beforeActivation) implements Comparable<Tap> {

    /** Behind a layer's name, says that its nonlinearity is not applied. */
    public static final String BEFORE = ".pre";

    /** What comes out of a layer. */
    public static Tap after(String layer) {
        return new Tap(layer, false);
    }

    /** What goes into a layer's nonlinearity. */
    public static Tap before(String layer) {
        return new Tap(layer, true);
    }

    @Override
    public int compareTo(Tap other) {
        return toString().compareTo(other.toString());
    }

    /** Such as {@code mixed4a} or {@code mixed4a.pre}. */
    @Override
    public String toString() {
        return beforeActivation ? layer + BEFORE : layer;
    }
}
