package org.loupe.ui.structure;

import java.util.Set;
import org.loupe.core.network.Network;
import org.loupe.core.structure.Blocks;
import org.loupe.core.structure.Layout;
import org.loupe.core.structure.Structure;

/**
 * A network laid out to be drawn.
 *
 * @param end what a person should know that is not there, such as a head that cannot run, or an empty text
 */
record Drawing(Network network, Blocks blocks, Structure structure, Layout layout, String end) {

    private static final int FOLDED_FROM = 40;

    /**
     * What is to be drawn.
     *
     * @param folds      whether blocks are folded
     * @param exceptions the blocks for which it is the other way round
     */
    record Question(Network network, boolean folds, Set<String> exceptions, String end) {
    }

    static Drawing of(Question question) {
        Structure structure = Structure.of(question.network,
                block -> question.folds != question.exceptions.contains(block));
        return new Drawing(question.network, Blocks.of(question.network), structure, Layout.of(structure), question.end);
    }

    /** Whether a network has so many layers that its blocks are folded at first. */
    static boolean isLarge(Network network) {
        return network.layers().size() > FOLDED_FROM;
    }
}
