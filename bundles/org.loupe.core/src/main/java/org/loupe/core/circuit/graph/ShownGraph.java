package org.loupe.core.circuit.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit;
import org.loupe.core.circuit.Circuit.Effect;
import org.loupe.core.circuit.graph.Link.Ends;

/**
 * What of a circuit is seen: groups as one node each, without what is hidden or filtered away.
 *
 * @param nodes by depth, then in the order of their arrival
 * @param edges those from what is lowest first
 */
public record ShownGraph(List<Node> nodes, List<Edge> edges) {

    private static final String GROUP = "group ";

    public ShownGraph {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    /**
     * A unit, or a group of units.
     *
     * @param id     what tells it from all others, in this graph and in what becomes of it
     * @param title  the unit as it is written everywhere, or the group's name
     * @param units  those that are shown; one, of a node that is no group
     * @param depth  of the layer in the network; of a group, of its highest
     * @param centre whether the graph is about it
     * @param pinned whether it stays when the graph shrinks
     * @param share  of the norms of all kernels that it reads, the part that the shown links have, from 0 to 1; of a group,
     *               the mean over its units
     */
    public record Node(String id, String title, List<Unit> units, int depth, boolean centre, boolean pinned, double share) {

        /** Whether it stands for a group, even if only one unit of it is there. */
        public boolean isGroup() {
            return id.startsWith(GROUP);
        }

        /** The first unit, whose picture stands for the node. */
        public Unit unit() {
            return units.get(0);
        }
    }

    /**
     * What joins two nodes.
     *
     * @param from  id of the lower node
     * @param to    id of the upper one
     * @param links at least one, the strongest first
     */
    public record Edge(String from, String to, List<Link> links) {

        public Edge {
            links = List.copyOf(links);
        }

        /** Share of the norms of what the upper units read, from 0 to 1; between groups, the mean over the upper units. */
        public double part() {
            long readers = links.stream().map(Link::to).distinct().count();
            return links.stream().mapToDouble(Link::part).sum() / readers;
        }

        /** What it does to the upper node: by the sums of all positive and of all negative weights. */
        public Effect effect() {
            double excitation = links.stream().mapToDouble(link -> link.edge().excitation()).sum();
            double inhibition = links.stream().mapToDouble(link -> link.edge().inhibition()).sum();
            if (Math.min(excitation, inhibition) > Math.max(excitation, inhibition) / 2) {
                return Effect.BOTH;
            }
            return excitation > inhibition ? Effect.EXCITES : Effect.INHIBITS;
        }

        /** How much of what the centre answers goes through it, or {@link Double#NaN} where that is not known of all links. */
        public double attribution() {
            return links.stream().mapToDouble(Link::attribution).sum();
        }

        /** The same with what is known of luck, see {@link Link#judged}. */
        public Edge judged(Map<Unit, Map<Unit, Double>> chances) {
            return new Edge(from, to, links.stream().map(link -> link.judged(chances)).toList());
        }

        /** Whether it is one kernel that luck makes as well, so that no story should be built upon it. */
        public boolean isLuck() {
            return links.size() == 1 && links.get(0).edge().isLuck();
        }

        /** The ends of all links. */
        public List<Ends> ends() {
            return links.stream().map(Link::ends).toList();
        }

        /** What a tooltip and a screen reader say. */
        public String words() {
            String effect = switch (effect()) {
                case EXCITES -> "excites";
                case INHIBITS -> "inhibits";
                case BOTH -> "excites or inhibits, by place,";
            };
            StringBuilder words = new StringBuilder(String.format(Locale.ROOT, "%s %s %s: %.1f %% of what it reads, by norm",
                    title(from), effect, title(to), 100 * part()));
            if (links.size() == 1) {
                Circuit.Edge edge = links.get(0).edge();
                words.append(String.format(Locale.ROOT, "%nnorm %.3g, excitation %.3g, inhibition %.3g, kernel %d×%d",
                        edge.kernel().norm(), edge.excitation(), edge.inhibition(), edge.kernel().rows(),
                        edge.kernel().columns()));
                double chance = links.get(0).chance();
                float shortcut = edge.kernel().shortcut();
                if (shortcut != 0) {
                    words.append(String.format(Locale.ROOT, "%n%+.3g of it is a shortcut past all weights", shortcut));
                }
                if (!Double.isNaN(chance)) {
                    words.append(String.format(Locale.ROOT, "%np %.2g that luck makes %s a kernel%s", chance,
                            shortcut == 0 ? "such" : "the rest of such", edge.isLuck() ? ": no more than luck" : ""));
                }
            } else {
                words.append(String.format(Locale.ROOT, "%n%d connections between units of the groups", links.size()));
            }
            if (!Double.isNaN(attribution())) {
                words.append(String.format(Locale.ROOT, "%non pictures, %+.1f %% of what the centre answers goes through it",
                        100 * attribution()));
            }
            return words.toString();
        }

        private static String title(String id) {
            return id.startsWith(GROUP) ? id.substring(GROUP.length()) : id;
        }
    }

    static String id(Group group) {
        return GROUP + group.name();
    }

    static ShownGraph of(CircuitGraph graph) {
        Map<Unit, Group> groups = new HashMap<>();
        graph.groups().forEach(group -> group.units().forEach(unit -> groups.put(unit, group)));
        List<Link> passing = graph.links().values().stream().filter(link -> !graph.hidden().contains(link.from())
                && !graph.hidden().contains(link.to()) && graph.filter().shows(link)).toList();
        Map<String, List<Unit>> members = new LinkedHashMap<>();
        for (Unit unit : seen(graph, passing)) {
            members.computeIfAbsent(id(unit, groups), id -> new ArrayList<>()).add(unit);
        }
        Map<Unit, Double> shares = passing.stream().collect(Collectors.groupingBy(Link::to,
                Collectors.summingDouble(Link::part)));
        List<Node> nodes = new ArrayList<>();
        members.forEach((id, units) -> nodes.add(new Node(id,
                groups.containsKey(units.get(0)) ? groups.get(units.get(0)).name() : id, List.copyOf(units),
                units.stream().mapToInt(unit -> graph.units().get(unit)).max().orElse(0), units.contains(graph.centre()),
                graph.pinned().containsAll(units),
                units.stream().mapToDouble(unit -> shares.getOrDefault(unit, 0.0)).average().orElse(0))));
        nodes.sort(Comparator.comparingInt(Node::depth));
        return new ShownGraph(nodes, edges(nodes, passing, groups));
    }

    /** Units that are not hidden, and not left alone by the filter. */
    private static List<Unit> seen(CircuitGraph graph, List<Link> passing) {
        Set<Unit> joined = ends(passing);
        Set<Unit> once = ends(graph.links().values());
        return graph.units().keySet().stream().filter(unit -> !graph.hidden().contains(unit) && (joined.contains(unit)
                || !once.contains(unit) || graph.pinned().contains(unit) || unit.equals(graph.centre()))).toList();
    }

    private static Set<Unit> ends(Iterable<Link> links) {
        Set<Unit> ends = new LinkedHashSet<>();
        links.forEach(link -> {
            ends.add(link.from());
            ends.add(link.to());
        });
        return ends;
    }

    private static String id(Unit unit, Map<Unit, Group> groups) {
        Group group = groups.get(unit);
        return group == null ? unit.toString() : id(group);
    }

    private static List<Edge> edges(List<Node> nodes, List<Link> links, Map<Unit, Group> groups) {
        Map<String, Map<String, List<Link>>> byEnds = new LinkedHashMap<>();
        for (Link link : links) {
            String from = id(link.from(), groups);
            String to = id(link.to(), groups);
            if (!from.equals(to)) {
                byEnds.computeIfAbsent(from, id -> new LinkedHashMap<>()).computeIfAbsent(to, id -> new ArrayList<>()).add(link);
            }
        }
        List<Edge> edges = new ArrayList<>();
        for (Node node : nodes) {
            byEnds.getOrDefault(node.id(), Map.of()).forEach((to, some) -> {
                some.sort(Comparator.comparingDouble(Link::part).reversed().thenComparing(Link::ends));
                edges.add(new Edge(node.id(), to, some));
            });
        }
        return edges;
    }

    /** The nodes of each depth, from the picture upwards. */
    public Map<Integer, List<Node>> rows() {
        return nodes.stream().collect(Collectors.groupingBy(Node::depth, TreeMap::new, Collectors.toList()));
    }

    /** A node by its id. */
    public Optional<Node> node(String id) {
        return nodes.stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** The node that has a unit, alone or in a group. */
    public Optional<Node> nodeOf(Unit unit) {
        Unit whole = unit.at(Unit.EVERYWHERE);
        return nodes.stream().filter(node -> node.units().contains(whole)).findFirst();
    }

    /**
     * Nodes with a text in their title, or in what is known of one of their units, whatever the case.
     *
     * @param known what else a unit is called, such as its label; may be empty
     */
    public List<Node> find(String text, Function<Unit, String> known) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            return List.of();
        }
        return nodes.stream().filter(node -> node.title().toLowerCase(Locale.ROOT).contains(wanted)
                || node.units().stream().anyMatch(unit -> unit.toString().toLowerCase(Locale.ROOT).contains(wanted)
                        || known.apply(unit).toLowerCase(Locale.ROOT).contains(wanted))).toList();
    }

    /** The same as a circuit of units, for the programs that read the files of {@code loupe circuit}. */
    public Circuit circuit() {
        List<Circuit.Node> units = nodes.stream().flatMap(node -> node.units().stream().map(unit ->
                new Circuit.Node(unit, node.centre(), Math.min(1, node.share())))).toList();
        return new Circuit(units, edges.stream().flatMap(edge -> edge.links().stream()).map(Link::edge).toList());
    }
}
