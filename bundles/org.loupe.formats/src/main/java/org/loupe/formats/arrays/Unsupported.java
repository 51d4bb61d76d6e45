package org.loupe.formats.arrays;

/** An operation of a file that Loupe cannot run. */
public final class Unsupported extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param kind what the file calls this kind of operation, with what is special about it, such as {@code Mean of channels} */
    public Unsupported(String kind) {
        super(kind, null, false, false);
    }
}
