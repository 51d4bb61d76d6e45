package org.loupe.core.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.image.Overlay;
import org.loupe.core.image.Png;
import org.loupe.core.probe.Probed.OfLayer;
import org.loupe.core.probe.Probed.OfUnit;

/** Keeps what was found in a picture; the files are described in {@code docs/study.md}. */
final class ProbedFiles {

    private static final String FACTS = "probe.tsv";
    private static final String PICTURE = "picture.npy";
    private static final int WANTED_SIDE = 448;
    private static final double OPACITY = .85;

    private ProbedFiles() {
    }

    static void save(Probed probed, ResultFiles files) throws IOException {
        files.write(FACTS, facts(probed).getBytes(StandardCharsets.UTF_8));
        files.write(PICTURE, Npy.write(probed.picture()));
        files.write("picture.png", Png.write(probed.picture(), 0, Map.of("Title", probed.name())));
        for (int i = 0; i < probed.maps().size(); i++) {
            OfUnit map = probed.maps().get(i);
            files.write("map-" + i + ".npy", Npy.write(map.map()));
            files.write("map-" + i + ".png", overlay(probed, map.map(), map.unit() + " in " + probed.name()));
        }
        for (int i = 0; i < probed.attributions().size(); i++) {
            Attribution attribution = probed.attributions().get(i);
            files.write("attribution-" + i + ".npy", Npy.write(attribution.contributions()));
            files.write("attribution-" + i + ".png", overlay(probed, attribution.byPosition(), attribution.target()
                    + " owed to " + attribution.layer() + " in " + probed.name()));
        }
    }

    private static byte[] overlay(Probed probed, Batch map, String title) {
        Batch picture = probed.picture();
        int scale = Math.max(1, WANTED_SIDE / Math.max(picture.rows(), picture.columns()));
        Overlay overlay = Overlay.of(map, OPACITY, false);
        return Png.write(overlay.over(picture, map, scale), 0, Map.of("Title", title, "Description",
                "Full colour: " + (float) overlay.limit() + "; red is above 0, blue below."));
    }

    private static String facts(Probed probed) {
        StringBuilder text = new StringBuilder();
        line(text, "picture", clean(probed.name()), "partial", probed.isPartial());
        probed.at().ifPresent(at -> line(text, "at", at.row(), at.column()));
        for (OfLayer layer : probed.layers()) {
            line(text, "layer", layer.layer());
            layer.place().ifPresent(place -> line(text, "place", place.row(), place.column()));
            layer.here().forEach(firing -> firing(text, "here", firing));
            layer.strongest().forEach(firing -> firing(text, "strongest", firing));
        }
        for (OfUnit map : probed.maps()) {
            line(text, "map", map.unit());
        }
        if (!probed.target().isEmpty()) {
            line(text, "target", clean(probed.target()));
        }
        for (Attribution attribution : probed.attributions()) {
            line(text, "attribution", attribution.layer(), attribution.score(), attribution.base(), attribution.steps(),
                    attribution.total(), attribution.completeness());
        }
        return text.toString();
    }

    private static void firing(StringBuilder text, String kind, Firing firing) {
        line(text, kind, firing.channel(), firing.row(), firing.column(), firing.value());
    }

    private static void line(StringBuilder text, Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : "\t").append(cells[i]);
        }
        text.append('\n');
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    static Probed load(ResultFiles files) throws IOException {
        try {
            return new Loading(files).load();
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    /** What was read so far. */
    private static final class Loading {
        private final ResultFiles files;
        private final Map<String, OfLayer> layers = new LinkedHashMap<>();
        private final Map<String, List<Firing>> firings = new HashMap<>();
        private final List<OfUnit> maps = new ArrayList<>();
        private final List<Attribution> attributions = new ArrayList<>();
        private Optional<Unit.Position> at = Optional.empty();
        private String layer = "";
        private String target = "";

        Loading(ResultFiles files) {
            this.files = files;
        }

        Probed load() throws IOException {
            List<String[]> lines = new String(files.read(FACTS), StandardCharsets.UTF_8).lines()
                    .map(line -> line.split("\t", -1)).toList();
            String[] first = lines.get(0);
            if (!first[0].equals("picture")) {
                throw new IOException(FACTS + " does not begin with the picture");
            }
            for (String[] cells : lines.subList(1, lines.size())) {
                read(cells);
            }
            List<OfLayer> found = layers.values().stream().map(each -> new OfLayer(each.layer(), each.place(),
                    firings.getOrDefault("here " + each.layer(), List.of()),
                    firings.getOrDefault("strongest " + each.layer(), List.of()))).toList();
            return new Probed(first[1], Npy.read(files.read(PICTURE)), at, found, maps, target, attributions,
                    Boolean.parseBoolean(first[3]));
        }

        private void read(String[] cells) throws IOException {
            switch (cells[0]) {
                case "at" -> at = Optional.of(position(cells));
                case "layer" -> {
                    layer = cells[1];
                    layers.put(layer, new OfLayer(layer, Optional.empty(), List.of(), List.of()));
                }
                case "place" -> layers.put(layer, new OfLayer(layer, Optional.of(position(cells)), List.of(), List.of()));
                case "here", "strongest" -> firings.computeIfAbsent(cells[0] + " " + layer, key -> new ArrayList<>())
                        .add(new Firing(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), Integer.parseInt(cells[3]),
                                Float.parseFloat(cells[4])));
                case "map" -> maps.add(new OfUnit(Unit.parse(cells[1]),
                        Npy.read(files.read("map-" + maps.size() + ".npy"))));
                case "target" -> target = cells[1];
                case "attribution" -> attributions.add(new Attribution(cells[1], target,
                        Npy.read(files.read("attribution-" + attributions.size() + ".npy")),
                        Double.parseDouble(cells[2]), Double.parseDouble(cells[3]), Integer.parseInt(cells[4])));
                default -> throw new IOException(FACTS + " has a line that begins with " + cells[0]);
            }
        }

        private static Unit.Position position(String[] cells) {
            return new Unit.Position(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]));
        }
    }
}
