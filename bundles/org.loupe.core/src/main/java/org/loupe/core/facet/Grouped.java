package org.loupe.core.facet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.factor.Matrix;
import org.loupe.core.image.Overlay;
import org.loupe.core.image.Png;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Figure.Plate;
import org.loupe.core.page.Sheet;

/**
 * Groups of neurons.
 *
 * @param network  name of the network
 * @param layer    whose channels are grouped
 * @param names    of the pictures, or of the units whose weights were taken apart
 * @param pictures that were taken apart; nothing where weights were
 * @param maps     how much of each group there is at each position, (picture or unit, group, row, column)
 * @param vectors  the largest components of each group's direction
 * @param likeness (picture or unit, group): the cosine to the same group of the one before; 1 for the first
 * @param missed   of each picture or unit, the share of squares that the groups do not account for
 * @param made     a picture for each group, where they were asked for
 */
public record Grouped(String network, String layer, List<String> names, Optional<Batch> pictures, Batch maps,
        List<SortedMap<Integer, Double>> vectors, Matrix likeness, double[] missed, Optional<Batch> made,
        boolean isPartial) implements Result {

    private static final String FACTS = "groups.tsv";
    private static final double OPACITY = .8;

    public Grouped {
        names = List.copyOf(names);
        vectors = vectors.stream().map(vector -> Collections.unmodifiableSortedMap(new TreeMap<>(vector)))
                .collect(Collectors.toUnmodifiableList());
    }

    static Grouped nothing(String network, String layer) {
        return new Grouped(network, layer, List.of(), Optional.empty(), Batch.zeros(1, 1, 1, 1), List.of(), Matrix.zeros(1, 1),
                new double[0], Optional.empty(), true);
    }

    /** Number of groups. */
    public int count() {
        return vectors.size();
    }

    @Override
    public String text() {
        if (names.isEmpty()) {
            return "Stopped before there was anything to tell.\n";
        }
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%d groups of the channels of %s of %s by %s%n", count(),
                layer, network, pictures.isPresent() ? "how they fire in pictures" : "the weights of units"));
        for (int i = 0; i < names.size(); i++) {
            text.append(String.format(Locale.ROOT, "%s: %.0f %% of the squares", names.get(i), 100 * (1 - missed[i])));
            if (i > 0) {
                text.append("; likeness to the one before ");
                for (double one : likeness.row(i)) {
                    text.append(String.format(Locale.ROOT, " %.2f", one));
                }
            }
            text.append('\n');
        }
        for (int group = 0; group < count(); group++) {
            text.append(group + 1).append(". ").append(channels(group, 6)).append('\n');
        }
        return text.toString();
    }

    private String channels(int group, int most) {
        return vectors.get(group).entrySet().stream().sorted(Map.Entry.<Integer, Double>comparingByValue(
                Comparator.reverseOrder())).limit(most).map(entry -> String.format(Locale.ROOT, "%s:%d %.2f", layer,
                        entry.getKey(), entry.getValue())).collect(Collectors.joining(", "));
    }

    @Override
    public List<Sheet> sheets() {
        if (names.isEmpty()) {
            return List.of();
        }
        Figure figure = Figure.titled("Neuron groups of " + layer);
        figure.paragraph(count() + " groups of the channels of " + layer + " of " + network + (pictures.isPresent()
                ? ": which fire together, and where in each picture. A group stands beside the one of the picture before that it"
                        + " is most like."
                : ": which are read together, with the sign and the place that each unit reads them with."));
        if (made.isPresent()) {
            List<Plate> plates = new ArrayList<>();
            for (int group = 0; group < count(); group++) {
                plates.add(new Plate(made.get().image(group), "group " + (group + 1), false));
            }
            figure.pictures(plates, Math.min(6, count()));
        }
        for (int i = 0; i < names.size(); i++) {
            figure.heading(String.format(Locale.ROOT, "%s: %.0f %% of the squares", names.get(i), 100 * (1 - missed[i])));
            figure.pictures(plates(i), Math.min(7, count() + (pictures.isPresent() ? 1 : 0)));
        }
        figure.table(List.of("group", "channels"), IntStream.range(0, count())
                .mapToObj(group -> List.of(group + 1 + "", channels(group, 5))).toList());
        return List.of(figure.sheet());
    }

    private List<Plate> plates(int index) {
        List<Plate> plates = new ArrayList<>();
        pictures.ifPresent(all -> plates.add(new Plate(all.image(index), "picture", false)));
        double largest = 0;
        for (int i = maps.offset(index, 0); i < maps.offset(index, 0) + maps.imageSize(); i++) {
            largest = Math.max(largest, Math.abs(maps.values()[i]));
        }
        for (int group = 0; group < count(); group++) {
            float[] values = Arrays.copyOfRange(maps.values(), maps.offset(index, group), maps.offset(index, group) + maps.area());
            String caption = index == 0 ? "group " + (group + 1)
                    : String.format(Locale.ROOT, "%d, likeness %.2f", group + 1, likeness.at(index, group));
            if (pictures.isPresent()) {
                Batch map = new Batch(1, 1, maps.rows(), maps.columns(), values);
                plates.add(new Plate(new Overlay(largest == 0 ? 1 : largest, OPACITY, true)
                        .over(pictures.get().image(index), map, 1), caption, false));
            } else {
                plates.add(new Plate(new Kernel(maps.rows(), maps.columns(), 0, 0, values).picture(largest), caption, true));
            }
        }
        return plates;
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        Lines text = new Lines();
        text.line("groups", network, layer, isPartial, pictures.isPresent(), made.isPresent());
        for (int i = 0; i < names.size(); i++) {
            text.line("of", names.get(i), missed[i], Arrays.stream(likeness.row(i)).mapToObj(Double::toString)
                    .collect(Collectors.joining(" ")));
        }
        vectors.forEach(vector -> text.line("group", vector.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(" "))));
        files.write(FACTS, text.bytes());
        files.write("maps.npy", Npy.write(maps));
        if (pictures.isPresent()) {
            files.write("pictures.npy", Npy.write(pictures.get()));
        }
        if (made.isPresent()) {
            files.write("made.npy", Npy.write(made.get()));
            for (int group = 0; group < count(); group++) {
                files.write("group-" + group + ".png", Png.write(made.get(), group, Map.of("Title", channels(group, 6))));
            }
        }
        files.write("report.txt", text().getBytes(StandardCharsets.UTF_8));
    }

    static Grouped load(ResultFiles files) throws IOException {
        List<String[]> lines = Lines.read(files, FACTS, "groups");
        try {
            String[] head = lines.get(0);
            List<String> names = new ArrayList<>();
            List<Double> missed = new ArrayList<>();
            List<double[]> likeness = new ArrayList<>();
            List<SortedMap<Integer, Double>> vectors = new ArrayList<>();
            for (String[] cells : lines.subList(1, lines.size())) {
                if (cells[0].equals("of")) {
                    names.add(cells[1]);
                    missed.add(Lines.number(cells[2]));
                    likeness.add(Arrays.stream(cells[3].split(" ")).mapToDouble(Double::parseDouble).toArray());
                } else {
                    SortedMap<Integer, Double> vector = new TreeMap<>();
                    for (String entry : cells[1].split(" ")) {
                        vector.put(Integer.valueOf(entry.split("=")[0]), Double.valueOf(entry.split("=")[1]));
                    }
                    vectors.add(vector);
                }
            }
            return new Grouped(head[1], head[2], names,
                    Boolean.parseBoolean(head[4]) ? Optional.of(Npy.read(files.read("pictures.npy"))) : Optional.empty(),
                    Npy.read(files.read("maps.npy")), vectors,
                    likeness.isEmpty() ? Matrix.zeros(1, 1) : Matrix.of(likeness.toArray(new double[0][])),
                    missed.stream().mapToDouble(Double::doubleValue).toArray(),
                    Boolean.parseBoolean(head[5]) ? Optional.of(Npy.read(files.read("made.npy"))) : Optional.empty(),
                    Boolean.parseBoolean(head[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grouped that && network.equals(that.network) && layer.equals(that.layer)
                && names.equals(that.names) && pictures.equals(that.pictures) && maps.equals(that.maps)
                && vectors.equals(that.vectors) && likeness.equals(that.likeness) && Arrays.equals(missed, that.missed)
                && made.equals(that.made) && isPartial == that.isPartial;
    }

    @Override
    public int hashCode() {
        return 31 * names.hashCode() + maps.hashCode();
    }
}
