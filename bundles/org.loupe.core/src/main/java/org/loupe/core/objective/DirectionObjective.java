package org.loupe.core.objective;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

/**
 * How far activations reach along a direction, as a mean over positions or at one of them:
 * {@code d * max(0.1, cos)^power} with {@code d = h . v} and {@code cos = d / ((e + |h|) (e + |v|))}.
 *
 * <p>A power above 0 prefers activations that point where the direction points over ones that are merely large
 * (the “direction” objectives of Lucid; activation atlas, Carter et al. 2019).
 *
 * @param tap    where to look
 * @param vector the direction's components by channel, all others 0; at least one is not 0
 * @param place  all positions or one
 * @param power  of the cosine, 0 or more
 */
public record DirectionObjective(Tap tap, SortedMap<Integer, Double> vector, Unit.Place place, double power)
        implements Objective {

    private static final double EPSILON = 1e-4;
    private static final double LEAST_COSINE = 0.1;

    public DirectionObjective {
        vector = Collections.unmodifiableSortedMap(new TreeMap<>(vector));
        if (vector.values().stream().allMatch(component -> component == 0)
                || !vector.values().stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("A direction has at least one component that is not 0: " + vector);
        }
        if (!(power >= 0) || Double.isInfinite(power)) {
            throw new IllegalArgumentException("The power of a cosine is 0 or more, not " + power);
        }
    }

    @Override
    public Set<Tap> taps() {
        return Set.of(tap);
    }

    /** With a power, the length of the whole vector of activations counts. */
    @Override
    public Optional<Set<Integer>> channels(Tap tap) {
        return power == 0 ? Optional.of(vector.keySet()) : Optional.empty();
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        Batch at = activations.at(tap);
        Batch slope = gradient.at(tap);
        Optional<Unit.Position> only = new Unit(tap.layer(), 0, place).position(at.rows(), at.columns());
        if (only.isPresent()) {
            int position = only.get().row() * at.columns() + only.get().column();
            return score(image, position, at, weight, slope);
        }
        double sum = 0;
        for (int position = 0; position < at.area(); position++) {
            sum += score(image, position, at, weight / at.area(), slope);
        }
        return sum / at.area();
    }

    private double score(int image, int position, Batch at, double weight, Batch slope) {
        double along = 0;
        for (Map.Entry<Integer, Double> component : vector.entrySet()) {
            along += component.getValue() * at.values()[at.offset(image, component.getKey()) + position];
        }
        if (power == 0) {
            addVector(image, position, weight, slope);
            return along;
        }
        double square = 0;
        for (int channel = 0; channel < at.channels(); channel++) {
            double value = at.values()[at.offset(image, channel) + position];
            square += value * value;
        }
        double length = Math.sqrt(square);
        double lengths = (EPSILON + length) * (EPSILON + vectorLength());
        double cosine = Math.max(LEAST_COSINE, along / lengths);
        double factor = Math.pow(cosine, power);
        double alongVector = factor;
        if (cosine > LEAST_COSINE) {
            double outer = along * power * Math.pow(cosine, power - 1);
            alongVector += outer / lengths;
            double alongActivation = length == 0 ? 0 : -outer * along / (lengths * (EPSILON + length) * length);
            for (int channel = 0; channel < at.channels(); channel++) {
                int index = at.offset(image, channel) + position;
                slope.values()[index] += (float) (weight * alongActivation * at.values()[index]);
            }
        }
        addVector(image, position, weight * alongVector, slope);
        return along * factor;
    }

    private void addVector(int image, int position, double weight, Batch slope) {
        for (Map.Entry<Integer, Double> component : vector.entrySet()) {
            slope.values()[slope.offset(image, component.getKey()) + position] +=
                    (float) (weight * component.getValue());
        }
    }

    private double vectorLength() {
        double square = 0;
        for (double component : vector.values()) {
            square += component * component;
        }
        return Math.sqrt(square);
    }

    @Override
    public void require(Network network) {
        network.require(new Unit(tap.layer(), vector.lastKey(), place));
    }

    @Override
    public Objective beforeActivation() {
        return new DirectionObjective(Tap.before(tap.layer()), vector, place, power);
    }

    /** Such as {@code mixed4a:{3=0.5,12=1}@centre^2}. */
    @Override
    public String toString() {
        String components = vector.entrySet().stream()
                .map(component -> component.getKey() + "=" + SumObjective.number(component.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return tap + ":" + components + place + (power == 0 ? "" : "^" + SumObjective.number(power));
    }
}
