package org.loupe.core.circuit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.circuit.ToldStory.Claim;
import org.loupe.core.circuit.ToldStory.Place;
import org.loupe.core.network.Network;

/** Holds claims about the kernels of a unit against other channels in place of those that are meant, and other units. */
final class StoryChances {

    private static final int MOST_UNITS = 200;

    private final Network network;
    private final Wiring wiring;
    private final Unit target;
    private final int draws;
    private final Draws random;
    private final Map<Unit, Connections> inputs = new HashMap<>();
    private final Map<Unit, Map<Unit, Kernel>> kernels = new HashMap<>();

    StoryChances(Network network, Unit target, int draws, long seed) {
        this.network = network;
        this.wiring = Wiring.of(network);
        this.target = target;
        this.draws = draws;
        this.random = new Draws(seed);
    }

    /** The layers that the target reads. */
    Set<String> readLayers() {
        Set<String> layers = new LinkedHashSet<>();
        inputs(target).all().forEach(connection -> layers.add(connection.from().layer()));
        layers.remove(Network.INPUT);
        return layers;
    }

    private Connections inputs(Unit unit) {
        return inputs.computeIfAbsent(unit, wiring::inputs);
    }

    private Optional<Kernel> kernel(Unit from, Unit to) {
        Map<Unit, Kernel> known = kernels.computeIfAbsent(to, any -> {
            Map<Unit, Kernel> found = new HashMap<>();
            inputs(to).all().forEach(one -> found.putIfAbsent(one.from(), one.kernel()));
            return found;
        });
        return Optional.ofNullable(known.get(from));
    }

    /** A claim with what the weights say, not yet held against anything. */
    Claim claim(Place place, List<Unit> units) {
        if (place == Place.APART && units.size() != 2) {
            throw new IllegalArgumentException("Two units are apart from each other; these are " + units.size() + ".");
        }
        if (place == Place.RING && units.size() < 3) {
            throw new IllegalArgumentException("A ring has three units or more; these are " + units.size() + ".");
        }
        return new Claim(place, units, value(place, units, target), Double.NaN, Double.NaN,
                place == Place.APART ? List.of() : units.stream().map(unit -> kernel(unit, target)
                        .orElse(new Kernel(1, 1, 0, 0, new float[1]))).toList());
    }

    /** From -1 to 1: how well the kernels from some units into another one are as the claim has it; 0 where there are none. */
    private double value(Place place, List<Unit> units, Unit to) {
        if (place == Place.APART) {
            return -cosine(units.get(0), units.get(1));
        }
        double all = inputs(to).all().stream().mapToDouble(one -> Math.abs(one.kernel().net())).max().orElse(1);
        double[] values = IntStream.range(0, units.size()).mapToDouble(i -> kernel(units.get(i), to)
                .map(kernel -> place == Place.ANY ? kernel.net() / Math.max(all, 1e-12)
                        : alike(kernel, place, 2 * Math.PI * i / units.size())).orElse(0.0)).toArray();
        return place == Place.ANY ? Arrays.stream(values).min().orElse(0) : Arrays.stream(values).average().orElse(0);
    }

    /** The cosine of a kernel with the pattern that a place means. */
    static double alike(Kernel kernel, Place place, double angle) {
        double product = 0;
        double own = 0;
        double other = 0;
        for (int row = 0; row < kernel.rows(); row++) {
            for (int column = 0; column < kernel.columns(); column++) {
                double down = row + kernel.top();
                double right = column + kernel.left();
                double wanted = switch (place) {
                    case ABOVE -> -down;
                    case BELOW -> down;
                    case LEFT -> -right;
                    case RIGHT -> right;
                    default -> down == 0 && right == 0 ? 0 : Math.cos(Math.atan2(down, right) - angle);
                };
                product += kernel.at(row, column) * wanted;
                own += (double) kernel.at(row, column) * kernel.at(row, column);
                other += wanted * wanted;
            }
        }
        return own == 0 || other == 0 ? 0 : product / Math.sqrt(own * other);
    }

    /** The cosine of all weights by which two units read. */
    private double cosine(Unit first, Unit second) {
        double product = 0;
        for (Connection one : inputs(first).all()) {
            Kernel other = kernel(one.from(), second).orElse(null);
            if (other != null && other.values().length == one.kernel().values().length) {
                for (int i = 0; i < other.values().length; i++) {
                    product += (double) one.kernel().values()[i] * other.values()[i];
                }
            }
        }
        double lengths = length(first) * length(second);
        return lengths == 0 ? 0 : product / lengths;
    }

    private double length(Unit unit) {
        return Math.sqrt(inputs(unit).all().stream().mapToDouble(one -> one.strength() * one.strength()).sum());
    }

