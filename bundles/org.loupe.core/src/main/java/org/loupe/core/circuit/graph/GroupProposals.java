package org.loupe.core.circuit.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.circuit.ProposedGroups;
import org.loupe.core.circuit.ProposedGroups.Proposal;
import org.loupe.core.tuning.FindFamilies;
import org.loupe.core.tuning.FoundFamilies;
import org.loupe.core.tuning.UnitFamily;

/**
 * Groups of the units that a circuit shows: by what is written about them, by what was found when stimuli were turned, and by
 * their weights. Each has at least two units.
 */
public final class GroupProposals {

    private static final String LEFT = "left";
    private static final String RIGHT = "right";

    private GroupProposals() {
    }

    /** The families that units are written to be in: the person's and published ones. */
    public static List<GroupProposal> families(List<Unit> units, Known known) {
        Map<String, List<Unit>> members = new LinkedHashMap<>();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Unit unit : units) {
            for (Family family : known.families(unit)) {
                members.computeIfAbsent(family.name(), any -> new ArrayList<>()).add(unit);
                reasons.putIfAbsent(family.name(), reason(family, known));
            }
        }
        return members.entrySet().stream().filter(one -> one.getValue().size() > 1).map(one ->
                new GroupProposal(new Group(one.getKey(), one.getValue()), reasons.get(one.getKey()), Double.NaN)).toList();
    }

    private static String reason(Family family, Known known) {
        boolean isOwn = known.own().family(family.name()).isPresent();
        return (isOwn ? "your family" : known.published().stream().filter(set -> set.annotations().family(family.name())
                .isPresent()).map(set -> "family in " + set.name()).findFirst().orElse("family"))
                + (family.kind().isEmpty() ? "" : " of the kind " + family.kind());
    }

    /** The families that were found in a layer when stimuli were turned, mirrored, made larger or given other hues. */
    public static List<GroupProposal> found(List<Unit> units, FoundFamilies found, Known known) {
        List<GroupProposal> proposals = new ArrayList<>();
        for (UnitFamily family : found.families()) {
            List<Unit> members = FindFamilies.units(found, family).stream().filter(units::contains).toList();
            if (members.size() > 1) {
                proposals.add(new GroupProposal(new Group(name(members, known, " by " + family.kinship().label()), members),
                        String.format(Locale.ROOT, "found by %s, p %.2g", family.kinship().label(), family.chance()),
                        family.chance()));
            }
        }
        return proposals;
    }

    /** Units of one layer whose labels differ in left and right only. */
    public static List<GroupProposal> sides(List<Unit> units, Known known) {
        List<GroupProposal> proposals = new ArrayList<>();
        for (Unit left : units) {
            String label = known.label(left).orElse("").toLowerCase(Locale.ROOT);
            if (!label.matches(".*\\b" + LEFT + "\\b.*")) {
                continue;
            }
            String other = label.replaceAll("\\b" + LEFT + "\\b", RIGHT);
            units.stream().filter(right -> right.layer().equals(left.layer())
                    && known.label(right).orElse("").toLowerCase(Locale.ROOT).equals(other)).findFirst()
                    .ifPresent(right -> proposals.add(new GroupProposal(new Group(label.replaceAll("\\b" + LEFT + "\\b",
                            LEFT + " or " + RIGHT), List.of(left, right)), "by their labels", Double.NaN)));
        }
        return proposals;
    }

    /** What the weights say. */
    public static List<GroupProposal> byWeights(ProposedGroups found, ProposedGroups.Kind kind, Known known) {
        return found.groups(kind).stream().map(one -> new GroupProposal(new Group(name(one, known), one.units()),
                one.evidence() + (kind == ProposedGroups.Kind.UNION ? ", united by " + one.above() : ""), one.chance())).toList();
    }

    private static String name(Proposal proposal, Known known) {
        return proposal.kind() == ProposedGroups.Kind.MIRRORED ? name(proposal.units(), known, "")
                : "cases of " + known.label(proposal.above()).orElse(proposal.above().toString());
    }

    /** What all are called, or their channels. */
    private static String name(Collection<Unit> members, Known known, String by) {
        Set<Optional<String>> names = members.stream().map(known::name).collect(Collectors.toSet());
        if (names.size() == 1 && names.iterator().next().isPresent()) {
            return names.iterator().next().get() + by;
        }
        String channels = members.stream().limit(3).map(unit -> String.valueOf(unit.channel())).collect(Collectors.joining("/"));
        return members.iterator().next().layer() + ":" + channels + (members.size() > 3 ? "…" : "") + by;
    }

    /**
     * Those that can be made together: of several with the same units only the first, and each with a name of its own.
     *
     * @param taken names that other groups have already
     */
    public static List<GroupProposal> distinct(List<GroupProposal> proposals, Collection<String> taken) {
        Set<String> names = new HashSet<>(taken);
        Set<List<Unit>> seen = new LinkedHashSet<>();
        List<GroupProposal> distinct = new ArrayList<>();
        for (GroupProposal one : proposals) {
            if (seen.add(one.group().units())) {
                String name = one.group().name();
                for (int number = 2; !names.add(name); number++) {
                    name = one.group().name() + " (" + number + ")";
                }
                distinct.add(new GroupProposal(new Group(name, one.group().units()), one.reason(), one.chance()));
            }
        }
        return distinct;
    }

    /** Those of which no unit is in an earlier one: what can be made at once. */
    public static List<GroupProposal> apart(List<GroupProposal> proposals) {
        Set<Unit> used = new HashSet<>();
        List<GroupProposal> apart = new ArrayList<>();
        for (GroupProposal one : proposals) {
            if (one.group().units().stream().noneMatch(used::contains)) {
                used.addAll(one.group().units());
                apart.add(one);
            }
        }
        return apart;
    }
}
