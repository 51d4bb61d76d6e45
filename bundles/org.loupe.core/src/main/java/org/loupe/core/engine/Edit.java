package org.loupe.core.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;

/**
 * A change of activations while a pass goes on: ablation, replacement, patching or steering.
 *
 * <p>At the given place, an activation {@code a} becomes {@code keep * a + weight * substitute}; whatever is computed
 * from it, and every tap there, sees the new value. Gradients go through: {@code keep} times that behind the edit goes
 * on below it, and a substitute that reads other taps sends its share there. Edits of the same place are made in their
 * order. Edits are values: they are equal when they mean the same, and {@link #toString()} is the spelling that
 * {@link EditText} reads, unless Java code computes the substitute.
 *
 * @param where      what is changed
 * @param keep       how much of the activation stays; 0 for none, also where it is no number
 * @param weight     what the substitute is multiplied by
 * @param substitute what comes instead, or in addition
 */
public record Edit(Where where, double keep, double weight, Substitute substitute) {

    /**
     * What an edit changes.
     *
     * @param tap      before or behind the nonlinearity of a layer
     * @param channels which channels, in the order of the values given for them; an empty list for all
     * @param place    all positions of their maps, or one
     */
    public record Where(Tap tap, List<Integer> channels, Unit.Place place) {

        public Where {
            channels = List.copyOf(channels);
            if (channels.stream().anyMatch(channel -> channel < 0)
                    || new HashSet<>(channels).size() < channels.size()) {
                throw new IllegalArgumentException("An edit cannot change the channels " + channels
                        + "; each is at least 0 and there once");
            }
        }

        /** A whole layer. */
        public static Where layer(Tap tap) {
            return new Where(tap, List.of(), Unit.EVERYWHERE);
        }

        /** A unit, behind its nonlinearity. */
        public static Where unit(Unit unit) {
            return new Where(Tap.after(unit.layer()), List.of(unit.channel()), unit.place());
        }

        /** The same in front of the layer's nonlinearity. */
        public Where beforeActivation() {
            return new Where(Tap.before(tap.layer()), channels, place);
        }

        /** The channels that are changed, of so many that there are. */
        int[] channels(int all) {
            return channels.isEmpty() ? IntStream.range(0, all).toArray()
                    : channels.stream().mapToInt(Integer::intValue).toArray();
        }

        /** Such as {@code mixed4a}, {@code mixed4a.pre:97} or {@code mixed4a:{3,97}@3,5}. */
        @Override
        public String toString() {
            String which = channels.isEmpty() ? "" : channels.size() == 1 ? ":" + channels.get(0)
                    : ":" + channels.toString().replace(" ", "").replace('[', '{').replace(']', '}');
            return tap + which + place;
        }
    }

    /** What comes instead of an activation. */
    public sealed interface Substitute permits Constant, Noise, Given, HandWritten, Computed {
    }

    /**
     * The same number at all positions.
     *
     * @param values one for all channels, or one for each channel that is changed
     */
    public record Constant(List<Double> values) implements Substitute {
        public Constant {
            values = List.copyOf(values);
            if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("No activation can be replaced by the constants " + values);
            }
        }

