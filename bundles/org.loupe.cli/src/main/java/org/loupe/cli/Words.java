package org.loupe.cli;

import java.util.List;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Spelling;
import org.loupe.platform.Laboratory;

/**
 * The words of a command that are no options: a network, which may be left out, and what is asked about it.
 *
 * @param network empty where none is named
 */
record Words(String network, List<String> items) {

    /**
     * Tells the network from the rest: the first word is a network when it names one or a file, or when it is neither a
     * layer of the usual network nor has a colon or a parenthesis, as units and objectives have.
     *
     * @param hasItems whether anything but a network may be named
     */
    static Words of(List<String> words, boolean hasItems, Laboratory laboratory) {
        if (words.isEmpty()) {
            return new Words("", List.of());
        }
        String first = words.get(0);
        boolean named = !hasItems || laboratory.isNetwork(first)
                || !first.contains(":") && !first.contains("(") && !isLayer(first, laboratory);
        if (named && hasItems && words.size() == 1 && !laboratory.isNetwork(first)) {
            Network usual = Laboratories.network(laboratory, "");
            throw CommandException.usage("There is no network and no file " + first + ", and " + usual.name()
                    + " has no layer of this name. "
                    + Spelling.suggestion(first, usual.layers().stream().map(Layer::name).toList()));
        }
        Words found = named ? new Words(first, words.subList(1, words.size())) : new Words("", words);
        if (!hasItems && !found.items().isEmpty()) {
            throw CommandException.usage("One network at a time; " + String.join(" ", found.items()) + " is too much.");
        }
        return found;
    }

    private static boolean isLayer(String word, Laboratory laboratory) {
        return Laboratories.network(laboratory, "").layers().stream().anyMatch(layer -> layer.name().equals(word));
    }
}
