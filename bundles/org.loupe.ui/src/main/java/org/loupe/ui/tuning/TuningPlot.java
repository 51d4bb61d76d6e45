package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Tuned;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Texts;

/** Draws what a channel, or the whole layer, answers while parameters run through their values. */
final class TuningPlot extends Canvas {

    private static final String LOOKING = "Looking…";
    private static final double TICK = 6;

    private Tuned tuned;
    private int channel = -1;
    private TuningDrawing.Kind kind = TuningDrawing.Kind.UNIT;
    private AnswerLine.Ranked ranked;
    private Setting now;
    private boolean isLooking;
    private boolean isOffered;

    /** @param pointed receives the values at which a person has clicked, one or two of them by parameter */
    TuningPlot(Composite parent, Consumer<Map<Parameter, Double>> pointed) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        addPaintListener(event -> paint(event.gc));
        addListener(SWT.MouseMove, event -> hover(event.x, event.y));
        addListener(SWT.MouseDown, event -> at(event.x, event.y).ifPresent(place -> pointed.accept(values(place))));
    }

    /** Marks where the sliders are. */
    void mark(Setting other) {
        if (!other.equals(now)) {
            now = other;
            redraw();
        }
    }

    private Optional<List<Integer>> at(int across, int down) {
        Rectangle client = getClientArea();
        return Optional.ofNullable(tuned).flatMap(shown -> SweepPlaces.of(shown, client.width, client.height).at(across, down));
    }

    private Map<Parameter, Double> values(List<Integer> place) {
        Map<Parameter, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < place.size(); i++) {
            Sweep sweep = tuned.sweeps().get(i);
            values.put(sweep.parameter(), sweep.values().get(place.get(i)));
        }
        return values;
    }

    private void hover(int across, int down) {
        String tip = at(across, down).map(this::tip).orElse(null);
        if (!Objects.equals(tip, getToolTipText())) {
            setToolTipText(tip);
        }
    }

    /** The values at a place with the answer there, such as “Orientation 195°, Radius 12 px: mixed3b:57 answers 2.96”. */
    private String tip(List<Integer> place) {
        String words = IntStream.range(0, place.size()).mapToObj(i -> {
            Sweep sweep = tuned.sweeps().get(i);
            return sweep.parameter().label() + " " + SweepPlaces.words(sweep, sweep.values().get(place.get(i)));
        }).collect(Collectors.joining(", "));
        return channel < 0 || channel >= tuned.units().size() ? words : words + ": " + tuned.units().get(channel) + " answers "
                + Texts.number(tuned.answers().at(0, channel, place.get(0), place.size() > 1 ? place.get(1) : 0));
    }

    /** Draws other answers; {@code null} where there are none. */
    void show(Tuned other) {
        tuned = other;
        redraw();
    }

    /** Draws another channel; below 0 for none. */
    void select(int other) {
        channel = other;
        redraw();
    }

    /** Marks what pictures evoke of a unit. */
    void mark(AnswerLine.Ranked found) {
        if (!isDisposed() && !found.equals(ranked)) {
            ranked = found;
            redraw();
        }
    }

    /** Draws one channel, or all that prefer an angle together. */
    void draw(TuningDrawing.Kind other) {
        kind = other;
        redraw();
    }

    /**
     * Says what will be here.
     *
     * @param looking whether answers are being found
     * @param offered whether a person can ask for them, or stop the asking
     */
    void tell(boolean looking, boolean offered) {
        isLooking = looking;
        isOffered = offered;
        redraw();
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        if (tuned == null) {
            gc.setForeground(palette.muted());
            gc.drawText(isOffered ? "What the layer answers to all of these is drawn here." : LOOKING, 8, 8,
                    SWT.DRAW_TRANSPARENT);
            return;
        }
        List<Mark> marks = new ArrayList<>(marks(palette, client));
        marks.addAll(sliders(palette, client));
        Marks.paint(gc, marks);
        if (isLooking) {
            gc.setForeground(palette.muted());
            gc.drawText(LOOKING, 4, client.height - gc.getFontMetrics().getHeight(), SWT.DRAW_TRANSPARENT);
        }
    }

    private List<Mark> marks(Palette palette, Rectangle client) {
        int unit = channel < tuned.units().size() ? channel : -1;
        return TuningDrawing.of(tuned, unit, kind, palette, client.width, client.height, unit >= 0 && ranked != null
                && ranked.unit().equals(tuned.units().get(unit)) ? ranked.strong() : OptionalDouble.empty());
    }

    /** A tick beside the circle, a line, or a cross, where the sliders are. */
    private List<Mark> sliders(Palette palette, Rectangle client) {
        SweepPlaces places = SweepPlaces.of(tuned, client.width, client.height);
        if (now == null || places.sweeps().stream().anyMatch(sweep -> !now.values().containsKey(sweep.parameter().name()))) {
            return List.of();
        }
        RGB colour = palette.foreground().getRGB();
        Sweep first = places.sweeps().get(0);
        double value = now.of(first.parameter().name());
        if (places.isCircle()) {
            double turn = places.turn(value);
            return List.of(new Mark.Line(Stream.of(places.radius() - TICK, places.radius() + TICK).flatMap(away -> Stream.of(
                    places.middleAcross() + away * Math.cos(turn), places.middleDown() + away * Math.sin(turn))).toList(), colour, 2,
                    false));
        }
        Optional<Double> across = SweepPlaces.index(first, value).map(places::across);
        if (!places.isMap()) {
            return across.map(at -> List.<Mark>of(new Mark.Line(List.of(at, places.top(), at, places.bottom()), colour, 1, true)))
                    .orElse(List.of());
        }
        Sweep second = places.sweeps().get(1);
        Optional<Double> down = SweepPlaces.index(second, now.of(second.parameter().name())).map(places::down);
        if (across.isEmpty() || down.isEmpty()) {
            return List.of();
        }
        double right = across.get();
        double below = down.get();
        return List.of(new Mark.Line(List.of(right - TICK, below, right + TICK, below), colour, 1.5, false),
                new Mark.Line(List.of(right, below - TICK, right, below + TICK), colour, 1.5, false));
    }

    /** What is drawn, to be taken out of the workbench; nothing where there are no answers. */
    Optional<TuningExport> export(String network) {
        Palette palette = Palette.of(this);
        Rectangle client = getClientArea();
        return Optional.ofNullable(tuned).map(shown -> new TuningExport(network, shown, marks(palette, client), client.width,
                client.height, palette.back()));
    }
}
