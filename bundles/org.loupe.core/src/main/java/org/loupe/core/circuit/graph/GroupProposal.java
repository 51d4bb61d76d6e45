package org.loupe.core.circuit.graph;

/**
 * A group that may be made, and why.
 *
 * @param reason what a person is told: where it comes from, and how sure that is
 * @param chance that luck brings it forth, corrected for all that was looked at, or {@link Double#NaN} where somebody has
 *               said so
 */
public record GroupProposal(Group group, String reason, double chance) {
}
