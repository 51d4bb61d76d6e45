package org.loupe.formats.dl4j;

import org.loupe.core.network.Operation;
import org.loupe.core.network.Shape;

/** An operation that only waits for its name and for what it reads. */
@FunctionalInterface
interface Stage {

    /** @param shape of what is read */
    Operation at(String name, String input, Shape shape);
}