    /** Holds claims, each and all together, against what is drawn at random. */
    ToldStory tell(List<Claim> claims, int looked, List<String> remarks) {
        int[] reached = new int[claims.size()];
        int together = 0;
        double whole = mean(claims.stream().mapToDouble(Claim::value).toArray());
        List<Map<Unit, Unit>> exact = all(claims);
        int tries = exact.isEmpty() ? draws : exact.size();
        int observed = exact.isEmpty() ? 1 : 0;
        for (int draw = 0; draw < tries; draw++) {
            double[] values = new double[claims.size()];
            Map<Unit, Unit> others = exact.isEmpty() ? new HashMap<>() : exact.get(draw);
            Draws own = random.split(draw);
            for (int i = 0; i < values.length; i++) {
                values[i] = value(claims.get(i).place(), drawn(claims.get(i), others, own), target);
                reached[i] += values[i] >= claims.get(i).value() - 1e-9 ? 1 : 0;
            }
            together += mean(values) >= whole - 1e-9 ? 1 : 0;
        }
        List<Unit> units = others(claims);
        int[] reachedByUnits = new int[claims.size()];
        int togetherByUnits = 0;
        for (Unit unit : units) {
            double[] values = claims.stream().mapToDouble(claim -> value(claim.place(), claim.units(), unit)).toArray();
            for (int i = 0; i < values.length; i++) {
                reachedByUnits[i] += values[i] >= claims.get(i).value() - 1e-9 ? 1 : 0;
            }
            togetherByUnits += mean(values) >= whole - 1e-9 ? 1 : 0;
        }
        List<Claim> told = new ArrayList<>();
        for (int i = 0; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            double byUnits = claim.place() == Place.APART || units.isEmpty() ? Double.NaN
                    : (1.0 + reachedByUnits[i]) / (1 + units.size());
            told.add(new Claim(claim.place(), claim.units(), claim.value(), corrected((double) (observed + reached[i]) / (observed + tries),
                    claims.size() * looked), corrected(byUnits, claims.size() * looked), claim.kernels()));
        }
        boolean onlyApart = claims.stream().allMatch(claim -> claim.place() == Place.APART);
        return new ToldStory(network.name(), target, told, whole, corrected((double) (observed + together) / (observed + tries), looked),
                onlyApart || units.isEmpty() ? Double.NaN : corrected((1.0 + togetherByUnits) / (1 + units.size()), looked),
                units.size(), looked, remarks, false);
    }

    private static double corrected(double chance, int looks) {
        return Math.min(1, chance * looks);
    }

    /** For a ring, the same units in another order; else other channels of their layers, for the same unit the same. */
    private List<Unit> drawn(Claim claim, Map<Unit, Unit> others, Draws own) {
        List<Unit> drawn = new ArrayList<>();
        if (claim.place() == Place.RING) {
            List<Unit> left = new ArrayList<>(claim.units());
            while (!left.isEmpty()) {
                drawn.add(left.remove(own.below(left.size())));
            }
            return drawn;
        }
        for (Unit unit : claim.units()) {
            drawn.add(others.computeIfAbsent(unit, any -> {
                int channels = network.shape(network.layer(unit.layer())).channels();
                Unit other = new Unit(unit.layer(), own.below(channels));
                while (others.containsValue(other) && others.size() < channels) {
                    other = new Unit(unit.layer(), own.below(channels));
                }
                return other;
            }));
        }
        return drawn;
    }

    /** Every way to put different channels of their layers in place of the units, where that are no more than draws. */
    private List<Map<Unit, Unit>> all(List<Claim> claims) {
        if (claims.stream().anyMatch(claim -> claim.place() == Place.RING)) {
            return List.of();
        }
        List<Map<Unit, Unit>> ways = List.of(Map.of());
        for (Unit unit : claims.stream().flatMap(claim -> claim.units().stream()).distinct().toList()) {
            int channels = network.shape(network.layer(unit.layer())).channels();
            if ((long) ways.size() * channels > draws) {
                return List.of();
            }
            List<Map<Unit, Unit>> longer = new ArrayList<>();
            for (Map<Unit, Unit> way : ways) {
                for (int channel = 0; channel < channels; channel++) {
                    Map<Unit, Unit> more = new HashMap<>(way);
                    if (!way.containsValue(new Unit(unit.layer(), channel))) {
                        more.put(unit, new Unit(unit.layer(), channel));
                        longer.add(more);
                    }
                }
            }
            ways = longer;
        }
        return ways;
    }

    private List<Unit> others(List<Claim> claims) {
        int channels = network.shape(network.layer(target.layer())).channels();
        List<Unit> left = new ArrayList<>(IntStream.range(0, channels).filter(channel -> channel != target.channel())
                .mapToObj(channel -> new Unit(target.layer(), channel)).toList());
        Draws own = random.split(-1);
        while (left.size() > MOST_UNITS) {
            left.remove(own.below(left.size()));
        }
        return claims.stream().allMatch(claim -> claim.place() == Place.APART) ? List.of() : left;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
