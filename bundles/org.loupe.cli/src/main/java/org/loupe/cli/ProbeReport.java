package org.loupe.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Firing;
import org.loupe.core.probe.Probed;
import org.loupe.core.probe.Probed.OfLayer;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.platform.Laboratory;
import org.loupe.platform.PictureSets;

/** What was found in a picture, as a table and as JSON, with quantiles of a stored scan where there is one. */
final class ProbeReport {

    private static final int LISTED = 10;
    private static final double PERCENT = 100;

    private final Probed probed;
    private final Optional<Scanned> scan;

    ProbeReport(Laboratory laboratory, Network network, Probed probed) {
        this.probed = probed;
        this.scan = scan(laboratory, network);
    }

    /** The scan of all layers with the pictures that come with the network. */
    private static Optional<Scanned> scan(Laboratory laboratory, Network network) {
        PictureSets sets = new PictureSets(laboratory.registry());
        Optional<String> standard = laboratory.isBundled(network) ? sets.standard(network.name()) : Optional.empty();
        if (standard.isEmpty()) {
            return Optional.empty();
        }
        try (PictureSet set = sets.open(standard.get())) {
            return laboratory.stored(laboratory.registry().analysis(Scan.class), Scan.Arguments.STANDARD, network,
                    Optional.of(set));
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
        }
    }

    /** A table for each layer: what fires at the position that was asked about, what fires anywhere, what is owed to it. */
    String text() {
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
        return text.toString();
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
                PERCENT * share.getAsDouble(), isPosition ? "positions" : "pictures", scan.orElseThrow().set());
    }

    private OptionalDouble share(OfLayer layer, Firing firing, boolean isPosition) {
        if (scan.isEmpty() || !scan.get().taps().contains(Tap.after(layer.layer()))) {
            return OptionalDouble.empty();
        }
        try {
            ChannelScan channel = scan.get().channel(Tap.after(layer.layer()), firing.channel());
            return OptionalDouble.of(isPosition ? channel.rankOfPositions(firing.value()) : channel.rank(firing.value()));
        } catch (IOException problem) {
            throw new CommandException(ExitCode.FAILED, problem.getMessage(), problem);
        }
    }

    /** The same for other programs. */
    Map<String, Object> json() {
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
