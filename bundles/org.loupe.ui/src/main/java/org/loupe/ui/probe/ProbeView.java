package org.loupe.ui.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Arguments;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.image.Overlay;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.PictureMaps;
import org.loupe.core.scan.ReceptiveField;
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
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Pictures;
import org.loupe.ui.widgets.Texts;

/** A picture to hover over: which channels fire here, layer by layer, and what a class or a unit owes them. */
public final class ProbeView extends ViewPart {

    private static final long BYTES_OF_PICTURES = 16L << 20;
    private static final int PAUSE_MILLISECONDS = 150;
    private static final int MOST_TILES = 24;
    private static final int SIDE_OF_OVERLAYS = 256;
    private static final double PERCENT = 100;
    private static final int USUAL_OPACITY = 70;
    private static final String SOURCE = "source";

    private final SelectionSource selection = new SelectionSource();
    private final Set<Unit> changed = new HashSet<>();
    private final Runnable askRanks = this::askRanks;
    private Laboratory laboratory;
    private Display display;
    private PictureQueue queue;
    private Composite whole;
    private SetBrowser browser;
    private Label title;
    private Combo mode;
    private Scale opacity;
    private Button smooth;
    private AttributionBar bar;
    private GridBar grid;
    private ProbeCanvas canvas;
    private ChannelRows rows;
    private Label status;
    private Lookup<Seen.Question, Seen> pictures;
    private Lookup<Quantiles.Question, Quantiles.Answer> quantiles;
    private Runnable deaf = () -> { };
    private SelectionElsewhere elsewhere;
    private Network network;
    private Unit selected;
    private ProbeSource source;
    private PictureMaps maps;
    private ProbeRows lines;
    private Attribution attribution;
    private AttributionJob job;
    private Optional<Unit.Position> pointer = Optional.empty();
    private Optional<Unit.Position> frozen = Optional.empty();

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        String spelling = memento == null ? null : memento.getString(SOURCE);
        source = spelling == null || spelling.isEmpty() ? null : new ProbeSource.Named(spelling);
    }

    @Override
    public void saveState(IMemento memento) {
        memento.putString(SOURCE, source == null ? "" : source.spelling());
    }

    @Override
    public void createPartControl(Composite parent) {
        whole = parent;
        display = parent.getDisplay();
        laboratory = getSite().getService(Laboratory.class);
        Findings findings = Findings.of(getSite().getWorkbenchWindow().getWorkbench());
        queue = new PictureQueue(new LaboratoryPictures(laboratory, findings), laboratory, 0, BYTES_OF_PICTURES, this::changed);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(parent);
        createBars(parent);
        SashForm sash = new SashForm(parent, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        canvas = new ProbeCanvas(sash, new Hand());
        canvas.say("Drop a picture here, paste one, or choose one of the set.");
        canvas.addListener(SWT.KeyDown, this::key);
        rows = new ChannelRows(sash, this::picture, this::choose);
        rows.setRows(List.of(), "Here stand the channels that fire where the pointer is.");
        rows.addListener(SWT.Resize, event -> refreshRows());
        sash.setWeights(2, 3);
        status = new Label(parent, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 0).applyTo(status);
        PictureDrop.attach(parent, this::show);
        pictures = new Lookup<>("a picture", display, question -> Seen.of(laboratory, question), this::seen,
                problem -> tell("The picture could not be shown to the network: " + problem.getMessage(), true));
        Quantiles known = new Quantiles(laboratory);
        quantiles = new Lookup<>("shares of activations", display, known::of, this::ranked, problem -> { });
        createActions();
        deaf = findings.listen(this::found, ended -> { });
        elsewhere = new SelectionElsewhere(this, this::follow);
    }

    private void createBars(Composite parent) {
        Composite first = row(parent, 3);
        Button open = new Button(first, SWT.PUSH);
        open.setText("Open…");
        open.setToolTipText("Choose a picture file; files can also be dropped here, and pictures pasted");
        open.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> open()));
        browser = new SetBrowser(first, laboratory, this::show, problem -> tell(problem, true));
        title = new Label(first, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(title);
        Composite second = row(parent, 4);
        mode = new Combo(second, SWT.DROP_DOWN | SWT.READ_ONLY);
        mode.setItems("activation of the selected unit", "attribution", "activation grid");
        mode.setToolTipText("What is laid over the picture");
        mode.select(0);
        mode.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> modeChanged()));
        new Label(second, SWT.NONE).setText("Opacity");
        opacity = new Scale(second, SWT.HORIZONTAL);
        opacity.setMaximum((int) PERCENT);
        opacity.setSelection(USUAL_OPACITY);
        opacity.setToolTipText("How much of the picture the full colour covers");
        opacity.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> overlay()));
        GridDataFactory.fillDefaults().hint(SIDE_OF_OVERLAYS / 2, SWT.DEFAULT).applyTo(opacity);
        smooth = new Button(second, SWT.CHECK);
        smooth.setText("Smooth");
        smooth.setToolTipText("Interpolate between positions instead of drawing each as a rectangle");
        smooth.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> overlay()));
        bar = new AttributionBar(parent, this::explain);
        GridDataFactory.fillDefaults().grab(true, false).indent(4, 0).exclude(true).applyTo(bar);
        bar.setVisible(false);
        grid = new GridBar(parent, laboratory, this::overlay);
        GridDataFactory.fillDefaults().grab(true, false).indent(4, 0).exclude(true).applyTo(grid);
        grid.setVisible(false);
    }

    private static Composite row(Composite parent, int columns) {
        Composite row = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(columns).spacing(4, 0).margins(4, 0).applyTo(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        return row;
    }

    private void createActions() {
        IMenuManager menu = getViewSite().getActionBars().getMenuManager();
        menu.add(action("Paste Picture", this::paste));
        menu.add(action("Export PNG…", () -> export(1)));
        menu.add(action("Export PNG at Double Size…", () -> export(2)));
        menu.add(action("Export Channels as CSV…", this::exportChannels));
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.PASTE.getId(), action("Paste", this::paste));
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), action("Copy", this::copy));
        MenuManager context = new MenuManager();
        context.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        rows.setMenu(context.createContextMenu(rows));
        getSite().registerContextMenu(LoupeUi.UNITS_MENU, context, selection);
        getSite().setSelectionProvider(selection);
    }

    private static IAction action(String text, Runnable run) {
        return new Action(text) {
            @Override
            public void run() {
                run.run();
            }
        };
    }

    /** Follows what is selected in other views. */
    private void follow(List<?> objects) {
        Object first = objects.get(0);
        if (first instanceof UnitInNetwork unit) {
            use(unit.network());
            mark(unit.unit());
        } else if (first instanceof LayerInNetwork layer) {
            use(layer.network());
        } else if (first instanceof Network other) {
            use(other);
        }
    }

    private void use(Network next) {
        if (next == network) {
            return;
        }
        network = next;
        selected = null;
        browser.setNetwork(next, source == null);
        if (source != null) {
            pictures.ask(new Seen.Question(network, source));
        }
    }

    private void mark(Unit unit) {
        if (!unit.equals(selected)) {
            selected = unit;
            bar.setSelected(unit);
            rows.setChosen(unit);
            if (isAttribution() && bar.followsSelection()) {
                explain();
            } else {
                overlay();
            }
            outline();
        }
    }

    private void choose(Unit unit) {
        Unit channel = unit.at(Unit.EVERYWHERE);
        mark(channel);
        selection.select(List.of(new UnitInNetwork(network, channel)));
    }

    /** Shows a picture, or says why it cannot be shown. */
    void show(ProbeSource next) {
        if (network == null) {
            tell("Choose a network first: drop its file on the window, or select it on the left.", true);
            return;
        }
        tell("Showing the network " + next.label() + "…", false);
        pictures.ask(new Seen.Question(network, next));
    }

    private void seen(Seen seen) {
        if (whole.isDisposed() || seen.question().network() != network) {
            return;
        }
        if (seen.maps().isEmpty()) {
            tell(seen.problem(), true);
            if (maps == null) {
                source = null;
                browser.setNetwork(network, true);
            }
            return;
        }
        source = seen.question().source();
        browser.shown(source);
        maps = seen.maps().get();
        lines = new ProbeRows(network, maps);
        frozen = Optional.empty();
        attribution = null;
        bar.setNetwork(network, maps.layers(), lines.strongestClass());
        title.setText(source.label());
        title.setToolTipText(source.label());
        tell(maps.leftOut().isEmpty() ? "" : "Left out, for their maps take too much memory: "
                + maps.leftOut().stream().map(Layer::name).collect(Collectors.joining(", ")), false);
        overlay();
        refreshRows();
        if (isAttribution()) {
            explain();
        } else if (isGrid()) {
            grid.setPicture(network, source, maps.layers());
        }
    }

    /** Name of the picture that is shown. */
    public Optional<String> shown() {
        return maps == null ? Optional.empty() : Optional.of(source.label());
    }

    /** The channels that are listed, in words. */
    public String described() {
        return rows.description();
    }

    /** What a person is told beneath the picture. */
    public String told() {
        return status.getText();
    }

    private boolean isAttribution() {
        return mode.getSelectionIndex() == 1;
    }

    private boolean isGrid() {
        return mode.getSelectionIndex() == 2;
    }

    private static void show(Composite bar, boolean isShown) {
        ((GridData) bar.getLayoutData()).exclude = !isShown;
        bar.setVisible(isShown);
    }

    private void modeChanged() {
        show(bar, isAttribution());
        show(grid, isGrid());
        opacity.setEnabled(!isGrid());
        smooth.setEnabled(!isGrid());
        whole.layout();
        if (isGrid() && maps != null) {
            grid.setPicture(network, source, maps.layers());
        }
        tell("", false);
        overlay();
        refreshRows();
        if (isAttribution() && attribution == null) {
            explain();
        }
    }

    /** Explains what a person has chosen; the answer to what was chosen before is no longer wanted. */
    private void explain() {
        if (job != null) {
            job.cancel();
        }
        attribution = null;
        overlay();
        refreshRows();
        try {
            Optional<AttributionBar.Wish> wish = maps == null ? Optional.empty() : bar.wish();
            if (wish.isEmpty()) {
                tell(maps == null ? "" : "Select a unit that is to be explained.", false);
                return;
            }
            tell("Explaining " + wish.get().target() + "…", false);
            start(new AttributionJob(laboratory, network, maps, wish.get()));
        } catch (IllegalArgumentException | NetworkException senseless) {
            tell(senseless.getMessage(), true);
        }
    }

    private void start(AttributionJob mine) {
        job = mine;
        mine.addJobChangeListener(new JobChangeAdapter() {
            @Override
            public void done(IJobChangeEvent event) {
                later(() -> {
                    if (job == mine) {
                        job = null;
                        mine.found().ifPresentOrElse(ProbeView.this::explained,
                                () -> tell(event.getResult().getMessage(), !event.getResult().isOK()));
                    }
                });
            }
        });
        mine.setPriority(Job.SHORT);
        mine.schedule();
    }

    private void explained(Attribution found) {
        attribution = found;
        double share = found.completeness();
        tell(found.target() + " is " + Texts.number(found.score()) + ", " + Texts.number(found.base()) + " without "
                + found.layer() + "; the contributions add up to " + Texts.number(found.total())
                + (Double.isNaN(share) ? "." : ", " + Texts.number(PERCENT * share) + " % of the difference."), false);
        overlay();
        refreshRows();
    }

    /** Lays over the picture what is chosen. */
    private void overlay() {
        if (maps == null) {
            return;
        }
        Batch picture = maps.picture();
        if (isGrid()) {
            Optional<Batch> made = grid.picture();
            canvas.setLegend(made.map(any -> grid.legend()).orElse(""), 0, false);
            canvas.show(Pictures.data(made.orElse(picture), 0), picture.rows(), picture.columns());
            return;
        }
        Optional<Batch> map = isAttribution() ? Optional.ofNullable(attribution).map(Attribution::byPosition)
                : Optional.ofNullable(selected).filter(unit -> unit.channel() < channels(unit)).flatMap(maps::map);
        Batch shown = picture;
        if (map.isPresent()) {
            Overlay over = Overlay.of(map.get(), opacity.getSelection() / PERCENT, smooth.getSelection());
            shown = over.over(picture, map.get(), Math.max(1, SIDE_OF_OVERLAYS / Math.max(picture.rows(), picture.columns())));
            canvas.setLegend(isAttribution() ? attribution.target() + " owed to " + attribution.layer()
                    : "activation of " + selected.at(Unit.EVERYWHERE), Overlay.largest(map.get()), isSigned(map.get()));
        } else {
            canvas.setLegend("", 0, false);
        }
        canvas.show(Pictures.data(shown, 0), picture.rows(), picture.columns());
    }

    private int channels(Unit unit) {
        return maps.map(unit.layer()).map(Batch::channels).orElse(0);
    }

    private static boolean isSigned(Batch map) {
        for (float value : map.values()) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    private Optional<Unit.Position> place() {
        return frozen.or(() -> pointer);
    }

    private void refreshRows() {
        if (lines != null) {
            int count = Math.min(MOST_TILES, rows.across());
            if (!isAttribution()) {
                rows.setRows(lines.firing(place(), count), "");
            } else {
                rows.setRows(attribution == null ? List.of() : lines.owed(attribution, place(), count),
                        "Here stands what speaks for and against what is explained.");
            }
            rows.setChosen(selected);
            queueAgain();
            display.timerExec(PAUSE_MILLISECONDS, askRanks);
            outline();
        }
    }

    /** Outlines what the selected layer, or one in the middle, sees at the position. */
    private void outline() {
        Optional<String> layer = maps == null ? Optional.empty() : isAttribution() && attribution != null
                ? Optional.of(attribution.layer()) : Optional.ofNullable(selected).map(Unit::layer)
                .filter(name -> maps.map(name).isPresent())
                .or(() -> Optional.of(maps.layers().get(maps.layers().size() / 2).name()));
        canvas.setPlace(place().orElse(null), place().isEmpty() || layer.isEmpty() ? null
                : field(layer.get(), place().get()), frozen.isPresent());
    }

    private ReceptiveField field(String layer, Unit.Position pixel) {
        Unit.Position at = lines.position(maps.map(layer).orElseThrow(), pixel);
        return ReceptiveField.of(network, Tap.after(layer), at.row(), at.column());
    }

    private void askRanks() {
        if (!whole.isDisposed() && !isAttribution() && network != null) {
            quantiles.ask(new Quantiles.Question(network, rows.inSight()));
        }
    }

    private void ranked(Quantiles.Answer answer) {
        if (!whole.isDisposed() && rows.rows().containsAll(answer.question().rows())) {
            rows.setRanks(answer.shares(), answer.reference());
        }
    }

    /** Asks the store, and only the store, for the pictures of the channels in sight. */
    private void queueAgain() {
        if (!whole.isDisposed() && network != null) {
            queue.lookAt(List.of(), List.of(), rows.inSight().stream().flatMap(row -> row.tiles().stream())
                    .map(tile -> request(tile.unit())).toList());
        }
    }

    /** Takes over a channel's picture that somebody has made. */
    private void found(Finding<?> finding) {
        if (finding.network() == network && !finding.isGrowing() && finding.result() instanceof Visualized made) {
            rows.rows().stream().flatMap(row -> row.tiles().stream()).map(tile -> request(tile.unit()))
                    .filter(request -> Arguments.text(request.arguments()).equals(finding.recipe().arguments()))
                    .findFirst().ifPresent(request -> queue.found(request, made, Double.NaN));
        }
    }

    private PictureRequest request(Unit unit) {
        Unit channel = unit.at(Unit.EVERYWHERE);
        return new PictureRequest(network, channel, PictureChoice.now().arguments(channel));
    }

    private Picture picture(Unit unit) {
        return queue.picture(request(unit));
    }

    private void changed(PictureRequest request) {
        boolean isFirst;
        synchronized (changed) {
            isFirst = changed.isEmpty();
            changed.add(request.unit());
        }
        if (isFirst) {
            later(() -> {
                synchronized (changed) {
                    changed.clear();
                }
                rows.redraw();
            });
        }
    }

    private void tell(String text, boolean isProblem) {
        status.setForeground(isProblem ? Palette.of(whole).error() : null);
        status.setText(text);
        status.getParent().layout();
    }

    private void open() {
        FileDialog dialog = new FileDialog(whole.getShell(), SWT.OPEN);
        dialog.setText("Open Picture");
        String chosen = dialog.open();
        if (chosen != null) {
            show(new ProbeSource.Named(chosen));
        }
    }

    private void paste() {
        if (!PictureDrop.paste(display, this::show)) {
            tell("There is no picture on the clipboard.", true);
        }
    }

    private void copy() {
        if (canvas.picture() != null) {
            Pictures.copy(display, canvas.picture(), title.getText());
        }
    }

    private void export(int zoom) {
        if (maps != null) {
            ProbeExport.ask(whole.getShell(), title.getText() + " " + network, "png", ProbeExport.png(look(zoom),
                    Map.of("Title", title.getText() + " probed by " + network, "Description", status.getText(),
                            "Software", "Loupe " + Laboratory.version())));
        }
    }

    private void exportChannels() {
        if (maps != null) {
            ProbeExport.ask(whole.getShell(), title.getText() + " " + network, "csv", ProbeExport.csv(rows.rows(), rows.ranks()));
        }
    }

    /** The picture and all lines beside it. */
    private ImageData look(int zoom) {
        Rectangle left = canvas.getClientArea();
        int height = Math.max(left.height, rows.wholeHeight());
        int width = left.width + rows.getClientArea().width;
        Image image = new Image(display, width * zoom, height * zoom);
        GC gc = new GC(image);
        Transform larger = new Transform(display);
        try {
            larger.scale(zoom, zoom);
            gc.setTransform(larger);
            gc.setFont(rows.getFont());
            canvas.paint(gc, new Rectangle(0, 0, left.width, height));
            rows.paint(gc, new Rectangle(left.width, 0, rows.getClientArea().width, height), 0);
            return image.getImageData();
        } finally {
            larger.dispose();
            gc.dispose();
            image.dispose();
        }
    }

    private void key(Event event) {
        if (maps == null) {
            return;
        }
        int rowsOf = maps.picture().rows();
        int columnsOf = maps.picture().columns();
        Unit.Position now = place().orElse(new Unit.Position(rowsOf / 2, columnsOf / 2));
        int step = Math.max(1, rowsOf / 16);
        switch (event.keyCode) {
            case SWT.ARROW_UP -> freeze(Math.max(0, now.row() - step), now.column());
            case SWT.ARROW_DOWN -> freeze(Math.min(rowsOf - 1, now.row() + step), now.column());
            case SWT.ARROW_LEFT -> freeze(now.row(), Math.max(0, now.column() - step));
            case SWT.ARROW_RIGHT -> freeze(now.row(), Math.min(columnsOf - 1, now.column() + step));
            case SWT.ESC -> {
                frozen = Optional.empty();
                refreshRows();
            }
            default -> { }
        }
    }

    private void freeze(int row, int column) {
        frozen = Optional.of(new Unit.Position(row, column));
        refreshRows();
    }

    /** Runs something on the UI thread, unless the view is closed by then. */
    private void later(Runnable action) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!whole.isDisposed()) {
                    action.run();
                }
            });
        }
    }

    @Override
    public void setFocus() {
        canvas.setFocus();
    }

    @Override
    public void dispose() {
        deaf.run();
        if (elsewhere != null) {
            elsewhere.close();
            pictures.close();
            quantiles.close();
            queue.close();
        }
        if (job != null) {
            job.cancel();
        }
        super.dispose();
    }

    /** What the pointer does on the picture. */
    private final class Hand implements ProbeCanvas.Pointer {
        @Override
        public void hovered(int row, int column) {
            pointer = Optional.of(new Unit.Position(row, column));
            if (frozen.isEmpty()) {
                refreshRows();
            }
        }

        @Override
        public void left() {
            boolean isNews = pointer.isPresent();
            pointer = Optional.empty();
            if (isNews && frozen.isEmpty()) {
                refreshRows();
            }
        }

        @Override
        public void clicked(int row, int column) {
            Unit.Position at = new Unit.Position(row, column);
            if (frozen.filter(at::equals).isPresent()) {
                frozen = Optional.empty();
                refreshRows();
            } else {
                freeze(row, column);
            }
        }
    }
}
