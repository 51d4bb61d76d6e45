package org.loupe.ui.network;

import java.util.Locale;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.ui.LayerInNetwork;

/** What is worth knowing of a network or a layer, in words. */
final class Facts {

    private static final long THOUSAND = 1000;
    private static final int LINE = 80;

    private Facts() {
    }

    /** A large number, such as “12.3 k” or “1.2 M”. */
    static String number(long value) {
        if (value < 10 * THOUSAND) {
            return Long.toString(value);
        }
        double thousands = value / 1e3;
        return thousands < THOUSAND ? text(thousands) + " k"
                : thousands < 1e6 ? text(thousands / 1e3) + " M" : text(thousands / 1e6) + " G";
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    /** Several lines about a network. */
    static String of(Network network) {
        Shape input = network.input().shape();
        String classes = network.classes().isEmpty() ? ""
                : "\nTells apart " + network.classes().size() + ": " + String.join(", ", network.classes());
        return network.name() + "\nWants pictures of " + input.rows() + " × " + input.columns() + " pixels, "
                + (input.channels() == 1 ? "grey" : "coloured") + "\n" + network.layers().size() + " layers, "
                + number(network.parameters()) + " parameters, " + number(multiplications(network))
                + " multiplications for a picture" + folded(classes)
                + (network.about().isBlank() ? "" : "\n\n" + folded(network.about()));
    }

    /** Several lines about a layer. */
    static String of(LayerInNetwork element) {
        Network network = element.network();
        Layer layer = element.layer();
        Shape shape = network.shape(layer);
        return layer.name() + "\n" + shape.channels() + " channels, each a map of " + shape.rows() + " × "
                + shape.columns() + "\n" + number(network.parameters(layer)) + " parameters, "
                + number(network.multiplications(layer)) + " multiplications for a picture ("
                + Math.round(100 * share(element)) + " % of the network's)"
                + (layer.about().isBlank() ? "" : "\n\n" + folded(layer.about()));
    }

    /** Share of a network's multiplications that a layer costs, from 0 to 1. */
    static double share(LayerInNetwork element) {
        return (double) element.network().multiplications(element.layer())
                / Math.max(1, multiplications(element.network()));
    }

    /** Multiplications of one picture, in all layers. */
    static long multiplications(Network network) {
        return network.layers().stream().mapToLong(network::multiplications).sum();
    }

    /** Breaks lines, for tooltips do not. */
    static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        int length = 0;
        for (String word : text.split("(?<= )")) {
            if (length + word.length() > LINE) {
                folded.append('\n');
                length = 0;
            }
            folded.append(word);
            length = word.contains("\n") ? word.length() - word.lastIndexOf('\n') : length + word.length();
        }
        return folded.toString();
    }
}
