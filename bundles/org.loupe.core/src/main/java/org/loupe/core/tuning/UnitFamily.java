package org.loupe.core.tuning;

import java.util.List;
import org.loupe.core.circuit.KinWeights;

/**
 * Units of a layer of which each follows from the first by a turn, a mirror, another size or another hue.
 *
 * @param members the first of which the others are compared with
 * @param chance  the probability that units whose answers are unrelated bring forth a pair as much alike as the least of
 *                these, in any of the pairs and kinds that were looked at
 * @param weightsChance that kernels which are given to other channels are as much alike, corrected for all families that
 *                were looked at; NaN where the weights do not tell
 */
public record UnitFamily(Kinship kinship, List<Member> members, double chance, double weightsChance) {

    /**
     * One of them.
     *
     * @param channel    index in the layer
     * @param by         how far it is from the first member: degrees from 0 to 360, or a factor of size; 0 for mirrors
     * @param similarity correlation of its answers with the first member's, moved by that; 1 for the first
     * @param weights    cosine of the first member's weights, moved by that and given to the counterparts of what it reads, with
     *                   this one's; NaN where the weights do not tell, and for the first
     */
    public record Member(int channel, double by, double similarity, double weights) {

        /** A member of which only the answers were looked at. */
        public Member(int channel, double by, double similarity) {
            this(channel, by, similarity, Double.NaN);
        }
    }

    /** A family of which only the answers were looked at. */
    public UnitFamily(Kinship kinship, List<Member> members, double chance) {
        this(kinship, members, chance, Double.NaN);
    }

    public UnitFamily {
        members = List.copyOf(members);
    }

    /** The one that the others are compared with: it is not moved, and is like itself. */
    public Member first() {
        return members.stream().filter(member -> member.similarity() == 1 && (member.by() == 0 || member.by() == 1)).findFirst()
                .orElse(members.get(0));
    }

    /** The same family with what the weights say of some of its members. */
    UnitFamily with(List<Member> some, KinWeights.Likeness likeness) {
        return new UnitFamily(kinship, members.stream().map(member -> !some.contains(member) ? member
                : new Member(member.channel, member.by, member.similarity, likeness.cosines()[some.indexOf(member)])).toList(),
                chance, likeness.chance());
    }

    /** The mean cosine of the weights of all other members; NaN where the weights do not tell. */
    public double weights() {
        return members.stream().mapToDouble(Member::weights).filter(Double::isFinite).average().orElse(Double.NaN);
    }
}
