package org.loupe.ui.wall;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences.IPreferenceChangeListener;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.actions.ActionFactory;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.part.IShowInTarget;
import org.eclipse.ui.part.ShowInContext;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.facet.Judge;
import org.loupe.core.facet.Judged;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Asking;
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
import org.loupe.ui.labels.LabelHandler;
import org.loupe.ui.labels.Labels;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.Pictures;
import org.loupe.ui.widgets.Texts;

/** What each channel of a layer is excited by. */
public final class WallView extends ViewPart implements IShowInTarget {

    private static final long BYTES_OF_PICTURES = 64L << 20;
    private static final int MILLISECONDS_BETWEEN_SORTS = 500;

    private final SelectionSource selection = new SelectionSource();
    private final Map<LayerInNetwork, Place> places = new HashMap<>();
    private final Set<PictureRequest> changed = new HashSet<>();
    private final IPreferenceChangeListener preferenceListener = event -> later(this::preferencesChanged);
    private final Runnable arrange = this::arrange;
    private final Runnable look = this::look;
    private WallMemory memory = WallMemory.FIRST;
    private Display display;
    private Laboratory laboratory;
    private Labels labels;
    private Runnable labelled;
    private LaboratoryPictures source;
    private PictureQueue queue;
    private WallCommands commands;
    private WallHeader header;
    private ChannelWall wall;
    private Link status;
    private LayerOnWall layer;
    private WallVerdicts verdicts;
    private SelectionElsewhere elsewhere;
    private Runnable findings;
    private Lookup<Laboratory, List<Network>> networks;

    /** Where a layer was left. */
    private record Place(int scroll, List<Integer> selected) {
    }

    @Override
    public void init(IViewSite site, IMemento memento) throws PartInitException {
        super.init(site, memento);
        memory = WallMemory.read(memento);
    }

    @Override
    public void createPartControl(Composite parent) {
        display = parent.getDisplay();
        laboratory = getSite().getService(Laboratory.class);
        Findings all = Findings.of(getSite().getWorkbenchWindow().getWorkbench());
        labels = Labels.of(getSite().getWorkbenchWindow().getWorkbench());
        source = new LaboratoryPictures(laboratory, all);
        queue = newQueue();
        verdicts = new WallVerdicts(laboratory, display, this::arrange);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        header = new WallHeader(parent, arrange, () -> wall.setSide(header.size()), () -> wall.setFocus());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(header);
        wall = new ChannelWall(parent, new Shown());
        GridDataFactory.fillDefaults().grab(true, true).applyTo(wall);
        status = new Link(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).indent(8, 2).applyTo(status);
        status.addListener(SWT.Selection, event -> followed(event.text));
        wall.addListener(SWT.Selection, event -> selected());
        wall.addListener(SWT.DefaultSelection, event -> explain());
        wall.addListener(SWT.Modify, event -> looksElsewhere());
        wall.setSide(memory.side());
        header.setOrder(memory.order());
        getSite().setSelectionProvider(selection);
        makeActions();
        InstanceScope.INSTANCE.getNode(LoupeUi.BUNDLE).addPreferenceChangeListener(preferenceListener);
        labelled = labels.listen(this::labelled);
        findings = all.listen(this::found, ended -> anotherEnded());
        elsewhere = new SelectionElsewhere(this, this::follow);
        networks = new Lookup<>("the networks of the study", display, Laboratory::networks, this::start,
                problem -> wall.setChannels(List.of(), "The networks could not be read: " + problem.getMessage()));
        networks.ask(laboratory);
    }

    private PictureQueue newQueue() {
        return new PictureQueue(source, laboratory, PictureChoice.now().workers(), BYTES_OF_PICTURES, this::changed);
    }

    /** Shows what was shown when the window was closed, unless a selection was quicker. */
    private void start(List<Network> found) {
        resume(found);
        if (layer == null) {
            memory.find(found).ifPresentOrElse(first -> {
                boolean isSame = first.layer().name().equals(memory.layer()) || memory == WallMemory.FIRST;
                places.put(first, isSame ? new Place(memory.scroll(), memory.channels())
                        : new Place(0, WallMemory.FIRST.channels()));
                show(first);
            }, () -> wall.setChannels(List.of(), "There is no network yet. Drop a network file on the window, or"
                    + " choose File > Open Network."));
        }
    }

