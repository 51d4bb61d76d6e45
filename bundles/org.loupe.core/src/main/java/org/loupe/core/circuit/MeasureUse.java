package org.loupe.core.circuit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.circuit.UsedInputs.Example;
import org.loupe.core.circuit.UsedInputs.Input;
import org.loupe.core.circuit.UsedInputs.Method;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Sample;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Target;

/**
 * How much each unit of a layer contributes to a unit or a class on pictures, beside how strongly it is connected: what is
 * wired strongly need not be used, and the other way round. The built-in analysis {@code use}.
 */
public final class MeasureUse implements Analysis<MeasureUse.Arguments, UsedInputs> {

    /** How contributions are measured. */
    public enum By {
        /** Activations beyond the baseline times the gradient on the picture: weights times activations, one layer down. */
        ACTIVATIONS,
        /** The same with the mean gradient on the straight path from the baseline (Sundararajan and others 2017). */
        PATH
    }

    /** Where the path begins, and what counts as no contribution. */
    public enum Baseline {
        /** No activation at all. */
        ZERO,
        /** Each channel's mean over the pictures that are looked at and all positions. */
        MEAN
    }

    /** What can be chosen. */
    public record Arguments(
            @Argument(label = "Units", help = "A unit such as mixed4a:12, or a class such as dog, whose inputs are measured.")
            List<String> units,
            @Argument(label = "Layer", help = "The layer whose units are its inputs; without it, the one that it reads most.")
            String layer,
            @Argument(label = "By", help = "By activations times the gradient, or by the path from the baseline.",
                    standard = "PATH") By by,
            @Argument(label = "Baseline", help = "Where the path begins: no activation at all, or each channel's mean.",
                    standard = "ZERO") Baseline baseline,
            @Argument(label = "Steps", help = "In how many steps the path is walked.", standard = "32", least = 1,
                    greatest = 10000) int steps,
            @Argument(label = "Only", help = "One picture of the set, by its name or number, instead of those that excite it most.")
            String only,
            @Argument(label = "Sample", help = "How many pictures of the set are looked at, evenly spread over it.",
                    standard = "300", least = 4, greatest = 100000) int sample,
            @Argument(label = "Examples", help = "On how many of them, those that excite it most, contributions are measured.",
                    standard = "16", least = 1, greatest = 500) int examples,
            @Argument(label = "Seed", help = "Decides how pictures and ranks are drawn again for intervals and chances.",
                    standard = "0") long seed,
            @Argument(label = "Fitting", help = "How pictures are made to fit: centre-crop, cover, stretch or as-is.",
                    standard = "COVER") Fitting fitting) {
    }

    private static final int TOGETHER = 32;

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public boolean needsPictures() {
        return true;
    }

    @Override
    public UsedInputs run(Material material, Arguments arguments, Observer<? super UsedInputs> observer) {
        if (arguments.units.size() != 1) {
            throw new IllegalArgumentException("The inputs of one unit are measured at a time, such as mixed4a:12; these are "
                    + arguments.units.size() + ".");
        }
        Network network = material.network();
        Unit target = ProposeCircuit.target(network, arguments.units.get(0));
        Wiring wiring = Wiring.of(network);
        Connections direct = wiring.inputs(target);
        String layer = layer(network, target, direct, arguments.layer);
        boolean isDirect = direct.all().stream().anyMatch(one -> one.from().layer().equals(layer));
        Connections read = isDirect ? direct : Wiring.expanded(network, target, layer).net();
        Optional<Chances> chances = isDirect ? Optional.of(Chances.of(network, wiring, target, direct, arguments.seed))
                : Optional.empty();
        List<Input> inputs = IntStream.range(0, network.shape(network.layer(layer)).channels())
                .mapToObj(channel -> input(new Unit(layer, channel), read, chances)).toList();
        PictureSet set = material.requirePictures().set();
        Frame frame = Frame.of(network.input().shape(), arguments.fitting);
        Seen seen = new Seen(material.session(), target, layer);
        boolean isPartial = !seen.look(set, frame, arguments.sample, observer);
        List<Integer> wanted = arguments.only.isBlank() ? seen.strongest(arguments.examples)
                : List.of(picture(set, arguments.only.strip()));
        List<Integer> others = arguments.only.isBlank() ? seen.weakest(wanted.size()) : List.of();
        List<Example> examples = new ArrayList<>();
        List<Example> compared = new ArrayList<>();
        for (int i = 0; i < wanted.size() + others.size() && !isPartial; i++) {
            int index = i < wanted.size() ? wanted.get(i) : others.get(i - wanted.size());
            Optional<Example> found = seen.example(set, frame, index, arguments, later(observer, i, wanted.size() + others.size()));
            isPartial = found.isEmpty();
            found.ifPresent((i < wanted.size() ? examples : compared)::add);
        }
        return new UsedInputs(network.name(), target, arguments.units.get(0).strip(), layer, new Method(arguments.by,
                arguments.baseline, arguments.by == By.PATH ? arguments.steps : 1, isDirect, arguments.seed), set.name(), inputs,
                examples, compared, seen.looked(), isPartial);
    }

