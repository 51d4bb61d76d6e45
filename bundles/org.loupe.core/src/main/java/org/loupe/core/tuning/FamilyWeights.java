package org.loupe.core.tuning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.circuit.KinWeights;
import org.loupe.core.circuit.Move;
import org.loupe.core.network.Network;

/**
 * What the weights say about units that answer alike: whether those of one, moved as its answers are and given to the counterparts
 * of what it reads, are those of the other. Counterparts are found by answers, too.
 */
final class FamilyWeights {

    private final KinWeights weights;
    private final BiFunction<String, Kinship, Optional<Batch>> answers;
    private final KinSearch.Scale scale;
    private final int angles;
    private final int draws;
    private final Map<String, KinCounterparts> known = new HashMap<>();

    /**
     * @param answers what the channels of a layer answer to what a kinship is about; nothing where the work was stopped
     * @param angles  how many once around
     */
    FamilyWeights(Network network, String layer, BiFunction<String, Kinship, Optional<Batch>> answers, KinSearch.Scale scale,
            int angles, int draws) {
        this.weights = new KinWeights(network, layer);
        this.answers = answers;
        this.scale = scale;
        this.angles = angles;
        this.draws = draws;
    }

    /**
     * Compares a unit with others.
     *
     * @param by     how far the others are from it, as {@link UnitFamily.Member} tells it
     * @param tests  how many such questions are asked, for which the chance is corrected
     * @return nothing where the work was stopped
     */
    Optional<KinWeights.Likeness> of(Kinship kinship, int channel, List<Integer> others, List<Double> by, int tests,
            Draws random) {
        List<String> read = weights.read(IntStream.concat(IntStream.of(channel), others.stream().mapToInt(one -> one)).boxed()
                .toList());
        for (String layer : read) {
            if (known.get(layer + kinship) == null) {
                Optional<Batch> found = answers.apply(layer, kinship);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                known.put(layer + kinship, new KinCounterparts(found.get()));
            }
        }
        List<KinWeights.Kin> kin = IntStream.range(0, others.size()).mapToObj(i -> new KinWeights.Kin(others.get(i),
                move(kinship, by.get(i)), counterparts(kinship, by.get(i), read))).toList();
        KinWeights.Likeness found = weights.compare(channel, kin, draws, random);
        return Optional.of(new KinWeights.Likeness(found.cosines(), Math.min(1, tests * found.chance())));
    }

    private Map<Unit, Unit> counterparts(Kinship kinship, double by, List<String> read) {
        Map<Unit, Unit> counterparts = new HashMap<>();
        for (String layer : read) {
            int[] of = known.get(layer + kinship).of(kinship, steps(kinship, by), scale);
            for (int channel = 0; channel < of.length; channel++) {
                counterparts.put(new Unit(layer, channel), new Unit(layer, of[channel]));
            }
        }
        return counterparts;
    }

    private int steps(Kinship kinship, double by) {
        return switch (kinship) {
            case ROTATION, HUE -> (int) Math.round(by * angles / 360);
            case MIRROR -> angles / 2;
            case SCALE -> (int) Math.round(Math.log(by) / Math.log(scale.factor()));
        };
    }

    private static Move move(Kinship kinship, double by) {
        return switch (kinship) {
            case ROTATION -> Move.turn(by);
            case MIRROR -> Move.mirror();
            case SCALE -> Move.scale(by);
            case HUE -> Move.turn(0);
        };
    }
}
