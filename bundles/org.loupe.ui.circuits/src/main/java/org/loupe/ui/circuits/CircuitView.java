package org.loupe.ui.circuits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.labels.Labels;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.StateMessage;

/**
 * Draws a circuit: units or groups of units as nodes with their pictures, in a row for each layer, and the connections
 * between them, by the renderer that is installed. What is selected elsewhere is marked here; what is clicked here is
 * selected everywhere.
 */
public final class CircuitView extends ViewPart {

    /** Identifier of the view. */
    public static final String ID = "org.loupe.ui.circuits.circuit";

    private final StackLayout stack = new StackLayout();
    private final CircuitSettings settings = new CircuitSettings();
    private final List<Runnable> ends = new ArrayList<>();
    private Laboratory laboratory;
    private CircuitWork work;
    private CircuitEdits edits;
    private CircuitDocument document;
    private NodePictures pictures;
    private LuckOfLinks luck;
    private CircuitHost host;
    private CircuitHead head;
    private Composite body;
    private Legend legend;
    private Composite empty;
    private Control canvas;
    private GraphRenderer renderer;
    private CircuitMenu menu;
    private UnitInNetwork candidate;

    @Override
    public void createPartControl(Composite parent) {
        Display display = parent.getDisplay();
        laboratory = getSite().getService(Laboratory.class);
        Labels labels = Labels.of(PlatformUI.getWorkbench());
        CircuitBook book = CircuitBook.of(PlatformUI.getWorkbench());
        Findings findings = Findings.of(PlatformUI.getWorkbench());
        NeighboursOfNetworks weights = new NeighboursOfNetworks();
        luck = new LuckOfLinks(display, weights, this::refresh);
        work = new CircuitWork(display, weights, this::tell, problem -> fail("The circuit could not be drawn", problem));
        edits = new CircuitEdits(book, work, this::shown);
        pictures = new NodePictures(display, laboratory, findings, this::refresh);
        document = new CircuitDocument(display, laboratory, book, settings, new Watch());
        host = new CircuitHost(this, document, edits, new CircuitHost.Knowledge(pictures, luck, labels));
        createControls(parent);
        getSite().setSelectionProvider(host.selection());
        menu = new CircuitMenu(this, edits, labels);
        drawBy(settings.renderer());
        menu.createBars(getViewSite().getActionBars());
        ends.add(labels.listen(network -> refresh()));
        ends.add(findings.listen(pictures::hear, ended -> { }));
        SelectionElsewhere elsewhere = new SelectionElsewhere(this, this::follow);
        ends.add(elsewhere::close);
        if (candidate == null && getSite().getWorkbenchWindow().getSelectionService().getSelection(LoupeUi.WALL)
                instanceof IStructuredSelection wall && !wall.isEmpty()) {
            follow(wall.toList());
        }
        ends.add(document::close);
        ends.add(work::close);
        ends.add(pictures::close);
        ends.add(luck::close);
        present();
        document.restore();
    }

    private void createControls(Composite parent) {
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        head = new CircuitHead(parent, new ActsOfHead());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        body = new Composite(parent, SWT.NONE);
        body.setLayout(stack);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        legend = new Legend(parent);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(legend);
    }

    /**
     * Draws by another renderer from now on.
     *
     * @param wanted its id; where it is empty, or cannot be made, it is the preferred one
     */
    public void drawBy(String wanted) {
        settings.renderer(wanted);
        if (canvas != null) {
            canvas.dispose();
        }
        Optional<GraphRenderers.Made> made = GraphRenderers.installed().make(wanted, body, host);
        renderer = made.map(GraphRenderers.Made::renderer).orElse(null);
        canvas = made.map(GraphRenderers.Made::control).orElseGet(() -> StateMessage.empty(body, "Nothing can draw circuits",
                "No installed plug-in contributes to " + GraphRenderers.POINT + ". The log says what could not be used.").control());
        if (renderer != null) {
            new GraphKeys(canvas, renderer, host).attach();
            menu.attach(canvas);
            shown().ifPresent(drawn -> {
                renderer.show(document.scene(), true);
                host.mark();
            });
        }
        present();
    }

