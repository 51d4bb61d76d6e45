package org.loupe.ui.circuits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Arguments;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.GraphText;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.Scene;
import org.loupe.core.circuit.graph.ShownGraph.Edge;
import org.loupe.core.circuit.graph.ShownGraph.Node;
import org.loupe.core.circuit.graph.GraphSheet;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.jobs.LaboratoryPictures;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.jobs.PictureQueue;
import org.loupe.ui.jobs.PictureRequest;
import org.loupe.ui.labels.Labels;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.StateMessage;
import org.osgi.framework.FrameworkUtil;

/**
 * Draws a circuit: units or groups of units as nodes with their pictures, in a row for each layer, and the connections
 * between them, by the renderer that is installed. What is selected elsewhere is marked here; what is clicked here is
 * selected everywhere.
 */
public final class CircuitView extends ViewPart implements GraphHost {

    /** Identifier of the view. */
    public static final String ID = "org.loupe.ui.circuits.circuit";

    private static final long BYTES_OF_PICTURES = 64L << 20;
    private static final int FIND_WIDTH = 110;
    private static final String NETWORK = "network";
    private static final String CIRCUIT = "circuit";
    private static final String RENDERER = "renderer";
    private static final String BREADTH = "breadth";
    private static final int USUAL_BREADTH = 4;

    private final SelectionSource selection = new SelectionSource();
    private final Set<String> chosen = new LinkedHashSet<>();
    private final AtomicBoolean isChanged = new AtomicBoolean();
    private final StackLayout stack = new StackLayout();
    private final List<Runnable> ends = new ArrayList<>();
    private Laboratory laboratory;
    private Labels labels;
    private CircuitWork work;
    private CircuitEdits edits;
    private PictureQueue queue;
    private Lookup<Network, StoredNames> names;
    private Composite head;
    private Composite body;
    private Text find;
    private FilterBar filters;
    private Label status;
    private Legend legend;
    private Composite empty;
    private Control canvas;
    private GraphRenderer renderer;
    private CircuitMenu menu;
    private Drawn shown;
    private Scene scene;
    private UnitInNetwork candidate;
    private StoredNames stored = StoredNames.NONE;

    @Override
    public void createPartControl(Composite parent) {
        laboratory = getSite().getService(Laboratory.class);
        labels = Labels.of(PlatformUI.getWorkbench());
        CircuitBook book = CircuitBook.of(PlatformUI.getWorkbench());
        Findings findings = Findings.of(PlatformUI.getWorkbench());
        work = new CircuitWork(parent.getDisplay(), this::tell, problem -> fail("The circuit could not be drawn", problem));
        edits = new CircuitEdits(book, work, () -> Optional.ofNullable(shown));
        queue = new PictureQueue(new LaboratoryPictures(laboratory, findings), laboratory, PictureChoice.now().workers(),
                BYTES_OF_PICTURES, request -> pictureChanged());
        names = new Lookup<>("circuits", parent.getDisplay(), network -> StoredNames.of(laboratory, network), this::found,
                problem -> found(StoredNames.NONE));
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        createHead(parent);
        body = new Composite(parent, SWT.NONE);
        body.setLayout(stack);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        legend = new Legend(parent);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(legend);
        getSite().setSelectionProvider(selection);
        menu = new CircuitMenu(this, edits, labels);
        drawBy(settings().get(RENDERER) == null ? "" : settings().get(RENDERER));
        menu.createBars(getViewSite().getActionBars());
        ends.add(book.listen(this::changed));
        ends.add(labels.listen(network -> refresh()));
        ends.add(findings.listen(this::hear, ended -> { }));
        SelectionElsewhere elsewhere = new SelectionElsewhere(this, this::follow);
        ends.add(elsewhere::close);
        if (candidate == null && getSite().getWorkbenchWindow().getSelectionService().getSelection(LoupeUi.WALL)
                instanceof IStructuredSelection wall && !wall.isEmpty()) {
            follow(wall.toList());
        }
        ends.add(work::close);
        ends.add(queue::close);
        ends.add(names::close);
        present();
        restore();
    }

