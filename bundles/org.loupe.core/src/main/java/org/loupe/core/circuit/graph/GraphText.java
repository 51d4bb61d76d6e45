package org.loupe.core.circuit.graph;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.loupe.core.Unit;
import org.loupe.core.circuit.Circuit.Support;
import org.loupe.core.circuit.Kernel;
import org.loupe.core.circuit.graph.Link.Ends;
import org.loupe.core.circuit.graph.LinkFilter.Sign;

/** The text in which a drawn circuit is kept: a line for each part, whose words are separated by tabs. */
public final class GraphText {

    /** How the names of such files end. */
    public static final String EXTENSION = ".circuit.tsv";

    private static final String FIRST = "loupe-circuit\t1";
    private static final String LAST = "end";
    private static final String NONE = "-";
    private static final String PINNED = "pinned";
    private static final String HIDDEN = "hidden";
    private static final String KERNEL = "kernel";

    /**
     * What was read.
     *
     * @param network SHA-256 of the network that it belongs to
     * @param name    what a person calls the circuit
     */
    public record Read(String network, String name, CircuitGraph graph) {
    }

    private GraphText() {
    }

    /**
     * Writes a graph down; the same graph gives the same text.
     *
     * @param network SHA-256 of the network that it belongs to
     * @param name    what a person calls the circuit
     */
    public static String write(String network, String name, CircuitGraph graph) {
        StringBuilder text = new StringBuilder(FIRST).append('\n');
        line(text, "network", network);
        line(text, "name", name);
        line(text, "centre", graph.centre());
        line(text, "filter", graph.filter().leastPart(), graph.filter().sign(), graph.filter().leastAttribution());
        graph.units().forEach((unit, depth) -> line(text, "unit", unit, depth,
                graph.pinned().contains(unit) ? PINNED : NONE, graph.hidden().contains(unit) ? HIDDEN : NONE));
        for (Link link : graph.links().values()) {
            Kernel kernel = link.kernel();
            line(text, "link", link.from(), link.to(), link.part(), known(link.attribution()),
                    graph.kernels().contains(link.ends()) ? KERNEL : NONE, kernel.rows(), kernel.columns(), kernel.top(),
                    kernel.left(), Arrays.toString(kernel.values()).replaceAll("[\\[\\],]", ""),
                    known(link.support().stability()), known(link.support().chance()), kernel.shortcut());
        }
        for (Group group : graph.groups()) {
            line(text, "group", group.name(), group.units().stream().map(Unit::toString).collect(Collectors.joining(" ")));
        }
        new TreeMap<>(graph.places()).forEach((id, place) -> line(text, "place", id, place.column(), place.row(), place.shelf()));
        return text.append(LAST).append('\n').toString();
    }

    private static Object known(double number) {
        return Double.isNaN(number) ? NONE : number;
    }

    private static void line(StringBuilder text, Object... words) {
        for (int i = 0; i < words.length; i++) {
            text.append(i == 0 ? "" : "\t").append(words[i].toString().replaceAll("[\\t\\r\\n]+", " "));
        }
        text.append('\n');
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws IOException when that is damaged; says in which line and how
     */
    public static Read read(String text) throws IOException {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(FIRST)) {
            throw new IOException("Line 1 is not “" + FIRST.replace('\t', ' ') + "”: this is no circuit, or one of another"
                    + " version of Loupe");
        }
        if (!lines.get(lines.size() - 1).equals(LAST)) {
            throw new IOException("The last line is not “" + LAST + "”: the rest of the file is missing");
        }
        Reader reader = new Reader();
        for (int i = 1; i < lines.size() - 1; i++) {
            try {
                reader.read(lines.get(i).split("\t", -1));
            } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
                throw new IOException("Line " + (i + 1) + " cannot be understood: " + damaged.getMessage(), damaged);
            }
        }
        try {
            return new Read(reader.network, reader.name, reader.graph());
        } catch (IllegalArgumentException | NullPointerException damaged) {
            throw new IOException("The lines do not belong together: " + damaged.getMessage(), damaged);
        }
    }

    /** What was understood of the lines so far. */
    private static final class Reader {
        private String network = "";
        private String name = "";
        private Unit centre;
        private LinkFilter filter = LinkFilter.NONE;
        private final Map<Unit, Integer> units = new LinkedHashMap<>();
        private final Map<Ends, Link> links = new LinkedHashMap<>();
        private final Set<Unit> pinned = new LinkedHashSet<>();
        private final Set<Unit> hidden = new LinkedHashSet<>();
        private final List<Group> groups = new ArrayList<>();
        private final Set<Ends> kernels = new LinkedHashSet<>();
        private final Map<String, Place> places = new LinkedHashMap<>();

        void read(String[] words) {
            switch (words[0]) {
                case "network" -> network = words[1];
                case "name" -> name = words[1];
                case "centre" -> centre = Unit.parse(words[1]);
                case "filter" -> filter = new LinkFilter(Double.parseDouble(words[1]), Sign.valueOf(words[2]),
                        Double.parseDouble(words[3]));
                case "unit" -> readUnit(words);
                case "link" -> readLink(words);
                case "group" -> groups.add(new Group(words[1], Arrays.stream(words[2].split(" ")).map(Unit::parse).toList()));
                case "place" -> places.put(words[1], new Place(Double.parseDouble(words[2]), Integer.parseInt(words[3]),
                        words.length > 4 ? Integer.parseInt(words[4]) : 0));
                default -> throw new IllegalArgumentException("nothing begins with “" + words[0] + "”");
            }
        }

        private void readUnit(String[] words) {
            Unit unit = Unit.parse(words[1]);
            units.put(unit, Integer.parseInt(words[2]));
            if (words[3].equals(PINNED)) {
                pinned.add(unit);
            }
            if (words[4].equals(HIDDEN)) {
                hidden.add(unit);
            }
        }

        private void readLink(String[] words) {
            Ends ends = new Ends(Unit.parse(words[1]), Unit.parse(words[2]));
            String[] numbers = words[10].split(" ");
            float[] values = new float[numbers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(numbers[i]);
            }
            Kernel kernel = new Kernel(Integer.parseInt(words[6]), Integer.parseInt(words[7]), Integer.parseInt(words[8]),
                    Integer.parseInt(words[9]), values, words.length > 13 ? Float.parseFloat(words[13]) : 0);
            links.put(ends, new Link(ends, kernel, Double.parseDouble(words[3]),
                    new Support(known(words, 4), known(words, 11), known(words, 12))));
            if (words[5].equals(KERNEL)) {
                kernels.add(ends);
            }
        }

        /** A number that may not be known, nor be there: older files have fewer of them. */
        private static double known(String[] words, int at) {
            return at >= words.length || words[at].equals(NONE) ? Double.NaN : Double.parseDouble(words[at]);
        }

        CircuitGraph graph() {
            return new CircuitGraph(centre, units, links, pinned, hidden, groups, filter, kernels, places);
        }
    }
}