    // What the menus ask and do

    /** The nodes that are chosen, and what the workbench learns of them. */
    CircuitHost host() {
        return host;
    }

    /** The circuit that is shown, and those that the study has. */
    CircuitDocument document() {
        return document;
    }

    /** How many connections a node grows by. */
    int breadth() {
        return settings.breadth();
    }

    void breadth(int connections) {
        settings.breadth(connections);
    }

    /** The unit from which a circuit can be started now. */
    Optional<UnitInNetwork> candidate() {
        return Optional.ofNullable(candidate);
    }

    /** Does what a key stands for; answers false where that is nothing. */
    boolean act(int key, boolean shift) {
        return menu.act(key, shift);
    }

    /** Makes the pictures of units that have none. */
    void makePictures(List<Unit> units) {
        pictures.make(units);
        refresh();
    }

    /** Finds out on pictures how much of what the centre answers goes through each link. */
    void askForUse() {
        Drawn drawn = shown().orElseThrow();
        Display display = body.getDisplay();
        try {
            UseOfLinks.ask(laboratory, drawn, shares -> {
                if (!display.isDisposed()) {
                    display.asyncExec(() -> {
                        if (!body.isDisposed()) {
                            edits.attribute(shares);
                        }
                    });
                }
            });
            tell("Asking pictures how much of " + drawn.graph().centre() + " goes through each link");
        } catch (IllegalArgumentException problem) {
            head.say(problem.getMessage());
        }
    }

    // What is shown

    /** The circuit that is shown. */
    public Optional<Drawn> shown() {
        return document.shown();
    }

    /** The circuit that is shown, with all that is known of it beside what somebody has drawn. */
    Optional<Drawn> judged() {
        return shown().map(drawn -> drawn.with(luck.judged(drawn.graph())));
    }

    /** What draws it. */
    public Optional<GraphRenderer> renderer() {
        return Optional.ofNullable(renderer);
    }

    /** The control upon which the circuit is drawn. */
    public Control canvas() {
        return canvas;
    }

    /** Whether something is read, found or arranged. */
    public boolean isBusy() {
        return work.isBusy();
    }

    /** Draws a new circuit around a unit. */
    public void start(UnitInNetwork unit) {
        UnitInNetwork whole = new UnitInNetwork(unit.network(), unit.unit().at(Unit.EVERYWHERE));
        document.free(whole.network(), whole.unit().toString(), name -> edits.start(whole, name, breadth()));
    }

    /** Shows a circuit, all of it. */
    public void show(Drawn drawn) {
        document.show(drawn);
    }

    /** Opens a file of the study; where it is damaged, the view says so. */
    public void openStored(Network network, Path file) {
        document.openStored(network, file);
    }

    /** What happens to the circuit. */
    private final class Watch implements CircuitDocument.Watch {
        @Override
        public void shows(Drawn drawn, boolean isOther) {
            host.retain();
            if (renderer != null) {
                renderer.show(document.scene(), isOther);
            }
            if (isOther) {
                host.follow(candidate == null ? List.of() : List.of(candidate));
            } else {
                host.mark();
            }
            head.show(drawn.graph().filter());
            setPartName("Circuit " + drawn.name());
            count();
            legend.show(document.scene());
            pictures.lookAt(drawn.network(), document.units());
            luck.lookAt(drawn);
            head.sayOfPictures(pictures.words());
            present();
        }

        @Override
        public void showsNone() {
            host.retain();
            setPartName("Circuit");
            head.say("");
            pictures.lookAway();
            present();
        }

        @Override
        public void knowsStored() {
            if (shown().isEmpty()) {
                present();
            }
        }

        @Override
        public void failed(String tried, Throwable problem) {
            fail(tried, problem);
        }
    }

