package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.engine.Session;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Trials.Trial;
import org.loupe.core.experiment.UnitSizes.One;
import org.loupe.core.experiment.UnitSizes.Spot;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;

/** One replacement at work. */
final class Replacement implements AutoCloseable {

    private static final int BRIEF = 160;
    /** As it is, replaced, and taken away in two ways. */
    private static final int WAYS = 4;
    /** Of controls. */
    private static final int KINDS = 3;

    private final Session session;
    private final PictureSet set;
    private final Replace.Arguments arguments;
    private final Frame frame;
    private final Prediction prediction;
    private final List<One> units;
    private final Spot spot;
    private final UnitSizes sizes;
    private final Trials trials;
    private final HandWrittenUnits written;
    private final Map<List<Integer>, Batch> maps = new HashMap<>();

    Replacement(Material material, Replace.Arguments arguments) {
        this.session = material.session();
        this.set = material.requirePictures().set();
        this.arguments = arguments;
        Network network = session.network();
        this.frame = Frame.of(network.input().shape(), arguments.fitting());
        this.prediction = Prediction.parse(arguments.predict());
        this.units = units(network);
        this.spot = units.get(0).spot();
        this.sizes = new UnitSizes(network, units);
        this.trials = new Trials(network, set, frame, arguments.measure(), units.stream().map(One::unit).toList(), prediction);
        this.written = new HandWrittenUnits(material, spot.tap(), units.stream().map(One::channel).toList(), arguments.by(), arguments.over(),
                arguments.scale());
    }

    private List<One> units(Network network) {
        if (arguments.units().isEmpty()) {
            throw new IllegalArgumentException("Which units? Write layer:channel, such as mixed3b:14, or mixed3b:{14,54}.");
        }
        List<Edit.Where> places = arguments.units().stream().map(EditText::where).toList();
        places.forEach(place -> Edit.zero(place).require(network));
        List<One> found = UnitSizes.units(places);
        for (Edit.Where place : places) {
            if (place.channels().isEmpty() || !(place.place() instanceof Unit.Everywhere)) {
                throw new IllegalArgumentException(place + " is not replaced: name whole channels, such as " + place.tap()
                        + ":{0,1}.");
            }
        }
        if (found.stream().map(One::spot).distinct().count() > 1) {
            throw new IllegalArgumentException("What is replaced together lies in one layer; here are "
                    + String.join(", ", found.stream().map(one -> one.spot().tap().toString()).distinct().toList()) + ".");
        }
        return found;
    }

    Experiment run(Observer<? super Experiment> observer) {
        long total = set.pictures().size();
        long work = total * (2 + WAYS + KINDS * arguments.controls());
        boolean whole = sizes.measure(session, set, frame, observer, work)
                && written.calibrate(set, frame, observer, total, work);
        List<Trial> all = new ArrayList<>();
        all.add(new Trial(new Condition("before", Role.BEFORE, List.of(), 0),
                (pictures, indexes, taps) -> session.activations(pictures, taps)));
        if (whole) {
            all.addAll(conditions());
        } else {
            all.add(new Trial(new Condition("replaced", Role.CHANGED, names(units), 0),
                    (pictures, indexes, taps) -> session.activations(pictures, taps)));
        }
        Experiment.Facts facts = new Experiment.Facts(session.network().name(), set.name(), UnitSizes.names(units) + " of "
                + session.network().name() + " replaced by " + brief(arguments.by().strip().replaceAll("\\s*\\R\\s*", "; ")),
                prediction.text(), whole ? remarks() : List.of(), edits(), trials.hasLogits(), trials.classes(), trials.readers(),
                all.stream().map(Trial::condition).toList(), arguments.resamples(), arguments.seed());
        if (!whole) {
            return new Experiment.Builder(all.size(), facts.readers().size(), facts.classes().size()).build(facts, true);
        }
        return trials.run(all, facts, observer, 2 * total, "Running with hand-written units", written.held(set));
    }

    /** What makes the same of a network for good. */
    private List<String> edits() {
        return IntStream.range(0, units.size()).mapToObj(i -> units.get(i) + " = " + written.expressions().get(i)).toList();
    }

    private static String brief(String text) {
        return text.length() <= BRIEF ? text : text.substring(0, BRIEF) + "…";
    }

