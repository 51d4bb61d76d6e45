package org.loupe.core.stimulus;

import java.util.List;

/**
 * Stimuli of one kind, such as curves. Has no state and may be asked from several threads.
 *
 * <p>A stimulus has two colours: ink on a ground. Both, and where the stimulus lies, are parameters that all families have
 * ({@link Stimulus#parameters}); a family that declares a parameter of the same name replaces that parameter.
 */
public interface StimulusFamily {

    /**
     * What its stimuli depend on; the first is what is varied where a person does not say otherwise. An orientation is
     * counted in degrees from right towards down.
     *
     * @param side the lesser of the picture's height and width in pixels, on which ranges and standard lengths may depend
     */
    List<Parameter> parameters(int side);

    /**
     * One stimulus.
     *
     * @param setting has a value for each of the parameters
     */
    Pattern pattern(Setting setting);
}
