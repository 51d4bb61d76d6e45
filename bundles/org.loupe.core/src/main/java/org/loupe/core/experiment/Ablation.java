package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Observer;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Session;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Trials.Trial;
import org.loupe.core.experiment.UnitSizes.One;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;

/** One ablation at work: a pass over the pictures to learn how large each unit is, and one in which they are changed. */
final class Ablation {

    private final Session session;
    private final PictureSet set;
    private final Ablate.Arguments arguments;
    private final Frame frame;
    private final Prediction prediction;
    private final List<One> ablated;
    private final UnitSizes sizes;
    private final Trials trials;
    private final Donors donors;
    private Map<Tap, Batch> donor = Map.of();

    Ablation(Session session, PictureSet set, Ablate.Arguments arguments) {
        this.session = session;
        this.set = set;
        this.arguments = arguments;
        Network network = session.network();
        this.frame = Frame.of(network.input().shape(), arguments.fitting());
        this.prediction = Prediction.parse(arguments.predict());
        this.ablated = UnitSizes.units(arguments.places(network));
        this.sizes = new UnitSizes(network, ablated);
        this.trials = new Trials(network, set, frame, arguments.measure(), ablated.stream().map(One::unit).toList(), prediction);
        this.donors = new Donors(session, set, frame);
    }

    Experiment run(Observer<? super Experiment> observer) {
        if (arguments.by() == Ablate.By.PATCH) {
            donor = donors.of(arguments.donor(), sizes.taps());
        }
        long total = set.pictures().size();
        boolean whole = sizes.measure(session, set, frame, observer, total * (3 + arguments.controls()));
        List<Trial> all = new ArrayList<>();
        all.add(trial("before", Role.BEFORE, List.of()));
        all.add(trial("ablated", Role.CHANGED, ablated));
        for (int control = 0; whole && control < arguments.controls(); control++) {
            int number = control;
            sizes.control(ablated, control, arguments.controls(), this::change, new Draws(arguments.seed()))
                    .ifPresent(units -> all.add(trial("random units " + (number + 1), Role.CONTROL, units)));
        }
        Experiment.Facts facts = new Experiment.Facts(session.network().name(), set.name(), what(), prediction.text(), List.of(), List.of(),
                trials.hasLogits(), trials.classes(), trials.readers(), all.stream().map(Trial::condition).toList(),
                arguments.resamples(), arguments.seed());
        if (!whole) {
            return new Experiment.Builder(all.size(), facts.readers().size(), facts.classes().size()).build(facts, true);
        }
        return trials.run(all, facts, observer, total, "Running without " + (ablated.size() == 1 ? ablated.get(0)
                : ablated.size() + " units"), Set.of());
    }

    private String what() {
        return UnitSizes.names(ablated) + " " + arguments.by().verb() + " " + session.network().name() + ", "
                + arguments.by().how() + switch (arguments.by()) {
                    case SCALE -> " of " + arguments.factor();
                    case PATCH -> " (" + arguments.donor() + ")";
                    default -> "";
                };
    }

    /** Root of the mean square of what changes. */
    private double change(One one) {
        Sizes size = sizes.of(one.spot());
        return Math.sqrt(switch (arguments.by()) {
            case ZERO -> size.square(one.channel());
            case MEAN -> size.variance(one.channel());
            case RESAMPLE -> 2 * size.variance(one.channel());
            case SCALE -> (1 - arguments.factor()) * (1 - arguments.factor()) * size.square(one.channel());
            case PATCH -> patched(one, size);
        });
    }

    /** The mean square of the difference from the one picture, as if positions were independent. */
    private double patched(One one, Sizes size) {
        Sizes own = new Sizes(size.channels());
        own.add(donor.get(one.spot().tap()), one.spot().place());
        return Math.max(0, size.square(one.channel()) - 2 * size.mean(one.channel()) * own.mean(one.channel())
                + own.square(one.channel()));
    }

    private Trial trial(String name, Role role, List<One> units) {
        Condition condition = new Condition(name, role, units.stream().map(One::toString).toList(),
                UnitSizes.change(units, this::change));
        return new Trial(condition, (pictures, indexes, taps) -> session.activations(pictures, taps,
                edits(units, indexes)));
    }

    /** One edit for each place. */
    private List<Edit> edits(List<One> units, List<Integer> indexes) {
        if (units.isEmpty()) {
            return List.of();
        }
        Map<Tap, Batch> other = arguments.by() == Ablate.By.RESAMPLE
                ? donors.others(indexes, sizes.taps(), new Draws(arguments.seed()).split(-1)) : donor;
        List<Edit> edits = new ArrayList<>();
        UnitSizes.bySpot(units).forEach((spot, channels) -> {
            Edit.Where where = UnitSizes.where(spot, channels);
            edits.add(switch (arguments.by()) {
                case ZERO -> Edit.zero(where);
                case MEAN -> Edit.mean(where, channels.stream().map(sizes.of(spot)::mean).toList());
                case SCALE -> Edit.scale(where, arguments.factor());
                case RESAMPLE, PATCH -> UnitSizes.spliced(spot, channels, other);
            });
        });
        return edits;
    }
}
