package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.StimulusFamily;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Tuned;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.FollowingView;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Pictures;
import org.loupe.ui.widgets.StateMessage;
import org.loupe.ui.widgets.Texts;

/**
 * Stimuli that a person turns, and what every channel of the selected layer answers at once; below, what it answers while
 * one or two parameters run through all of their values.
 */
public final class TuningView extends ViewPart {

    private static final int SIDE = 128;
    private static final int COLUMN = 196;
    private static final double LONGEST_SECONDS = 2;
    private static final double MILLISECONDS = 1000;
    private static final double SMALL_WORK = 5e9;
    private static final String NOTHING = "nothing";

    private final StackLayout stack = new StackLayout();
    private final SelectionSource selection = new SelectionSource();
    private Laboratory laboratory;
    private List<Registered<StimulusFamily>> families;
    private Composite body;
    private Composite page;
    private Combo family;
    private Combo first;
    private Combo second;
    private ParameterSliders sliders;
    private Canvas stimulus;
    private AnswerBars bars;
    private Canvas plot;
    private Button turn;
    private Label status;
    private Button sort;
    private Action pin;
    private Button together;
    private LiveTuning live;
    private Lookup<LiveTuning.Question, LiveTuning.Answer> answers;
    private Lookup<LiveTuning.Turn, Tuned> turns;
    private SelectionElsewhere elsewhere;
    private Network network;
    private Layer layer;
    private int channel = -1;
    private int side;
    private List<Parameter> parameters = List.of();
    private LiveTuning.Answer answer;
    private Tuned tuned;
    private String asked = "";
    private boolean isVarying;
    private double milliseconds = Double.POSITIVE_INFINITY;
    private Image picture;

    @Override
    public void createPartControl(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        body.setLayout(stack);
        try {
            laboratory = getSite().getService(Laboratory.class);
        } catch (RuntimeException problem) {
            stack.topControl = StateMessage.error(body, "The study could not be opened", problem).control();
            return;
        }
        families = laboratory.registry().stimuli();
        live = new LiveTuning(laboratory);
        stack.topControl = StateMessage.empty(body, "No layer is selected", "Here you turn a curve, or any other stimulus,"
                + " and see what every channel of a layer answers. Select a layer or a channel.").control();
        createPage();
        createActions();
        answers = new Lookup<>("what a layer answers to a stimulus", body.getDisplay(), live::answer, this::show,
                this::failed);
        turns = new Lookup<>("what a layer answers while a stimulus turns", body.getDisplay(), live::answer, this::show,
                this::failed);
        getSite().setSelectionProvider(selection);
        elsewhere = new SelectionElsewhere(this, this::follow);
    }

