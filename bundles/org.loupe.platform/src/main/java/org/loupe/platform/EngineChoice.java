package org.loupe.platform;

import org.eclipse.core.runtime.Platform;

/**
 * Which engine a person wants.
 *
 * @param name   short name of an engine, or an empty text for whichever is preferred here
 * @param strict whether to fail, rather than take another one, when it cannot run here
 */
public record EngineChoice(String name, boolean strict) {

    /** Name of the preference in the node {@link Registry#NAMESPACE} that holds the engine's short name. */
    public static final String PREFERENCE = "engine";

    /** The engine that plug-ins prefer, or the next one when it cannot run here. */
    public static final EngineChoice ANY = new EngineChoice("", false);

    /** This engine, or another one when it cannot run here. */
    public static EngineChoice preferably(String name) {
        return new EngineChoice(name, false);
    }

    /** This engine and no other. */
    public static EngineChoice only(String name) {
        return new EngineChoice(name, true);
    }

    /** What is set in the preferences of the running Eclipse. */
    public static EngineChoice ofPreferences() {
        return Platform.isRunning()
                ? preferably(Platform.getPreferencesService().getString(Registry.NAMESPACE, PREFERENCE, "", null)) : ANY;
    }
}
