package org.loupe.core.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.probe.Probed.OfLayer;
import org.loupe.core.probe.Probed.OfUnit;

/**
 * Which channels fire in one picture, where, and what a class or a unit owes them: the built-in analysis {@code probe}.
 */
public final class Probe implements Analysis<Probe.Arguments, Probed> {

    private static final String ALL = "all";
    private static final long MOST_BYTES = 512L << 20;
    private static final Pattern PIXEL = Pattern.compile("\\s*(\\d{1,6})\\s*,\\s*(\\d{1,6})\\s*");

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layers", help = "Names of layers, or all.", standard = ALL) List<String> layers,
            @Argument(label = "At", help = "A pixel of the picture as the network sees it, such as 20,35 for row 20 and column"
                    + " 35: the channels that fire there are listed, too.") String at,
            @Argument(label = "Count", help = "How many channels are listed for each layer.", standard = "10", least = 1,
                    greatest = 1000) int count,
            @Argument(label = "Unit", help = "A unit such as mixed4a:12 whose activation is drawn over the picture; it is also"
                    + " what is explained where no class is given.") String unit,
            @Argument(label = "Class", option = "class", help = "A class, by name or index, whose score before the softmax is"
                    + " explained by each of the layers.") String ofClass,
            @Argument(label = "Against", help = "A class or unit that is subtracted from what is explained.") String against,
            @Argument(label = "Steps", help = "1 multiplies activations by the gradient; more, by the mean gradient on a path of"
                    + " as many steps from zero.", standard = "1", least = 1, greatest = 10000) int steps,
            @Argument(label = "Fitting", help = "How the picture is made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsOnePicture() {
        return true;
    }

    @Override
    public Probed run(Material material, Arguments arguments, Observer<? super Probed> observer) {
        Network network = material.network();
        List<Layer> layers = layers(network, arguments.layers());
        Optional<Unit> unit = arguments.unit().isBlank() ? Optional.empty() : Optional.of(Unit.parse(arguments.unit()));
        unit.ifPresent(network::require);
        Optional<Unit.Position> at = at(network, arguments.at());
        Optional<Target> target = target(network, arguments);
        PictureSet set = material.requirePictures().set();
        Batch picture = picture(set, network, arguments.fitting());
        List<Layer> read = new ArrayList<>(layers);
        unit.map(one -> network.layer(one.layer())).filter(layer -> !layers.contains(layer)).ifPresent(read::add);
        observer.report(0, 0, set.pictures().get(0).name());
        PictureMaps maps = PictureMaps.of(material.session(), picture, read, MOST_BYTES);
        List<OfLayer> found = layers.stream().filter(maps.layers()::contains)
                .map(layer -> found(network, maps, layer, at, arguments.count())).toList();
        List<OfUnit> ofUnits = unit.flatMap(one -> maps.map(one).map(map -> new OfUnit(one, map))).stream().toList();
        List<Attribution> attributions = new ArrayList<>();
        boolean goesOn = true;
        if (target.isPresent()) {
            goesOn = attribute(material, maps, layers, target.get(), arguments.steps(), observer, attributions);
        }
        return new Probed(set.pictures().get(0).name(), picture, at, found, ofUnits,
                target.map(Target::label).orElse(""), attributions, !goesOn || !maps.leftOut().isEmpty());
    }

    private static OfLayer found(Network network, PictureMaps maps, Layer layer, Optional<Unit.Position> at, int count) {
        Shape shape = network.shape(layer);
        Optional<Unit.Position> place = at.map(pixel -> PictureMaps.position(network.input().shape(), pixel.row(),
                pixel.column(), shape.rows(), shape.columns()));
        return new OfLayer(layer.name(), place,
                place.map(position -> maps.strongestAt(layer.name(), position, count)).orElse(List.of()),
                maps.strongest(layer.name(), count));
    }

    /** Whether nobody said to stop. */
    private static boolean attribute(Material material, PictureMaps maps, List<Layer> layers, Target target, int steps,
            Observer<? super Probed> observer, List<Attribution> into) {
        List<String> names = layers.stream().filter(maps.layers()::contains).map(Layer::name).toList();
        List<String> possible = Attribution.possible(material.network(), names, target);
        if (possible.isEmpty()) {
            throw new IllegalArgumentException(target + " depends on none of the layers " + String.join(", ", names)
                    + ". Name a layer below it.");
        }
        for (String layer : possible) {
            long before = (long) into.size() * steps;
            Optional<Attribution> attribution = Attribution.of(material.session(), maps.picture(), layer,
                    maps.map(layer).orElseThrow(), target, steps,
                    (done, total, what) -> observer.report(before + done, (long) possible.size() * steps, what));
            if (attribution.isEmpty()) {
                return false;
            }
            into.add(attribution.get());
        }
        return true;
    }

    private static List<Layer> layers(Network network, List<String> names) {
        return names.equals(List.of(ALL)) ? network.layers() : names.stream().distinct().map(network::layer).toList();
    }

    private static Optional<Unit.Position> at(Network network, String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        Shape picture = network.input().shape();
        Matcher pixel = PIXEL.matcher(text);
        if (!pixel.matches() || Integer.parseInt(pixel.group(1)) >= picture.rows()
                || Integer.parseInt(pixel.group(2)) >= picture.columns()) {
            throw new IllegalArgumentException("“" + text + "” is no pixel of what " + network + " sees. Write row,column from"
                    + " 0,0 to " + (picture.rows() - 1) + "," + (picture.columns() - 1) + ".");
        }
        return Optional.of(new Unit.Position(Integer.parseInt(pixel.group(1)), Integer.parseInt(pixel.group(2))));
    }

    private static Optional<Target> target(Network network, Arguments arguments) {
        boolean none = arguments.ofClass().isBlank() && arguments.unit().isBlank();
        if (none && !arguments.against().isBlank()) {
            throw new IllegalArgumentException("Against what is there something? Give a class or a unit, too.");
        }
        if (none) {
            return Optional.empty();
        }
        Target target = arguments.ofClass().isBlank() ? Target.ofUnit(network, Unit.parse(arguments.unit()))
                : Target.ofClass(network, arguments.ofClass());
        return Optional.of(arguments.against().isBlank() ? target
                : target.minus(Target.parse(network, arguments.against())));
    }

    private static Batch picture(PictureSet set, Network network, Fitting fitting) {
        try {
            return set.read(0, Frame.of(network.input().shape(), fitting));
        } catch (PictureException problem) {
            throw new IllegalArgumentException(set.pictures().get(0).name() + " cannot be read. " + problem.getMessage(), problem);
        }
    }

    @Override
    public Probed load(ResultFiles files) throws IOException {
        return ProbedFiles.load(files);
    }
}