    private void show(LayerInNetwork next) {
        if (layer != null && layer.shown().equals(next)) {
            return;
        }
        if (layer != null) {
            places.put(layer.shown(), new Place(wall.scroll(), wall.selection()));
        }
        layer = onWall(next);
        verdicts.ask(next);
        setPartName("Channels of " + next);
        header.setFilter("");
        wall.clear();
        arrange();
        Place place = places.getOrDefault(next, new Place(0, List.of()));
        wall.setSelection(place.selected());
        wall.scrollTo(place.scroll());
        selected();
        queue.lookOn();
    }

    private LayerOnWall onWall(LayerInNetwork shown) {
        return new LayerOnWall(shown, PictureChoice.now(), queue, () -> labels.known(shown.network()), verdicts);
    }

    /** Shows what another part, or a search, wants to be seen here. */
    @Override
    public boolean show(ShowInContext context) {
        boolean isAny = context.getSelection() instanceof IStructuredSelection some && !some.isEmpty();
        if (isAny) {
            header.setFilter("");
            follow(((IStructuredSelection) context.getSelection()).toList());
        }
        return isAny;
    }

    private void labelled(Network network) {
        if (layer != null && network == layer.shown().network()) {
            arrange();
            wall.redraw();
        }
    }

    private void label() {
        if (layer != null && !wall.selection().isEmpty()) {
            Rectangle place = wall.place(wall.selection().get(0));
            LabelHandler.ask(wall, new Rectangle(place.x, place.y + wall.side(), place.width, 0),
                    layer.units(wall.selection()));
        }
    }

    /** Follows what is selected in other views. */
    private void follow(List<?> objects) {
        Object first = objects.get(0);
        if (first instanceof LayerInNetwork selected) {
            show(selected);
        } else if (first instanceof Network network && (layer == null || layer.shown().network() != network)) {
            WallMemory.middle(network).ifPresent(this::show);
        } else if (first instanceof UnitInNetwork unit) {
            show(new LayerInNetwork(unit.network(), unit.network().layer(unit.unit().layer())));
            List<Integer> channels = objects.stream().filter(UnitInNetwork.class::isInstance)
                    .map(UnitInNetwork.class::cast).filter(layer::has).map(one -> one.unit().channel()).toList();
            if (!channels.equals(wall.selection())) {
                wall.setSelection(channels);
                selected();
            }
        }
    }

    private void arrange() {
        if (layer != null && !wall.isDisposed()) {
            String text = header.filter();
            wall.setChannels(layer.channels(ChannelFilter.parse(text), header.order()), "No channel of "
                    + layer.shown() + " fits “" + text + "”. Try 71, 70-80, dead, partial, missing, or a word of a label or family.");
            showStatus();
        }
    }

    private void selected() {
        List<Integer> channels = wall.selection();
        selection.select(channels.isEmpty() ? List.of(layer.shown()) : layer.units(channels));
        commands.selected(!channels.isEmpty());
        looksElsewhere();
    }

    private void looksElsewhere() {
        header.setSize(wall.side());
        // Replaces a call that has not run yet: a drag of the scroll bar asks once it pauses.
        display.timerExec(0, look);
    }

    private void look() {
        if (layer == null || wall.isDisposed()) {
            return;
        }
        List<Integer> inSight = new ArrayList<>(wall.inSight());
        List<Integer> first = wall.selection().stream().filter(inSight::contains).toList();
        inSight.removeAll(first);
        inSight.addAll(0, first);
        List<Integer> ahead = wall.ahead();
        queue.lookAt(layer.requests(inSight), layer.requests(ahead), layer.requests());
        showStatus();
    }

    /** Called on any thread, as often as pictures change; draws once for all that has changed since. */
    private void changed(PictureRequest request) {
        boolean isFirst;
        synchronized (changed) {
            isFirst = changed.isEmpty();
            changed.add(request);
        }
        if (isFirst) {
            later(this::drawChanged);
        }
    }

    private void drawChanged() {
        List<PictureRequest> requests;
        synchronized (changed) {
            requests = List.copyOf(changed);
            changed.clear();
        }
        if (layer != null) {
            requests.stream().mapToInt(layer::channel).filter(channel -> channel >= 0).forEach(wall::refresh);
            if (!header.filter().isBlank() || header.order() != Order.INDEX) {
                display.timerExec(MILLISECONDS_BETWEEN_SORTS, arrange);
            }
            showStatus();
        }
    }

