package org.loupe.core.engine;

/** An engine cannot do what was asked of it. The message is for the user. */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried, with what, and what to do */
    public EngineException(String message) {
        super(message);
    }

    /** @param cause what went wrong below */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