    private static List<String> names(List<One> units) {
        return units.stream().map(One::toString).toList();
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            remarks.add(String.format(Locale.ROOT, "%s = %s  (correlation with the unit %.2f)", units.get(i),
                    brief(written.told().get(i)), written.correlation(i, i)));
        }
        int held = written.held(set).size();
        if (held > 0) {
            remarks.add(String.format(Locale.ROOT, "pictures that decided about thresholds and factors, and do not count here: %,d", held));
        }
        return remarks;
    }

    private List<Trial> conditions() {
        List<Trial> found = new ArrayList<>();
        List<Integer> right = IntStream.range(0, units.size()).boxed().toList();
        found.add(dealt("replaced", Role.CHANGED, right));
        found.add(edited("taken away by zero", Role.ABLATED, units, false));
        found.add(edited("taken away by mean", Role.ABLATED, units, true));
        Draws draws = new Draws(arguments.seed());
        Set<List<Integer>> wrong = wrongDeals(draws.split(-2));
        int number = 0;
        for (List<Integer> deal : wrong) {
            found.add(dealt("dealt to the wrong units " + ++number, Role.CONTROL, deal));
        }
        for (int control = 0; control < arguments.controls(); control++) {
            found.add(elsewhere("of another picture " + (control + 1), draws.split(-3 - control)));
        }
        for (int control = 0; control < arguments.controls(); control++) {
            int which = control + 1;
            sizes.control(units, control, arguments.controls(), one -> change(one, false), draws)
                    .ifPresent(others -> found.add(edited("random units taken away " + which, Role.RANDOM, others, false)));
        }
        return found;
    }

    /** Orders in which no unit has what was written for it; none where all have the same. */
    private Set<List<Integer>> wrongDeals(Draws draws) {
        Set<List<Integer>> deals = new LinkedHashSet<>();
        if (written.told().stream().distinct().count() < 2) {
            return deals;
        }
        for (int tried = 0; tried < 100 * arguments.controls() && deals.size() < arguments.controls(); tried++) {
            List<Integer> deal = new ArrayList<>(IntStream.range(0, units.size()).boxed().toList());
            for (int i = deal.size() - 1; i > 0; i--) {
                Collections.swap(deal, i, draws.below(i + 1));
            }
            if (IntStream.range(0, deal.size()).noneMatch(i -> deal.get(i) == i)) {
                deals.add(List.copyOf(deal));
            }
        }
        return deals;
    }

    private double change(One one, boolean mean) {
        Sizes size = sizes.of(one.spot());
        return Math.sqrt(mean ? size.variance(one.channel()) : size.square(one.channel()));
    }

    private Trial edited(String name, Role role, List<One> others, boolean mean) {
        Edit.Where where = UnitSizes.where(spot, others.stream().map(One::channel).toList());
        Edit edit = mean ? Edit.mean(where, others.stream().map(one -> sizes.of(spot).mean(one.channel())).toList())
                : Edit.zero(where);
        return new Trial(new Condition(name, role, names(others), UnitSizes.change(others, one -> change(one, mean))),
                (pictures, indexes, taps) -> session.activations(pictures, taps, List.of(edit)));
    }

    private Trial dealt(String name, Role role, List<Integer> deal) {
        double change = Math.sqrt(IntStream.range(0, units.size()).mapToDouble(i -> written.change(deal.get(i), i)).sum());
        return new Trial(new Condition(name, role, names(units), change), (pictures, indexes, taps) ->
                session.activations(pictures, taps, List.of(given(maps(pictures, indexes), deal))));
    }

    private Trial elsewhere(String name, Draws draws) {
        double change = Math.sqrt(IntStream.range(0, units.size()).mapToDouble(i -> written.changeElsewhere(i, i)).sum());
        List<Integer> right = IntStream.range(0, units.size()).boxed().toList();
        Donors donors = new Donors(session, set, frame);
        return new Trial(new Condition(name, Role.CONTROL, names(units), change), (pictures, indexes, taps) ->
                session.activations(pictures, taps, List.of(given(written.maps(donors.pictures(indexes, draws)), right))));
    }

    /** What is written, of the pictures that are shown; several conditions use it one after the other. */
    private Batch maps(Batch pictures, List<Integer> indexes) {
        maps.keySet().removeIf(known -> !known.equals(indexes));
        return maps.computeIfAbsent(List.copyOf(indexes), shown -> written.maps(pictures));
    }

    private Edit given(Batch found, List<Integer> deal) {
        Batch values = found.zeros();
        for (int image = 0; image < found.images(); image++) {
            for (int i = 0; i < deal.size(); i++) {
                Scaling scaling = written.scaling(deal.get(i), i);
                int from = found.offset(image, deal.get(i));
                int to = values.offset(image, i);
                for (int position = 0; position < found.area(); position++) {
                    values.values()[to + position] = scaling.of(found.values()[from + position]);
                }
            }
        }
        return Edit.replace(UnitSizes.where(spot, units.stream().map(One::channel).toList()), new Edit.Given(values));
    }

    @Override
    public void close() {
        written.close();
    }
}