    /** Takes over pictures that another view has asked for. */
    private void found(Finding<?> finding) {
        if (layer != null && finding.result() instanceof Judged judged && finding.network() == layer.shown().network()) {
            verdicts.hear(layer.shown(), judged);
        }
        if (layer != null && !wall.isDisposed() && finding.network() == layer.shown().network()
                && finding.result() instanceof Visualized picture
                && finding.recipe().analysis().equals(source.analysis())) {
            layer.request(finding.recipe().arguments())
                    .ifPresent(request -> queue.found(request, picture, finding.progress()));
        }
    }

    private void anotherEnded() {
        if (layer != null) {
            layer.requests().forEach(queue::ended);
        }
    }

    private void showStatus() {
        if (layer == null) {
            return;
        }
        int waiting = queue.waiting();
        String left = queue.timeLeft().isEmpty() ? "" : ", " + queue.timeLeft();
        String work = "";
        if (!queue.problem().isEmpty()) {
            work = "  ·  " + queue.problem().replace("&", "&&") + "  <a href=\"go\">Try again</a>";
        } else if (queue.isStopped() || queue.isPaused() && waiting == 0) {
            work = "  ·  stopped  <a href=\"go\">Go on</a>"
                    + (queue.whole().isEmpty() ? "" : "  <a href=\"forget\">Forget the other " + queue.whole().size() + "</a>");
        } else if (waiting > 0) {
            work = "  ·  making " + waiting + left + "  <a href=\"stop\">Stop</a>"
                    + (queue.isPaused() ? "  ·  " + queue.whole().size() + " wait  <a href=\"go\">Go on</a>" : "");
        }
        if (header.order() == Order.SEVERAL && verdicts.isMissing(layer.shown())) {
            work = "  ·  not judged yet, so not sorted  <a href=\"judge\">Judge…</a>" + work;
        }
        List<Integer> channels = wall.selection();
        getViewSite().getActionBars().getStatusLineManager()
                .setMessage(channels.size() == 1 ? layer.description(channels.get(0))
                        : channels.size() > 1 ? channels.size() + " units selected" : null);
        String text = layer.summary() + work;
        if (!text.equals(status.getText())) {
            status.setText(text);
            status.setToolTipText(queue.problem().isEmpty() ? null : queue.problem());
        }
    }

    private void followed(String link) {
        if ("stop".equals(link)) {
            queue.stop();
        } else if ("forget".equals(link)) {
            queue.forgetWhole();
        } else if ("judge".equals(link)) {
            selection.select(List.of(layer.shown()));
            Asking.ask(laboratory.registry().analysis(Judge.class).id());
        } else {
            queue.goOn();
        }
        showStatus();
    }

    private void explain() {
        try {
            getSite().getPage().showView(LoupeUi.UNIT);
        } catch (PartInitException e) {
            ILog.of(WallView.class).error("The Unit view could not be opened", e);
        }
    }

    private void make(boolean evenIfStored) {
        queue.make(layer.requests(wall.selection()), evenIfStored);
        showStatus();
    }

    /** Makes the pictures of the whole layer, once a person knows what that costs. */
    private void makeAll() {
        if (layer == null) {
            return;
        }
        List<PictureRequest> missing = layer.requests().stream()
                .filter(request -> queue.picture(request).stage() != Picture.Stage.FINISHED).toList();
        if (missing.isEmpty()) {
            MessageDialog.openInformation(getSite().getShell(), "All pictures", "All pictures of " + layer.shown()
                    + " are there.");
        } else if (MessageDialog.open(MessageDialog.QUESTION, getSite().getShell(), "All pictures", cost(missing), SWT.NONE,
                "Make the pictures", IDialogConstants.CANCEL_LABEL) == Window.OK) {
            queue.makeWhole(layer.requests());
            showStatus();
        }
    }