    private void createPage() {
        page = new Composite(body, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).spacing(6, 0).applyTo(page);
        Composite left = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().extendedMargins(6, 0, 4, 0).spacing(0, 2).applyTo(left);
        GridDataFactory.fillDefaults().grab(false, true).hint(COLUMN, SWT.DEFAULT).applyTo(left);
        family = new Combo(left, SWT.READ_ONLY);
        family.setToolTipText("The family of stimuli");
        families.forEach(one -> family.add(one.name()));
        family.select(0);
        family.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> familyChosen()));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(family);
        sliders = new ParameterSliders(left, this::ask);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(sliders.control());
        Composite right = new Composite(page, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).extendedMargins(0, 6, 4, 4).spacing(8, 4).applyTo(right);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(right);
        stimulus = new Canvas(right, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        stimulus.setToolTipText("The stimulus as the network sees it");
        stimulus.addPaintListener(event -> paintStimulus(event.gc));
        GridDataFactory.fillDefaults().hint(SIDE, SIDE).applyTo(stimulus);
        bars = new AnswerBars(right, this::choose);
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, SIDE).applyTo(bars);
        status = new Label(right, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(status);
        createVarying(right);
        turn = new Button(right, SWT.PUSH);
        turn.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            if (isVarying) {
                stop();
            } else {
                turn();
                offer("Stop");
            }
        }));
        GridDataFactory.fillDefaults().span(2, 1).exclude(true).applyTo(turn);
        turn.setVisible(false);
        plot = new Canvas(right, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        plot.addPaintListener(event -> paintPlot(event.gc));
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(SWT.DEFAULT, 120).applyTo(plot);
        body.addDisposeListener(event -> {
            if (picture != null) {
                picture.dispose();
            }
        });
    }

    private void createVarying(Composite parent) {
        Composite line = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(6).spacing(5, 0).applyTo(line);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(line);
        new Label(line, SWT.NONE).setText("Vary");
        first = new Combo(line, SWT.READ_ONLY);
        new Label(line, SWT.NONE).setText("and");
        second = new Combo(line, SWT.READ_ONLY);
        for (Combo combo : List.of(first, second)) {
            GridDataFactory.fillDefaults().hint(106, SWT.DEFAULT).applyTo(combo);
            combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> ask()));
        }
        together = check(line, "Layer", "All channels that prefer an angle, together", () -> plot.redraw());
        sort = check(line, "Sort", "Strongest answers first", () -> bars.sort(sort.getSelection()));
    }

    private static Button check(Composite parent, String text, String tip, Runnable what) {
        Button check = new Button(parent, SWT.CHECK);
        check.setText(text);
        check.setToolTipText(tip);
        check.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> what.run()));
        return check;
    }

    private void createActions() {
        Action best = action("Show the Best Stimulus", "Sets the sliders to the stimulus that excites the selected channel"
                + " most, of those that were varied", IAction.AS_PUSH_BUTTON, this::best);
        Action export = action("Export…", "Writes the drawing as SVG or PNG, or the numbers as CSV", IAction.AS_PUSH_BUTTON,
                () -> exported().ifPresent(one -> one.ask(getSite().getShell())));
        pin = action("Pin", "Keep this layer, whatever is selected", IAction.AS_CHECK_BOX, () -> { });
        pin.setId(FollowingView.PIN);
        pin.setImageDescriptor(ResourceLocator.imageDescriptorFromBundle(LoupeUi.BUNDLE, "icons/pin.svg").orElse(null));
        IToolBarManager bar = getViewSite().getActionBars().getToolBarManager();
        bar.add(pin);
        IMenuManager menu = getViewSite().getActionBars().getMenuManager();
        menu.add(best);
        menu.add(export);
    }

    private static Action action(String text, String tip, int style, Runnable what) {
        Action action = new Action(text, style) {
            @Override
            public void run() {
                what.run();
            }
        };
        action.setToolTipText(tip);
        return action;
    }

    private void follow(List<?> objects) {
        if (pin.isChecked() && layer != null) {
            return;
        }
        Object selected = objects.get(0);
        if (selected instanceof UnitInNetwork unit) {
            open(unit.network(), unit.network().layer(unit.unit().layer()), unit.unit().channel());
        } else if (selected instanceof LayerInNetwork one) {
            open(one.network(), one.layer(), one.network() == network && one.layer().equals(layer) ? channel : -1);
        }
    }

    private void open(Network other, Layer otherLayer, int otherChannel) {
        boolean isNew = other != network || !otherLayer.equals(layer);
        network = other;
        layer = otherLayer;
        channel = otherChannel;
        Shape input = network.input().shape();
        if (side != Math.min(input.rows(), input.columns())) {
            side = Math.min(input.rows(), input.columns());
            familyChosen();
        }
        setPartName("Tuning " + (channel < 0 ? layer.name() : new Unit(layer.name(), channel)));
        stack.topControl = page;
        body.layout();
        bars.select(channel);
        if (isNew) {
            tuned = null;
            asked = "";
            milliseconds = Double.POSITIVE_INFINITY;
            ask();
        }
        plot.redraw();
        tell();
    }

    private void familyChosen() {
        StimulusFamily chosen;
        try {
            chosen = families.get(family.getSelectionIndex()).value();
            parameters = Stimulus.parameters(chosen, side);
        } catch (RuntimeException | LinkageError broken) {
            failed(broken);
            return;
        }
        sliders.show(parameters);
        first.removeAll();
        second.removeAll();
        second.add(NOTHING);
        parameters.forEach(parameter -> {
            first.add(parameter.label());
            second.add(parameter.label());
        });
        first.select(0);
        second.select(0);
        tuned = null;
        asked = "";
        if (layer != null) {
            ask();
        }
    }

    private LiveTuning.Question question() {
        Registered<StimulusFamily> chosen = families.get(family.getSelectionIndex());
        return new LiveTuning.Question(network, layer, chosen.shortName(), chosen.value(), sliders.setting());
    }

    /** Asks about the stimulus as the sliders are now. */
    private void ask() {
        if (layer != null && !parameters.isEmpty()) {
            answers.ask(question());
        }
    }

    private List<Sweep> sweeps() {
        List<Sweep> sweeps = new ArrayList<>();
        Parameter one = parameters.get(Math.max(0, first.getSelectionIndex()));
        sweeps.add(new Sweep(one, one.sweep()));
        if (second.getSelectionIndex() > 0 && parameters.get(second.getSelectionIndex() - 1) != one) {
            Parameter other = parameters.get(second.getSelectionIndex() - 1);
            sweeps.add(new Sweep(other, other.sweep()));
        }
        return sweeps;
    }

    private void show(LiveTuning.Answer found) {
        if (body.isDisposed() || found.question().network() != network || !found.question().layer().equals(layer)) {
            return;
        }
        answer = found;
        if (picture != null) {
            picture.dispose();
        }
        picture = new Image(body.getDisplay(), larger(Pictures.data(found.picture(), 0)));
        stimulus.redraw();
        bars.show(layer.name(), found.answers(), highest());
        tell();
        considerTurning();
    }

    /** The picture with pixels that are whole, as large as there is room. */
    private ImageData larger(ImageData data) {
        int times = Math.max(1, SIDE / Math.max(data.width, data.height));
        return data.width > SIDE || data.height > SIDE ? data.scaledTo(SIDE * data.width / Math.max(data.width, data.height),
                SIDE * data.height / Math.max(data.width, data.height)) : data.scaledTo(data.width * times,
                        data.height * times);
    }

    /** Turns at once where that takes no longer than a person waits; otherwise offers it. */
    private void considerTurning() {
        List<Sweep> sweeps = sweeps();
        String wanted = wanted(sweeps);
        if (wanted.equals(asked)) {
            plot.redraw();
            return;
        }
        int stimuli = sweeps.stream().mapToInt(sweep -> sweep.values().size()).reduce(1, (a, b) -> a * b);
        boolean isFirst = Double.isInfinite(milliseconds);
        milliseconds = Math.min(milliseconds, answer.milliseconds());
        // Many pictures together take about half as long as one by one.
        double seconds = stimuli * milliseconds / MILLISECONDS / 2;
        // A machine that is busy with other things would make anything look long.
        boolean isSmall = Costs.work(network, new Unit(layer.name(), 0), 1, stimuli) < SMALL_WORK;
        if (isFirst && seconds > LONGEST_SECONDS && !isSmall) {
            // The first time, the engine is made ready, too.
            ask();
        } else if (isSmall || seconds <= LONGEST_SECONDS) {
            turn();
        } else {
            isVarying = false;
            offer("Vary, " + Texts.about(seconds));
        }
    }

    /** What the answers depend on: everything but the parameters that are varied. */
    private String wanted(List<Sweep> sweeps) {
        StringBuilder text = new StringBuilder(layer.name() + " " + question().name() + " " + sweeps);
        sliders.setting().values().forEach((name, value) -> {
            if (sweeps.stream().noneMatch(sweep -> sweep.parameter().name().equals(name))) {
                text.append(' ').append(name).append('=').append(value);
            }
        });
        return text.toString();
    }

    private void turn() {
        if (layer == null) {
            return;
        }
        List<Sweep> sweeps = sweeps();
        asked = wanted(sweeps);
        offer("");
        isVarying = true;
        turns.ask(new LiveTuning.Turn(question(), sweeps, live.next()));
    }

    /** Gives up what takes too long, and offers it again. */
    private void stop() {
        live.next();
        isVarying = false;
        asked = "";
        offer("Vary");
    }

    private void offer(String text) {
        GridData place = (GridData) turn.getLayoutData();
        place.exclude = text.isEmpty();
        turn.setVisible(!text.isEmpty());
        turn.setText(text);
        turn.getParent().layout();
        plot.redraw();
    }

    private void show(Tuned found) {
        if (!body.isDisposed() && !found.isPartial() && layer != null && asked.equals(wanted(sweeps()))
                && found.units().get(0).layer().equals(layer.name())) {
            tuned = found;
            if (isVarying) {
                isVarying = false;
                offer("");
            }
            if (answer != null) {
                bars.show(layer.name(), answer.answers(), highest());
            }
            plot.redraw();
            tell();
        }
    }

    /** The highest answer of any channel to what was varied. */
    private double highest() {
        double highest = 0;
        for (int unit = 0; tuned != null && unit < tuned.units().size(); unit++) {
            highest = Math.max(highest, tuned.best(unit).answer());
        }
        return highest;
    }

    private void choose(int chosen) {
        channel = chosen;
        bars.select(chosen);
        plot.redraw();
        setPartName("Tuning " + new Unit(layer.name(), chosen));
        tell();
        selection.select(List.of(new UnitInNetwork(network, new Unit(layer.name(), chosen))));
    }

    private void tell() {
        if (answer == null || channel < 0 || channel >= answer.answers().channels()) {
            status.setText(answer == null ? "" : "Click a bar to select a channel");
        } else {
            String reference = tuned == null || channel >= tuned.units().size() ? ""
                    : String.format(Locale.ROOT, " of at most %.3g", tuned.best(channel).answer());
            status.setText(String.format(Locale.ROOT, "%s:%d answers %.3g%s", layer.name(), channel,
                    answer.answers().at(0, channel, 0, 0), reference));
        }
        status.setToolTipText(answer == null ? null
                : String.format(Locale.ROOT, "Painted, run and read in %.0f ms", answer.milliseconds()));
    }

    private void failed(Throwable problem) {
        if (!body.isDisposed()) {
            status.setText("That could not be computed: " + problem.getMessage());
            status.setToolTipText(problem.getMessage());
            }
    }

    private void best() {
        if (tuned != null && channel >= 0) {
            sliders.set(tuned.best(channel).setting());
            ask();
        }
    }

    private void paintStimulus(GC gc) {
        Palette palette = Palette.of(stimulus);
        Rectangle client = stimulus.getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        if (picture != null) {
            Rectangle size = picture.getBounds();
            gc.drawImage(picture, (client.width - size.width) / 2, (client.height - size.height) / 2);
        }
    }

    private void paintPlot(GC gc) {
        Palette palette = Palette.of(plot);
        Rectangle client = plot.getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        if (tuned == null) {
            gc.setForeground(palette.muted());
            gc.drawText(turn.getVisible() ? "What the layer answers to all of these is drawn here." : "Looking…", 8, 8,
                    SWT.DRAW_TRANSPARENT);
            return;
        }
        Marks.paint(gc, marks(palette, client.width, client.height));
        if (isVarying) {
            gc.setForeground(palette.muted());
            gc.drawText("Looking…", 4, client.height - gc.getFontMetrics().getHeight(), SWT.DRAW_TRANSPARENT);
        }
    }

    private List<Mark> marks(Palette palette, int width, int height) {
        int unit = channel < tuned.units().size() ? channel : -1;
        return TuningDrawing.of(tuned, unit, together.getSelection() ? TuningDrawing.Kind.LAYER : TuningDrawing.Kind.UNIT,
                palette, width, height);
    }

    private Optional<TuningExport> exported() {
        if (tuned == null) {
            return Optional.empty();
        }
        Rectangle client = plot.getClientArea();
        Palette palette = Palette.of(plot);
        return Optional.of(new TuningExport(network.name(), tuned, marks(palette, client.width, client.height), client.width,
                client.height, palette.back()));
    }

    /** What is varied and drawn now; nothing while it is being found out. */
    public Optional<Tuned> shown() {
        return Optional.ofNullable(tuned);
    }

    /** The channel that is selected here. */
    public OptionalInt channel() {
        return channel < 0 ? OptionalInt.empty() : OptionalInt.of(channel);
    }

    /** Moves a slider, as a person would. */
    public void move(String parameter, double value) {
        sliders.move(parameter, value);
    }

    /** What the channels answer to the stimulus that is shown; nothing before the first answer. */
    public Optional<float[]> answers() {
        return Optional.ofNullable(answer).map(found -> Arrays.copyOf(found.answers().values(),
                found.answers().channels()));
    }

    @Override
    public void setFocus() {
        if (stack.topControl == page) {
            bars.setFocus();
        } else {
            stack.topControl.setFocus();
        }
    }

    @Override
    public void dispose() {
        if (elsewhere != null) {
            elsewhere.close();
            answers.close();
            turns.close();
            live.next();
        }
        super.dispose();
    }
}
