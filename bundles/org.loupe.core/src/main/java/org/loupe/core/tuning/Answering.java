package org.loupe.core.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Gaze;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.stimulus.Stimulus;

/** Shows units stimuli that lie where they look, and reads what they answer there. Holds no native memory of its own. */
public final class Answering {

    private static final int MOST_TOGETHER = 32;
    private static final long MOST_BYTES = 1L << 27;

    private final Session session;
    private final List<Unit> units;
    private final int reach;
    private final List<Group> groups;

    /** Units that are shown the same pictures: those of one layer that look at one place. */
    private record Group(Layer layer, Unit.Position position, Gaze gaze, List<Integer> members) {
        Set<Tap> taps() {
            return Set.of(Tap.after(layer.name()), Tap.before(layer.name()));
        }
    }

    private record Spot(String layer, Unit.Position position) {
    }

    /**
     * Prepares to ask some units.
     *
     * @param reach how many positions to each side of where a unit is are looked at, too; the largest answer counts
     * @throws NetworkException when the network has no such unit
     */
    public Answering(Session session, List<Unit> units, int reach) {
        this.session = session;
        this.units = List.copyOf(units);
        this.reach = reach;
        Network network = session.network();
        Map<Spot, List<Integer>> spots = new LinkedHashMap<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            Shape shape = network.shape(network.require(unit));
            Unit.Position position = (unit.isChannel() ? unit.at(Unit.CENTRE) : unit).position(shape.rows(), shape.columns())
                    .orElseThrow();
            spots.computeIfAbsent(new Spot(unit.layer(), position), spot -> new ArrayList<>()).add(i);
        }
        this.groups = spots.entrySet().stream().map(entry -> {
            Spot spot = entry.getKey();
            Gaze gaze = Gaze.of(network, Tap.after(spot.layer()), spot.position().row(), spot.position().column());
            return new Group(network.layer(spot.layer()), spot.position(), gaze, entry.getValue());
        }).toList();
    }

    /**
     * The units that words mean: a unit, or all channels of a layer. None is named twice.
     *
     * @throws NetworkException         when there is no such unit or layer
     * @throws IllegalArgumentException when a word is neither
     */
    public static List<Unit> units(Network network, List<String> words) {
        Set<Unit> found = new LinkedHashSet<>();
        for (String word : words) {
            if (word.contains(":")) {
                Unit unit = Unit.parse(word);
                network.require(unit);
                found.add(unit);
            } else {
                Layer layer = network.layer(word.strip());
                for (int channel = 0; channel < network.shape(layer).channels(); channel++) {
                    found.add(new Unit(layer.name(), channel));
                }
            }
        }
        return List.copyOf(found);
    }

    /** The units, in order. */
    public List<Unit> units() {
        return units;
    }

    /**
     * Asks all units about all stimuli.
     *
     * @param answers where to write, of shape (2, unit, ...) with as many places as there are stimuli: what comes out of the
     *                layer's nonlinearity, then what goes into it
     * @param after   called now and then, when answers are there
     * @return whether everything was done; false when the progress said to stop
     */
    public boolean answer(List<Stimulus> stimuli, Batch answers, Progress progress, Runnable after) {
        long total = (long) stimuli.size() * groups.size();
        long done = 0;
        for (Group group : groups) {
            int together = together(group);
            for (int from = 0; from < stimuli.size(); from += together) {
                if (!progress.report(done, total, "Showing stimuli")) {
                    return false;
                }
                List<Stimulus> some = stimuli.subList(from, Math.min(stimuli.size(), from + together));
                read(session.activations(painted(some, group.gaze), group.taps()), group, answers, from);
                done += some.size();
                after.run();
            }
        }
        progress.report(total, total, "Showing stimuli");
        return true;
    }

    /**
     * Asks all units about pictures that are in the middle of the picture where the units look.
     *
     * @param pictures all of which are shown
     * @param answers  as for stimuli
     * @param from     where to write the answer to the first picture
     */
    void answer(Batch pictures, Batch answers, int from) {
        for (Group group : groups) {
            read(session.activations(pictures, group.taps()), group, answers, from);
        }
    }

    private int together(Group group) {
        Network network = session.network();
        long bytes = Float.BYTES * (4 * network.shape(group.layer).size() + 8 * network.input().shape().size());
        return (int) Math.max(1, Math.min(MOST_TOGETHER, MOST_BYTES / bytes));
    }

    private Batch painted(List<Stimulus> stimuli, Gaze gaze) {
        Shape input = session.network().input().shape();
        Batch pictures = Batch.zeros(stimuli.size(), input.channels(), input.rows(), input.columns());
        for (int i = 0; i < stimuli.size(); i++) {
            stimuli.get(i).paint(pictures, i, gaze.row(), gaze.column());
        }
        return pictures;
    }

    private void read(Readings readings, Group group, Batch answers, int from) {
        Batch[] maps = {readings.at(Tap.after(group.layer.name())), readings.at(Tap.before(group.layer.name()))};
        for (int side = 0; side < 2; side++) {
            for (int member : group.members) {
                int channel = units.get(member).channel();
                for (int image = 0; image < maps[side].images(); image++) {
                    answers.values()[answers.offset(side, member) + from + image] =
                            largest(maps[side], image, channel, group.position);
                }
            }
        }
    }

    private float largest(Batch map, int image, int channel, Unit.Position at) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int row = Math.max(0, at.row() - reach); row <= Math.min(map.rows() - 1, at.row() + reach); row++) {
            for (int column = Math.max(0, at.column() - reach);
                    column <= Math.min(map.columns() - 1, at.column() + reach); column++) {
                largest = Math.max(largest, map.at(image, channel, row, column));
            }
        }
        return largest;
    }
}