    /** What a person does above the circuit. */
    private final class ActsOfHead implements CircuitHead.Acts {
        @Override
        public void find(String text) {
            if (shown().isPresent() && text.isBlank()) {
                count();
            } else if (shown().isPresent()) {
                head.say(host.find(text));
            }
        }

        @Override
        public void leave() {
            setFocus();
        }

        @Override
        public void filter(LinkFilter filter) {
            edits.filter(filter);
        }

        @Override
        public void followed(String link) {
            pictures.followed(link);
        }
    }

    private void count() {
        Drawn drawn = shown().orElseThrow();
        int hidden = drawn.graph().hidden().size();
        int filtered = drawn.graph().units().size() - hidden - document.units().size();
        String text = many(document.scene().boxes().size(), "node") + ", " + many(document.scene().curves().size(), "link")
                + (hidden > 0 ? ", " + hidden + " hidden" : "") + (filtered > 0 ? ", " + filtered + " filtered away" : "");
        head.say(text, drawn.network().name() + ": " + text);
    }

    private static String many(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void tell(String busy) {
        if (!head.isDisposed()) {
            if (!busy.isEmpty()) {
                head.say(busy + "…");
            } else if (shown().isPresent() && head.said().endsWith("…")) {
                count();
            }
        }
    }

    private void present() {
        boolean isShown = shown().isPresent();
        if (!isShown) {
            replaceEmpty(nothing());
        }
        stack.topControl = isShown ? canvas : empty;
        for (Control only : List.of(head, legend)) {
            only.setVisible(isShown);
            ((GridData) only.getLayoutData()).exclude = !isShown;
        }
        body.getParent().layout(true, true);
        menu.update();
    }

    private void replaceEmpty(StateMessage message) {
        if (empty != null) {
            empty.dispose();
        }
        empty = message.control();
    }

    /** What would be here, and how to get it. */
    private StateMessage nothing() {
        StateMessage message = StateMessage.empty(body, "No circuit is open", candidate == null
                ? "Select a unit, and start from it: what it is built from below it, what it is used by above it."
                : "Start from " + candidate.unit() + " of " + candidate.network().name()
                        + ": what it is built from below it, what it is used by above it.");
        if (candidate != null) {
            message.addWay("Start from " + candidate.unit(), () -> start(candidate));
        }
        document.stored().files().stream().limit(5)
                .forEach(entry -> message.addWay("Open " + entry.name(), () -> document.open(entry)));
        return message;
    }

    private void fail(String tried, Throwable problem) {
        if (shown().isEmpty()) {
            StateMessage message = StateMessage.error(body, tried, problem);
            message.addWay("Back", document::showNone);
            replaceEmpty(message);
            stack.topControl = empty;
            body.layout();
        } else {
            head.say(tried + ": " + problem.getMessage());
        }
    }

    /** What is selected elsewhere. */
    private void follow(List<?> objects) {
        List<UnitInNetwork> units = objects.stream().filter(UnitInNetwork.class::isInstance).map(UnitInNetwork.class::cast).toList();
        boolean isShown = shown().isPresent();
        if (!units.isEmpty()) {
            boolean isOther = candidate == null || candidate.network() != units.get(0).network();
            candidate = units.get(0);
            if (isShown) {
                host.follow(units);
            } else {
                if (isOther) {
                    document.lookFor(candidate.network());
                }
                present();
            }
            menu.update();
        } else if (!isShown && objects.get(0) instanceof LayerInNetwork layer
                && layer.network() != document.stored().network()) {
            document.lookFor(layer.network());
        }
    }

    private void refresh() {
        if (renderer != null && !canvas.isDisposed() && shown().isPresent()) {
            renderer.refresh();
            head.sayOfPictures(pictures.words());
        }
    }

    @Override
    public void setFocus() {
        stack.topControl.setFocus();
    }

    @Override
    public void dispose() {
        if (body != null) {
            settings.last(shown());
        }
        ends.forEach(Runnable::run);
        super.dispose();
    }
}
