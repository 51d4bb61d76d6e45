package org.loupe.formats.arrays;

import org.loupe.core.network.NetworkException;

/**
 * How many numbers a file may turn into. A few bytes can ask for a huge array of one number, or for the same weights
 * in many orders; what a whole file makes stays in proportion to its size.
 */
public final class Budget {

    private static final long FREE = 1L << 22;

    private final long bytes;
    private long left;

    /** @param bytes size of the file */
    public Budget(long bytes) {
        this.bytes = bytes;
        this.left = FREE + 2 * bytes;
    }

    /**
     * Takes numbers out of the budget, before they are made.
     *
     * @throws NetworkException when the file asks for more than any real one of its size
     */
    public void take(long numbers) {
        if (numbers < 0 || numbers > left) {
            throw new NetworkException("A file of " + bytes + " bytes asks for too many numbers; it is broken");
        }
        left -= numbers;
    }
}
