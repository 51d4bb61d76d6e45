package org.loupe.core.surgery;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;

/**
 * A unit that a person writes instead of training it, as operations over the picture and the layers below. Has no state and
 * may be asked from several threads.
 *
 * <p>In an {@linkplain Expression expression} it is written by its name with values for some of its parameters, such as
 * {@code curve(orientation=90 radius=14)}.
 */
public interface Detector {

    /**
     * What it depends on.
     *
     * @param side the lesser of the picture's height and width in pixels
     */
    List<Parameter> parameters(int side);

    /**
     * Adds what computes it to a network.
     *
     * @param setting has a value for each of the parameters
     * @param draft   takes the operations
     * @return the name of an output with one channel, as large as {@link Draft#shape()}: how much speaks for what is
     *         detected, not rectified
     */
    String draw(Setting setting, Draft draft);

    /**
     * The same as a kernel over units of a layer below, by the orientations of lines that these prefer.
     *
     * @return an expression; nothing where it can only be computed from the picture
     */
    default Optional<String> over(LowerUnits lower, Setting setting) {
        return Optional.empty();
    }

    /** What a unit answers when it is shown stimuli where it looks, before its nonlinearity. */
    @FunctionalInterface
    interface Asked {
        /** One answer for each of the stimuli. */
        double[] answers(List<Stimulus> stimuli);
    }

    /**
     * Finds the setting that is most like a unit, by showing the unit stimuli; nothing else about the unit is known. Without
     * such a way, what was given stays.
     *
     * @param given a value for each parameter
     * @param fixed names of the parameters that a person has given, which stay
     */
    default Setting matched(Setting given, Set<String> fixed, Asked unit, int side) {
        return given;
    }
}