    private String cost(List<PictureRequest> missing) {
        Network network = layer.shown().network();
        double seconds = missing.stream().mapToDouble(request -> new Costs().seconds(network, Costs.work(network,
                request.unit(), request.arguments().steps(), 1))).sum() / PictureChoice.now().workers();
        return "Of the " + layer.requests().size() + " pictures of " + layer.shown() + ", " + missing.size()
                + (missing.size() == 1 ? " is" : " are") + " not there yet. Making " + (missing.size() == 1 ? "it" : "them")
                + " takes " + Texts.about(seconds) + ".\n\nYou can stop and go on at any time, and go on working meanwhile."
                + " What is made is kept; what is left when Loupe is closed is made after its next start.";
    }

    private void copy() {
        List<Integer> channels = wall.selection();
        if (!channels.isEmpty()) {
            Picture picture = layer.picture(channels.get(0));
            if (picture.pixels() != null) {
                Pictures.copy(display, picture.pixels(), layer.requests().get(channels.get(0)).toString());
            }
        }
    }

    private void makeActions() {
        commands = new WallCommands(getViewSite());
        commands.handleSelected(LoupeUi.VISUALIZE, () -> make(false));
        commands.handleSelected(LoupeUi.VISUALIZE_AGAIN, () -> make(true));
        commands.handleSelected(LoupeUi.LABEL, this::label);
        commands.handle(LoupeUi.MAKE_ALL, this::makeAll);
        commands.handle(LoupeUi.ZOOM_IN, () -> wall.zoom(1));
        commands.handle(LoupeUi.ZOOM_OUT, () -> wall.zoom(-1));
        commands.handle(LoupeUi.ZOOM_RESET, () -> wall.setSide(ChannelWall.NORMAL));
        commands.handle(IWorkbenchCommandConstants.EDIT_FIND_AND_REPLACE, () -> header.focusOnFilter());
        commands.handle(ActionFactory.COPY, this::copy);
        commands.handle(ActionFactory.SELECT_ALL, () -> wall.selectAll());
        getSite().getService(IContextService.class).activateContext(LoupeUi.WALL);
        MenuManager menu = new MenuManager();
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        wall.setMenu(menu.createContextMenu(wall));
        getSite().registerContextMenu(LoupeUi.UNITS_MENU, menu, selection);
    }

    private void preferencesChanged() {
        queue.close();
        queue = newQueue();
        if (layer != null) {
            layer = onWall(layer.shown());
            arrange();
            look();
        }
    }

    /** Runs something on the UI thread, unless the view is closed by then. */
    private void later(Runnable action) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!wall.isDisposed()) {
                    action.run();
                }
            });
        }
    }

    /** Goes on with the layers that were to be made whole when Loupe was closed, or offers to where a person had stopped that. */
    private void resume(List<Network> found) {
        List<LayerInNetwork> unfinished = memory.unfinished(found);
        for (LayerInNetwork whole : unfinished) {
            queue.makeWhole(onWall(whole).requests());
        }
        if (memory.isStopped() && !unfinished.isEmpty()) {
            queue.stop();
        }
    }

    private List<LayerInNetwork> unfinished() {
        return queue.whole().stream().map(request -> new LayerInNetwork(request.network(),
                request.network().layer(request.unit().layer()))).distinct().toList();
    }

    @Override
    public void saveState(IMemento memento) {
        if (layer == null) {
            memory.write(memento);
        } else {
            new WallMemory(layer.shown().network().name(), layer.shown().toString(), wall.selection(), wall.scroll(),
                    wall.side(), header.order(), WallMemory.names(unfinished()),
                    queue.isPaused()).write(memento);
        }
    }

    @Override
    public void setFocus() {
        wall.setFocus();
    }

    @Override
    public void dispose() {
        InstanceScope.INSTANCE.getNode(LoupeUi.BUNDLE).removePreferenceChangeListener(preferenceListener);
        if (networks != null) {
            networks.close();
        }
        if (verdicts != null) {
            verdicts.close();
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
        if (queue != null) {
            queue.close();
        }
        if (labelled != null) {
            labelled.run();
        }
        if (findings != null) {
            findings.run();
        }
        super.dispose();
    }

    /** The layer that is shown, for the wall. */
    private final class Shown implements ChannelWall.Content {
        @Override
        public Picture picture(int channel) {
            return layer.picture(channel);
        }

        @Override
        public String caption(int channel) {
            return layer.caption(channel, header.order());
        }

        @Override
        public String description(int channel) {
            return layer.description(channel);
        }
    }
}