    private static Progress later(Progress progress, int done, int total) {
        return (step, steps, what) -> progress.report(steps == 0 ? done : done * steps + step, (long) total * Math.max(1, steps),
                what);
    }

    private static String layer(Network network, Unit target, Connections direct, String asked) {
        if (!asked.isBlank()) {
            return network.layer(asked.strip()).name();
        }
        return direct.all().stream().filter(one -> !one.from().layer().equals(Network.INPUT)).map(one -> one.from().layer())
                .distinct().max(Comparator.comparingDouble(name -> direct.all().stream()
                        .filter(one -> one.from().layer().equals(name)).mapToDouble(Connection::strength).sum()))
                .orElseThrow(() -> new IllegalArgumentException(target + " reads nothing but the picture, so there are no units"
                        + " whose use could be measured."));
    }

    private static Input input(Unit unit, Connections read, Optional<Chances> chances) {
        List<Connection> ways = read.all().stream().filter(one -> one.from().equals(unit)).toList();
        double shortcut = ways.stream().mapToDouble(one -> one.kernel().shortcut()).sum();
        return new Input(unit, ways.stream().mapToDouble(Connection::strength).sum(),
                ways.stream().mapToDouble(one -> one.kernel().net()).sum(), chances.isEmpty() || ways.isEmpty()
                        || shortcut != 0 ? Double.NaN : chances.get().of(ways.get(0)).luck(), shortcut);
    }

    private static int picture(PictureSet set, String nameOrNumber) {
        for (int i = 0; i < set.pictures().size(); i++) {
            if (set.pictures().get(i).name().equals(nameOrNumber)) {
                return i;
            }
        }
        if (nameOrNumber.matches("\\d{1,8}") && Integer.parseInt(nameOrNumber) < set.pictures().size()) {
            return Integer.parseInt(nameOrNumber);
        }
        throw new IllegalArgumentException("There is no picture “" + nameOrNumber + "” in " + set.name() + ". Write a name such as "
                + set.pictures().get(0).name() + ", or a number from 0 to " + (set.pictures().size() - 1) + ".");
    }

    /** What was seen of the pictures: how strongly each excites the target, and the means of the inputs. */
    private static final class Seen {
        private final Session session;
        private final Unit target;
        private final String layer;
        private final List<Integer> indexes = new ArrayList<>();
        private final List<Double> strengths = new ArrayList<>();
        private double[] sums;
        private long count;

        Seen(Session session, Unit target, String layer) {
            this.session = session;
            this.target = target;
            this.layer = layer;
        }

        int looked() {
            return indexes.size();
        }

