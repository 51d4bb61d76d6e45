package org.loupe.ui.wall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.ui.IMemento;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.ui.LayerInNetwork;

/**
 * What the wall looked like when the window was closed.
 *
 * @param network  name of the network, or an empty text
 * @param layer    name of the layer, or an empty text
 * @param channels the selected channels
 * @param scroll   rows scrolled away, in points
 * @param side     size of the pictures, in points
 * @param order    of the channels
 * @param whole    names of networks and layers that were to be made whole and are not yet
 * @param isStopped whether a person has stopped the making of these
 */
record WallMemory(String network, String layer, List<Integer> channels, int scroll, int side, Order order,
        List<Whole> whole, boolean isStopped) {

    /** A layer by name. */
    record Whole(String network, String layer) {
    }

    private static final String NETWORK = "network";
    private static final String LAYER = "layer";
    private static final String CHANNEL = "channel";
    private static final String NUMBER = "number";
    private static final String SCROLL = "scroll";
    private static final String SIDE = "side";
    private static final String ORDER = "order";
    private static final String WHOLE = "whole";
    private static final String STOPPED = "stopped";

    /** At the first start: the first channel of some layer. */
    static final WallMemory FIRST = new WallMemory("", "", List.of(0), 0, ChannelWall.NORMAL, Order.INDEX, List.of(),
            false);

    static WallMemory read(IMemento memento) {
        if (memento == null || memento.getString(NETWORK) == null || memento.getString(LAYER) == null) {
            return FIRST;
        }
        List<Integer> channels = new ArrayList<>();
        for (IMemento channel : memento.getChildren(CHANNEL)) {
            channels.add(number(channel, NUMBER, 0));
        }
        List<Whole> whole = new ArrayList<>();
        for (IMemento one : memento.getChildren(WHOLE)) {
            whole.add(new Whole(one.getString(NETWORK), one.getString(LAYER)));
        }
        String name = memento.getString(ORDER);
        Order order = Arrays.stream(Order.values()).filter(one -> one.name().equals(name)).findFirst().orElse(Order.INDEX);
        return new WallMemory(memento.getString(NETWORK), memento.getString(LAYER), channels,
                number(memento, SCROLL, 0), number(memento, SIDE, ChannelWall.NORMAL), order, whole,
                Boolean.TRUE.equals(memento.getBoolean(STOPPED)));
    }

    private static int number(IMemento memento, String key, int otherwise) {
        Integer found = memento.getInteger(key);
        return found == null ? otherwise : found;
    }

    void write(IMemento memento) {
        memento.putString(NETWORK, network);
        memento.putString(LAYER, layer);
        memento.putInteger(SCROLL, scroll);
        memento.putInteger(SIDE, side);
        memento.putString(ORDER, order.name());
        memento.putBoolean(STOPPED, isStopped);
        for (int channel : channels) {
            memento.createChild(CHANNEL).putInteger(NUMBER, channel);
        }
        for (Whole one : whole) {
            IMemento child = memento.createChild(WHOLE);
            child.putString(NETWORK, one.network());
            child.putString(LAYER, one.layer());
        }
    }

    /** The names of layers. */
    static List<Whole> names(List<LayerInNetwork> layers) {
        return layers.stream().map(one -> new Whole(one.network().name(), one.layer().name())).toList();
    }

    /** The layers that were to be made whole, without those that are gone. */
    List<LayerInNetwork> unfinished(List<Network> networks) {
        return whole.stream().flatMap(name -> networks.stream().filter(one -> one.name().equals(name.network())).limit(1)
                .flatMap(network -> network.layers().stream().filter(one -> one.name().equals(name.layer()))
                        .map(one -> new LayerInNetwork(network, one)))).toList();
    }

    /** The layer that was shown, or, where it is gone, the one in the middle of the same or the first network. */
    Optional<LayerInNetwork> find(List<Network> networks) {
        return networks.stream().filter(one -> one.name().equals(network)).findFirst()
                .or(() -> networks.stream().findFirst()).flatMap(found -> found.layers().stream()
                        .filter(one -> one.name().equals(layer)).findFirst()
                        .map(one -> new LayerInNetwork(found, one)).or(() -> middle(found)));
    }

    /** The layer in the middle: high enough to see something in, low enough to be understood. */
    static Optional<LayerInNetwork> middle(Network network) {
        List<Layer> layers = network.layers();
        return layers.isEmpty() ? Optional.empty()
                : Optional.of(new LayerInNetwork(network, layers.get(layers.size() / 2)));
    }
}
