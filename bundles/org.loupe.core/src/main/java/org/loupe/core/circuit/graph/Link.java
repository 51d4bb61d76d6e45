package org.loupe.core.circuit.graph;

import java.util.Map;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.Kernel;

/**
 * A connection between two units of a graph.
 *
 * @param ends    what it joins
 * @param kernel  the weights
 * @param part    its share of the norms of all kernels that the upper unit reads, from 0 to 1
 * @param support what is known beside the weights; its contribution is to what the centre of the graph answers, on the
 *                pictures that excite that most
 */
public record Link(Ends ends, Kernel kernel, double part, Support support) {

    /** What a link joins: the lower unit, and the upper one, which reads it. */
    public record Ends(Unit from, Unit to) implements Comparable<Ends> {
        @Override
        public int compareTo(Ends other) {
            int upper = to.compareTo(other.to);
            return upper != 0 ? upper : from.compareTo(other.from);
        }

        @Override
        public String toString() {
            return from + " → " + to;
        }
    }

    /** A link of which nobody knows yet how much it is used. */
    public Link(Unit from, Unit to, Kernel kernel, double part) {
        this(new Ends(from, to), kernel, part, Support.UNKNOWN);
    }

    /** The lower unit. */
    public Unit from() {
        return ends.from;
    }

    /** The upper unit. */
    public Unit to() {
        return ends.to;
    }

    /**
     * How much of what the centre of the graph answers goes through it: a share with its sign, from -1 to 1;
     * {@link Double#NaN} while nobody has asked.
     */
    public double attribution() {
        return support.contribution();
    }

    /** The same, with what pictures say; the chance that is known stays where they say none. */
    public Link attributed(Support found) {
        return new Link(ends, kernel, part, Double.isNaN(found.chance())
                ? new Support(found.contribution(), found.stability(), support.chance()) : found);
    }

    /** The chance that luck makes such a kernel, from 0 to 1; {@link Double#NaN} while nobody has looked. */
    public double chance() {
        return support.chance();
    }

    /**
     * The same, with the chance that luck makes such a kernel, where that is not known yet and there is one.
     *
     * @param chances by the upper unit, then by the lower one
     */
    public Link judged(Map<Unit, Map<Unit, Double>> chances) {
        Double chance = Double.isNaN(chance()) ? chances.getOrDefault(to(), Map.of()).get(from()) : null;
        return chance == null ? this
                : new Link(ends, kernel, part, new Support(support.contribution(), support.stability(), chance));
    }

    /** The same as an edge of a circuit. */
    public Circuit.Edge edge() {
        return new Circuit.Edge(ends.from, ends.to, kernel, part, support);
    }

    /** What it does to the upper unit. */
    public Circuit.Effect effect() {
        return edge().effect();
    }
}
