package org.loupe.core.tuning;

import java.util.List;

/**
 * Units of a layer of which each follows from the first by a turn, a mirror, another size or another hue.
 *
 * @param members the first of which the others are compared with
 * @param chance  the probability that units whose answers are unrelated bring forth a pair as much alike as the least of
 *                these, in any of the pairs and kinds that were looked at
 */
public record UnitFamily(Kinship kinship, List<Member> members, double chance) {

    /**
     * One of them.
     *
     * @param channel    index in the layer
     * @param by         how far it is from the first member: degrees from 0 to 360, or a factor of size; 0 for mirrors
     * @param similarity correlation of its answers with the first member's, moved by that; 1 for the first
     */
    public record Member(int channel, double by, double similarity) {
    }

    public UnitFamily {
        members = List.copyOf(members);
    }
}
