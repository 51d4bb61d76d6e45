package org.loupe.core.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/** The activations of layers for one picture, kept in memory, so that any position can be asked about at once. */
public final class PictureMaps {

    /** The weakest first, so that it goes first; of equal ones the later channel goes first. */
    private static final Comparator<Firing> WEAKEST = Comparator.comparingDouble(Firing::value)
            .thenComparing(Comparator.comparingInt(Firing::channel).reversed());

    private final Batch picture;
    private final List<Layer> layers;
    private final List<Layer> leftOut;
    private final Map<String, Batch> maps;

    private PictureMaps(Batch picture, List<Layer> layers, List<Layer> leftOut, Map<String, Batch> maps) {
        this.picture = picture;
        this.layers = List.copyOf(layers);
        this.leftOut = List.copyOf(leftOut);
        this.maps = Map.copyOf(maps);
    }

    /**
     * Shows a network a picture.
     *
     * @param picture   shape (1, channels, rows, columns) of the network's input, colours from 0 to 1
     * @param layers    which layers to read
     * @param mostBytes how much memory the maps may take; layers with the largest maps are left out where they take more
     */
    public static PictureMaps of(Session session, Batch picture, List<Layer> layers, long mostBytes) {
        Network network = session.network();
        List<Layer> kept = new ArrayList<>(layers);
        List<Layer> leftOut = new ArrayList<>();
        while (kept.size() > 1 && kept.stream().mapToLong(layer -> bytes(network, layer)).sum() > mostBytes) {
            Layer largest = kept.stream().max(Comparator.comparingLong(layer -> bytes(network, layer))).orElseThrow();
            kept.remove(largest);
            leftOut.add(largest);
        }
        Set<Tap> taps = kept.stream().map(layer -> Tap.after(layer.name())).collect(Collectors.toCollection(LinkedHashSet::new));
        Readings readings = session.activations(picture, taps);
        Map<String, Batch> maps = new HashMap<>();
        taps.forEach(tap -> maps.put(tap.layer(), readings.at(tap)));
        return new PictureMaps(picture, kept, leftOut, maps);
    }

    private static long bytes(Network network, Layer layer) {
        return Float.BYTES * network.shape(layer).size();
    }

    /** The picture, as the network sees it. */
    public Batch picture() {
        return picture;
    }

    /** The layers that were read, in the order of the network. */
    public List<Layer> layers() {
        return layers;
    }

    /** The layers whose maps would have taken too much memory. */
    public List<Layer> leftOut() {
        return leftOut;
    }

    /** The activations of a layer, of shape (1, channel, row, column); nothing where it was not read. */
    public Optional<Batch> map(String layer) {
        return Optional.ofNullable(maps.get(layer));
    }

    /**
     * The map of one channel, of shape (1, 1, row, column).
     *
     * @return nothing where the layer was not read
     */
    public Optional<Batch> map(Unit unit) {
        return map(unit.layer()).map(map -> channel(map, unit.channel()));
    }

    /** One channel of an image, by itself. */
    static Batch channel(Batch map, int channel) {
        Batch one = Batch.zeros(1, 1, map.rows(), map.columns());
        System.arraycopy(map.values(), map.offset(0, channel), one.values(), 0, map.area());
        return one;
    }

    /**
     * The position of a map that lies where a pixel of the picture lies: at the same share of its height and width.
     *
     * @param row    of the pixel
     * @param column of the pixel
     */
    public static Unit.Position position(Shape picture, int row, int column, int mapRows, int mapColumns) {
        return new Unit.Position(Math.min(mapRows - 1, (int) ((row + .5) * mapRows / picture.rows())),
                Math.min(mapColumns - 1, (int) ((column + .5) * mapColumns / picture.columns())));
    }

    /**
     * The channels of a layer that fire most at one position, the strongest first; of equal ones the first. Channels that
     * do not fire are left out.
     */
    public List<Firing> strongestAt(String layer, Unit.Position place, int count) {
        return strongestAt(maps.get(layer), place, count);
    }

    private static List<Firing> strongestAt(Batch map, Unit.Position place, int count) {
        return strongest(map, count, channel -> map.index(0, channel, place.row(), place.column()));
    }

    /** The channels of a layer that fire most anywhere, the strongest first, each where it fires most. */
    public List<Firing> strongest(String layer, int count) {
        Batch map = maps.get(layer);
        return strongest(map, count, channel -> largest(map, channel));
    }

    private interface Place {
        int index(int channel);
    }

    private static List<Firing> strongest(Batch map, int count, Place place) {
        PriorityQueue<Firing> best = new PriorityQueue<>(WEAKEST);
        for (int channel = 0; channel < map.channels(); channel++) {
            int index = place.index(channel);
            float value = map.values()[index];
            if (value > 0 && (best.size() < count || value > best.element().value())) {
                int position = index - map.offset(0, channel);
                best.add(new Firing(channel, position / map.columns(), position % map.columns(), value));
                if (best.size() > count) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(WEAKEST.reversed()).toList();
    }

    /** Where a channel fires most, as an index; of equal values the first. */
    static int largest(Batch map, int channel) {
        int from = map.offset(0, channel);
        return IntStream.range(from, from + map.area())
                .reduce(from, (best, index) -> map.values()[index] > map.values()[best] ? index : best);
    }
}
