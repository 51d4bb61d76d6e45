package org.loupe.ui.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Connection;
import org.loupe.core.circuit.Connections;
import org.loupe.core.circuit.FollowWeights;
import org.loupe.core.circuit.FollowedWeights;
import org.loupe.core.circuit.Wiring;
import org.loupe.core.network.NetworkException;
import org.loupe.ui.UnitInNetwork;

/**
 * The strongest weights by which a unit reads a layer several layers below, as if everything between were linear.
 *
 * @param asked   whose, and down to where
 * @param layers  those that could be chosen, the nearest first
 * @param ways    the strongest first
 * @param count   how many units of the layer reach the unit
 * @param share   of the norms of all, the part that these ways have, 0 to 1
 * @param problem why there are no ways; empty where there are
 */
record Expansion(Asked asked, List<String> layers, List<Way> ways, int count, double share, String problem) {

    /**
     * What is to be expanded.
     *
     * @param layer down to which; the usual one where it is none that the unit can read over several layers
     */
    record Asked(UnitInNetwork unit, String layer) {
    }

    /**
     * One unit below.
     *
     * @param expanded the product of all weights on the way, summed over all ways
     * @param left     what is left of the sizes of all ways when they work against each other, 0 to 1
     */
    record Way(Connection expanded, double left) {
        /** Whether so little is left that the linear story says nothing. */
        boolean cancels() {
            return left < FollowedWeights.MISLEADS;
        }
    }

    Expansion {
        layers = List.copyOf(layers);
        ways = List.copyOf(ways);
    }

    /** Expands. Takes up to seconds for large networks. */
    static Expansion of(Asked asked) {
        Unit unit = asked.unit.unit().at(Unit.EVERYWHERE);
        List<String> layers = FollowWeights.layers(asked.unit.network(), unit);
        if (layers.isEmpty()) {
            return new Expansion(asked, layers, List.of(), 0, 0, unit + " reads the picture, or the lowest layer: there is nothing"
                    + " between.");
        }
        String layer = layers.contains(asked.layer) ? asked.layer
                : FollowWeights.usual(asked.unit.network(), unit).orElse(layers.get(0));
        Asked known = new Asked(asked.unit, layer);
        try {
            Wiring.Expanded expanded = Wiring.expanded(asked.unit.network(), unit, layer);
            List<Way> ways = new ArrayList<>();
            FollowWeights.strongest(expanded, FollowWeights.WAYS).forEach(one -> ways.add(new Way(one, expanded.left(one))));
            int count = (int) expanded.net().all().stream().map(Connection::from).distinct().count();
            return new Expansion(known, layers, ways, count, expanded.net().share(ways.stream().map(Way::expanded).toList()), "");
        } catch (NetworkException nothing) {
            return new Expansion(known, layers, List.of(), 0, 0, nothing.getMessage());
        }
    }

    /** The weight, positive or negative, that gets the full colour. */
    double extent() {
        return Connections.extent(ways.stream().map(Way::expanded).toList());
    }

    /** What the picture below says, in one sentence, or why there is none. */
    String words() {
        return !problem.isEmpty() ? problem : String.format(Locale.ROOT, "The products of all weights between, as if nothing were"
                + " gated: %d of the %d units of %s that reach it, with %.0f %% of the norms.", ways.size(), count, asked.layer,
                100 * share);
    }

    /**
     * Where the linear story does not hold, by the weights alone or by what pictures show; empty where nothing speaks against it.
     *
     * @param followed what arrives on pictures, as far as that is known
     */
    String warning(Optional<FollowedWeights> followed) {
        String cancelling = names(Way::cancels);
        String misleading = names(way -> followed.flatMap(found -> found.summary(way.expanded.from()))
                .filter(FollowedWeights.Summary::misleads).isPresent());
        return (cancelling.isEmpty() ? "" : "Ways from " + cancelling + " cancel: less than 30 % of their sizes is left. ")
                + (misleading.isEmpty() ? "" : "On pictures, the linear story of " + misleading + " misleads: what arrives has little to"
                        + " do with these weights.");
    }

    private String names(Predicate<Way> isSo) {
        List<String> units = ways.stream().filter(isSo).map(way -> way.expanded.from().toString()).toList();
        return units.size() == ways.size() && units.size() > 1 ? "all " + units.size() + " units" : String.join(", ", units);
    }
}
