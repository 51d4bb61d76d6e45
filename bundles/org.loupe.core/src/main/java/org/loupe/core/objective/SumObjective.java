package org.loupe.core.objective;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/**
 * Several objectives, each times its weight, added up.
 *
 * @param terms at least one; none of them is a sum itself
 */
public record SumObjective(List<Term> terms) implements Objective {

    /**
     * One summand.
     *
     * @param weight any finite number; negative to make the objective small
     */
    public record Term(double weight, Objective objective) {
        public Term {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException("An objective cannot have the weight " + weight);
            }
        }
    }

    public SumObjective {
        terms = List.copyOf(terms);
        if (terms.isEmpty() || terms.stream().anyMatch(term -> term.objective() instanceof SumObjective)) {
            throw new IllegalArgumentException("A sum has at least one term, and no sums in it: " + terms);
        }
    }

    /** The sum of the given terms, with sums inside them taken apart; a single term of weight 1 is itself. */
    public static Objective of(List<Term> terms) {
        List<Term> flat = new ArrayList<>();
        for (Term term : terms) {
            if (term.objective() instanceof SumObjective sum) {
                sum.terms().forEach(inner -> flat.add(new Term(term.weight() * inner.weight(), inner.objective())));
            } else {
                flat.add(term);
            }
        }
        return flat.size() == 1 && flat.get(0).weight() == 1 ? flat.get(0).objective() : new SumObjective(flat);
    }

    @Override
    public Set<Tap> taps() {
        Set<Tap> taps = new HashSet<>();
        terms.forEach(term -> taps.addAll(term.objective().taps()));
        return Set.copyOf(taps);
    }

    @Override
    public Optional<Set<Integer>> channels(Tap tap) {
        Set<Integer> all = new HashSet<>();
        for (Term term : terms) {
            if (term.objective().taps().contains(tap)) {
                Optional<Set<Integer>> some = term.objective().channels(tap);
                if (some.isEmpty()) {
                    return some;
                }
                all.addAll(some.get());
            }
        }
        return Optional.of(Set.copyOf(all));
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.weight()
                    * term.objective().score(image, activations, weight * term.weight(), gradient);
        }
        return sum;
    }

    @Override
    public void require(Network network) {
        terms.forEach(term -> term.objective().require(network));
    }

    @Override
    public Objective beforeActivation() {
        return new SumObjective(terms.stream()
                .map(term -> new Term(term.weight(), term.objective().beforeActivation())).toList());
    }

    /** Such as {@code mixed4a:12 - 0.5*mixed4a:3}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Term term : terms) {
            double size = Math.abs(term.weight());
            boolean minus = term.weight() < 0;
            text.append(text.isEmpty() ? (minus ? "-" : "") : minus ? " - " : " + ");
            if (size != 1) {
                text.append(number(size)).append('*');
            }
            text.append(term.objective());
        }
        return text.toString();
    }

    /** A number as short as it can be written without changing it. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : Double.toString(value);
    }
}
