package org.loupe.core.objective;

import java.util.Optional;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/**
 * The activation of one unit: the mean over a channel's map, or the value at one position (a neuron).
 * These are the “channel” and “neuron” objectives of Olah, Mordvintsev and Schubert 2017.
 *
 * @param unit which unit
 * @param beforeNonlinearity whether to look at what goes into the layer's nonlinearity
 */
public record ChannelObjective(Unit unit, boolean beforeNonlinearity) implements Objective {

    /** The unit's activation behind its nonlinearity. */
    public ChannelObjective(Unit unit) {
        this(unit, false);
    }

    private Tap tap() {
        return new Tap(unit.layer(), beforeNonlinearity);
    }

    @Override
    public Set<Tap> taps() {
        return Set.of(tap());
    }

    @Override
    public Optional<Set<Integer>> channels(Tap tap) {
        return Optional.of(Set.of(unit.channel()));
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap());
        float[] slope = gradient.at(tap()).values();
        Optional<Unit.Position> position = unit.position(at.rows(), at.columns());
        if (position.isPresent()) {
            int index = at.index(image, unit.channel(), position.get().row(), position.get().column());
            slope[index] += (float) weight;
            return at.values()[index];
        }
        int from = at.offset(image, unit.channel());
        double sum = 0;
        for (int i = from; i < from + at.area(); i++) {
            sum += at.values()[i];
            slope[i] += (float) (weight / at.area());
        }
        return sum / at.area();
    }

    @Override
    public void require(Network network) {
        network.require(unit);
    }

    @Override
    public Objective beforeActivation() {
        return new ChannelObjective(unit, true);
    }

    /** Such as {@code mixed4a:12} or {@code mixed4a.pre:12@centre}. */
    @Override
    public String toString() {
        return tap() + unit.toString().substring(unit.layer().length());
    }
}
