package org.loupe.ui.circuits;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuCreator;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.commands.ActionHandler;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.ToolItem;
import org.eclipse.ui.IActionBars;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.handlers.IHandlerService;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.CircuitGraph;
import org.loupe.core.circuit.graph.Group;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.labels.Labels;
import org.loupe.ui.widgets.MenuAction;

/** The menus, tool bar and keys of the Circuit view. */
final class CircuitMenu {

    private static final int[] BREADTHS = {1, 2, 4, 8, 16, 32};

    private final CircuitView view;
    private final CircuitEdits edits;
    private final Labels labels;
    private final MenuManager context = new MenuManager();
    private final Action start;
    private final Action arrange;
    private final Action whole;
    private final Action group;
    private final Action export;
    private IActionBars bars;
    private boolean isRegistered;

    CircuitMenu(CircuitView view, CircuitEdits edits, Labels labels) {
        this.view = view;
        this.edits = edits;
        this.labels = labels;
        this.start = new MenuAction("Start", () -> view.candidate().ifPresent(view::start));
        this.arrange = tool("arrange", "Arrange", "Arrange: finds new places for all nodes, with few crossings", edits::arrange);
        this.whole = tool("whole", "Whole", "Whole: shows the whole circuit (0)",
                () -> view.renderer().ifPresent(GraphRenderer::fit));
        this.group = new GroupTool();
        this.export = tool("export", "Export…", "Export: writes what is seen as SVG, PNG, PDF, HTML, DOT, GraphML or JSON",
                () -> CircuitExport.ask(view));
        context.setRemoveAllWhenShown(true);
        context.addMenuListener(this::fillContext);
    }

    /** Gives a renderer's control the context menu. */
    void attach(Control canvas) {
        canvas.setMenu(context.createContextMenu(canvas));
        if (!isRegistered) {
            view.getSite().registerContextMenu(LoupeUi.UNITS_MENU, context, view.host().selection());
            isRegistered = true;
        }
    }

    /** Fills the view's tool bar and menu. */
    void createBars(IActionBars actionBars) {
        bars = actionBars;
        IToolBarManager tools = bars.getToolBarManager();
        start.setImageDescriptor(icon("circuit"));
        tools.add(start);
        tools.add(new Separator());
        tools.add(arrange);
        tools.add(whole);
        tools.add(group);
        tools.add(new Separator());
        tools.add(export);
        IMenuManager menu = bars.getMenuManager();
        menu.setRemoveAllWhenShown(true);
        menu.addMenuListener(this::fillView);
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        Action visualize = new MenuAction("Visualize", () -> view.makePictures(view.host().units()));
        visualize.setActionDefinitionId(LoupeUi.VISUALIZE);
        view.getSite().getService(IHandlerService.class).activateHandler(LoupeUi.VISUALIZE, new ActionHandler(visualize));
        update();
    }

    /** Shows what can be done now. */
    void update() {
        start.setEnabled(view.candidate().isPresent());
        start.setToolTipText(view.candidate().map(unit -> "Start a circuit from " + unit.unit() + " of " + unit.network().name())
                .orElse("Starts a circuit from the selected unit"));
        for (Action ofCircuit : List.of(arrange, whole, group, export)) {
            ofCircuit.setEnabled(view.shown().isPresent());
        }
    }

    private static Action tool(String icon, String text, String tip, Runnable what) {
        Action action = new MenuAction(text, what);
        action.setImageDescriptor(icon(icon));
        action.setToolTipText(tip);
        return action;
    }

    private static ImageDescriptor icon(String name) {
        return ResourceLocator.imageDescriptorFromBundle(CircuitBook.BUNDLE, "icons/" + name + ".svg").orElse(null);
    }

    private Optional<CircuitGraph> graph() {
        return view.shown().map(Drawn::graph);
    }

    // The context menu

