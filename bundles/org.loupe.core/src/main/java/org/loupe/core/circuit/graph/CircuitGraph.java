package org.loupe.core.circuit.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.graph.Link.Ends;

/**
 * A circuit as a person draws it. Immutable: whatever is done to it gives another graph, so that everything can be undone.
 * What of it is seen, with groups as nodes and the rest hidden or filtered away, is a {@link ShownGraph}.
 *
 * @param centre  the unit that it is about
 * @param units   all units, each with the depth of its layer in the network (0 is the picture), in the order of their arrival
 * @param links   all connections that were found, by their ends; both ends are units of the graph
 * @param pinned  units that stay when the graph shrinks or is filtered
 * @param hidden  units that are not shown
 * @param groups  units that are one node; none is in two
 * @param filter  which links are shown
 * @param kernels links upon which the kernel is drawn
 * @param places  where nodes are, by {@link ShownGraph.Node#id()}; also of some that are not shown now
 */
public record CircuitGraph(Unit centre, Map<Unit, Integer> units, Map<Ends, Link> links, Set<Unit> pinned, Set<Unit> hidden,
        List<Group> groups, LinkFilter filter, Set<Ends> kernels, Map<String, Place> places) {

    /** @throws IllegalArgumentException when the parts do not belong together */
    public CircuitGraph {
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
        links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
        pinned = Set.copyOf(pinned);
        hidden = Set.copyOf(hidden);
        groups = List.copyOf(groups);
        kernels = Set.copyOf(kernels);
        places = Map.copyOf(places);
        require(units, Set.of(centre));
        require(units, pinned);
        require(units, hidden);
        for (Ends ends : links.keySet()) {
            require(units, List.of(ends.from(), ends.to()));
        }
        Set<Unit> grouped = new HashSet<>();
        for (Group group : groups) {
            require(units, group.units());
            for (Unit unit : group.units()) {
                if (!grouped.add(unit)) {
                    throw new IllegalArgumentException(unit + " is in two groups");
                }
            }
        }
        if (groups.stream().map(Group::name).distinct().count() < groups.size()) {
            throw new IllegalArgumentException("Two groups have the same name");
        }
    }

    private static void require(Map<Unit, Integer> units, Collection<Unit> named) {
        for (Unit unit : named) {
            if (!units.containsKey(unit)) {
                throw new IllegalArgumentException(unit + " is not in the graph");
            }
        }
    }

    /**
     * One unit with what it is built from and what is built from it.
     *
     * @param breadth how many of the strongest connections in each direction, at least 1
     * @throws org.loupe.core.network.NetworkException when the network has no such unit
     */
    public static CircuitGraph start(Unit unit, Neighbours neighbours, int breadth) {
        Unit centre = unit.at(Unit.EVERYWHERE);
        return of(centre, neighbours).grownDown(List.of(centre), neighbours, breadth)
                .grownUp(List.of(centre), neighbours, breadth);
    }

    /** One unit alone. */
    public static CircuitGraph of(Unit unit, Neighbours neighbours) {
        Unit centre = unit.at(Unit.EVERYWHERE);
        return new CircuitGraph(centre, Map.of(centre, neighbours.depth(centre.layer())), Map.of(), Set.of(), Set.of(),
                List.of(), LinkFilter.NONE, Set.of(), Map.of());
    }

    /** The parts of a graph while another one is made of it. */
    private static final class Draft {
        private Unit centre;
        private final Map<Unit, Integer> units;
        private final Map<Ends, Link> links;
        private final Set<Unit> pinned;
        private final Set<Unit> hidden;
        private final List<Group> groups;
        private LinkFilter filter;
        private final Set<Ends> kernels;
        private final Map<String, Place> places;

        Draft(CircuitGraph from) {
            centre = from.centre;
            units = new LinkedHashMap<>(from.units);
            links = new LinkedHashMap<>(from.links);
            pinned = new LinkedHashSet<>(from.pinned);
            hidden = new LinkedHashSet<>(from.hidden);
            groups = new ArrayList<>(from.groups);
            filter = from.filter;
            kernels = new LinkedHashSet<>(from.kernels);
            places = new LinkedHashMap<>(from.places);
        }

        void add(Unit unit, Neighbours neighbours) {
            units.putIfAbsent(unit, neighbours.depth(unit.layer()));
            hidden.remove(unit);
        }

        /** Adds the strongest connections, of each pair of units one, that are not there yet. */
        void add(List<Connection> strongestFirst, Neighbours neighbours, int most) {
            int added = 0;
            for (Connection connection : strongestFirst) {
                if (added == most) {
                    break;
                }
                Ends ends = new Ends(connection.from(), connection.to());
                if (!links.containsKey(ends)) {
                    add(ends.from(), neighbours);
                    add(ends.to(), neighbours);
                    Connections read = neighbours.inputs(ends.to());
                    links.put(ends, new Link(ends.from(), ends.to(), connection.kernel(), read.share(List.of(connection))));
                    added++;
                }
            }
        }

        void remove(Set<Unit> gone) {
            units.keySet().removeAll(gone);
            links.keySet().removeIf(ends -> gone.contains(ends.from()) || gone.contains(ends.to()));
            pinned.removeAll(gone);
            hidden.removeAll(gone);
            kernels.retainAll(links.keySet());
            gone.forEach(unit -> places.remove(unit.toString()));
            ungroup(gone);
        }

        /** Takes units out of all groups; a group without units is none. */
        void ungroup(Collection<Unit> free) {
            List<Group> before = List.copyOf(groups);
            groups.clear();
            for (Group group : before) {
                List<Unit> left = group.units().stream().filter(unit -> !free.contains(unit)).toList();
                if (!left.isEmpty()) {
                    groups.add(new Group(group.name(), left));
                } else {
                    places.remove(ShownGraph.id(group));
                }
            }
        }

        CircuitGraph done() {
            return new CircuitGraph(centre, units, links, pinned, hidden, groups, filter, kernels, places);
        }
    }

    private CircuitGraph with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /**
     * Adds what units are built from: of each, the strongest connections that are not there yet.
     *
     * @param breadth how many connections of each unit
     */
    public CircuitGraph grownDown(Collection<Unit> from, Neighbours neighbours, int breadth) {
        return with(draft -> from.forEach(unit -> draft.add(neighbours.inputs(unit).all(), neighbours, breadth)));
    }

    /** Adds what is built from units, in the same way. */
    public CircuitGraph grownUp(Collection<Unit> from, Neighbours neighbours, int breadth) {
        return with(draft -> from.forEach(unit -> draft.add(neighbours.outputs(unit).all(), neighbours, breadth)));
    }

    /** Adds one unit, with its connections to all units that are there. */
    public CircuitGraph joined(Unit unit, Neighbours neighbours) {
        Unit whole = unit.at(Unit.EVERYWHERE);
        return with(draft -> {
            draft.add(whole, neighbours);
            List<Connection> reads = neighbours.inputs(whole).all().stream()
                    .filter(connection -> draft.units.containsKey(connection.from())).toList();
            List<Connection> read = neighbours.outputs(whole).all().stream()
                    .filter(connection -> draft.units.containsKey(connection.to())).toList();
            draft.add(reads, neighbours, reads.size());
            draft.add(read, neighbours, read.size());
        });
    }

    /**
     * Removes all that is joined to the centre only through the given units, but neither these nor what is pinned; of the
     * centre, all that is not pinned.
     */
    public CircuitGraph shrunk(Collection<Unit> to) {
        Set<Unit> stays = new HashSet<>(to);
        stays.addAll(pinned);
        stays.add(centre);
        Deque<Unit> open = new ArrayDeque<>(to.contains(centre) ? List.of() : List.of(centre));
        Map<Unit, List<Unit>> beside = beside();
        while (!open.isEmpty()) {
            for (Unit next : beside.getOrDefault(open.pop(), List.of())) {
                if (!to.contains(next) && stays.add(next)) {
                    open.push(next);
                }
            }
        }
        return without(stays);
    }

    private CircuitGraph without(Set<Unit> stays) {
        return with(draft -> draft.remove(units.keySet().stream().filter(unit -> !stays.contains(unit))
                .collect(Collectors.toSet())));
    }

    private Map<Unit, List<Unit>> beside() {
        Map<Unit, List<Unit>> beside = new LinkedHashMap<>();
        for (Ends ends : links.keySet()) {
            beside.computeIfAbsent(ends.from(), unit -> new ArrayList<>()).add(ends.to());
            beside.computeIfAbsent(ends.to(), unit -> new ArrayList<>()).add(ends.from());
        }
        return beside;
    }

    /** Removes units for good; the centre stays. */
    public CircuitGraph removed(Collection<Unit> gone) {
        Set<Unit> stays = new HashSet<>(units.keySet());
        stays.removeAll(gone);
        stays.add(centre);
        return without(stays);
    }

    /** The same about another unit, which is a unit of the graph. */
    public CircuitGraph recentred(Unit unit) {
        return with(draft -> draft.centre = unit);
    }

    /** Keeps units, or no longer. */
    public CircuitGraph pinned(Collection<Unit> some, boolean stay) {
        return with(draft -> change(draft.pinned, some, stay));
    }

    /** Hides units; the centre is always shown. */
    public CircuitGraph hidden(Collection<Unit> some) {
        return with(draft -> {
            draft.hidden.addAll(some);
            draft.hidden.remove(centre);
        });
    }

    /** Shows everything that was hidden. */
    public CircuitGraph allShown() {
        return with(draft -> draft.hidden.clear());
    }

    /** Makes one node of units, which leave the groups that they are in. */
    public CircuitGraph grouped(Group group) {
        return with(draft -> {
            draft.ungroup(group.units());
            draft.groups.removeIf(other -> other.name().equals(group.name()));
            draft.groups.add(group);
        });
    }

    /** Takes a group apart. */
    public CircuitGraph ungrouped(String name) {
        return with(draft -> groups.stream().filter(group -> group.name().equals(name))
                .forEach(group -> draft.ungroup(group.units())));
    }

    /** The same with another filter. */
    public CircuitGraph filtered(LinkFilter other) {
        return with(draft -> draft.filter = other);
    }

    /** Draws kernels upon links, or no longer. */
    public CircuitGraph kernels(Collection<Ends> some, boolean drawn) {
        return with(draft -> {
            change(draft.kernels, some, drawn);
            draft.kernels.retainAll(links.keySet());
        });
    }

    /** The same with what links contribute, as far as they are known here. */
    public CircuitGraph attributed(Map<Ends, Support> found) {
        return with(draft -> found.forEach((ends, support) ->
                draft.links.computeIfPresent(ends, (same, link) -> link.attributed(support))));
    }

    /**
     * The same with how far kernels are from luck; a link of which that is known already keeps it.
     *
     * @param chances by the upper unit, then by the lower one, see {@link Neighbours#chances}
     */
    public CircuitGraph judged(Map<Unit, Map<Unit, Double>> chances) {
        return with(draft -> draft.links.replaceAll((ends, link) -> link.judged(chances)));
    }

    /** The same with nodes at other places; those that are not named stay where they are. */
    public CircuitGraph placed(Map<String, Place> some) {
        return with(draft -> draft.places.putAll(some));
    }

    /** The same with no node placed. */
    public CircuitGraph unplaced() {
        return with(draft -> draft.places.clear());
    }

    private static <T> void change(Set<T> set, Collection<T> some, boolean in) {
        if (in) {
            set.addAll(some);
        } else {
            some.forEach(set::remove);
        }
    }

    /** What of it is seen. */
    public ShownGraph shown() {
        return ShownGraph.of(this);
    }
}
