package org.loupe.cli;

import java.lang.reflect.Proxy;

/**
 * A person's wish to stop. The first Ctrl-C lets the work end within a step and keep what there is; a second one ends
 * the process at once.
 */
final class Interrupt {

    private static final int KILLED = 130;

    private volatile boolean requested;

    /** Whether to stop. */
    boolean isRequested() {
        return requested;
    }

    /** Asks to stop; asked twice, ends the process. */
    void request() {
        if (requested) {
            Runtime.getRuntime().halt(KILLED);
        }
        requested = true;
    }

    /**
     * Listens to Ctrl-C and to the signal by which systems end processes. Where the Java runtime cannot tell, the
     * process simply ends, as it would without this.
     *
     * @return whether it can tell
     */
    boolean listen() {
        return listen("INT") & listen("TERM");
    }

    /** By reflection, for the class is in no Java standard, and OSGi bundles do not see it. */
    private boolean listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal", true, ClassLoader.getSystemClassLoader());
            Class<?> handler = Class.forName("sun.misc.SignalHandler", true, ClassLoader.getSystemClassLoader());
            Object listener = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            request();
                            yield null;
                        }
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> name;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name),
                    listener);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException unknownHere) {
            return false;
        }
    }
}
