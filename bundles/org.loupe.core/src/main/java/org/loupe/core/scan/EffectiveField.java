package org.loupe.core.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

/**
 * Which part of what a neuron could see matters to it: the built-in analysis {@code field}. The size of the gradient of the
 * neuron in the middle of the map, before its nonlinearity, with respect to each pixel, on average over pictures that are
 * spread evenly over the set. (Effective receptive field, Luo et al. 2016.)
 */
public final class EffectiveField implements Analysis<EffectiveField.Arguments, EffectiveFields> {

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "Channels such as mixed4a:12, or positions such as mixed4a:12@3,4.")
            List<String> units,
            @Argument(label = "Over", help = "How many pictures the gradient is averaged over.", standard = "32",
                    least = 1, greatest = 100000) int over,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** The standard way to ask about a unit. */
        public static Arguments of(String unit) {
            return new Arguments(List.of(unit), 32, Fitting.COVER);
        }
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public EffectiveFields run(Material material, Arguments arguments, Observer<? super EffectiveFields> observer) {
        Network network = material.network();
        List<Unit> units = arguments.units().stream().map(Unit::parse).toList();
        if (units.isEmpty()) {
            throw new IllegalArgumentException("Which units? Name channels such as " + network.layers().get(0).name() + ":0.");
        }
        units.forEach(network::require);
        PictureSet set = material.requirePictures().set();
        Frame frame = Frame.of(network.input().shape(), arguments.fitting());
        int count = Math.min(arguments.over(), set.pictures().size());
        List<ChannelObjective> objectives = units.stream().map(unit -> neuron(network, unit)).toList();
        List<float[]> sums = units.stream().map(unit -> new float[frame.rows() * frame.columns()]).toList();
        int seen = 0;
        String why = "there are none";
        int step = 0;
        while (step < count && observer.report((long) step, count, "Following gradients")) {
            try {
                Batch picture = set.read((int) ((long) step * set.pictures().size() / count), frame);
                for (int unit = 0; unit < units.size(); unit++) {
                    add(material.session().gradient(picture, List.of(objectives.get(unit))).pictures(), sums.get(unit));
                }
                seen++;
            } catch (PictureException unreadable) {
                why = unreadable.getMessage();
            }
            step++;
        }
        if (seen == 0 && step == count) {
            throw new IllegalArgumentException("None of the pictures of " + set.name() + " that were tried can be read: "
                    + why);
        }
        List<EffectiveFields.Field> fields = new ArrayList<>();
        for (int unit = 0; unit < units.size(); unit++) {
            fields.add(field(network, objectives.get(unit), sums.get(unit), seen));
        }
        return new EffectiveFields(frame.rows(), frame.columns(), seen, step < count, fields);
    }

    /** The neuron that is meant, before its nonlinearity, where a gradient is also when it does not fire. */
    private static ChannelObjective neuron(Network network, Unit unit) {
        Layer layer = network.layer(unit.layer());
        return new ChannelObjective(unit.isChannel() ? unit.at(Unit.CENTRE) : unit, layer.hasActivation());
    }

    private static void add(Batch gradient, float[] sums) {
        for (int i = 0; i < gradient.values().length; i++) {
            sums[i % sums.length] += Math.abs(gradient.values()[i]);
        }
    }

    private static EffectiveFields.Field field(Network network, ChannelObjective objective, float[] sums, int seen) {
        Shape picture = network.input().shape();
        Tap tap = new Tap(objective.unit().layer(), objective.beforeNonlinearity());
        Shape map = network.shapes(picture.rows(), picture.columns()).get(network.source(tap));
        Unit.Position position = objective.unit().position(map.rows(), map.columns()).orElse(new Unit.Position(0, 0));
        float[] mean = Arrays.copyOf(sums, sums.length);
        for (int i = 0; i < mean.length && seen > 0; i++) {
            mean[i] /= seen;
        }
        return new EffectiveFields.Field(objective.unit().toString(),
                ReceptiveField.of(network, tap, position.row(), position.column()),
                EffectiveFields.boxOf(mean, picture.rows(), picture.columns()), mean);
    }

    @Override
    public EffectiveFields load(ResultFiles files) throws IOException {
        return EffectiveFields.load(files);
    }
}
