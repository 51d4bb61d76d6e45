package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.engine.Session;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Trials.Trial;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.surgery.Detectors;
import org.loupe.core.surgery.KernelChange;
import org.loupe.core.surgery.Surgery;

/** An ablation of weights: for each condition a network of its own; the controls change other kernels into the same units. */
final class KernelAblation {

    private static final int CHOICE = 2;

    private final Session session;
    private final Network folded;
    private final PictureSet set;
    private final Ablate.Arguments arguments;
    private final List<KernelChange> changes;
    private final Prediction prediction;
    private final Trials trials;

    KernelAblation(Material material, Ablate.Arguments arguments) {
        this.session = material.session();
        this.set = material.requirePictures().set();
        this.arguments = arguments;
        this.changes = arguments.kernels();
        this.folded = Folding.fold(session.network());
        changes.forEach(change -> change.weights(folded));
        this.prediction = Prediction.parse(arguments.predict());
        List<Unit> upper = changes.stream().map(change -> change.to().at(Unit.EVERYWHERE)).distinct().toList();
        this.trials = new Trials(session.network(), set, Frame.of(session.network().input().shape(), arguments.fitting()),
                arguments.measure(), upper, prediction);
    }

    Experiment run(Observer<? super Experiment> observer) {
        List<Session> opened = new ArrayList<>();
        try {
            List<Trial> all = new ArrayList<>();
            all.add(new Trial(new Condition("before", Role.BEFORE, List.of(), 0),
                    (pictures, indexes, taps) -> session.activations(pictures, taps)));
            all.add(trial("ablated", Role.CHANGED, changes, opened));
            for (int control = 0; control < arguments.controls(); control++) {
                int number = control;
                control(control).ifPresent(others -> all.add(trial("other kernels " + (number + 1), Role.CONTROL, others, opened)));
            }
            String what = String.join(", ", changes.stream().map(change -> change.toString().replaceAll(" = .*", "")).toList())
                    + " " + arguments.by().verb() + " " + session.network().name() + ", " + arguments.by().how()
                    + (arguments.by() == Ablate.By.SCALE ? " of " + arguments.factor() : "");
            Experiment.Facts facts = new Experiment.Facts(session.network().name(), set.name(), what, prediction.text(), List.of(), List.of(),
                    trials.hasLogits(), trials.classes(), trials.readers(), all.stream().map(Trial::condition).toList(),
                    arguments.resamples(), arguments.seed());
            return trials.run(all, facts, observer, 0, "Running with other weights", Set.of());
        } finally {
            opened.forEach(Session::close);
        }
    }

    private Trial trial(String name, Role role, List<KernelChange> kernels, List<Session> opened) {
        Network changed = Surgery.apply(folded, folded.name(), "", kernels.stream().map(KernelChange::toString).toList(),
                Detectors.builtIn());
        Session other = session.engine().open(changed);
        opened.add(other);
        double size = Math.sqrt(kernels.stream().mapToDouble(this::square).sum());
        return new Trial(new Condition(name, role, kernels.stream().map(kernel -> kernel.toString().replaceAll(" = .*", ""))
                .map(kernel -> kernel.replace(" ", "")).toList(), size),
                (pictures, indexes, taps) -> other.activations(pictures, taps));
    }

    /** The sum of the squares by which the weights change. */
    private double square(KernelChange change) {
        double factor = 1 - change.factor();
        return factor * factor * weights(change).stream().mapToDouble(weight -> weight * weight).sum();
    }

    private List<Double> weights(KernelChange change) {
        List<List<Double>> rows = change.weights(folded);
        return change.cell().isPresent() ? List.of(rows.get(change.cell().get().row()).get(change.cell().get().column()))
                : rows.stream().flatMap(List::stream).toList();
    }

    /** For each kernel another one from the same layer into the same unit, of much the same size. */
    private Optional<List<KernelChange>> control(int number) {
        List<KernelChange> control = new ArrayList<>();
        Set<String> taken = new HashSet<>(changes.stream().map(KernelChange::toString).toList());
        for (int i = 0; i < changes.size(); i++) {
            KernelChange change = changes.get(i);
            double wanted = square(change);
            List<KernelChange> others = new ArrayList<>(IntStream.range(0, channels(change.from().layer()))
                    .mapToObj(channel -> new KernelChange(new Unit(change.from().layer(), channel), change.to(), change.cell(),
                            change.factor(), change.values()))
                    .filter(other -> changes.stream().noneMatch(one -> one.toString().equals(other.toString())))
                    .sorted(Comparator.comparingDouble(other -> Math.abs(Math.sqrt(square(other)) - Math.sqrt(wanted))))
                    .limit((long) CHOICE * arguments.controls()).toList());
            Draws draws = new Draws(arguments.seed()).split(i);
            for (int last = others.size() - 1; last > 0; last--) {
                Collections.swap(others, last, draws.below(last + 1));
            }
            Optional<KernelChange> drawn = others.stream().skip(number).filter(other -> taken.add(other.toString())).findFirst();
            if (drawn.isEmpty()) {
                return Optional.empty();
            }
            control.add(drawn.get());
        }
        return Optional.of(control);
    }

    private int channels(String layer) {
        Shape picture = session.network().input().shape();
        return layer.equals(Network.INPUT) ? picture.channels() : session.network().shape(session.network().layer(layer)).channels();
    }
}
