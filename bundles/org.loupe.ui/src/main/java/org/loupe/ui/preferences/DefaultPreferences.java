package org.loupe.ui.preferences;

import org.eclipse.core.runtime.preferences.AbstractPreferenceInitializer;
import org.eclipse.core.runtime.preferences.DefaultScope;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.loupe.ui.LoupeUi;

/** What holds where a person has chosen nothing. */
public final class DefaultPreferences extends AbstractPreferenceInitializer {

    @Override
    public void initializeDefaultPreferences() {
        IEclipsePreferences defaults = DefaultScope.INSTANCE.getNode(LoupeUi.BUNDLE);
        defaults.putBoolean(PictureChoice.NEURON, PictureChoice.STANDARD.neuron());
        defaults.putInt(PictureChoice.STEPS, PictureChoice.STANDARD.steps());
        defaults.putInt(PictureChoice.WORKERS, PictureChoice.STANDARD.workers());
    }
}