        /** Looks at pictures; whether nobody said to stop. */
        boolean look(PictureSet set, Frame frame, int sample, Progress progress) {
            int total = set.pictures().size();
            int wanted = Math.min(total, sample);
            for (int from = 0; from < wanted; from += TOGETHER) {
                if (!progress.report(from, wanted, "Looking for what excites " + target)) {
                    return false;
                }
                Batch batch = Batch.zeros(Math.min(TOGETHER, wanted - from), frame.channels(), frame.rows(), frame.columns());
                List<Integer> read = new ArrayList<>();
                for (int i = from; i < from + batch.images(); i++) {
                    int index = Sample.index(i, wanted, total);
                    set.read(index, index + 1, frame).batch().ifPresent(one -> {
                        System.arraycopy(one.values(), 0, batch.values(), batch.offset(read.size(), 0), batch.imageSize());
                        read.add(index);
                    });
                }
                take(batch, read);
            }
            if (indexes.isEmpty()) {
                throw new IllegalArgumentException("None of the pictures of " + set.name() + " can be read.");
            }
            return true;
        }

        private void take(Batch batch, List<Integer> read) {
            Readings readings = session.activations(batch, Set.of(Tap.before(target.layer()), Tap.after(layer)));
            Batch answers = readings.at(Tap.before(target.layer()));
            Batch below = readings.at(Tap.after(layer));
            sums = sums == null ? new double[below.channels()] : sums;
            for (int image = 0; image < read.size(); image++) {
                indexes.add(read.get(image));
                strengths.add((double) answers.values()[peak(answers, image)]);
                for (int i = below.offset(image, 0); i < below.offset(image, 0) + below.imageSize(); i++) {
                    sums[i / below.area() % below.channels()] += below.values()[i];
                }
                count += below.area();
            }
        }

        private int peak(Batch answers, int image) {
            int from = answers.offset(image, target.channel());
            int best = from;
            for (int i = from + 1; i < from + answers.area(); i++) {
                best = answers.values()[i] > answers.values()[best] ? i : best;
            }
            return best;
        }

        private List<Integer> ranked() {
            return IntStream.range(0, indexes.size()).boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -strengths.get(i))).map(indexes::get).toList();
        }

        List<Integer> strongest(int most) {
            return ranked().subList(0, Math.min(most, indexes.size()));
        }

        /** Pictures evenly spread over the half that excites the target less. */
        List<Integer> weakest(int most) {
            List<Integer> half = ranked().subList((indexes.size() + 1) / 2, indexes.size());
            int few = Math.min(most, half.size());
            return IntStream.range(0, few).mapToObj(i -> half.get((int) ((long) i * half.size() / few))).toList();
        }

        /** Measures one picture; nothing when the progress said to stop. */
        Optional<Example> example(PictureSet set, Frame frame, int index, Arguments arguments, Progress progress) {
            try {
                Batch picture = set.read(index, frame);
                Readings readings = session.activations(picture, Set.of(Tap.before(target.layer()), Tap.after(layer)));
                Batch answers = readings.at(Tap.before(target.layer()));
                Batch activation = readings.at(Tap.after(layer));
                Batch baseline = activation.zeros();
                for (int i = 0; arguments.baseline == Baseline.MEAN && i < baseline.values().length; i++) {
                    baseline.values()[i] = (float) (sums[i / baseline.area()] / count);
                }
                int peak = peak(answers, 0) - answers.offset(0, target.channel());
                Unit there = target.at(new Unit.Position(peak / answers.columns(), peak % answers.columns()));
                return Attribution.of(session, picture, layer, activation, baseline, Target.ofUnit(session.network(), there),
                        arguments.by == By.PATH ? arguments.steps : 1, progress)
                        .map(found -> new Example(set.pictures().get(index).name(), found.score(), found.base(), found.byChannel()));
            } catch (PictureException problem) {
                throw new IllegalArgumentException(set.pictures().get(index).name() + " cannot be read. " + problem.getMessage(),
                        problem);
            }
        }
    }

    @Override
    public UsedInputs load(ResultFiles files) throws IOException {
        return UsedInputs.load(files);
    }
}
