package org.loupe.core.scan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;

/**
 * What positions of all degrees see, from those that inhibit a unit most to those that excite it most: the built-in analysis
 * {@code spectrum} (the activation spectrum of “Curve Detectors”, Cammarata et al. 2020). It is about what goes into the
 * nonlinearity, at every position of every picture, and nothing is picked by hand: of each step of the range, positions are drawn
 * by chance, each as likely as any other, at most one of a picture.
 */
public final class FindSpectrum implements Analysis<FindSpectrum.Arguments, ActivationSpectra> {

    /** So many units keep what their positions see, for figures; those of a whole layer would fill the disk. */
    static final int WITH_CROPS = 4;

    private static final int TOGETHER = 32;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "Channels of one layer, such as mixed4a:12, or the name of a layer for all of them.")
            List<String> units,
            @Argument(label = "Steps", help = "Into how many steps the range of activations is cut.", standard = "7",
                    least = 2, greatest = 100) int steps,
            @Argument(label = "Of each", help = "How many positions are drawn from each step.", standard = "6",
                    least = 1, greatest = 100) int each,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {

        /** The standard way to ask about units or a layer. */
        public static Arguments of(String units) {
            return new Arguments(List.of(units), 7, 6, Fitting.COVER);
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
    public ActivationSpectra run(Material material, Arguments arguments, Observer<? super ActivationSpectra> observer) {
        Network network = material.network();
        List<Unit> units = units(network, arguments.units());
        Layer layer = network.layer(units.get(0).layer());
        Tap tap = layer.hasActivation() ? Tap.before(layer.name()) : Tap.after(layer.name());
        PictureSet set = material.requirePictures().set();
        Frame frame = Frame.of(network.input().shape(), arguments.fitting());
        List<PositionSample> samples = Stream.generate(() -> new PositionSample(arguments.each())).limit(units.size()).toList();
        int total = set.pictures().size();
        int seen = 0;
        int from = 0;
        while (from < total && observer.report((long) from, total, "Drawing positions of all degrees")) {
            Reading reading = set.read(from, Math.min(total, from + TOGETHER), frame);
            if (reading.batch().isPresent()) {
                Batch maps = material.session().activations(reading.batch().get(), Set.of(tap)).at(tap);
                for (int image = 0; image < maps.images(); image++) {
                    add(samples, units, maps, image, reading.indexes().get(image));
                    seen++;
                }
            }
            from += TOGETHER;
        }
        if (seen == 0 && from >= total) {
            throw new IllegalArgumentException("None of the " + total + " pictures of " + set.name() + " can be read.");
        }
        List<ActivationSpectrum> spectra = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            List<ActivationSpectrum.Step> steps = samples.get(i).steps(arguments.steps());
            spectra.add(new ActivationSpectrum(units.get(i), steps, units.size() <= WITH_CROPS
                    ? crops(set, frame, new Crops(network, Tap.after(layer.name())), steps) : List.of()));
        }
        return new ActivationSpectra(set.name(), seen, from < total, spectra);
    }

    private static List<Unit> units(Network network, List<String> words) {
        List<Unit> units = words.stream().flatMap(word -> word.contains(":") ? Stream.of(Unit.parse(word))
                : channels(network, network.layer(word.strip()))).distinct().toList();
        if (units.isEmpty() || units.stream().map(Unit::layer).distinct().count() != 1
                || !units.stream().allMatch(Unit::isChannel)) {
            throw new IllegalArgumentException("A spectrum is about channels of one layer, such as mixed4a:12 mixed4a:13, or about"
                    + " a whole layer; not about " + (words.isEmpty() ? "nothing" : String.join(" ", words)) + ".");
        }
        units.forEach(network::require);
        return units;
    }

    private static Stream<Unit> channels(Network network, Layer layer) {
        Shape shape = network.shape(layer);
        return Stream.iterate(0, channel -> channel + 1).limit(shape.channels()).map(channel -> new Unit(layer.name(), channel));
    }

    private static void add(List<PositionSample> samples, List<Unit> units, Batch maps, int image, int picture) {
        Draws draws = new Draws(picture);
        long[] priorities = new long[maps.area()];
        for (int i = 0; i < priorities.length; i++) {
            priorities[i] = draws.bits();
        }
        for (int unit = 0; unit < samples.size(); unit++) {
            int channel = units.get(unit).channel();
            int offset = maps.offset(image, channel);
            // Another order for each channel, so that two of them do not show the same positions.
            long order = new Draws(-1 - channel).bits();
            for (int i = 0; i < priorities.length; i++) {
                samples.get(unit).add(maps.values()[offset + i], priorities[i] ^ order, picture, i / maps.columns(), i % maps.columns());
            }
        }
    }

    private static List<Batch> crops(PictureSet set, Frame frame, Crops crops, List<ActivationSpectrum.Step> steps) {
        List<Batch> cut = new ArrayList<>();
        for (ActivationSpectrum.Step step : steps) {
            for (Example example : step.examples()) {
                try {
                    cut.add(crops.cut(set.read(example.picture(), frame), example.row(), example.column()));
                } catch (PictureException gone) {
                    throw new IllegalArgumentException(set.pictures().get(example.picture()).name()
                            + " cannot be read any more: " + gone.getMessage(), gone);
                }
            }
        }
        return cut;
    }

    @Override
    public ActivationSpectra load(ResultFiles files) throws IOException {
        return ActivationSpectra.load(files);
    }
}
