package org.loupe.ui.probe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.image.Overlay;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Firing;
import org.loupe.core.probe.PictureMaps;
import org.loupe.ui.probe.Row.Tile;

/** The lines of channels for a place in a picture: what fires there, or what a target owes to it. */
final class ProbeRows {

    private final Network network;
    private final PictureMaps maps;
    private final Map<String, Double> largest = new HashMap<>();

    ProbeRows(Network network, PictureMaps maps) {
        this.network = network;
        this.maps = maps;
        maps.layers().forEach(layer -> largest.put(layer.name(), Overlay.largest(maps.map(layer.name()).orElseThrow())));
    }

    /** The position of a layer's map that lies at a pixel. */
    Unit.Position position(Batch map, Unit.Position pixel) {
        Shape picture = network.input().shape();
        return PictureMaps.position(picture, pixel.row(), pixel.column(), map.rows(), map.columns());
    }

    /**
     * What fires, layer by layer, from the last one down.
     *
     * @param pixel where; nothing for anywhere in the picture
     * @param count how many channels of each layer
     */
    List<Row> firing(Optional<Unit.Position> pixel, int count) {
        List<Row> rows = new ArrayList<>();
        for (Layer layer : maps.layers()) {
            String name = layer.name();
            Batch map = maps.map(name).orElseThrow();
            Optional<Unit.Position> place = pixel.map(at -> position(map, at));
            List<Firing> firings = place.map(at -> maps.strongestAt(name, at, count)).orElseGet(() -> maps.strongest(name, count));
            String where = place.map(at -> map.area() == 1 ? "" : "  at " + at.row() + "," + at.column()).orElse("  anywhere");
            rows.add(new Row(name + where + (firings.isEmpty() ? "  nothing fires" : ""), firings.stream()
                    .map(firing -> tile(layer, firing.channel(), new Unit.Position(firing.row(), firing.column()),
                            firing.value(), firing.value() / largest.get(name))).toList()));
        }
        Collections.reverse(rows);
        return rows;
    }

    /** What speaks for a target and what against it, at one position or in the whole picture. */
    List<Row> owed(Attribution attribution, Optional<Unit.Position> pixel, int count) {
        Layer layer = network.layer(attribution.layer());
        Optional<Unit.Position> place = pixel.map(at -> position(attribution.contributions(), at));
        double[] byChannel = place.map(at -> attribution.byChannel(at.row(), at.column())).orElseGet(attribution::byChannel);
        double most = IntStream.range(0, byChannel.length).mapToDouble(i -> Math.abs(byChannel[i])).max().orElse(1);
        List<Integer> all = Attribution.largest(byChannel, byChannel.length);
        String where = layer.name() + place.map(at -> " at " + at.row() + "," + at.column()).orElse(", whole picture");
        List<Row> rows = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
            List<Tile> tiles = all.stream().filter(channel -> sign * byChannel[channel] > 0).limit(count)
                    .map(channel -> tile(layer, channel, Unit.EVERYWHERE, byChannel[channel], byChannel[channel] / most)).toList();
            rows.add(new Row((sign > 0 ? "for " : "against ") + attribution.target() + "  " + where
                    + (tiles.isEmpty() ? "  nothing" : ""), tiles));
        }
        return rows;
    }

    /** The class that the last layer is most for, where it has a channel for each class. */
    Optional<String> strongestClass() {
        Layer last = network.layers().get(network.layers().size() - 1);
        return maps.map(last.name()).filter(map -> map.channels() == network.classes().size())
                .flatMap(map -> maps.strongest(last.name(), 1).stream().findFirst())
                .map(firing -> network.classes().get(firing.channel()));
    }

    private Tile tile(Layer layer, int channel, Unit.Place place, double value, double share) {
        boolean isLast = layer == network.layers().get(network.layers().size() - 1);
        String name = isLast && network.classes().size() == network.shape(layer).channels() ? network.classes().get(channel)
                : ":" + channel;
        return new Tile(new Unit(layer.name(), channel, place), name, value, share);
    }
}
