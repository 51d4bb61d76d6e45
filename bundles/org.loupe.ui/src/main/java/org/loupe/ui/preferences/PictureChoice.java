package org.loupe.ui.preferences;

import java.util.List;
import org.eclipse.core.runtime.Platform;
import org.eclipse.core.runtime.preferences.IPreferencesService;
import org.loupe.core.Unit;
import org.loupe.core.visualize.Visualize;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;

/**
 * How a person wants the pictures on the wall.
 *
 * @param neuron  whether a picture is made for the neuron in the middle of a channel's map instead of the channel
 * @param steps   number of optimisation steps
 * @param workers how many pictures are made at the same time
 */
public record PictureChoice(boolean neuron, int steps, int workers) {

    /** Preference: {@link #neuron()}. */
    public static final String NEURON = "wall.neuron";

    /** Preference: {@link #steps()}. */
    public static final String STEPS = "wall.steps";

    /** Preference: {@link #workers()}. */
    public static final String WORKERS = "wall.workers";

    /** Channels, as many steps as is usual, as many at a time as the machine can serve. */
    static final PictureChoice STANDARD =
            new PictureChoice(false, Visualize.Arguments.of("any:0").steps(), Laboratory.parallelism());

    /** What is set in the preferences. */
    public static PictureChoice now() {
        IPreferencesService preferences = Platform.getPreferencesService();
        return new PictureChoice(preferences.getBoolean(LoupeUi.BUNDLE, NEURON, STANDARD.neuron, null),
                preferences.getInt(LoupeUi.BUNDLE, STEPS, STANDARD.steps, null),
                preferences.getInt(LoupeUi.BUNDLE, WORKERS, STANDARD.workers, null));
    }

    /** How the picture of a unit is asked for. */
    public Visualize.Arguments arguments(Unit unit) {
        Visualize.Arguments usual = Visualize.Arguments.of(unit.toString());
        return new Visualize.Arguments(List.of(unit.toString()), neuron, steps, usual.size(), usual.space(),
                usual.robustness(), usual.rate(), usual.seed());
    }
}
