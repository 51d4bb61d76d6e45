package org.loupe.ui.labels;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Known.Hit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.UnitInNetwork;

/** Looks for units in all networks: by their spelling, by names of layers, and by what is written about them. */
final class UnitSearch {

    private static final int MOST = 500;

    /**
     * A unit that was found.
     *
     * @param why what it was found by, for a person
     */
    record Found(UnitInNetwork unit, String name, String why) {
    }

    private UnitSearch() {
    }

    /** All that fits, what is written first; at most 500 units. */
    static List<Found> find(Laboratory laboratory, String text) {
        List<Found> found = new ArrayList<>();
        if (text.isBlank()) {
            return found;
        }
        for (Network network : laboratory.networks()) {
            for (Hit hit : laboratory.annotations().known(network).search(text)) {
                if (isThere(network, hit.unit())) {
                    found.add(new Found(new UnitInNetwork(network, hit.unit()), hit.text().lines().findFirst().orElse(""),
                            hit.what() + (hit.where().isEmpty() ? "" : ", " + hit.where())));
                }
            }
        }
        laboratory.networks().forEach(network -> find(network, text.strip().toLowerCase(Locale.ROOT), found));
        return found.subList(0, Math.min(MOST, found.size()));
    }

    private static void find(Network network, String text, List<Found> found) {
        for (Layer layer : network.layers()) {
            int colon = text.indexOf(':');
            String name = layer.name().toLowerCase(Locale.ROOT);
            if (colon >= 0 && name.startsWith(text.substring(0, colon)) && text.substring(colon + 1).matches("\\d{1,9}")) {
                Unit unit = new Unit(layer.name(), Integer.parseInt(text.substring(colon + 1)));
                if (isThere(network, unit)) {
                    found.add(new Found(new UnitInNetwork(network, unit), "", "unit"));
                }
            } else if (name.contains(text)) {
                found.add(new Found(new UnitInNetwork(network, new Unit(layer.name(), 0)),
                        network.shape(layer).channels() + " channels", "layer"));
            }
            boolean isLast = layer.equals(network.layers().get(network.layers().size() - 1));
            for (int channel = 0; isLast && channel < network.classes().size(); channel++) {
                if (network.classes().get(channel).toLowerCase(Locale.ROOT).contains(text)
                        && channel < network.shape(layer).channels()) {
                    found.add(new Found(new UnitInNetwork(network, new Unit(layer.name(), channel)),
                            network.classes().get(channel), "class"));
                }
            }
        }
    }

    private static boolean isThere(Network network, Unit unit) {
        return network.layers().stream().anyMatch(layer -> layer.name().equals(unit.layer())
                && unit.channel() < network.shape(layer).channels());
    }
}