    private void createHead(Composite parent) {
        head = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 2).spacing(6, 2).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        find = new Text(head, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        find.setMessage("Find a unit");
        find.setToolTipText("Goes to the next node that is called so, or is labelled so; Enter goes on");
        GridDataFactory.fillDefaults().hint(FIND_WIDTH, SWT.DEFAULT).applyTo(find);
        find.addModifyListener(event -> find());
        find.addKeyListener(KeyListener.keyPressedAdapter(event -> {
            if (event.character == SWT.CR) {
                find();
            } else if (event.keyCode == SWT.ESC) {
                find.setText("");
                setFocus();
            }
        }));
        filters = new FilterBar(head, filter -> edits.filter(filter));
        status = new Label(head, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(status);
    }

    /**
     * Draws by another renderer from now on.
     *
     * @param wanted its id; where it is empty, or cannot be made, it is the preferred one
     */
    public void drawBy(String wanted) {
        settings().put(RENDERER, wanted);
        if (canvas != null) {
            canvas.dispose();
        }
        Optional<GraphRenderers.Made> made = GraphRenderers.installed().make(wanted, body, this);
        renderer = made.map(GraphRenderers.Made::renderer).orElse(null);
        canvas = made.map(GraphRenderers.Made::control).orElseGet(() -> StateMessage.empty(body, "Nothing can draw circuits",
                "No installed plug-in contributes to " + GraphRenderers.POINT + ". The log says what could not be used.").control());
        if (renderer != null) {
            new GraphKeys(canvas, renderer, new KeysOfView()).attach();
            menu.attach(canvas);
        }
        if (shown != null && renderer != null) {
            renderer.show(scene, true);
            mark();
        }
        present();
    }

    /** What keys act upon. */
    private final class KeysOfView implements GraphKeys.Content {
        @Override
        public Scene scene() {
            return scene == null ? new Scene(List.of(), List.of(), 0, 0, 0, 0) : scene;
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
            renderer.reveal(node);
        }

        @Override
        public String words(Node node) {
            return node.title() + (second(node).isEmpty() ? "" : ", " + second(node)) + (node.centre() ? ", the centre" : "")
                    + (node.pinned() ? ", pinned" : "");
        }

        @Override
        public boolean act(int key, boolean shift) {
            return menu.act(key, shift);
        }
    }

    // What a person does to the drawing

    @Override
    public Picture picture(Unit unit) {
        return shown == null || unit.layer().equals(Network.INPUT) ? Picture.MISSING : queue.picture(request(unit));
    }

    @Override
    public String second(Node node) {
        return GraphSheet.second(node, unit -> labels.known(shown.network()).label(unit).orElse(""));
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
        List<UnitInNetwork> units = chosenUnits().stream().filter(unit -> !unit.layer().equals(Network.INPUT))
                .map(unit -> new UnitInNetwork(shown.network(), unit)).toList();
        if (!units.isEmpty() && (!isThere || adds || !selection.getSelection().toList().equals(units))) {
            selection.select(units);
        }
    }

    @Override
    public void grow(String node, boolean down) {
        edits.grow(units(List.of(node)), down, breadth());
    }

    @Override
    public void shrink(String node) {
        edits.shrink(units(List.of(node)));
    }

    @Override
    public void turnKernel(Edge edge) {
        List<Ends> all = edge.ends();
        edits.kernels(all, !shown.graph().kernels().containsAll(all));
    }

    @Override
    public void move(String node, double left) {
        edits.move(node, CircuitEdits.column(scene, left));
    }

    private List<Unit> units(Iterable<String> nodes) {
        List<Unit> units = new ArrayList<>();
        nodes.forEach(id -> scene.box(id).ifPresent(box -> units.addAll(box.node().units())));
        return units;
    }

    /** The units of the nodes that are chosen. */
    List<Unit> chosenUnits() {
        return scene == null ? List.of() : units(chosen);
    }

    /** The nodes that are chosen. */
    List<Node> chosenNodes() {
        return scene == null ? List.of() : chosen.stream().flatMap(id -> scene.box(id).stream()).map(Scene.Box::node).toList();
    }

    /** How many connections a node grows by. */
    int breadth() {
        return settings().get(BREADTH) == null ? USUAL_BREADTH : settings().getInt(BREADTH);
    }

    void breadth(int connections) {
        settings().put(BREADTH, connections);
    }

    // What is shown

    /** The circuit that is shown. */
    public Optional<Drawn> shown() {
        return Optional.ofNullable(shown);
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

    /** The unit from which a circuit can be started now. */
    Optional<UnitInNetwork> candidate() {
        return Optional.ofNullable(candidate);
    }

    /** The circuits of the network that is looked at. */
    StoredNames stored() {
        return stored;
    }

    SelectionSource selection() {
        return selection;
    }

    /** Draws a new circuit around a unit. */
    public void start(UnitInNetwork unit) {
        UnitInNetwork whole = new UnitInNetwork(unit.network(), unit.unit().at(Unit.EVERYWHERE));
        Lookup<Network, StoredNames> once = new Lookup<>("circuits", body.getDisplay(),
                network -> StoredNames.of(laboratory, network), known -> {
                    stored = known;
                    edits.start(whole, known.free(whole.unit().toString()), breadth());
                }, problem -> fail("The circuits of the study could not be listed", problem));
        ends.add(once::close);
        once.ask(whole.network());
    }

    /** Shows a circuit, all of it. */
    public void show(Drawn drawn) {
        boolean isOther = !drawn.isStateOf(shown);
        shown = drawn;
        scene = Scene.of(drawn.graph());
        chosen.retainAll(scene.boxes().stream().map(box -> box.node().id()).collect(Collectors.toSet()));
        if (renderer != null) {
            renderer.show(scene, isOther);
        }
        if (isOther) {
            markSelected(candidate == null ? List.of() : List.of(candidate));
            names.ask(drawn.network());
        } else {
            mark();
        }
        filters.show(drawn.graph().filter());
        setPartName("Circuit " + drawn.name());
        count();
        lookAt();
        present();
    }

    private void count() {
        int hidden = shown.graph().hidden().size();
        int filtered = shown.graph().units().size() - hidden - scene.boxes().stream().mapToInt(box -> box.node().units().size()).sum();
        status.setText(scene.boxes().size() + " nodes, " + scene.curves().size() + " links" + (hidden > 0 ? ", " + hidden
                + " hidden" : "") + (filtered > 0 ? ", " + filtered + " filtered away" : ""));
        status.setToolTipText(shown.network().name() + ": " + status.getText());
    }

    private void tell(String busy) {
        if (!status.isDisposed()) {
            if (!busy.isEmpty()) {
                status.setText(busy + "…");
            } else if (shown != null && status.getText().endsWith("…")) {
                count();
            }
        }
    }

    /** Somebody has changed a circuit, here or by undo. */
    private void changed(Drawn before, Drawn after) {
        if (after != null && (before == null || before.isStateOf(shown) || after.isStateOf(shown))) {
            show(after);
        } else if (after == null && before.isStateOf(shown)) {
            close();
        }
        if (before == null || after == null) {
            names.ask((after == null ? before : after).network());
        }
    }

    /** Shows no circuit. */
    void close() {
        shown = null;
        scene = null;
        chosen.clear();
        setPartName("Circuit");
        status.setText("");
        present();
    }

    private void present() {
        if (shown == null) {
            if (empty != null) {
                empty.dispose();
            }
            empty = nothing();
        }
        stack.topControl = shown == null ? empty : canvas;
        for (Control only : List.of(head, legend)) {
            only.setVisible(shown != null);
            ((GridData) only.getLayoutData()).exclude = shown == null;
        }
        head.getParent().layout(true, true);
        menu.update();
    }

    /** What would be here, and how to get it. */
    private Composite nothing() {
        StateMessage message = StateMessage.empty(body, "No circuit is open", candidate == null
                ? "Select a unit, and start from it: what it is built from below it, what it is used by above it."
                : "Start from " + candidate.unit() + " of " + candidate.network().name()
                        + ": what it is built from below it, what it is used by above it.");
        if (candidate != null) {
            message.addWay("Start from " + candidate.unit(), () -> start(candidate));
        }
        stored.files().stream().limit(5).forEach(entry -> message.addWay("Open " + entry.name(), () -> open(entry)));
        return message.control();
    }

    private void fail(String tried, Throwable problem) {
        if (shown == null) {
            if (empty != null) {
                empty.dispose();
            }
            StateMessage message = StateMessage.error(body, tried, problem);
            message.addWay("Back", this::close);
            empty = message.control();
            stack.topControl = empty;
            body.layout();
        } else {
            status.setText(tried + ": " + problem.getMessage());
            status.setToolTipText(status.getText());
        }
    }

    private void found(StoredNames known) {
        stored = known;
        if (shown == null) {
            present();
        }
    }

    /** Opens a circuit of the study. */
    void open(StoredNames.Entry entry) {
        Optional<Drawn> newest = CircuitBook.of(PlatformUI.getWorkbench()).newest(stored.network(), entry.name());
        if (newest.isPresent()) {
            show(newest.get());
        } else {
            openStored(stored.network(), entry.file());
        }
    }

    /** Opens a file of the study; where it is damaged, the view says so. */
    public void openStored(Network network, Path wanted) {
        CircuitBook book = CircuitBook.of(PlatformUI.getWorkbench());
        Lookup<Path, Drawn> reading = new Lookup<>("a circuit", body.getDisplay(), file -> {
            GraphText.Read read = laboratory.study().circuits().read(file);
            return new Drawn(network, read.name(), read.graph());
        }, drawn -> {
            book.opened(drawn);
            show(drawn);
        }, problem -> {
            close();
            fail("The circuit could not be opened", problem);
        });
        ends.add(reading::close);
        reading.ask(wanted);
    }

    // What is selected, found and made elsewhere

    private void follow(List<?> objects) {
        List<UnitInNetwork> units = objects.stream().filter(UnitInNetwork.class::isInstance).map(UnitInNetwork.class::cast).toList();
        if (!units.isEmpty()) {
            boolean isOther = candidate == null || candidate.network() != units.get(0).network();
            candidate = units.get(0);
            if (shown == null) {
                if (isOther) {
                    names.ask(candidate.network());
                }
                present();
            } else {
                markSelected(units);
            }
            menu.update();
        } else if (shown == null && objects.get(0) instanceof LayerInNetwork layer && layer.network() != stored.network()) {
            names.ask(layer.network());
        }
    }

    /** What is selected elsewhere is selected here, too, so that this view does not bring back an older selection. */
    private void markSelected(List<UnitInNetwork> units) {
        if (!units.isEmpty()) {
            selection.select(units);
        }
        chosen.clear();
        units.stream().filter(unit -> unit.network() == shown.network())
                .flatMap(unit -> shown.graph().shown().nodeOf(unit.unit()).stream()).forEach(node -> chosen.add(node.id()));
        mark();
    }

    private void mark() {
        if (renderer != null) {
            renderer.mark(Set.copyOf(chosen));
        }
    }

    private void find() {
        if (shown == null || find.getText().isBlank()) {
            return;
        }
        List<Node> found = shown.graph().shown().find(find.getText(), unit -> labels.known(shown.network()).words(unit));
        if (found.isEmpty()) {
            status.setText("No node is called so");
            return;
        }
        List<String> ids = found.stream().map(Node::id).toList();
        String last = chosen.stream().reduce((first, second) -> second).orElse("");
        String next = ids.get((ids.indexOf(last) + 1) % ids.size());
        choose(next, false);
        renderer.reveal(next);
        status.setText(found.size() == 1 ? "1 node is called so" : ids.indexOf(next) + 1 + " of " + found.size()
                + " nodes that are called so");
    }

    private PictureRequest request(Unit unit) {
        return new PictureRequest(shown.network(), unit, PictureChoice.now().arguments(unit));
    }

    private List<PictureRequest> requests(List<Unit> units) {
        return units.stream().filter(unit -> !unit.layer().equals(Network.INPUT)).map(this::request).toList();
    }

    /** Asks the store for all pictures that may be drawn; none is made without being asked for. */
    private void lookAt() {
        queue.lookAt(List.of(), List.of(), requests(scene.boxes().stream().flatMap(box -> box.node().units().stream()).toList()));
    }

    /** Makes the pictures of units that have none. */
    void makePictures(List<Unit> units) {
        queue.make(requests(units), false);
    }

    /** Finds out on pictures how much of what the centre answers goes through each link. */
    void askForUse() {
        Display display = body.getDisplay();
        try {
            UseOfLinks.ask(laboratory, shown, shares -> {
                if (!display.isDisposed()) {
                    display.asyncExec(() -> {
                        if (!body.isDisposed()) {
                            edits.attribute(shares);
                        }
                    });
                }
            });
            tell("Asking pictures how much of " + shown.graph().centre() + " goes through each link");
        } catch (IllegalArgumentException problem) {
            status.setText(problem.getMessage());
            status.setToolTipText(problem.getMessage());
        }
    }

    /** All units that are shown. */
    List<Unit> shownUnits() {
        return scene == null ? List.of() : scene.boxes().stream().flatMap(box -> box.node().units().stream()).toList();
    }

    private void hear(Finding<?> finding) {
        if (shown != null && finding.network() == shown.network() && !finding.isGrowing()
                && finding.result() instanceof Visualized made) {
            shownUnits().stream().filter(unit -> !unit.layer().equals(Network.INPUT)).map(this::request)
                    .filter(request -> Arguments.text(request.arguments()).equals(finding.recipe().arguments()))
                    .findFirst().ifPresent(request -> queue.found(request, made, Double.NaN));
        }
    }

    private void pictureChanged() {
        if (!isChanged.getAndSet(true) && !body.isDisposed()) {
            PlatformUI.getWorkbench().getDisplay().asyncExec(() -> {
                isChanged.set(false);
                refresh();
            });
        }
    }

    private void refresh() {
        if (renderer != null && !canvas.isDisposed() && shown != null) {
            renderer.refresh();
        }
    }

    /** Shows what was shown when the view was last closed. */
    private void restore() {
        String network = settings().get(NETWORK);
        String circuit = settings().get(CIRCUIT);
        if (network == null || circuit == null || network.isEmpty()) {
            return;
        }
        Lookup<String, StoredNames> last = new Lookup<>("circuits", body.getDisplay(), name -> laboratory.networks().stream()
                .filter(one -> one.name().equals(name)).findFirst().map(one -> StoredNames.of(laboratory, one))
                .orElse(StoredNames.NONE), known -> {
                    Optional<StoredNames.Entry> entry = known.files().stream().filter(one -> one.name().equals(circuit)).findFirst();
                    if (shown == null && entry.isPresent()) {
                        stored = known;
                        open(entry.get());
                    }
                }, problem -> found(StoredNames.NONE));
        ends.add(last::close);
        last.ask(network);
    }

    private IDialogSettings settings() {
        IDialogSettings all = PlatformUI.getDialogSettingsProvider(FrameworkUtil.getBundle(CircuitView.class)).getDialogSettings();
        IDialogSettings own = all.getSection(ID);
        return own == null ? all.addNewSection(ID) : own;
    }

    @Override
    public void setFocus() {
        stack.topControl.setFocus();
    }

    @Override
    public void dispose() {
        if (body != null) {
            settings().put(NETWORK, shown == null ? "" : shown.network().name());
            settings().put(CIRCUIT, shown == null ? "" : shown.name());
        }
        ends.forEach(Runnable::run);
        super.dispose();
    }
}
