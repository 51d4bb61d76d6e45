package org.loupe.ui.circuits;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.GraphSheet;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.core.network.Network;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.labels.Labels;

/** What a person does upon the drawing by mouse and keys: nodes are chosen, which selects their units everywhere, and changed. */
final class CircuitHost implements GraphHost, GraphKeys.Content {

    private final CircuitView view;
    private final CircuitDocument document;
    private final CircuitEdits edits;
    private final NodePictures pictures;
    private final LuckOfLinks luck;
    private final Labels labels;
    private final SelectionSource selection = new SelectionSource();
    private final Set<String> chosen = new LinkedHashSet<>();

    /** What is known of what is drawn. */
    record Knowledge(NodePictures pictures, LuckOfLinks luck, Labels labels) {
    }

    CircuitHost(CircuitView view, CircuitDocument document, CircuitEdits edits, Knowledge knowledge) {
        this.view = view;
        this.document = document;
        this.edits = edits;
        this.pictures = knowledge.pictures();
        this.luck = knowledge.luck();
        this.labels = knowledge.labels();
    }

    /** What the workbench learns of the chosen nodes. */
    SelectionSource selection() {
        return selection;
    }

    /** The nodes that are chosen. */
    List<Node> nodes() {
        return chosen.stream().flatMap(id -> scene().box(id).stream()).map(Scene.Box::node).toList();
    }

    /** The units of the nodes that are chosen. */
    List<Unit> units() {
        return units(chosen);
    }

    private List<Unit> units(Iterable<String> nodes) {
        List<Unit> units = new ArrayList<>();
        nodes.forEach(id -> scene().box(id).ifPresent(box -> units.addAll(box.node().units())));
        return units;
    }

    /** Forgets chosen nodes that are no longer there. */
    void retain() {
        chosen.retainAll(scene().boxes().stream().map(box -> box.node().id()).collect(Collectors.toSet()));
    }

    /** What is selected elsewhere is selected here, too, so that this view does not bring back an older selection. */
    void follow(List<UnitInNetwork> units) {
        if (!units.isEmpty()) {
            selection.select(units);
        }
        chosen.clear();
        document.shown().ifPresent(drawn -> units.stream().filter(unit -> unit.network() == drawn.network())
                .flatMap(unit -> drawn.graph().shown().nodeOf(unit.unit()).stream()).forEach(node -> chosen.add(node.id())));
        mark();
    }

    /** Shows which nodes are chosen. */
    void mark() {
        view.renderer().ifPresent(renderer -> renderer.mark(Set.copyOf(chosen)));
    }

    /** Goes to the next node that is called so, or is known so, and says which of how many that is. */
    String find(String text) {
        Drawn drawn = document.shown().orElseThrow();
        List<String> ids = drawn.graph().shown().find(text, unit -> labels.known(drawn.network()).words(unit)).stream()
                .map(Node::id).toList();
        if (ids.isEmpty()) {
            return "No node is called so";
        }
        String next = ids.get((ids.indexOf(focus().orElse("")) + 1) % ids.size());
        go(next);
        return ids.size() == 1 ? "1 node is called so" : ids.indexOf(next) + 1 + " of " + ids.size()
                + " nodes that are called so";
    }

    // For the renderer

    @Override
    public Picture picture(Unit unit) {
        return pictures.picture(unit);
    }

    @Override
    public String second(Node node) {
        return GraphSheet.second(node, unit -> labels.known(document.shown().orElseThrow().network()).label(unit).orElse(""));
    }

    @Override
    public Edge known(Edge edge) {
        return luck.judged(edge);
    }

    @Override
    public void choose(String node, boolean adds) {
        boolean isThere = chosen.contains(node);
        if (!adds) {
            chosen.clear();
        }
        if (!node.isEmpty() && !(adds && chosen.remove(node))) {
            chosen.add(node);
        }
        mark();
        List<UnitInNetwork> units = units().stream().filter(unit -> !unit.layer().equals(Network.INPUT))
                .map(unit -> new UnitInNetwork(document.shown().orElseThrow().network(), unit)).toList();
        if (!units.isEmpty() && (!isThere || adds || !selection.getSelection().toList().equals(units))) {
            selection.select(units);
        }
    }

    @Override
    public void grow(String node, boolean down) {
        edits.grow(units(List.of(node)), down, view.breadth());
    }

    @Override
    public void shrink(String node) {
        edits.shrink(units(List.of(node)));
    }

    @Override
    public void turnKernel(Edge edge) {
        List<Ends> all = edge.ends();
        edits.kernels(all, !document.shown().orElseThrow().graph().kernels().containsAll(all));
    }

    @Override
    public void move(String node, double left) {
        edits.move(node, CircuitEdits.column(scene(), left));
    }

    // For the keys

    @Override
    public Scene scene() {
        return document.scene();
    }

    @Override
    public Optional<String> focus() {
        return chosen.stream().reduce((first, second) -> second);
    }

    @Override
    public boolean isChosen(String node) {
        return chosen.contains(node);
    }

    @Override
    public void go(String node) {
        choose(node, false);
        view.renderer().ifPresent(renderer -> renderer.reveal(node));
    }

    @Override
    public String words(Node node) {
        return node.title() + (second(node).isEmpty() ? "" : ", " + second(node)) + (node.centre() ? ", the centre" : "")
                + (node.pinned() ? ", pinned" : "");
    }

    @Override
    public boolean act(int key, boolean shift) {
        return view.act(key, shift);
    }
}
