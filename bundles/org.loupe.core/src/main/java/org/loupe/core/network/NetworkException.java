package org.loupe.core.network;

/** A network that makes no sense, or that does not have what was asked of it. The message is for the user. */
public final class NetworkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what was tried, with what, and what to do */
    public NetworkException(String message) {
        super(message);
    }
}
