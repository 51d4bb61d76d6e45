package org.loupe.ui.circuits;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.graph.Arrangement;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Group;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.circuit.graph.Neighbours;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.ui.UnitInNetwork;

/** What a person does to the circuit that a view shows; all of it can be undone. For the UI thread. */
final class CircuitEdits {

    private final CircuitBook book;
    private final CircuitWork work;
    private final Supplier<Optional<Drawn>> shown;

    /** @param shown the circuit that is changed, as it is now */
    CircuitEdits(CircuitBook book, CircuitWork work, Supplier<Optional<Drawn>> shown) {
        this.book = book;
        this.work = work;
        this.shown = shown;
    }

    /** Draws a new circuit around a unit, under a name that no other of the network has. */
    void start(UnitInNetwork unit, String name, int breadth) {
        String words = "Start Circuit of " + unit.unit();
        work.ask(new CircuitWork.Task(words, unit.network(), Optional::empty,
                (neighbours, none) -> LayeredLayout.arranged(CircuitGraph.start(unit.unit(), neighbours, breadth)),
                (none, graph) -> book.change(words, null, new Drawn(unit.network(), name, graph))));
    }

    void grow(Collection<Unit> units, boolean down, int breadth) {
        later("Grow " + words(units) + (down ? " Downwards" : " Upwards"), (neighbours, graph) -> settled(down
                ? graph.grownDown(units, neighbours, breadth) : graph.grownUp(units, neighbours, breadth)));
    }

    void join(Unit unit) {
        later("Add " + unit, (neighbours, graph) -> settled(graph.joined(unit, neighbours)));
    }

    void arrange() {
        later("Arrange", (neighbours, graph) -> LayeredLayout.arranged(graph));
    }

    void shrink(Collection<Unit> units) {
        now("Shrink " + words(units), graph -> graph.shrunk(units));
    }

    void recentre(Unit unit) {
        now("Centre " + unit, graph -> graph.recentred(unit));
    }

    void pin(Collection<Unit> units, boolean stay) {
        now((stay ? "Pin " : "Unpin ") + words(units), graph -> graph.pinned(units, stay));
    }

    void hide(Collection<Unit> units) {
        now("Hide " + words(units), graph -> graph.hidden(units));
    }

    void remove(Collection<Unit> units) {
        now("Remove " + words(units), graph -> graph.removed(units));
    }

    void showAll() {
        now("Show Hidden Units", CircuitGraph::allShown);
    }

    void group(Group group) {
        now("Group " + group.name(), graph -> graph.grouped(group));
    }

    void ungroup(Set<String> names) {
        now("Take Group Apart", graph -> {
            CircuitGraph apart = graph;
            for (String name : names) {
                apart = apart.ungrouped(name);
            }
            return apart;
        });
    }

    /**
     * Makes groups, each of the units that are still there.
     *
     * @param words what was done, for the Edit menu
     */
    void group(String words, List<Group> groups) {
        now(words, graph -> {
            CircuitGraph grouped = graph;
            for (Group group : groups) {
                List<Unit> left = group.units().stream().filter(graph.units()::containsKey).toList();
                if (!left.isEmpty()) {
                    grouped = grouped.grouped(new Group(group.name(), left));
                }
            }
            return grouped;
        });
    }

    void filter(LinkFilter filter) {
        now("Filter Links", graph -> graph.filtered(filter));
    }

    void kernels(Collection<Ends> ends, boolean drawn) {
        now(drawn ? "Draw Kernels" : "Take Kernels Away", graph -> graph.kernels(ends, drawn));
    }

    /** Moves a node along its row; it goes to the nearest place that is free. */
    void move(String node, double column) {
        now("Move Node", graph -> Arrangement.moved(graph, node, column));
    }

    /** Gives links what is known of their use. */
    void attribute(Map<Ends, Support> found) {
        now("Attribute", graph -> graph.attributed(found));
    }

    /** Forgets the whole circuit. */
    void delete() {
        shown.get().ifPresent(before -> book.change("Delete Circuit " + before.name(), before, null));
    }

    void rename(String name) {
        shown.get().ifPresent(before -> book.change("Rename Circuit", before,
                new Drawn(before.network(), name, before.graph())));
    }

    private void now(String words, UnaryOperator<CircuitGraph> change) {
        shown.get().ifPresent(before -> take(words, before, settled(change.apply(before.graph()))));
    }

    private void later(String words, BiFunction<Neighbours, CircuitGraph, CircuitGraph> change) {
        shown.get().ifPresent(now -> work.ask(new CircuitWork.Task(words, now.network(), shown,
                (neighbours, graph) -> graph == null ? null : change.apply(neighbours, graph),
                (before, after) -> before.ifPresent(drawn -> take(words, drawn, after)))));
    }

    /** A change that changes nothing is none. */
    private void take(String words, Drawn before, CircuitGraph after) {
        if (!after.equals(before.graph())) {
            book.change(words, before, before.with(after));
        }
    }

    private static CircuitGraph settled(CircuitGraph graph) {
        return Arrangement.settled(graph, Map.of());
    }

    private static String words(Collection<Unit> units) {
        return units.size() > 2 ? units.size() + " Units" : units.stream().map(Unit::toString).collect(Collectors.joining(", "));
    }

    /** The column of the graph's places for a left edge of a box in a scene. */
    static double column(Scene scene, double left) {
        return scene.left() + left + Scene.BOX_WIDTH / 2;
    }
}
