package org.loupe.core.network;

/**
 * A place in a network that people have a name for.
 *
 * @param name   what it is called, unique in the network
 * @param output name of the operation whose output the layer's activations are
 * @param before name of the operation that goes into the layer's nonlinearity; the same as {@code output} where
 *               the layer has none
 * @param about  a sentence that a person should know about this layer, or an empty text
 */
public record Layer(String name, String output, String before, String about) {

    public Layer {
        if (name.isBlank() || name.chars().anyMatch(c -> Character.isWhitespace(c) || ":@+*,{}=".indexOf(c) >= 0)) {
            throw new NetworkException("“" + name + "” cannot name a layer: no spaces and none of : @ + * , { } =");
        }
    }

    /** Whether what goes into the nonlinearity differs from what comes out. */
    public boolean hasActivation() {
        return !output.equals(before);
    }
}