    private void fillContext(IMenuManager menu) {
        List<Unit> units = view.host().units();
        List<Node> nodes = view.host().nodes();
        if (!units.isEmpty()) {
            add(menu, "Grow Downwards\tEnter", () -> edits.grow(units, true, view.breadth()));
            add(menu, "Grow Upwards\tShift+Enter", () -> edits.grow(units, false, view.breadth()));
            add(menu, "Shrink\tBackspace", () -> edits.shrink(units));
            if (units.size() == 1) {
                add(menu, "Centre\tC", () -> edits.recentre(units.get(0)));
            }
            boolean isPinned = graph().orElseThrow().pinned().containsAll(units);
            add(menu, isPinned ? "Unpin\tP" : "Pin\tP", () -> edits.pin(units, !isPinned));
            add(menu, "Hide\tDelete", () -> edits.hide(units));
            menu.add(new Separator());
            if (units.size() > 1) {
                add(menu, "Group…\tG", this::group);
            }
            Set<String> groups = groups(nodes);
            if (!groups.isEmpty()) {
                add(menu, "Take Apart\tU", () -> edits.ungroup(groups));
            }
            List<Ends> ends = ends(units);
            boolean isDrawn = graph().orElseThrow().kernels().containsAll(ends);
            if (!ends.isEmpty()) {
                add(menu, isDrawn ? "Take Kernels Away\tK" : "Draw Kernels on Links\tK", () -> edits.kernels(ends, !isDrawn));
            }
        } else {
            fillWhole(menu);
        }
        menu.add(new Separator());
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    }

    private void fillWhole(IMenuManager menu) {
        graph().ifPresent(graph -> {
            if (!graph.hidden().isEmpty()) {
                add(menu, "Show Hidden Units", edits::showAll);
            }
            MenuManager groups = new MenuManager("Group", "org.loupe.ui.circuits.group");
            fillGroups(groups);
            menu.add(groups);
            boolean all = graph.kernels().containsAll(graph.links().keySet());
            add(menu, all ? "Take All Kernels Away" : "Draw All Kernels", () -> edits.kernels(graph.links().keySet(), !all));
            add(menu, "Find Use on Pictures", view::askForUse);
            add(menu, "Make Missing Pictures", () -> view.makePictures(view.document().units()));
        });
        view.candidate().filter(unit -> view.shown().filter(drawn -> drawn.network() == unit.network()
                && !drawn.graph().units().containsKey(unit.unit().at(Unit.EVERYWHERE))).isPresent())
                .ifPresent(unit -> add(menu, "Add " + unit.unit(), () -> edits.join(unit.unit().at(Unit.EVERYWHERE))));
    }

    private void fillGroups(IMenuManager menu) {
        for (GroupFinder.By by : GroupFinder.By.values()) {
            Action propose = new MenuAction(by.title() + "…", () -> propose(by));
            propose.setToolTipText(by.about());
            menu.add(propose);
        }
    }

    /** Shows which groups there may be, and makes those that a person wants. */
    private void propose(GroupFinder.By by) {
        Drawn drawn = view.shown().orElseThrow();
        GroupDialog dialog = new GroupDialog(view.getSite().getShell(), new GroupFinder(view.getSite().getShell().getDisplay(),
                view.getSite().getService(Laboratory.class), drawn, labels.known(drawn.network())), by);
        if (dialog.open() == Window.OK) {
            int groups = dialog.chosen().size();
            edits.group("Group " + (groups == 1 ? dialog.chosen().get(0).name() : by.title() + " (" + groups + ")"),
                    dialog.chosen());
        }
    }

    private static void add(IMenuManager menu, String text, Runnable what) {
        menu.add(new MenuAction(text, what));
    }

    private static Set<String> groups(Collection<Node> nodes) {
        return nodes.stream().filter(Node::isGroup).map(Node::title).collect(Collectors.toSet());
    }

    private List<Ends> ends(Collection<Unit> units) {
        return graph().orElseThrow().links().keySet().stream()
                .filter(ends -> units.contains(ends.from()) || units.contains(ends.to())).toList();
    }

    private void group() {
        List<Unit> units = view.host().units();
        String usual = view.host().nodes().stream().filter(Node::isGroup).map(Node::title).findFirst().orElseGet(() ->
                units.stream().flatMap(unit -> labels.known(view.shown().orElseThrow().network()).name(unit).stream())
                        .findFirst().orElse("Group of " + units.get(0)));
        ask("Group", "What these " + units.size() + " units are called together:", usual)
                .ifPresent(name -> edits.group(new Group(name, units)));
    }

