package org.loupe.core.tuning;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.KinWeights;
import org.loupe.core.network.Shape;
import org.loupe.core.stimulus.Families;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Stimulus;
import org.loupe.core.stimulus.StimulusFamily;
import org.loupe.core.stimulus.Sweep;

/**
 * Which units of a layer are the same but for a turn, a mirror, a size or a hue: the built-in analysis {@code families}.
 *
 * <p>Every channel is shown curves of four sizes, lines and borders, dark and light, that turn once around, and patches of
 * all hues. Units are compared by what goes into their nonlinearity: what comes out of it is a single bump for many a unit,
 * which alone would make them alike. What is found by answers is then held against the weights.
 */
public final class FindFamilies implements Analysis<FindFamilies.Arguments, FoundFamilies> {

    private static final int ANGLES = 72;
    private static final int SIZES = 4;
    private static final double FACTOR = Math.sqrt(2);
    private static final double SMALLEST = 7 / 64.0;
    private static final KinSearch.Scale SCALE = new KinSearch.Scale(2, SIZES, FACTOR);
    private static final double DARK = .25;
    private static final double LIGHT = .65;

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Layer", help = "Name of a layer, such as mixed3b.") List<String> layers,
            @Argument(label = "Draws", help = "How often unrelated units are drawn to compare with; more make small"
                    + " probabilities visible.", standard = "499", least = 19, greatest = 100000) int draws,
            @Argument(label = "Chance", help = "How probable a family may be among unrelated units, from 0 to 1, corrected for"
                    + " all that is looked at.", standard = "0.05", least = 0, greatest = 1) double chance,
            @Argument(label = "Seed", help = "Where the random numbers start.", standard = "0") long seed) {

        /** The standard question about a layer. */
        public static Arguments of(String layer) {
            return new Arguments(List.of(layer), 499, .05, 0);
        }
    }

    private final int angles;

    /** Turns the stimuli in steps of 5 degrees. */
    public FindFamilies() {
        this(ANGLES);
    }

    /**
     * Turns the stimuli in other steps.
     *
     * @param angles how many once around; a divisor of 360
     */
    public FindFamilies(int angles) {
        if (angles < 3 || 360 % angles != 0) {
            throw new IllegalArgumentException("360 degrees are not cut into " + angles + " whole steps");
        }
        this.angles = angles;
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public FoundFamilies run(Material material, Arguments arguments, Observer<? super FoundFamilies> observer) {
        if (arguments.layers().size() != 1 || arguments.layers().get(0).contains(":")) {
            throw new IllegalArgumentException("Families are looked for in one layer at a time. Name a layer such as "
                    + material.network().layers().get(0).name() + ".");
        }
        Answering answering = new Answering(material.session(), Answering.units(material.network(), arguments.layers()), 0);
        Shape input = material.network().input().shape();
        int side = Math.min(input.rows(), input.columns());
        Progress progress = (done, total, what) -> observer.report(done, total, what);
        Batch turning = answers(answering, turning(side), progress);
        Batch hues = input.channels() == 3 && turning != null ? answers(answering, hues(side), progress) : null;
        List<FoundFamilies.Search> searches = new ArrayList<>();
        List<UnitFamily> families = new ArrayList<>();
        boolean partial = turning == null || input.channels() == 3 && hues == null;
        int kinds = hues == null ? 3 : 4;
        for (Kinship kinship : Kinship.values()) {
            Batch answers = kinship == Kinship.HUE ? hues : turning;
            if (answers == null || partial) {
                continue;
            }
            KinSearch.Found found = new KinSearch(kinship, spectra(kinship, answers), SCALE).search(
                    arguments.draws(), kinds, arguments.chance(), new Draws(arguments.seed()).split(kinship.ordinal()),
                    progress);
            searches.add(new FoundFamilies.Search(kinship, found.looked(), found.draws(), found.control(), found.closest()));
            families.addAll(found.families());
            partial |= found.draws() < arguments.draws();
        }
        partial |= !partial && !weigh(material, arguments, searches, families, progress);
        families.sort(Comparator.comparing(UnitFamily::kinship)
                .thenComparing(Comparator.comparingInt((UnitFamily family) -> family.members().size()).reversed()));
        return new FoundFamilies(arguments.layers().get(0), searches, families, partial);
    }

    private static Spectra spectra(Kinship kinship, Batch answers) {
        return new Spectra(kinship == Kinship.SCALE ? sizesOnly(answers) : answers);
    }

    /** Looks at the weights of all families, and of the closest pairs where there is none; false where the work was stopped. */
    private boolean weigh(Material material, Arguments arguments, List<FoundFamilies.Search> searches,
            List<UnitFamily> families, Progress progress) {
        String layer = arguments.layers().get(0);
        int side = Math.min(material.network().input().shape().rows(), material.network().input().shape().columns());
        FamilyWeights weights = new FamilyWeights(material.network(), layer, (below, kinship) -> Optional.ofNullable(
                answers(new Answering(material.session(), Answering.units(material.network(), List.of(below)), 0),
                        kinship == Kinship.HUE ? hues(side) : turning(side), progress)).map(answers -> kinship == Kinship.SCALE ? sizesOnly(answers) : answers),
                SCALE, angles, arguments.draws());
        List<Integer> without = IntStream.range(0, searches.size()).filter(i -> searches.get(i).closest().first() >= 0
                && families.stream().noneMatch(family -> family.kinship() == searches.get(i).kinship())).boxed().toList();
        int tests = families.size() + without.size();
        Draws random = new Draws(arguments.seed()).split(Kinship.values().length);
        for (int i = 0; i < families.size(); i++) {
            UnitFamily family = families.get(i);
            List<UnitFamily.Member> others = family.members().stream().filter(one -> one != family.first()).toList();
            Optional<KinWeights.Likeness> found = weights.of(family.kinship(), family.first().channel(),
                    others.stream().map(UnitFamily.Member::channel).toList(), others.stream().map(UnitFamily.Member::by).toList(),
                    tests, random.split(i));
            if (found.isEmpty() || !progress.report(i, tests, "Comparing weights")) {
                return false;
            }
            families.set(i, family.with(others, found.get()));
        }
        for (int i : without) {
            FoundFamilies.Search search = searches.get(i);
            FoundFamilies.Closest pair = search.closest();
            Optional<KinWeights.Likeness> found = weights.of(search.kinship(), pair.first(), List.of(pair.second()),
                    List.of(pair.by()), tests, random.split(families.size() + i));
            if (found.isEmpty()) {
                return false;
            }
            searches.set(i, new FoundFamilies.Search(search.kinship(), search.looked(), search.draws(), search.control(),
                    pair.with(found.get())));
        }
        return true;
    }

    /** Rows: dark curves of rising size, light ones; then dark and light lines and borders. */
    private List<List<Stimulus>> turning(int side) {
        List<List<Stimulus>> rows = new ArrayList<>();
        StimulusFamily curve = Families.builtIn().find("curve");
        for (boolean dark : new boolean[] {true, false}) {
            for (int size = 0; size < SIZES; size++) {
                rows.add(turning(curve, side, dark, "radius=" + SMALLEST * side * Math.pow(FACTOR, size)));
            }
        }
        rows.add(turning(Families.builtIn().find("line"), side, true, ""));
        rows.add(turning(Families.builtIn().find("line"), side, false, ""));
        rows.add(turning(Families.builtIn().find("edge"), side, true, ""));
        return rows;
    }

    private List<Stimulus> turning(StimulusFamily family, int side, boolean dark, String with) {
        List<Parameter> parameters = Stimulus.parameters(family, side);
        Setting setting = Setting.parse("ink=" + (dark ? DARK : LIGHT) + " ground=" + (dark ? LIGHT : DARK) + " " + with,
                parameters);
        return Stimulus.grid(family, setting, List.of(Sweep.parse("orientation=" + angles(), parameters)));
    }

    private List<List<Stimulus>> hues(int side) {
        List<List<Stimulus>> rows = new ArrayList<>();
        StimulusFamily patch = Families.builtIn().find("patch");
        List<Parameter> parameters = Stimulus.parameters(patch, side);
        for (String with : List.of("ink=.9 ground=.5 radius=" + side / 5.0, "ink=.9 ground=.2 radius=" + side / 12.0,
                "ink=.5 ground=.8 radius=" + side / 5.0)) {
            rows.add(Stimulus.grid(patch, Setting.parse(with, parameters),
                    List.of(Sweep.parse("ink-hue=" + angles(), parameters))));
        }
        return rows;
    }

    /** Once around, twice for what comes round after half a turn. */
    private String angles() {
        return IntStream.range(0, angles).mapToObj(i -> String.valueOf(360 / angles * i)).collect(Collectors.joining(","));
    }

    /** What goes into the nonlinearity, of shape (1, unit, row, angle); nothing where the work was stopped. */
    private Batch answers(Answering answering, List<List<Stimulus>> rows, Progress progress) {
        int units = answering.units().size();
        Batch both = Batch.zeros(2, units, rows.size(), angles);
        List<Stimulus> all = rows.stream().flatMap(List::stream).toList();
        if (!answering.answer(all, both, progress, () -> { })) {
            return null;
        }
        Batch before = Batch.zeros(1, units, rows.size(), angles);
        System.arraycopy(both.values(), both.offset(1, 0), before.values(), 0, before.values().length);
        return before;
    }

    /** The rows of curves alone. */
    private static Batch sizesOnly(Batch answers) {
        Batch sizes = Batch.zeros(1, answers.channels(), 2 * SIZES, answers.columns());
        for (int unit = 0; unit < answers.channels(); unit++) {
            System.arraycopy(answers.values(), answers.offset(0, unit), sizes.values(), sizes.offset(0, unit), sizes.area());
        }
        return sizes;
    }

    /** The units of a family. */
    public static List<Unit> units(FoundFamilies found, UnitFamily family) {
        return family.members().stream().map(member -> new Unit(found.layer(), member.channel())).toList();
    }

    @Override
    public FoundFamilies load(ResultFiles files) throws IOException {
        return FoundFamilies.load(files);
    }
}
