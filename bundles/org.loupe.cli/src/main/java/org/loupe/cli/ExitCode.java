package org.loupe.cli;

/** What the process tells the shell; part of what scripts rely on. */
final class ExitCode {

    /** All was done. */
    static final int DONE = 0;

    /** The work was begun and failed. */
    static final int FAILED = 1;

    /** The command makes no sense: an unknown option, network, layer or unit. */
    static final int USAGE = 2;

    /** Stopped by Ctrl-C; what there is was kept. */
    static final int STOPPED = 3;

    /** A file or folder cannot be written, or the disk is full. */
    static final int CANNOT_WRITE = 4;

    /** Another Loupe has the study open. */
    static final int STUDY_IN_USE = 5;

    /** A check has found a difference that rounding does not explain. */
    static final int OFF = 6;

    private ExitCode() {
    }
}
