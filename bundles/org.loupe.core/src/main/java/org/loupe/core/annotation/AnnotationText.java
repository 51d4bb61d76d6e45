package org.loupe.core.annotation;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;

/**
 * The text in which annotations are kept: a line for each thing that was written, its parts separated by tabs, in an
 * order that depends on nothing else, so that two files can be compared line by line.
 */
public final class AnnotationText {

    /** How the names of such files end. */
    public static final String EXTENSION = ".annotations.tsv";

    private static final long MOST_BYTES = 16 << 20;
    private static final int TOLD = 5;
    private static final String FIRST = "loupe-annotations\t1";

    /**
     * What was read.
     *
     * @param network     SHA-256 of the network that it was written about, or an empty text
     * @param annotations what could be understood
     * @param problems    a sentence for each line that could not, with its number
     */
    public record Read(String network, Annotations annotations, List<String> problems) {
        public Read {
            problems = List.copyOf(problems);
        }

        /**
         * The edits that take all of it in, as {@link Edit#taking} joins it with what is written already.
         *
         * @param into the network that it is to be written about
         * @throws IllegalArgumentException when a line could not be understood or names a unit that the network does not have;
         *     then nothing should be taken in
         */
        public Edit.Several taking(Network into, Annotations now) {
            if (!problems.isEmpty()) {
                int left = problems.size() - TOLD;
                throw new IllegalArgumentException(String.join(" ", problems.subList(0, Math.min(TOLD, problems.size())))
                        + (left > 0 ? " " + left + " more lines could not be understood." : ""));
            }
            for (Unit unit : annotations.units()) {
                try {
                    into.require(unit);
                } catch (NetworkException another) {
                    throw new IllegalArgumentException("It is about another network. " + another.getMessage(), another);
                }
            }
            return Edit.taking(now, annotations);
        }
    }

    private AnnotationText() {
    }

    /**
     * Writes annotations down.
     *
     * @param network SHA-256 of the network that they are about
     * @param name    what the network is called, for a person
     */
    public static String write(String network, String name, Annotations annotations) {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        line(text, "network", network, name);
        if (!annotations.about().isEmpty()) {
            line(text, "about", annotations.about());
        }
        annotations.labels().forEach((unit, label) -> line(text, "label", unit.toString(), label));
        annotations.notes().forEach((unit, note) -> line(text, "note", unit.toString(), note));
        for (Family family : annotations.families().values()) {
            line(text, "family", family.name(), family.kind(), family.about());
            family.units().forEach(unit -> line(text, "member", family.name(), unit.toString()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String... parts) {
        for (int i = 0; i < parts.length; i++) {
            text.append(i == 0 ? "" : "\t").append(parts[i].replace("\\", "\\\\").replace("\t", "\\t")
                    .replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n"));
        }
        text.append('\n');
    }

    /**
     * What a person has written into a file.
     *
     * @throws IOException when it cannot be read, is no text, or is larger than anybody writes; the message is a sentence
     */
    public static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no file " + file + ".");
        }
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw new IOException(file + " has " + (size >> 20) + " MB; labels, notes and edits have "
                    + (MOST_BYTES >> 20) + " MB at most. Is it the right file?");
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException noText) {
            throw new IOException(file + " is no text in UTF-8. Is it the right file?", noText);
        }
    }

    /** Reads what {@link #write} has written, or a person; lines that cannot be understood are told and left out. */
    public static Read read(String text) {
        Reader reader = new Reader();
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).strip().replaceFirst("^\uFEFF", "").equals(FIRST)) {
            reader.problems.add("Line 1 is not “" + FIRST.replace('\t', ' ') + "”, as it is in annotations.");
        }
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isBlank() && !line.startsWith("#")) {
                reader.read(i + 1, line.split("\t", -1));
            }
        }
        return new Read(reader.network,
                new Annotations(reader.about, reader.labels, reader.notes, reader.families), reader.problems);
    }

    /** What was understood of the lines so far. */
    private static final class Reader {
        private final SortedMap<Unit, String> labels = new TreeMap<>();
        private final SortedMap<Unit, String> notes = new TreeMap<>();
        private final SortedMap<String, Family> families = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();
        private String network = "";
        private String about = "";

        void read(int number, String[] parts) {
            try {
                switch (parts[0]) {
                    case "network" -> network = part(parts, 1);
                    case "about" -> about = part(parts, 1);
                    case "label" -> put(labels, parts);
                    case "note" -> put(notes, parts);
                    case "family" -> {
                        Family family = new Family(part(parts, 1), optional(parts, 2), optional(parts, 3), List.of());
                        Family known = families.get(family.name());
                        families.put(family.name(), known == null ? family : family.with(known.units()));
                    }
                    case "member" -> {
                        Family family = Family.named(part(parts, 1));
                        families.put(family.name(), Optional.ofNullable(families.get(family.name())).orElse(family)
                                .with(List.of(Unit.parse(part(parts, 2)))));
                    }
                    default -> throw new IllegalArgumentException("it begins with “" + parts[0]
                            + "”, which is none of network, about, label, note, family and member.");
                }
            } catch (IllegalArgumentException problem) {
                problems.add("Line " + number + " cannot be understood: " + problem.getMessage());
            }
        }

        private static void put(SortedMap<Unit, String> map, String[] parts) {
            Unit unit = Unit.parse(part(parts, 1)).at(Unit.EVERYWHERE);
            String text = part(parts, 2).strip();
            if (map.containsKey(unit) && !map.get(unit).equals(text)) {
                throw new IllegalArgumentException(unit + " has a " + parts[0] + " already.");
            }
            if (!text.isEmpty()) {
                map.put(unit, text);
            }
        }

        private static String optional(String[] parts, int index) {
            return index < parts.length ? part(parts, index) : "";
        }

        private static String part(String[] parts, int index) {
            if (index >= parts.length) {
                throw new IllegalArgumentException("it has fewer than " + (index + 1) + " parts between tabs.");
            }
            StringBuilder text = new StringBuilder();
            String part = parts[index];
            for (int i = 0; i < part.length(); i++) {
                char letter = part.charAt(i);
                if (letter == '\\' && i + 1 < part.length()) {
                    i++;
                    text.append(switch (part.charAt(i)) {
                        case 't' -> "\t";
                        case 'n' -> "\n";
                        case '\\' -> "\\";
                        default -> "\\" + part.charAt(i);
                    });
                } else {
                    text.append(letter);
                }
            }
            return text.toString();
        }
    }
}
