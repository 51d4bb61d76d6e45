package org.loupe.core.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;

/**
 * What the file {@code scan.tsv} says of a scan as a whole.
 *
 * @param set      name of the picture set
 * @param pictures how many pictures it has
 * @param done     how many of them were run, or could not be read
 * @param readable how many were run
 * @param kept     how many examples there are of each channel
 * @param means    whether the means of maps were kept
 * @param classes  of the picture set
 * @param taps     what was read, with its shape and the names of its files
 */
record ScanFacts(String set, int pictures, int done, int readable, int kept, boolean means, List<String> classes,
        Map<Tap, Place> taps) {

    static final String NAME = "scan.tsv";
    static final String PICTURES = "pictures.csv";
    static final String UNREADABLE = "unreadable.csv";

    private static final String HEADING = "tap\tchannels\trows\tcolumns\tfiles";
    private static final int FACTS = 4;

    /** The shape of a tap's array for one picture, and the names of its files. */
    record Place(Shape shape, TapFiles files) {
    }

    /** The names of all files of the scan. */
    List<String> files() {
        List<String> names = new ArrayList<>(List.of(NAME, PICTURES, UNREADABLE));
        for (Place place : taps.values()) {
            TapFiles of = place.files;
            names.addAll(List.of(of.maxima(), of.places(), of.statistics(), of.histogram(), of.examples(), of.values(),
                    of.classes()));
            if (means) {
                names.add(of.means());
            }
        }
        return names;
    }

    /** The content of the file. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("set\t").append(plain(set)).append("\npictures\t").append(pictures).append("\tdone\t").append(done)
                .append("\treadable\t").append(readable).append("\texamples\t").append(kept).append("\tmeans\t")
                .append(means).append("\nclasses");
        classes.forEach(label -> text.append('\t').append(plain(label)));
        text.append('\n').append(HEADING).append('\n');
        taps.forEach((tap, place) -> text.append(tap).append('\t').append(place.shape.channels()).append('\t')
                .append(place.shape.rows()).append('\t').append(place.shape.columns()).append('\t')
                .append(place.files.stem()).append('\n'));
        return text.toString();
    }

    private static String plain(String name) {
        return name.replaceAll("[\t\r\n]", " ");
    }

    static ScanFacts read(byte[] content) throws IOException {
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n");
        try {
            if (!lines[FACTS - 1].equals(HEADING)) {
                throw new IOException(NAME + " was written by another version of Loupe");
            }
            String[] counts = lines[1].split("\t");
            List<String> classes = List.of(lines[2].split("\t"));
            Map<Tap, Place> taps = new LinkedHashMap<>();
            for (String line : Arrays.asList(lines).subList(FACTS, lines.length)) {
                String[] cells = line.split("\t");
                taps.put(tap(cells[0]), new Place(new Shape(Integer.parseInt(cells[1]), Integer.parseInt(cells[2]),
                        Integer.parseInt(cells[3])), new TapFiles(cells[4])));
            }
            return new ScanFacts(lines[0].substring("set\t".length()), Integer.parseInt(counts[1]),
                    Integer.parseInt(counts[3]), Integer.parseInt(counts[5]), Integer.parseInt(counts[7]),
                    Boolean.parseBoolean(counts[9]), classes.subList(1, classes.size()), taps);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(NAME + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Tap tap(String text) {
        return text.endsWith(Tap.BEFORE) ? Tap.before(text.substring(0, text.length() - Tap.BEFORE.length()))
                : Tap.after(text);
    }
}
