package org.loupe.ui.probe;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.probe.Attribution;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.MenuAction;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Pictures;

/** A picture to hover over: which channels fire here, layer by layer, and what a class or a unit owes them. */
public final class ProbeView extends ViewPart {

    private static final int MOST_TILES = 24;
    private static final String SOURCE = "source";
    private static final String NO_ROWS = "Here stand the channels that fire where the pointer is.";

    private final SelectionSource selection = new SelectionSource();
    private final Fixation fixation = new Fixation(this::refreshRows);
    private Laboratory laboratory;
    private Composite whole;
    private PictureBar pictureBar;
    private OverlayBar overlay;
    private AttributionBar bar;
    private GridBar grid;
    private ProbeCanvas canvas;
    private ChannelRows rows;
    private Label status;
    private ChannelPictures channels;
    private ExampleCrops examples;
    private Explanation explanation;
    private Lookup<Seen.Question, Seen> pictures;
    private Ranks ranks;
    private SelectionElsewhere elsewhere;
    private Network network;
    private Unit selected;
    private ProbeSource source;
    private ProbedPicture probed;

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
        laboratory = getSite().getService(Laboratory.class);
        GridLayoutFactory.fillDefaults().spacing(0, 2).applyTo(parent);
        createBars(parent);
        SashForm sash = new SashForm(parent, SWT.HORIZONTAL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sash);
        canvas = new ProbeCanvas(sash, fixation);
        canvas.say("Drop a picture here, paste one, or choose one of the set.");
        canvas.addListener(SWT.KeyDown, event -> {
            if (probed != null) {
                fixation.press(event.keyCode, probed.maps().picture().rows(), probed.maps().picture().columns());
            }
        });
        rows = new ChannelRows(sash, unit -> channels.picture(unit), unit -> examples.of(unit), this::choose);
        rows.setRows(List.of(), NO_ROWS);
        rows.addListener(SWT.Resize, event -> refreshRows());
        sash.setWeights(2, 3);
        status = new Label(parent, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).indent(6, 0).applyTo(status);
        PictureDrop.attach(parent, this::show);
        createQuestions();
        createActions();
        elsewhere = new SelectionElsewhere(this, this::follow);
    }

    private void createBars(Composite parent) {
        pictureBar = new PictureBar(parent, laboratory, this::show, problem -> tell(problem, true));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(pictureBar);
        overlay = new OverlayBar(parent, this::overlayChosen, this::refreshOverlay);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(overlay);
        bar = new AttributionBar(parent, this::explain);
        grid = new GridBar(parent, laboratory, this::refreshOverlay);
        for (Composite hidden : List.of(bar, grid)) {
            GridDataFactory.fillDefaults().grab(true, false).indent(4, 0).exclude(true).applyTo(hidden);
            hidden.setVisible(false);
        }
    }

    private void createQuestions() {
        Display display = whole.getDisplay();
        Findings findings = Findings.of(getSite().getWorkbenchWindow().getWorkbench());
        examples = new ExampleCrops(display, laboratory, findings, rows::redraw);
        channels = new ChannelPictures(display, laboratory, findings, this::picturesFound);
        explanation = new Explanation(display, laboratory, this::explained, problem -> tell(problem, true));
        pictures = new Lookup<>("a picture", display, question -> Seen.of(laboratory, question), this::seen,
                problem -> tell("The picture could not be shown to the network: " + problem.getMessage(), true));
        ranks = new Ranks(display, laboratory, rows);
        whole.addDisposeListener(event -> {
            channels.close();
            examples.close();
            explanation.close();
            pictures.close();
            ranks.close();
        });
    }

    private void createActions() {
        IMenuManager menu = getViewSite().getActionBars().getMenuManager();
        menu.add(new MenuAction("Paste Picture", this::paste));
        menu.add(new MenuAction("Export PNG…", () -> export(1)));
        menu.add(new MenuAction("Export PNG at Double Size…", () -> export(2)));
        menu.add(new MenuAction("Export Channels as CSV…", this::exportChannels));
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.PASTE.getId(), new MenuAction("Paste", this::paste));
        getViewSite().getActionBars().setGlobalActionHandler(ActionFactory.COPY.getId(), new MenuAction("Copy", this::copy));
        MenuManager context = new MenuManager();
        context.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        rows.setMenu(context.createContextMenu(rows));
        getSite().registerContextMenu(LoupeUi.UNITS_MENU, context, selection);
        getSite().setSelectionProvider(selection);
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

    /** Shows the picture to another network; what the one before saw is gone. */
    private void use(Network next) {
        if (next == network) {
            return;
        }
        network = next;
        selected = null;
        bar.setSelected(null);
        probed = null;
        fixation.release();
        explanation.forget();
        canvas.clear();
        rows.setRows(List.of(), NO_ROWS);
        pictureBar.setNetwork(next, source == null);
        if (source != null) {
            show(source);
        }
    }

    private void mark(Unit unit) {
        if (unit.equals(selected)) {
            return;
        }
        selected = unit;
        bar.setSelected(unit);
        rows.setChosen(unit);
        if (bar.followsSelection()) {
            explanation.forget();
        }
        if (isAttribution() && bar.followsSelection()) {
            explain();
        } else {
            refreshOverlay();
        }
        outline();
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
        if (seen.question().network() != network) {
            return;
        }
        if (seen.maps().isEmpty()) {
            tell(seen.problem(), true);
            if (probed == null) {
                source = null;
                pictureBar.setNetwork(network, true);
            }
            return;
        }
        probed = new ProbedPicture(seen.question(), seen.maps().get());
        source = probed.source();
        pictureBar.shown(source);
        fixation.release();
        explanation.forget();
        bar.setNetwork(network, probed.maps().layers(), probed.lines().strongestClass());
        tell(probed.leftOut(), false);
        refreshOverlay();
        refreshRows();
        switch (overlay.kind()) {
            case ATTRIBUTION -> explain();
            case GRID -> grid.setPicture(network, source, probed.maps().layers());
            case ACTIVATION -> { }
        }
    }

    /** Name of the picture that is shown. */
    public Optional<String> shown() {
        return probed == null ? Optional.empty() : Optional.of(source.label());
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
        return overlay.kind() == OverlayBar.Kind.ATTRIBUTION;
    }

    private void overlayChosen(OverlayBar.Kind kind) {
        show(bar, kind == OverlayBar.Kind.ATTRIBUTION);
        show(grid, kind == OverlayBar.Kind.GRID);
        whole.layout();
        if (kind == OverlayBar.Kind.GRID && probed != null) {
            grid.setPicture(network, source, probed.maps().layers());
        }
        tell("", false);
        refreshOverlay();
        refreshRows();
        if (explanation.attribution().isEmpty()) {
            explanation.forget();
            if (isAttribution()) {
                explain();
            }
        }
    }

    private static void show(Composite bar, boolean isShown) {
        ((GridData) bar.getLayoutData()).exclude = !isShown;
        bar.setVisible(isShown);
    }

    /** Explains what a person has chosen; the answer to what was chosen before is no longer wanted. */
    private void explain() {
        explanation.forget();
        refreshOverlay();
        refreshRows();
        try {
            Optional<AttributionBar.Wish> wish = probed == null ? Optional.empty() : bar.wish();
            if (wish.isEmpty()) {
                tell(probed == null ? "" : "Select a unit that is to be explained.", false);
                return;
            }
            tell("Explaining " + wish.get().target() + "…", false);
            explanation.ask(probed, wish.get());
        } catch (IllegalArgumentException | NetworkException senseless) {
            tell(senseless.getMessage(), true);
        }
    }

    private void explained(Attribution found) {
        tell(Explanation.words(found), false);
        refreshOverlay();
        refreshRows();
    }

    /** Lays over the picture what is chosen. */
    private void refreshOverlay() {
        if (probed == null) {
            return;
        }
        Batch picture = probed.maps().picture();
        switch (overlay.kind()) {
            case ACTIVATION -> overlay.lay(canvas, picture, Optional.ofNullable(selected).flatMap(probed::map),
                    () -> "activation of " + selected.at(Unit.EVERYWHERE));
            case ATTRIBUTION -> overlay.lay(canvas, picture, explanation.attribution().map(Attribution::byPosition),
                    () -> explanation.attribution().map(found -> found.target() + " owed to " + found.layer()).orElseThrow());
            case GRID -> {
                Optional<Batch> made = grid.picture();
                canvas.setLegend(made.map(any -> grid.legend()).orElse(""), 0, false);
                canvas.show(Pictures.data(made.orElse(picture), 0), picture.rows(), picture.columns());
            }
        }
    }

    private void refreshRows() {
        if (probed == null) {
            return;
        }
        int count = Math.min(MOST_TILES, rows.across());
        if (isAttribution()) {
            ranks.rest();
            rows.setRows(explanation.attribution().map(found -> probed.lines().owed(found, fixation.place(), count))
                    .orElse(List.of()), "Here stands what speaks for and against what is explained.");
        } else {
            rows.setRows(probed.lines().firing(fixation.place(), count), "");
            ranks.askSoon(network);
        }
        rows.setChosen(selected);
        channels.lookAt(network, rows.rows(), rows.inSight());
        picturesFound();
        outline();
    }

    /** Channels of which the study has no picture are shown by their strongest examples. */
    private void picturesFound() {
        examples.lookAt(network, rows.inSight().stream().flatMap(row -> row.tiles().stream()).map(Row.Tile::unit)
                .filter(unit -> channels.picture(unit).stage() == Picture.Stage.MISSING).toList());
        rows.redraw();
    }

    /** Outlines what the selected layer, or one in the middle, sees at the position. */
    private void outline() {
        if (probed == null) {
            return;
        }
        Optional<Attribution> found = isAttribution() ? explanation.attribution() : Optional.empty();
        String layer = found.map(Attribution::layer).orElseGet(() -> probed.layer(Optional.ofNullable(selected)));
        Optional<Unit.Position> place = fixation.place();
        canvas.setPlace(place.orElse(null), place.map(at -> probed.field(layer, at)).orElse(null), fixation.isFrozen());
    }

    private void tell(String text, boolean isProblem) {
        status.setForeground(isProblem ? Palette.of(whole).error() : Palette.of(whole).foreground());
        status.setText(text);
        status.getParent().layout();
    }

    private void paste() {
        if (!PictureDrop.paste(whole.getDisplay(), this::show)) {
            tell("There is no picture on the clipboard.", true);
        }
    }

    private void copy() {
        if (canvas.picture() != null) {
            Pictures.copy(whole.getDisplay(), canvas.picture(), source.label());
        }
    }

    private void export(int zoom) {
        if (probed != null) {
            ProbeExport.ask(whole.getShell(), probed.title(), "png", ProbeExport.png(ProbeExport.look(canvas, rows, zoom),
                    Map.of("Title", source.label() + " probed by " + network, "Description", status.getText(),
                            "Software", "Loupe " + Laboratory.version())));
        }
    }

    private void exportChannels() {
        if (probed != null) {
            ProbeExport.ask(whole.getShell(), probed.title(), "csv", ProbeExport.csv(rows.rows(), rows.ranks()));
        }
    }

    @Override
    public void setFocus() {
        canvas.setFocus();
    }

    @Override
    public void dispose() {
        if (elsewhere != null) {
            elsewhere.close();
        }
        super.dispose();
    }
}
