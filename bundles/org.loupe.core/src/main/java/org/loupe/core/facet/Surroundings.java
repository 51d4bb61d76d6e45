package org.loupe.core.facet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.factor.Matrix;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ReceptiveField;

/**
 * What fired below a channel where pictures excite it: for each example, the largest activation of each channel of the layer
 * below within what the position reads, and what each contributes to the position's sum.
 *
 * @param examples      where the channel is excited
 * @param activations   (example, channel below): the largest within the position's field
 * @param contributions (example, channel below): activation times the gradient of what goes into the channel's
 *                      nonlinearity, added up over positions; exact where all between is linear
 */
record Surroundings(List<Example> examples, Matrix activations, Matrix contributions) {

    private static final int TOGETHER = 16;

    /** One example of one channel. */
    private record Wanted(int channel, int index, Example example) {
    }

    /**
     * Reads what is below the examples of some channels of a layer; pictures that several of them have in common are
     * run once.
     *
     * @param session of the whole network
     * @param layer   of the channels
     * @param byChannel at least one example of each
     * @return by channel; nothing when the progress said to stop
     */
    static Optional<Map<Integer, Surroundings>> read(Session session, Below below, String layer,
            Map<Integer, List<Example>> byChannel, PictureSet set, Frame frame, Progress progress) {
        SortedMap<Integer, List<Wanted>> byPicture = new TreeMap<>();
        byChannel.forEach((channel, examples) -> {
            for (int i = 0; i < examples.size(); i++) {
                byPicture.computeIfAbsent(examples.get(i).picture(), key -> new ArrayList<>())
                        .add(new Wanted(channel, i, examples.get(i)));
            }
        });
        int channels = below.upper().input().shape().channels();
        Map<Integer, Surroundings> all = new TreeMap<>();
        byChannel.forEach((channel, examples) -> all.put(channel, new Surroundings(List.copyOf(examples),
                Matrix.zeros(examples.size(), channels), Matrix.zeros(examples.size(), channels))));
        Fields fields = new Fields(below, Tap.before(layer));
        try (Session above = session.engine().open(below.upper())) {
            List<Integer> pictures = List.copyOf(byPicture.keySet());
            for (int from = 0; from < pictures.size(); from += TOGETHER) {
                if (!progress.report(from, pictures.size(), "Looking below " + layer)) {
                    return Optional.empty();
                }
                List<Integer> some = pictures.subList(from, Math.min(pictures.size(), from + TOGETHER));
                Batch maps = session.activations(read(set, frame, some), Set.of(below.tap())).at(below.tap());
                for (int i = 0; i < some.size(); i++) {
                    enter(above, layer, byPicture.get(some.get(i)), maps.image(i), fields, all);
                }
            }
        }
        return Optional.of(all);
    }

    private static Batch read(PictureSet set, Frame frame, List<Integer> pictures) {
        Batch batch = Batch.zeros(pictures.size(), frame.channels(), frame.rows(), frame.columns());
        for (int i = 0; i < pictures.size(); i++) {
            try {
                set.read(pictures.get(i), frame, batch, i);
            } catch (PictureException gone) {
                throw new IllegalArgumentException(set.pictures().get(pictures.get(i)).name()
                        + " cannot be read any more: " + gone.getMessage(), gone);
            }
        }
        return batch;
    }

    /** Which part of the map below a position reads. */
    private static final class Fields {
        private final Below below;
        private final Tap tap;
        private final Map<Long, ReceptiveField> known = new TreeMap<>();

        Fields(Below below, Tap tap) {
            this.below = below;
            this.tap = tap;
        }

        ReceptiveField of(Example example) {
            return known.computeIfAbsent((long) example.row() << Integer.SIZE | example.column(),
                    key -> ReceptiveField.of(below.upper(), tap, example.row(), example.column()));
        }
    }

    private static void enter(Session above, String layer, List<Wanted> wanted, Batch map, Fields fields,
            Map<Integer, Surroundings> all) {
        for (int from = 0; from < wanted.size(); from += TOGETHER) {
            List<Wanted> some = wanted.subList(from, Math.min(wanted.size(), from + TOGETHER));
            Batch maps = Batch.zeros(some.size(), map.channels(), map.rows(), map.columns());
            List<Objective> objectives = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                System.arraycopy(map.values(), 0, maps.values(), maps.offset(i, 0), map.imageSize());
                Example example = some.get(i).example;
                objectives.add(new ChannelObjective(new Unit(layer, some.get(i).channel,
                        new Unit.Position(example.row(), example.column())), true));
            }
            Batch slopes = above.gradient(maps, objectives).pictures();
            for (int i = 0; i < some.size(); i++) {
                enter(map, slopes, i, fields.of(some.get(i).example), all.get(some.get(i).channel), some.get(i).index);
            }
        }
    }

    private static void enter(Batch map, Batch slopes, int image, ReceptiveField field, Surroundings into, int index) {
        for (int channel = 0; channel < map.channels(); channel++) {
            double largest = 0;
            double contribution = 0;
            for (int row = field.top(); row <= field.bottom(); row++) {
                for (int column = field.left(); column <= field.right(); column++) {
                    double activation = map.at(0, channel, row, column);
                    largest = Math.max(largest, activation);
                    contribution += activation * slopes.at(image, channel, row, column);
                }
            }
            into.activations.values()[index * map.channels() + channel] = largest;
            into.contributions.values()[index * map.channels() + channel] = contribution;
        }
    }
}
