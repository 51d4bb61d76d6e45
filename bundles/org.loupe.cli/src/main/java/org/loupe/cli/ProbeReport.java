package org.loupe.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Firing;
import org.loupe.core.probe.Probed;
import org.loupe.core.probe.Probed.OfLayer;
import org.loupe.core.scan.ChannelScan;
import org.loupe.platform.ChannelScans;

/** What was found in a picture, as a table and as JSON, with quantiles of the study's scans where there are any. */
final class ProbeReport implements AnswerReport {

    private static final int LISTED = 10;
    private static final double PERCENT = 100;

    private final Probed probed;
    private final ChannelScans scans;
    private final Network network;
    private final Path folder;

    ProbeReport(ChannelScans scans, Network network, Probed probed, Path folder) {
        this.probed = probed;
        this.scans = scans;
        this.network = network;
        this.folder = folder;
    }

    /** A table for each layer: what fires at the position that was asked about, what fires anywhere, what is owed to it. */
    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        probed.layers().forEach(layer -> {
            layer.place().ifPresent(place -> table(text, layer, layer.here(), "at " + place.row() + "," + place.column(), true));
            table(text, layer, layer.strongest(), "anywhere", false);
        });
        for (Attribution attribution : probed.attributions()) {
            text.append(String.format(Locale.ROOT, "%s owes %s: %.4g of %.4g (%.4g without the layer), %s%n",
                    attribution.target(), attribution.layer(), attribution.total(), attribution.score() - attribution.base(),
                    attribution.base(), completeness(attribution)));
            double[] byChannel = attribution.byChannel();
            for (int channel : Attribution.largest(byChannel, LISTED)) {
                text.append(String.format(Locale.ROOT, "  %-20s %+10.4g%n", attribution.layer() + ":" + channel,
                        byChannel[channel]));
            }
        }
        return text.append(folder).append(System.lineSeparator()).toString();
    }

    private static String completeness(Attribution attribution) {
        double share = attribution.completeness();
        return Double.isNaN(share) ? "nothing to explain"
                : String.format(Locale.ROOT, "completeness %.1f %%", PERCENT * share);
    }

    private void table(StringBuilder text, OfLayer layer, List<Firing> firings, String where, boolean isPosition) {
        text.append(layer.layer()).append(' ').append(where).append(firings.isEmpty() ? ": nothing fires" : "")
                .append(System.lineSeparator());
        for (Firing firing : firings) {
            text.append(String.format(Locale.ROOT, "  %-20s %10.4g  at %d,%d%s%n", layer.layer() + ":" + firing.channel(),
                    firing.value(), firing.row(), firing.column(), above(layer, firing, isPosition)));
        }
    }

    private String above(OfLayer layer, Firing firing, boolean isPosition) {
        OptionalDouble share = share(layer, firing, isPosition);
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "  above %.2f %% of the %s of %s",
                PERCENT * share.getAsDouble(), isPosition ? "positions" : "pictures", scans.set(network).orElseThrow());
    }

    private OptionalDouble share(OfLayer layer, Firing firing, boolean isPosition) {
        Optional<ChannelScan> scan = scans.channel(network, new Unit(layer.layer(), firing.channel()));
        return scan.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(isPosition
                ? scan.get().rankOfPositions(firing.value()) : scan.get().rank(firing.value()));
    }

    @Override
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("picture", probed.name());
        json.put("layers", probed.layers().stream().map(this::json).toList());
        json.put("maps", probed.maps().stream().map(map -> map.unit().toString()).toList());
        List<Object> attributions = new ArrayList<>();
        for (Attribution attribution : probed.attributions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("layer", attribution.layer());
            one.put("target", attribution.target());
            one.put("score", attribution.score());
            one.put("base", attribution.base());
            one.put("steps", attribution.steps());
            one.put("total", attribution.total());
            one.put("completeness", attribution.completeness());
            one.put("byChannel", attribution.byChannel());
            attributions.add(one);
        }
        json.put("attributions", attributions);
        return json;
    }

    private Map<String, Object> json(OfLayer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("layer", layer.layer());
        layer.place().ifPresent(place -> {
            json.put("row", place.row());
            json.put("column", place.column());
            json.put("here", layer.here().stream().map(firing -> json(layer, firing, true)).collect(Collectors.toList()));
        });
        json.put("strongest", layer.strongest().stream().map(firing -> json(layer, firing, false)).collect(Collectors.toList()));
        return json;
    }

    private Map<String, Object> json(OfLayer layer, Firing firing, boolean isPosition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("channel", firing.channel());
        json.put("row", firing.row());
        json.put("column", firing.column());
        json.put("value", firing.value());
        share(layer, firing, isPosition).ifPresent(share ->
                json.put(isPosition ? "shareOfPositionsBelow" : "shareOfPicturesBelow", share));
        return json;
    }
}