    private Optional<String> ask(String title, String question, String usual) {
        InputDialog dialog = new InputDialog(view.getSite().getShell(), title, question, usual,
                text -> text.isBlank() ? "It needs a name." : null);
        return dialog.open() == Window.OK ? Optional.of(dialog.getValue().strip()) : Optional.empty();
    }

    // The view's menu

    private void fillView(IMenuManager menu) {
        view.candidate().ifPresent(unit -> add(menu, "Start from " + unit.unit(), () -> view.start(unit)));
        MenuManager open = new MenuManager("Open", "org.loupe.ui.circuits.open");
        view.document().stored().files().forEach(entry -> add(open, entry.name(), () -> view.document().open(entry)));
        if (!view.document().stored().files().isEmpty()) {
            menu.add(open);
        }
        view.shown().ifPresent(drawn -> {
            add(menu, "Rename…", () -> ask("Rename Circuit", "What the circuit is called:", drawn.name())
                    .filter(name -> view.document().stored().files().stream().noneMatch(entry -> entry.name().equals(name)))
                    .ifPresent(edits::rename));
            add(menu, "Delete", edits::delete);
            add(menu, "Close", view.document()::showNone);
            menu.add(new Separator());
            fillWhole(menu);
        });
        menu.add(new Separator());
        MenuManager breadth = new MenuManager("Grow By", "org.loupe.ui.circuits.breadth");
        for (int most : BREADTHS) {
            breadth.add(radio(most + (most == 1 ? " Link" : " Links"), view.breadth() == most, () -> view.breadth(most)));
        }
        menu.add(breadth);
        List<GraphRenderers.Choice> choices = GraphRenderers.installed().choices();
        if (choices.size() > 1) {
            MenuManager drawn = new MenuManager("Draw By", "org.loupe.ui.circuits.renderers");
            choices.forEach(choice -> add(drawn, choice.name(), () -> view.drawBy(choice.id())));
            menu.add(drawn);
        }
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
    }

    /** In the tool bar: a menu of what makes units belong together. */
    private final class GroupTool extends Action implements IMenuCreator {
        private final MenuManager choices = new MenuManager();

        GroupTool() {
            super("Group", IAction.AS_DROP_DOWN_MENU);
            setImageDescriptor(icon("group"));
            setToolTipText("Group: proposes groups of units that belong together, as families, left and right, or cases of a union");
            setMenuCreator(this);
            fillGroups(choices);
        }

        @Override
        public void runWithEvent(Event event) {
            if (event.widget instanceof ToolItem item) {
                Rectangle place = item.getBounds();
                Menu menu = getMenu(item.getParent());
                menu.setLocation(item.getParent().toDisplay(place.x, place.y + place.height));
                menu.setVisible(true);
            }
        }

        @Override
        public Menu getMenu(Control parent) {
            return choices.createContextMenu(parent);
        }

        @Override
        public Menu getMenu(Menu parent) {
            return null;
        }

        @Override
        public void dispose() {
            choices.dispose();
        }
    }

    private static Action radio(String text, boolean isChosen, Runnable what) {
        Action action = new Action(text, IAction.AS_RADIO_BUTTON) {
            @Override
            public void run() {
                if (isChecked()) {
                    what.run();
                }
            }
        };
        action.setChecked(isChosen);
        return action;
    }

    // Keys

    /** Does what a key stands for; answers false where that is nothing. */
    boolean act(int key, boolean shift) {
        List<Unit> units = new ArrayList<>(view.host().units());
        if (units.isEmpty() || graph().isEmpty()) {
            return false;
        }
        switch (key) {
            case SWT.CR, SWT.KEYPAD_CR -> edits.grow(units, !shift, view.breadth());
            case SWT.BS -> edits.shrink(units);
            case SWT.DEL -> edits.hide(units);
            case 'c' -> edits.recentre(units.get(0));
            case 'p' -> edits.pin(units, !graph().orElseThrow().pinned().containsAll(units));
            case 'k' -> {
                List<Ends> ends = ends(units);
                edits.kernels(ends, !graph().orElseThrow().kernels().containsAll(ends));
            }
            case 'g' -> {
                if (units.size() > 1) {
                    group();
                }
            }
            case 'u' -> edits.ungroup(groups(view.host().nodes()));
            default -> {
                return false;
            }
        }
        return true;
    }
}
