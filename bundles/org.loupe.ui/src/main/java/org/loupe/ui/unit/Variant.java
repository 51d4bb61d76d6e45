package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.loupe.core.Arguments;
import org.loupe.core.Preset;
import org.loupe.core.Unit;
import org.loupe.core.visualize.Visualize;
import org.loupe.ui.UnitInNetwork;

/**
 * One of several ways to ask for the picture of a unit.
 *
 * @param name      what a person calls it
 * @param arguments how it is asked for
 */
record Variant(String name, Visualize.Arguments arguments) {

    private static final int OTHER_SEEDS = 3;

    /**
     * All ways that are offered: the unit's own position where it has one, the channel, the neuron in its centre, the
     * first of these that is meant with other random numbers, what it likes least, and the ways of making it that have a
     * name of their own.
     *
     * @param neuron whether rather the neuron in the centre is meant than the whole channel
     * @param steps  number of optimisation steps
     */
    static List<Variant> of(UnitInNetwork subject, boolean neuron, int steps) {
        Unit unit = subject.unit();
        List<Variant> variants = new ArrayList<>();
        String channel = unit.at(Unit.EVERYWHERE).toString();
        boolean hasPosition = unit.place() instanceof Unit.Position;
        if (unit.place() instanceof Unit.Position position) {
            variants.add(new Variant("Row " + position.row() + ", column " + position.column(),
                    arguments(unit.toString(), false, steps, 0)));
        }
        variants.add(new Variant("Channel", arguments(channel, false, steps, 0)));
        variants.add(new Variant("Centre", arguments(channel, true, steps, 0)));
        Visualize.Arguments meant = variants.get(meant(unit, neuron)).arguments;
        boolean ofNeuron = !hasPosition && meant.neuron();
        for (int seed = 1; seed <= OTHER_SEEDS; seed++) {
            variants.add(new Variant("Seed " + seed, arguments(meant.units().get(0), ofNeuron, steps, seed)));
        }
        variants.add(new Variant("Negative", arguments("-" + before(subject, meant.units().get(0)), ofNeuron, steps, 0)));
        variants.add(new Variant("Alpha", preset("transparent", meant, Map.of("steps", String.valueOf(steps)))));
        variants.add(new Variant("MACO", preset("maco", meant, Map.of())));
        if (Visualize.hasKernel(subject.network(), unit)) {
            variants.add(new Variant("Kernel", preset("kernel", meant, Map.of())));
        }
        return List.copyOf(variants);
    }

    /** Behind a rectification a unit cannot dislike anything: there, all that it does not like is zero. */
    private static String before(UnitInNetwork subject, String unit) {
        String layer = subject.unit().layer();
        return subject.network().layer(layer).hasActivation() ? layer + ".pre" + unit.substring(layer.length()) : unit;
    }

    /** The same unit as a preset makes it. */
    private static Visualize.Arguments preset(String name, Visualize.Arguments meant, Map<String, String> others) {
        Preset preset = new Visualize().presets().stream().filter(one -> one.name().equals(name)).findFirst()
                .orElseThrow();
        Map<String, String> texts = new HashMap<>(preset.arguments());
        texts.putAll(others);
        texts.put("units", String.join("\n", meant.units()));
        texts.put("neuron", String.valueOf(meant.neuron()));
        return Arguments.record(Visualize.Arguments.class, texts);
    }

    /** What is not as usual, such as “start 17, steps 60”; empty where all is. */
    String how() {
        Map<String, String> usual = Arguments.text(Visualize.Arguments.of(arguments.units().toArray(String[]::new)));
        Map<String, String> own = Arguments.text(arguments);
        return Arguments.fields(Visualize.Arguments.class).stream().filter(field -> !own.get(field.name()).equals(
                usual.get(field.name()))).map(field -> field.about().label().toLowerCase(Locale.ROOT)
                        + (field.type() == boolean.class ? "" : " " + own.get(field.name()))).collect(Collectors.joining(", "));
    }

    /** Index of the one that is meant when nothing else is said. */
    static int meant(Unit unit, boolean neuron) {
        if (unit.place() instanceof Unit.Position) {
            return 0;
        }
        return neuron || unit.place() instanceof Unit.Centre ? 1 : 0;
    }

    private static Visualize.Arguments arguments(String unit, boolean neuron, int steps, long seed) {
        Visualize.Arguments usual = Visualize.Arguments.of(unit);
        return new Visualize.Arguments(usual.units(), neuron, steps, usual.size(), usual.space(), usual.robustness(),
                usual.rate(), seed);
    }
}
