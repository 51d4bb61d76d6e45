package org.loupe.ui.circuits;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.Scene.Box;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;

/** Moves from node to node by keys, and tells a screen reader what the nodes are; the same for all renderers. */
final class GraphKeys {

    private static final double STEP = 1.2;

    private final Control control;
    private final GraphRenderer renderer;
    private final Content content;

    /** What keys act upon. */
    interface Content {
        Scene scene();

        /** The node that has the focus: the last that was chosen. */
        Optional<String> focus();

        boolean isChosen(String node);

        /** Chooses a node and moves it into sight. */
        void go(String node);

        /** What a node is, in a sentence. */
        String words(Node node);

        /** Does what a key stands for, given its code or letter; answers false where that is nothing. */
        boolean act(int key, boolean shift);
    }

    GraphKeys(Control control, GraphRenderer renderer, Content content) {
        this.control = control;
        this.renderer = renderer;
        this.content = content;
    }

    void attach() {
        control.addListener(SWT.KeyDown, this::key);
        control.addListener(SWT.Traverse, event -> event.doit = event.detail != SWT.TRAVERSE_RETURN
                && event.detail != SWT.TRAVERSE_ARROW_NEXT && event.detail != SWT.TRAVERSE_ARROW_PREVIOUS);
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent event) {
                List<Box> boxes = content.scene().boxes();
                event.result = event.childID >= 0 && event.childID < boxes.size()
                        ? content.words(boxes.get(event.childID).node())
                        : "Circuit of " + boxes.size() + " nodes and " + content.scene().curves().size() + " links";
            }
        });
        control.getAccessible().addAccessibleControlListener(new Children());
    }

    private void key(Event event) {
        boolean isPlain = (event.stateMask & (SWT.MOD1 | SWT.ALT)) == 0;
        switch (event.keyCode) {
            case SWT.ARROW_LEFT -> beside(-1);
            case SWT.ARROW_RIGHT -> beside(1);
            case SWT.ARROW_UP -> along(true);
            case SWT.ARROW_DOWN -> along(false);
            case SWT.HOME -> content.scene().boxes().stream().filter(box -> box.node().centre()).findFirst()
                    .ifPresent(box -> content.go(box.node().id()));
            case '+', '=', SWT.KEYPAD_ADD -> zoom(STEP);
            case '-', SWT.KEYPAD_SUBTRACT -> zoom(1 / STEP);
            case '0', SWT.KEYPAD_0 -> renderer.fit();
            default -> {
                if (isPlain) {
                    event.doit = !content.act(event.keyCode, (event.stateMask & SWT.SHIFT) != 0);
                }
            }
        }
    }

    private void zoom(double factor) {
        renderer.zoomTo(renderer.zoom() * factor, new Point(control.getSize().x / 2, control.getSize().y / 2));
    }

    private void beside(int direction) {
        Optional<Box> from = focus();
        List<Box> row = content.scene().boxes().stream().filter(box -> from.isEmpty()
                || box.node().depth() == from.get().node().depth())
                .sorted(Comparator.comparingDouble(Box::left)).toList();
        if (!row.isEmpty()) {
            int at = from.map(row::indexOf).orElse(-direction);
            content.go(row.get(Math.max(0, Math.min(row.size() - 1, at + direction))).node().id());
        }
    }

    /** Along the strongest link. */
    private void along(boolean upwards) {
        Optional<Box> from = focus();
        if (from.isEmpty()) {
            beside(1);
            return;
        }
        String id = from.get().node().id();
        content.scene().curves().stream().map(Scene.Curve::edge)
                .filter(edge -> (upwards ? edge.from() : edge.to()).equals(id))
                .max(Comparator.comparingDouble(Edge::part))
                .ifPresent(edge -> content.go(upwards ? edge.to() : edge.from()));
    }

    private Optional<Box> focus() {
        return content.focus().flatMap(content.scene()::box);
    }

    /** Nodes as the items of a list. */
    private final class Children extends AccessibleControlAdapter {
        private Optional<Rectangle> bounds(int child) {
            List<Box> boxes = content.scene().boxes();
            return child >= 0 && child < boxes.size() ? renderer.bounds(boxes.get(child).node().id()) : Optional.empty();
        }

        @Override
        public void getRole(AccessibleControlEvent event) {
            event.detail = event.childID == ACC.CHILDID_SELF ? ACC.ROLE_LIST : ACC.ROLE_LISTITEM;
        }

        @Override
        public void getChildCount(AccessibleControlEvent event) {
            event.detail = content.scene().boxes().size();
        }

        @Override
        public void getChildren(AccessibleControlEvent event) {
            event.children = IntStream.range(0, content.scene().boxes().size()).boxed().toArray();
        }

        @Override
        public void getChildAtPoint(AccessibleControlEvent event) {
            Point point = control.toControl(event.x, event.y);
            event.childID = IntStream.range(0, content.scene().boxes().size())
                    .filter(child -> bounds(child).filter(place -> place.contains(point)).isPresent()).findFirst()
                    .orElse(ACC.CHILDID_SELF);
        }

        @Override
        public void getLocation(AccessibleControlEvent event) {
            Rectangle place = bounds(event.childID).orElse(new Rectangle(0, 0, control.getSize().x, control.getSize().y));
            Point corner = control.toDisplay(place.x, place.y);
            event.x = corner.x;
            event.y = corner.y;
            event.width = place.width;
            event.height = place.height;
        }

        @Override
        public void getFocus(AccessibleControlEvent event) {
            event.childID = control.isFocusControl() ? focus().map(content.scene().boxes()::indexOf).orElse(ACC.CHILDID_SELF)
                    : ACC.CHILDID_NONE;
        }

        @Override
        public void getState(AccessibleControlEvent event) {
            event.detail = ACC.STATE_FOCUSABLE;
            List<Box> boxes = content.scene().boxes();
            if (event.childID >= 0 && event.childID < boxes.size()) {
                event.detail |= ACC.STATE_SELECTABLE | ACC.STATE_MULTISELECTABLE;
                event.detail |= content.isChosen(boxes.get(event.childID).node().id()) ? ACC.STATE_SELECTED : 0;
            }
        }
    }
}
