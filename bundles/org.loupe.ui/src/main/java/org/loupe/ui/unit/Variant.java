package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Unit;
import org.loupe.core.visualize.Visualize;

/**
 * One of several ways to ask for the picture of a unit.
 *
 * @param name      what a person calls it
 * @param arguments how it is asked for
 */
record Variant(String name, Visualize.Arguments arguments) {

    private static final int OTHER_SEEDS = 3;

    /**
     * All ways that are offered: the unit's own position where it has one, the channel, the neuron in its centre, and
     * the first of these that is meant with other random numbers.
     *
     * @param neuron whether rather the neuron in the centre is meant than the whole channel
     * @param steps  number of optimisation steps
     */
    static List<Variant> of(Unit unit, boolean neuron, int steps) {
        List<Variant> variants = new ArrayList<>();
        String channel = unit.at(Unit.EVERYWHERE).toString();
        boolean hasPosition = unit.place() instanceof Unit.Position;
        if (unit.place() instanceof Unit.Position position) {
            variants.add(new Variant("Row " + position.row() + ", column " + position.column(),
                    arguments(unit.toString(), false, steps, 0)));
        }
        variants.add(new Variant("Channel", arguments(channel, false, steps, 0)));
        variants.add(new Variant("Centre", arguments(channel, true, steps, 0)));
        Variant meant = variants.get(meant(unit, neuron));
        for (int seed = 1; seed <= OTHER_SEEDS; seed++) {
            variants.add(new Variant("Seed " + seed, arguments(meant.arguments.units().get(0),
                    !hasPosition && meant.arguments.neuron(), steps, seed)));
        }
        return List.copyOf(variants);
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