        @Override
        public String toString() {
            return values.size() == 1 ? EditText.number(values.get(0)) : EditText.braced(values);
        }
    }

    /**
     * Random numbers of the normal distribution around 0. Each picture's number in the batch, channel and position has
     * its own, which is the same on every engine and whatever else is edited.
     *
     * @param deviation standard deviation, at least 0
     */
    public record Noise(double deviation, long seed) implements Substitute {
        public Noise {
            if (!(deviation >= 0) || !Double.isFinite(deviation)) {
                throw new IllegalArgumentException("Noise cannot have the standard deviation " + deviation);
            }
        }

        @Override
        public String toString() {
            return "noise(" + EditText.number(deviation) + ", " + seed + ")";
        }
    }

    /**
     * Given numbers, such as another picture's activations.
     *
     * @param values of the shape (image, channel, row, column): for one image that counts for all, or for each; for the
     *               channels that are changed; for all positions of the map, or the one that is changed
     */
    public record Given(Batch values) implements Substitute {
        @Override
        public String toString() {
            return EditText.written(values);
        }
    }

    /** What Java code computes from taps; it prints, but its print does not read back. */
    public record Computed(EditFunction function) implements Substitute {
        @Override
        public String toString() {
            return "computed(" + function + ")";
        }
    }

    private static final Constant NOTHING = new Constant(List.of(0.0));

    public Edit {
        if (!Double.isFinite(keep) || !Double.isFinite(weight)) {
            throw new IllegalArgumentException("An edit of " + where + " cannot keep " + keep + " and weigh by " + weight);
        }
    }

    /** Silences what is there. */
    public static Edit zero(Where where) {
        return new Edit(where, 0, 1, NOTHING);
    }

    /** Replaces by a number. */
    public static Edit constant(Where where, double value) {
        return new Edit(where, 0, 1, new Constant(List.of(value)));
    }

    /**
     * Replaces each channel by a number of its own, such as its mean over many pictures.
     *
     * @param values in the order of the channels
     */
    public static Edit mean(Where where, List<Double> values) {
        return new Edit(where, 0, 1, new Constant(values));
    }

    /** Adds random numbers. */
    public static Edit noise(Where where, double deviation, long seed) {
        return new Edit(where, 1, 1, new Noise(deviation, seed));
    }

    /** Multiplies by a number. */
    public static Edit scale(Where where, double factor) {
        return new Edit(where, factor, 1, NOTHING);
    }

    /** Replaces by something else. */
    public static Edit replace(Where where, Substitute substitute) {
        return new Edit(where, 0, 1, substitute);
    }

    /** Adds a multiple of something else. */
    public static Edit add(Where where, double weight, Substitute substitute) {
        return new Edit(where, 1, weight, substitute);
    }

    /**
     * Replaces by what other pictures have there.
     *
     * @param where  channels and place
     * @param donors what was read at the same tap: of one picture, or of as many as will be shown
     */
    public static Edit splice(Where where, Batch donors) {
        int[] channels = where.channels(donors.channels());
        Unit.Position only = new Unit("any", 0, where.place()).position(donors.rows(), donors.columns()).orElse(null);
        Batch values = only == null ? Batch.zeros(donors.images(), channels.length, donors.rows(), donors.columns())
                : Batch.zeros(donors.images(), channels.length, 1, 1);
        for (int image = 0; image < donors.images(); image++) {
            for (int i = 0; i < channels.length; i++) {
                if (channels[i] >= donors.channels()
                        || only != null && (only.row() >= donors.rows() || only.column() >= donors.columns())) {
                    throw new IllegalArgumentException("Activations of the shape " + donors + " do not have " + where);
                }
                int from = only == null ? donors.offset(image, channels[i])
                        : donors.index(image, channels[i], only.row(), only.column());
                System.arraycopy(donors.values(), from, values.values(), values.offset(image, i), values.area());
            }
        }
        return new Edit(where, 0, 1, new Given(values));
    }

    /**
     * The same edit, made only in part.
     *
     * @param strength 0 changes nothing, 1 is this edit
     */
    public Edit withStrength(double strength) {
        return new Edit(where, 1 - strength + strength * keep, strength * weight, substitute);
    }

    /** The taps that the substitute reads. */
    public Set<Tap> reads() {
        return function() == null ? Set.of() : function().taps();
    }

    /** What computes the substitute, or null where it is known before. */
    EditFunction function() {
        return substitute instanceof HandWritten unit ? unit
                : substitute instanceof Computed computed ? computed.function() : null;
    }

    /**
     * Checks that all that this edit changes and reads is in a network.
     *
     * @throws NetworkException saying what there is instead
     */
    public void require(Network network) {
        network.source(where.tap());
        int all = network.shape(network.layer(where.tap().layer())).channels();
        for (int channel : where.channels(all)) {
            network.require(new Unit(where.tap().layer(), channel, where.place()));
        }
        reads().forEach(network::source);
    }

    /** Such as {@code mixed4a:97 = 0} or {@code mixed4a:97 = 0.5 * itself + 0.5 * noise(1, 7)}. */
    @Override
    public String toString() {
        String more = (weight == 1 ? "" : EditText.number(weight) + " * ")
                + (weight != 1 && substitute instanceof Constant constant ? EditText.braced(constant.values()) : substitute);
        String kept = keep == 1 ? "itself" : EditText.number(keep) + " * itself";
        return where + " = " + (keep == 0 ? more : weight == 1 && substitute.equals(NOTHING) ? kept : kept + " + " + more);
    }
}
