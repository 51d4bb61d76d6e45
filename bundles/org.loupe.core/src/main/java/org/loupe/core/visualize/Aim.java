package org.loupe.core.visualize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.loupe.core.objective.Objective;
import org.loupe.core.objective.SumObjective;

/**
 * What one picture is made for.
 *
 * @param objective the whole of it, as a person reads it
 * @param network   the part that looks at the network
 * @param penalty   the part that looks at the picture itself
 * @param label     which of several it is, or an empty text
 */
record Aim(Objective objective, Objective network, Optional<Objective> penalty, String label) {

    /**
     * Takes an objective apart.
     *
     * @throws IllegalArgumentException when nothing of it looks at the network
     */
    static Aim of(Objective objective, String label) {
        List<SumObjective.Term> terms = objective instanceof SumObjective sum ? sum.terms()
                : List.of(new SumObjective.Term(1, objective));
        List<SumObjective.Term> network = new ArrayList<>();
        List<SumObjective.Term> penalty = new ArrayList<>();
        for (SumObjective.Term term : terms) {
            boolean onPicture = term.objective().taps().contains(Objective.PICTURE);
            if (onPicture && term.objective().taps().size() > 1) {
                throw new IllegalArgumentException(term.objective() + " looks at the picture and at the network at once,"
                        + " which is not possible here; it must be a sum of two.");
            }
            (onPicture ? penalty : network).add(term);
        }
        if (network.isEmpty()) {
            throw new IllegalArgumentException("“" + objective + "” looks at the picture only. Add something of the"
                    + " network, such as mixed4a:12 - " + objective + ".");
        }
        return new Aim(objective, whole(objective, network, terms), penalty.isEmpty() ? Optional.empty()
                : Optional.of(SumObjective.of(penalty)), label);
    }

    private static Objective whole(Objective objective, List<SumObjective.Term> part, List<SumObjective.Term> terms) {
        return part.size() == terms.size() ? objective : SumObjective.of(part);
    }
}
