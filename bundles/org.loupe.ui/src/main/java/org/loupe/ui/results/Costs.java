package org.loupe.ui.results;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.ui.LoupeUi;
import org.osgi.service.prefs.Preferences;

/**
 * How long making pictures takes on this machine, learned from the last runs and kept between sessions.
 *
 * <p>The work is counted in multiplications of the network up to the layer, there and back; what a second does of it
 * is learned for each network size, for small layers waste more of the machine than large ones.
 */
public final class Costs {

    /** What a slow laptop does with one small network, until a run has told better. */
    private static final double FIRST_GUESS = 5e9;
    private static final double THERE_AND_BACK = 2;
    private static final double NEWEST_COUNTS = 0.5;

    private final Preferences kept;

    /** What was learned in this workspace. */
    public Costs() {
        this(InstanceScope.INSTANCE.getNode(LoupeUi.BUNDLE + "/costs"));
    }

    Costs(Preferences kept) {
        this.kept = kept;
    }

    /**
     * The work of making pictures, to be compared with other such numbers.
     *
     * @param pictures how many, of the network's own size
     */
    public static double work(Network network, Unit unit, int steps, int pictures) {
        double once = 0;
        for (Layer layer : network.layers()) {
            once += network.multiplications(layer);
            if (layer.name().equals(unit.layer())) {
                break;
            }
        }
        return THERE_AND_BACK * Math.max(1, once) * steps * pictures;
    }

    /** How many seconds some work takes, going by the last runs. */
    public double seconds(Network network, double work) {
        return seconds(network, "", work);
    }

    /**
     * How many seconds some work takes, going by the last runs of its kind.
     *
     * @param kind of the work; empty for making pictures
     */
    public double seconds(Network network, String kind, double work) {
        return work / kept.getDouble(kind + key(network), FIRST_GUESS);
    }

    /** Whether work of a kind was done before, so that its cost is known. */
    public boolean isKnown(Network network, String kind) {
        return kept.get(kind + key(network), null) != null;
    }

    /** Learns from a run that went through to its end. */
    public void learn(Network network, double work, double seconds) {
        learn(network, "", work, seconds);
    }

    /** Learns from a run of a kind of work that went through to its end. */
    public void learn(Network network, String kind, double work, double seconds) {
        if (seconds > 0 && work > 0) {
            double before = kept.getDouble(kind + key(network), work / seconds);
            kept.putDouble(kind + key(network), before + NEWEST_COUNTS * (work / seconds - before));
        }
    }

    private static String key(Network network) {
        return network.name().replace('/', '-') + ":" + network.parameters();
    }
}
