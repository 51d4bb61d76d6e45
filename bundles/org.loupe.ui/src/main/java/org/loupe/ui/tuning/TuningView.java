package org.loupe.ui.tuning;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
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
import org.loupe.ui.widgets.MenuAction;
import org.loupe.ui.widgets.StateMessage;
import org.loupe.ui.widgets.Texts;

/**
 * Stimuli that a person turns, and what every channel of the selected layer answers at once; below, what it answers while
 * one or two parameters run through all of their values.
 */
public final class TuningView extends ViewPart {

    private static final int COLUMN = 196;
    private static final double LONGEST_SECONDS = 2;
    private static final double MILLISECONDS = 1000;
    private static final double SMALL_WORK = 5e9;

    private final StackLayout stack = new StackLayout();
    private final SelectionSource selection = new SelectionSource();
    private Laboratory laboratory;
    private List<Registered<StimulusFamily>> families;
    private Composite body;
    private Composite page;
    private Combo family;
    private SweepBar sweeps;
    private ParameterSliders sliders;
    private StimulusCanvas stimulus;
    private AnswerBars bars;
    private TuningPlot plot;
    private Button turn;
    private AnswerLine status;
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
                problem -> {
                    stop();
                    failed(problem);
                });
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
        stimulus = new StimulusCanvas(right);
        GridDataFactory.fillDefaults().hint(StimulusCanvas.SIDE, StimulusCanvas.SIDE).applyTo(stimulus);
        bars = new AnswerBars(right, this::choose);
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, StimulusCanvas.SIDE).applyTo(bars);
        status = new AnswerLine(right, laboratory, found -> plot.mark(found));
        sweeps = new SweepBar(right, this::ask);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).applyTo(sweeps);
        together = sweeps.check("Layer", "All channels that prefer an angle, together", () -> plot.draw(
                together.getSelection() ? TuningDrawing.Kind.LAYER : TuningDrawing.Kind.UNIT));
        sort = sweeps.check("Sort", "Strongest answers first", () -> bars.sort(sort.getSelection()));
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
        plot = new TuningPlot(right, this::see);
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).hint(SWT.DEFAULT, 120).applyTo(plot);
    }

    private void createActions() {
        Action best = new MenuAction("Show the Best Stimulus", this::best);
        best.setToolTipText("Sets the sliders to the stimulus that excites the selected channel most, of those that were varied");
        Action export = new MenuAction("Export…", () -> Optional.ofNullable(network).flatMap(one -> plot.export(one.name()))
                .ifPresent(one -> one.ask(getSite().getShell())));
        export.setToolTipText("Writes the drawing as SVG or PNG, or the numbers as CSV");
        pin = new Action("Pin", IAction.AS_CHECK_BOX) { };
        pin.setToolTipText("Keep this layer, whatever is selected");
        pin.setId(FollowingView.PIN);
        pin.setImageDescriptor(ResourceLocator.imageDescriptorFromBundle(LoupeUi.BUNDLE, "icons/pin.svg").orElse(null));
        IToolBarManager bar = getViewSite().getActionBars().getToolBarManager();
        bar.add(pin);
        IMenuManager menu = getViewSite().getActionBars().getMenuManager();
        menu.add(best);
        menu.add(export);
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
        plot.select(channel);
        if (isNew) {
            answer = null;
            bars.clear();
            forgetTuned();
            milliseconds = Double.POSITIVE_INFINITY;
            ask();
        }
        tell();
    }

    private void forgetTuned() {
        tuned = null;
        asked = "";
        live.next();
        plot.show(null);
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
        sweeps.show(parameters);
        forgetTuned();
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

    private void show(LiveTuning.Answer found) {
        if (body.isDisposed() || found.question().network() != network || !found.question().layer().equals(layer)) {
            return;
        }
        answer = found;
        stimulus.show(found.picture());
        plot.mark(found.question().setting());
        bars.show(layer.name(), found.answers(), highest());
        tell();
        considerTurning();
    }

    /** Turns at once where that takes no longer than a person waits; otherwise offers it. */
    private void considerTurning() {
        List<Sweep> varied = sweeps.sweeps();
        String wanted = question().besides(varied);
        if (wanted.equals(asked)) {
            return;
        }
        int stimuli = varied.stream().mapToInt(sweep -> sweep.values().size()).reduce(1, (a, b) -> a * b);
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

    private void turn() {
        if (layer == null) {
            return;
        }
        List<Sweep> varied = sweeps.sweeps();
        asked = question().besides(varied);
        isVarying = true;
        offer("");
        turns.ask(new LiveTuning.Turn(question(), varied, live.next()));
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
        plot.tell(isVarying, !text.isEmpty());
    }

    private void show(Tuned found) {
        if (!body.isDisposed() && !found.isPartial() && layer != null && asked.equals(question().besides(sweeps.sweeps()))
                && found.units().get(0).layer().equals(layer.name())) {
            tuned = found;
            plot.show(found);
            if (isVarying) {
                isVarying = false;
                offer("");
            }
            if (answer != null) {
                bars.show(layer.name(), answer.answers(), highest());
            }
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
        plot.select(chosen);
        setPartName("Tuning " + new Unit(layer.name(), chosen));
        tell();
        selection.select(List.of(new UnitInNetwork(network, new Unit(layer.name(), chosen))));
    }

    private void tell() {
        if (answer == null || channel < 0 || channel >= answer.answers().channels()) {
            status.say(answer == null ? "" : "Click a bar to select a channel", null);
        } else {
            OptionalDouble highest = tuned == null || channel >= tuned.units().size() ? OptionalDouble.empty()
                    : OptionalDouble.of(tuned.best(channel).answer());
            status.tell(new AnswerLine.Answer(network, new Unit(layer.name(), channel),
                    answer.answers().at(0, channel, 0, 0), highest, answer.milliseconds()));
        }
    }

    private void failed(Throwable problem) {
        if (!body.isDisposed()) {
            status.say("That could not be computed: " + problem.getMessage(), problem.getMessage());
        }
    }

    /** Sets the sliders to what a person has pointed at. */
    private void see(Map<Parameter, Double> values) {
        Setting setting = sliders.setting();
        for (Map.Entry<Parameter, Double> one : values.entrySet()) {
            setting = setting.with(one.getKey(), one.getValue());
        }
        sliders.set(setting);
        ask();
    }

    private void best() {
        if (tuned != null && channel >= 0 && channel < tuned.units().size()) {
            sliders.set(tuned.best(channel).setting());
            ask();
        }
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
