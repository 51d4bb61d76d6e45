package org.loupe.core.facet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.engine.Readings;
import org.loupe.core.factor.GroupChoice;
import org.loupe.core.factor.Matrix;
import org.loupe.core.image.Plates;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.Groups;

/** Collects what is to be known of each facet: its examples, their classes, what carries them and what reads them. */
final class FacetReport {

    private static final int CROPS = 12;
    private static final int LARGEST_CROP = 64;
    private static final int CLASSES = 3;
    private static final int INPUTS = 8;
    private static final int READERS = 8;
    private static final int TOGETHER = 16;

    private final Material material;
    private final Network network;
    private final PictureSet set;
    private final Frame frame;
    private final Unit unit;
    private final Below below;
    private final Surroundings around;
    private final GroupChoice choice;

    FacetReport(Material material, Fitting fitting, Unit unit, Below below, Surroundings around, GroupChoice choice) {
        this.material = material;
        this.network = material.network();
        this.set = material.requirePictures().set();
        this.frame = Frame.of(network.input().shape(), fitting);
        this.unit = unit;
        this.below = below;
        this.around = around;
        this.choice = choice;
    }

    /** All facets, without pictures; none when the progress said to stop. */
    List<Facet> facets(Progress progress) {
        List<Unit> readers = readers();
        Optional<Matrix> answers = answers(readers, progress);
        if (answers.isEmpty()) {
            return List.of();
        }
        Crops crops = new Crops(network, Tap.after(unit.layer()));
        List<Facet> facets = new ArrayList<>();
        for (int group = 0; group < choice.clusters().count(); group++) {
            List<Integer> members = choice.clusters().members(group);
            List<Integer> others = IntStream.range(0, around.examples().size()).filter(i -> !members.contains(i)).boxed()
                    .toList();
            List<Example> examples = members.stream().map(around.examples()::get).toList();
            facets.add(new Facet(examples, Math.min(CROPS, examples.size()), crops(crops, examples), classes(examples),
                    inputs(members, others), means(readers, answers.get(), members, others), Optional.empty()));
        }
        return facets;
    }

    private Batch crops(Crops crops, List<Example> examples) {
        List<Batch> cut = new ArrayList<>();
        for (Example example : examples.subList(0, Math.min(CROPS, examples.size()))) {
            try {
                cut.add(Plates.reduced(crops.cut(set.read(example.picture(), frame), example.row(), example.column()),
                        LARGEST_CROP));
            } catch (PictureException gone) {
                throw new IllegalArgumentException(set.pictures().get(example.picture()).name()
                        + " cannot be read any more: " + gone.getMessage(), gone);
            }
        }
        return Plates.stacked(cut);
    }

    private List<Groups.Share> classes(List<Example> examples) {
        return Groups.of(examples.stream().map(example -> set.group(example.picture())).toList(), CLASSES);
    }

    private List<Facet.Input> inputs(List<Integer> members, List<Integer> others) {
        List<Unit> units = IntStream.range(0, around.contributions().columns())
                .mapToObj(channel -> new Unit(below.layer(), channel)).toList();
        return means(units, around.contributions(), members, others).stream()
                .sorted(Comparator.comparingDouble(Facet.Input::value).reversed()).limit(INPUTS)
                .filter(input -> input.value() > 0).toList();
    }

    private static List<Facet.Input> means(List<Unit> units, Matrix values, List<Integer> members, List<Integer> others) {
        if (units.isEmpty()) {
            return List.of();
        }
        double[] here = values.rows(members).meanRow();
        double[] elsewhere = others.isEmpty() ? new double[0] : values.rows(others).meanRow();
        return IntStream.range(0, units.size()).mapToObj(i -> new Facet.Input(units.get(i), here[i],
                others.isEmpty() ? Double.NaN : elsewhere[i])).toList();
    }

    /** The units above that the unit excites most, by weight. */
    private List<Unit> readers() {
        return Wiring.of(network).outputs(unit).strongest(READERS, true).stream().map(Connection::to).distinct().toList();
    }

    /** The largest activation of each reader on each example. */
    private Optional<Matrix> answers(List<Unit> readers, Progress progress) {
        int count = around.examples().size();
        Matrix answers = Matrix.zeros(count, Math.max(1, readers.size()));
        Set<Tap> taps = new LinkedHashSet<>();
        readers.forEach(reader -> taps.add(Tap.after(reader.layer())));
        for (int from = 0; from < count && !readers.isEmpty(); from += TOGETHER) {
            if (!progress.report(from, count, "What reads " + unit)) {
                return Optional.empty();
            }
            int to = Math.min(count, from + TOGETHER);
            Batch batch = Batch.zeros(to - from, frame.channels(), frame.rows(), frame.columns());
            for (int i = from; i < to; i++) {
                try {
                    set.read(around.examples().get(i).picture(), frame, batch, i - from);
                } catch (PictureException gone) {
                    throw new IllegalArgumentException("A picture of " + set.name() + " cannot be read any more: "
                            + gone.getMessage(), gone);
                }
            }
            Readings readings = material.session().activations(batch, taps);
            for (int i = from; i < to; i++) {
                for (int reader = 0; reader < readers.size(); reader++) {
                    Batch maps = readings.at(Tap.after(readers.get(reader).layer()));
                    answers.values()[i * answers.columns() + reader] =
                            Plates.largest(maps, i - from, readers.get(reader).channel());
                }
            }
        }
        return Optional.of(answers);
    }
}
