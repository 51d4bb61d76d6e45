package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Draws;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;

/** How large the units of some places are over a picture set, and which other units are as large. */
final class UnitSizes {

    /** A control is drawn from so many times as many units of the nearest size as there are controls. */
    private static final int CHOICE = 2;

    private final Map<Spot, Sizes> sizes = new LinkedHashMap<>();

    /** A tap and a place in its maps. */
    record Spot(Tap tap, Unit.Place place) {
    }

    /** One channel there. */
    record One(Spot spot, int channel) {
        @Override
        public String toString() {
            return new Edit.Where(spot.tap, List.of(channel), spot.place).toString();
        }

        Unit unit() {
            return new Unit(spot.tap.layer(), channel, spot.place);
        }
    }

    /** The units that some places have, each once. */
    static List<One> units(List<Edit.Where> places) {
        return places.stream().flatMap(place -> place.channels().stream()
                .map(channel -> new One(new Spot(place.tap(), place.place()), channel))).distinct().toList();
    }

    UnitSizes(Network network, Collection<One> units) {
        units.forEach(one -> sizes.computeIfAbsent(one.spot,
                spot -> new Sizes(network.shape(network.layer(spot.tap.layer())).channels())));
    }

    Set<Tap> taps() {
        return sizes.keySet().stream().map(Spot::tap).collect(Collectors.toSet());
    }

    /** Measures all pictures; whether nobody said to stop. */
    boolean measure(Session session, PictureSet set, Frame frame, Progress progress, long work) {
        int total = set.pictures().size();
        for (int from = 0; from < total; from += Trials.TOGETHER) {
            if (!progress.report(from, work, "Measuring how large units are")) {
                return false;
            }
            set.read(from, Math.min(total, from + Trials.TOGETHER), frame).batch().ifPresent(batch -> {
                Readings readings = session.activations(batch, taps());
                sizes.forEach((spot, size) -> size.add(readings.at(spot.tap), spot.place));
            });
        }
        return true;
    }

    Sizes of(Spot spot) {
        return sizes.get(spot);
    }

    /**
     * As many other units of the same layers, each drawn from those that change by much the same, and for each control
     * another one; nothing where there are no more.
     *
     * @param change   by how much a unit changes when it is taken away
     * @param controls of how many this is one
     */
    Optional<List<One>> control(List<One> units, int number, int controls, ToDoubleFunction<One> change, Draws draws) {
        List<One> control = new ArrayList<>();
        for (int i = 0; i < units.size(); i++) {
            List<One> drawn = drawn(units, units.get(i), controls, change, draws.split(i));
            Optional<One> other = drawn.stream().skip(number).filter(one -> !control.contains(one)).findFirst();
            if (other.isEmpty()) {
                return Optional.empty();
            }
            control.add(other.get());
        }
        return Optional.of(control);
    }

    /** The units of the nearest size, in a random order. */
    private List<One> drawn(List<One> units, One one, int controls, ToDoubleFunction<One> change, Draws draws) {
        double wanted = change.applyAsDouble(one);
        List<One> others = new ArrayList<>(IntStream.range(0, sizes.get(one.spot).channels())
                .mapToObj(channel -> new One(one.spot, channel)).filter(other -> !units.contains(other))
                .sorted(Comparator.comparingDouble((One other) -> Math.abs(change.applyAsDouble(other) - wanted))
                        .thenComparingInt(One::channel))
                .limit((long) CHOICE * controls).toList());
        for (int i = others.size() - 1; i > 0; i--) {
            Collections.swap(others, i, draws.below(i + 1));
        }
        return others;
    }

    /** Root of the mean square by which units change together. */
    static double change(List<One> units, ToDoubleFunction<One> change) {
        return Math.sqrt(units.stream().mapToDouble(change).map(size -> size * size).sum());
    }

    /** For each spot the channels of some units there. */
    static Map<Spot, List<Integer>> bySpot(List<One> units) {
        Map<Spot, List<Integer>> channels = new LinkedHashMap<>();
        units.forEach(one -> channels.computeIfAbsent(one.spot, spot -> new ArrayList<>()).add(one.channel));
        return channels;
    }

    static String names(List<One> units) {
        return units.stream().map(One::toString).collect(Collectors.joining(", "));
    }

    static Edit.Where where(Spot spot, List<Integer> channels) {
        return new Edit.Where(spot.tap, channels, spot.place);
    }

    /** What another picture's batch has, made to fit. */
    static Edit spliced(Spot spot, List<Integer> channels, Map<Tap, Batch> donors) {
        return Edit.splice(where(spot, channels), donors.get(spot.tap));
    }
}
