package org.loupe.core;

/** How a long computation says what it has done and learns that nobody wants the rest. */
@FunctionalInterface
public interface Progress {

    /** For callers who will wait. */
    Progress NONE = (done, total, what) -> true;

    /**
     * Reports progress; call it between steps, as often as convenient, for implementations limit what they show.
     *
     * @param done  steps that are done
     * @param total number of steps, or 0 when it is not known
     * @param what  what is being done now, for a person
     * @return whether to go on; on false, stop within this step, keep what is done and mark it partial
     */
    boolean report(long done, long total, String what);
}
