package org.loupe.core.circuit.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Edit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.ProposedGroups;
import org.loupe.core.circuit.ProposedGroups.Kind;
import org.loupe.core.circuit.ProposedGroups.Proposal;
import org.loupe.core.tuning.FoundFamilies;
import org.loupe.core.tuning.Kinship;
import org.loupe.core.tuning.UnitFamily;

class GroupProposalsTest {

    private static final Unit ONE = new Unit("mixed", 1);
    private static final Unit TWO = new Unit("mixed", 2);
    private static final Unit THREE = new Unit("mixed", 3);
    private static final Unit HEAD = new Unit("top", 0);

    private static Known known() {
        Annotations own = new Edit.Group("curves", Optional.of(new Family("curves", "rotation", "", List.of(ONE, TWO, new Unit("mixed", 9)))))
                .apply(Annotations.NONE);
        own = new Edit.Label(ONE, "Head left").apply(own);
        own = new Edit.Label(THREE, "head right").apply(own);
        return new Known(own, List.of());
    }

    @Test
    void familiesThatSomebodyHasWrittenHaveNoChance() {
        List<GroupProposal> proposals = GroupProposals.families(List.of(ONE, TWO, THREE), known());
        assertEquals(List.of(new Group("curves", List.of(ONE, TWO))), proposals.stream().map(GroupProposal::group).toList());
        assertEquals("your family of the kind rotation", proposals.get(0).reason());
        assertTrue(Double.isNaN(proposals.get(0).chance()));
        assertEquals(List.of(), GroupProposals.families(List.of(ONE, THREE), known()), "one unit is no group");
    }

    @Test
    void familiesThatWereFoundSayByWhatAndHowSure() {
        FoundFamilies found = new FoundFamilies("mixed", List.of(), List.of(new UnitFamily(Kinship.ROTATION, List.of(
                new UnitFamily.Member(2, 0, 1), new UnitFamily.Member(3, 90, .9), new UnitFamily.Member(8, 180, .9)), .002)), false);
        GroupProposal proposal = GroupProposals.found(List.of(ONE, TWO, THREE), found, Known.NOTHING).get(0);
        assertEquals(new Group("mixed:2/3 by rotation", List.of(TWO, THREE)), proposal.group());
        assertEquals("found by rotation, p 0.0020", proposal.reason());
        assertEquals(.002, proposal.chance());
    }

    @Test
    void labelsThatDifferInLeftAndRightOnlyArePairs() {
        assertEquals(List.of(new Group("head left or right", List.of(ONE, THREE))),
                GroupProposals.sides(List.of(ONE, TWO, THREE), known()).stream().map(GroupProposal::group).toList());
    }

    @Test
    void whatWeightsSayNamesTheUnitAbove() {
        ProposedGroups found = new ProposedGroups("any", List.of(new Proposal(Kind.MIRRORED, List.of(ONE, TWO), ONE, .9, .005),
                new Proposal(Kind.UNION, List.of(TWO, THREE), HEAD, .5, .04)), 3, 199, List.of(), false);
        assertEquals("cases of top:0", GroupProposals.byWeights(found, Kind.UNION, Known.NOTHING).get(0).group().name());
        assertTrue(GroupProposals.byWeights(found, Kind.UNION, Known.NOTHING).get(0).reason().endsWith("united by top:0"));
        assertEquals("mixed:1/2", GroupProposals.byWeights(found, Kind.MIRRORED, Known.NOTHING).get(0).group().name());
    }

    @Test
    void groupsThatAreMadeTogetherShareNoUnitAndNoName() {
        GroupProposal first = new GroupProposal(new Group("a", List.of(ONE, TWO)), "", Double.NaN);
        GroupProposal same = new GroupProposal(new Group("b", List.of(TWO, ONE)), "", .01);
        GroupProposal overlapping = new GroupProposal(new Group("a", List.of(TWO, THREE)), "", .01);
        List<GroupProposal> distinct = GroupProposals.distinct(List.of(first, same, overlapping), Set.of("a"));
        assertEquals(List.of("a (2)", "a (3)"), distinct.stream().map(one -> one.group().name()).toList());
        assertEquals(List.of(distinct.get(0)), GroupProposals.apart(distinct));
    }
}
