package org.loupe.core.circuit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;

/**
 * Units and the connections between them, as a graph. What the weights propose says nothing yet about which connections
 * are used; what was found by pictures has its {@link Support}.
 *
 * @param nodes by layer from the picture upwards, then by channel
 * @param edges each between two of the nodes, by the upper node, then the strongest first
 */
public record Circuit(List<Node> nodes, List<Edge> edges) {

    public Circuit {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        Set<Unit> known = nodes.stream().map(Node::unit).collect(Collectors.toSet());
        for (Edge edge : edges) {
            if (!known.contains(edge.from()) || !known.contains(edge.to())) {
                throw new IllegalArgumentException("The edge from " + edge.from() + " to " + edge.to()
                        + " has an end that is not in the circuit");
            }
        }
    }

    /**
     * A unit in a circuit.
     *
     * @param unit   a whole channel
     * @param target whether the circuit is about it
     * @param share  of the norms of all kernels that it reads, the part that its edges in the circuit have, from 0 to 1;
     *               0 where the circuit does not look at what it reads
     */
    public record Node(Unit unit, boolean target, double share) {
    }

    /** What a connection does to the upper unit. */
    public enum Effect {
        /** More of the lower unit is more of the upper one, by and large. */
        EXCITES,
        /** More of the lower unit is less of the upper one, by and large. */
        INHIBITS,
        /** It depends on where: the weights of either sign add up to more than half of the other's. */
        BOTH
    }

    /**
     * What is known of a connection beside its weights; {@link Double#NaN} where nobody has asked.
     *
     * @param contribution how much of the target's behaviour goes through it: a share with its sign, 1 for all
     * @param stability    the share of resamples of pictures and stand-ins in which it would have been found, too, 0 to 1
     * @param chance       the chance that luck makes a kernel of the upper unit that is as strong or as smooth, see
     *                     {@link Chances.Chance#luck}
     */
    public record Support(double contribution, double stability, double chance) {

        /** Nobody has asked. */
        public static final Support UNKNOWN = new Support(Double.NaN, Double.NaN, Double.NaN);

        /** Whether pictures were asked. */
        public boolean isKnown() {
            return !Double.isNaN(contribution);
        }
    }

    /**
     * A connection in a circuit.
     *
     * @param kernel  the weights
     * @param part    its share of the norms of all kernels that the upper unit reads, from 0 to 1
     * @param support what pictures say about it
     */
    public record Edge(Unit from, Unit to, Kernel kernel, double part, Support support) {

        /** An edge of which nobody has asked whether it is used. */
        public Edge(Unit from, Unit to, Kernel kernel, double part) {
            this(from, to, kernel, part, Support.UNKNOWN);
        }

        /** Whether luck makes such a kernel as well, so that no story should be built upon it; never of a shortcut. */
        public boolean isLuck() {
            return kernel.shortcut() == 0 && support.chance() > ProposedCircuit.LEVEL;
        }

        /** The sum of the positive weights. */
        public double excitation() {
            return sum(1);
        }

        /** The sum of the negative weights, without their sign. */
        public double inhibition() {
            return sum(-1);
        }

        /** What it does to the upper unit. */
        public Effect effect() {
            double excitation = excitation();
            double inhibition = inhibition();
            if (Math.min(excitation, inhibition) > Math.max(excitation, inhibition) / 2) {
                return Effect.BOTH;
            }
            return excitation > inhibition ? Effect.EXCITES : Effect.INHIBITS;
        }

        private double sum(int sign) {
            double sum = 0;
            for (float weight : kernel.values()) {
                sum += Math.max(sign * weight, 0);
            }
            return sum;
        }
    }

    /**
     * Goes down from targets along the strongest weights.
     *
     * @param targets whole channels
     * @param depth   how many connections down, at least 1
     * @param breadth how many of the strongest connections into each unit, at least 1
     * @throws org.loupe.core.network.NetworkException when the network has no such unit
     */
    public static Circuit byWeights(Network network, List<Unit> targets, int depth, int breadth) {
        return byWeights(network, targets, depth, breadth, 0);
    }

    /**
     * The same without the weakest.
     *
     * @param threshold the least share of the norms of all kernels of a unit that an edge must have, from 0 to 1
     */
    public static Circuit byWeights(Network network, List<Unit> targets, int depth, int breadth, double threshold) {
        Wiring wiring = Wiring.of(network);
        Map<Unit, Double> shares = new LinkedHashMap<>();
        Set<Unit> found = new LinkedHashSet<>(targets);
        List<Edge> edges = new ArrayList<>();
        Deque<Unit> level = new ArrayDeque<>(found);
        Set<Unit> expanded = new HashSet<>();
        for (int step = 0; step < depth; step++) {
            Set<Unit> below = new LinkedHashSet<>();
            for (Unit unit : level) {
                if (unit.layer().equals(Network.INPUT) || !expanded.add(unit)) {
                    continue;
                }
                Connections inputs = wiring.inputs(unit);
                List<Connection> strongest = inputs.strongest(breadth).stream()
                        .filter(connection -> inputs.share(List.of(connection)) >= threshold).toList();
                shares.put(unit, inputs.share(strongest));
                Chances chances = Chances.of(network, wiring, unit, inputs, 0);
                for (Connection connection : strongest) {
                    edges.add(new Edge(connection.from(), unit, connection.kernel(), inputs.share(List.of(connection)),
                            new Support(Double.NaN, Double.NaN, chances.of(connection).luck())));
                    below.add(connection.from());
                }
            }
            found.addAll(below);
            level = new ArrayDeque<>(below);
        }
        Comparator<Unit> upwards = upwards(network);
        List<Node> nodes = found.stream().sorted(upwards)
                .map(unit -> new Node(unit, targets.contains(unit), shares.getOrDefault(unit, 0.0))).toList();
        edges.sort(Comparator.comparing(Edge::to, upwards).thenComparing(Edge::part, Comparator.reverseOrder()));
        return new Circuit(nodes, edges);
    }

    /** Units by layer, from the picture upwards, then by channel. */
    static Comparator<Unit> upwards(Network network) {
        List<String> order = new ArrayList<>(List.of(Network.INPUT));
        network.layers().forEach(layer -> order.add(layer.name()));
        return Comparator.<Unit>comparingInt(unit -> order.indexOf(unit.layer())).thenComparingInt(Unit::channel);
    }

    /** The layers that have nodes, from the picture upwards, each with its nodes. */
    public List<List<Node>> layers() {
        Map<Integer, List<Node>> byLayer = new TreeMap<>();
        Map<String, Integer> first = new LinkedHashMap<>();
        for (Node node : nodes) {
            int at = first.computeIfAbsent(node.unit().layer(), layer -> first.size());
            byLayer.computeIfAbsent(at, any -> new ArrayList<>()).add(node);
        }
        return List.copyOf(byLayer.values());
    }
}
