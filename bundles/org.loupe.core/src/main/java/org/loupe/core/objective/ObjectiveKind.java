package org.loupe.core.objective;

import java.util.List;

/**
 * A kind of objective that is written as a word with arguments, such as {@code dream(mixed4a)}. Plug-ins contribute
 * theirs at the extension point {@code objectives}; the word is the contribution's short name. Has no state.
 */
@FunctionalInterface
public interface ObjectiveKind {

    /**
     * Makes an objective of what stands between the parentheses.
     *
     * @param arguments as a person wrote them, without the spaces around them; none is empty
     * @param scene     what their words refer to
     * @return prints as the word with arguments that mean the same
     * @throws IllegalArgumentException saying what can be written instead
     * @throws org.loupe.core.network.NetworkException when the network has no such layer or class
     */
    Objective make(List<String> arguments, Scene scene);
}
