package org.loupe.core.facet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.factor.GroupChoice;
import org.loupe.core.image.Plates;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.DirectionObjective;
import org.loupe.core.objective.Objective;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;

/**
 * Makes a picture of each facet: one that excites the unit in the middle of its map and, below it, what carries this facet
 * and not the others (compare faceted feature visualization, Goh et al. 2021).
 */
final class FacetPictures {

    private static final int MOST_COMPONENTS = 12;
    private static final double LEAST_COMPONENT = .1;
    private static final double RATE = .05;

    private final Material material;
    private final Unit unit;
    private final Below below;
    private final Surroundings around;
    private final GroupChoice choice;
    private final FindFacets.Arguments arguments;

    FacetPictures(Material material, Unit unit, Below below, Surroundings around, GroupChoice choice,
            FindFacets.Arguments arguments) {
        this.material = material;
        this.unit = unit;
        this.below = below;
        this.around = around;
        this.choice = choice;
        this.arguments = arguments;
    }

    /** The facets with their pictures; without where the observer wanted no more. */
    Faceted draw(Faceted plain, Observer<? super Faceted> observer) {
        List<String> objectives = IntStream.range(0, plain.facets().size())
                .mapToObj(facet -> objective(facet).toString()).toList();
        Visualize.Arguments wanted = new Visualize.Arguments(objectives, false, arguments.steps(), 0,
                Visualize.Space.FOURIER, Visualize.Robustness.BY_DEPTH, RATE, arguments.seed());
        Visualized made = new Visualize().run(new Material(material.session(), Optional.empty(), material.stimuli(),
                material.objectives()), wanted, observer::report);
        if (made.isPartial()) {
            return plain.partial();
        }
        Tap tap = Tap.after(unit.layer());
        Batch maps = material.session().activations(asSeen(made.pictures()), Set.of(tap)).at(tap);
        List<Facet> facets = new ArrayList<>();
        for (int i = 0; i < objectives.size(); i++) {
            facets.add(plain.facets().get(i).with(new Facet.Made(made.pictures().image(i), objectives.get(i),
                    Plates.middle(maps, i, unit.channel()))));
        }
        return plain.with(facets);
    }

    /** A network for grey pictures sees the first of three equal channels. */
    private Batch asSeen(Batch pictures) {
        int channels = material.network().input().shape().channels();
        if (channels == pictures.channels()) {
            return pictures;
        }
        Batch seen = Batch.zeros(pictures.images(), channels, pictures.rows(), pictures.columns());
        for (int i = 0; i < pictures.images(); i++) {
            System.arraycopy(pictures.values(), pictures.offset(i, 0), seen.values(), seen.offset(i, 0), seen.imageSize());
        }
        return seen;
    }

    /** The unit, and the direction below that is this facet's rather than the others', in proportion. */
    private Objective objective(int facet) {
        Objective itself = new ChannelObjective(unit.at(Unit.CENTRE));
        List<Integer> members = choice.clusters().members(facet);
        SortedMap<Integer, Double> direction = direction(members);
        double along = 0;
        for (Map.Entry<Integer, Double> component : direction.entrySet()) {
            along += component.getValue() * FindFacets.mean(around.activations(), members)[component.getKey()];
        }
        double value = members.stream().mapToDouble(i -> around.examples().get(i).value()).average().orElseThrow();
        if (!(along > 0) || arguments.towards() == 0) {
            return itself;
        }
        return itself.plus(new DirectionObjective(below.tap(), direction, Unit.CENTRE, 0)
                .times(rounded(arguments.towards() * value / along)));
    }

    /** The channels below whose contributions differ most between this facet and the others, of length about 1. */
    private SortedMap<Integer, Double> direction(List<Integer> members) {
        double[] here = FindFacets.mean(around.contributions(), members);
        List<Integer> others = IntStream.range(0, around.examples().size()).filter(i -> !members.contains(i)).boxed().toList();
        double[] elsewhere = others.isEmpty() ? new double[here.length] : FindFacets.mean(around.contributions(), others);
        double[] difference = IntStream.range(0, here.length).mapToDouble(i -> here[i] - elsewhere[i]).toArray();
        double largest = IntStream.range(0, here.length).mapToDouble(i -> Math.abs(difference[i])).max().orElseThrow();
        List<Integer> channels = IntStream.range(0, here.length).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(difference[i]))).limit(MOST_COMPONENTS)
                .filter(i -> largest > 0 && Math.abs(difference[i]) >= LEAST_COMPONENT * largest).toList();
        double length = Math.sqrt(channels.stream().mapToDouble(i -> difference[i] * difference[i]).sum());
        SortedMap<Integer, Double> direction = new TreeMap<>();
        channels.forEach(i -> direction.put(i, rounded(difference[i] / length)));
        return direction.isEmpty() ? new TreeMap<>(Map.of(0, 1.0)) : direction;
    }

    /** Three digits, so that the objective can be read and asked for again. */
    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3g", value));
    }
}
