package org.loupe.core.circuit.graph;

import org.loupe.core.circuit.Circuit.Effect;

/**
 * Which links are shown.
 *
 * @param leastPart        the smallest share of the norms of what the upper unit reads, from 0 to 1
 * @param sign             what a link must do
 * @param leastAttribution the smallest size of its attribution, from 0 to 1; above 0, links without one are not shown
 */
public record LinkFilter(double leastPart, Sign sign, double leastAttribution) {

    /** What links must do to be shown. */
    public enum Sign {
        /** Anything. */
        ALL,
        /** Excite, or do either by place. */
        EXCITING,
        /** Inhibit, or do either by place. */
        INHIBITING
    }

    /** Lets everything through. */
    public static final LinkFilter NONE = new LinkFilter(0, Sign.ALL, 0);

    public LinkFilter {
        if (!(leastPart >= 0 && leastPart <= 1 && leastAttribution >= 0 && leastAttribution <= 1)) {
            throw new IllegalArgumentException("Links are filtered by shares from 0 to 1, not by " + leastPart + " and "
                    + leastAttribution);
        }
    }

    /** Whether a link is shown. */
    public boolean shows(Link link) {
        Effect effect = link.effect();
        boolean hasSign = sign == Sign.ALL || effect == Effect.BOTH
                || effect == (sign == Sign.EXCITING ? Effect.EXCITES : Effect.INHIBITS);
        return hasSign && link.part() >= leastPart
                && (leastAttribution == 0 || Math.abs(link.attribution()) >= leastAttribution);
    }
}
