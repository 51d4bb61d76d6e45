package org.loupe.core.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * Motifs that were found among the units of a layer.
 *
 * @param network what the network is called
 * @param layer   whose units were compared
 * @param motifs  of each kind the strongest first
 * @param pairs   how many pairs were looked at
 * @param draws   how often kernels were dealt out to other channels
 * @param remarks whole sentences: how counterparts of channels were found
 */
public record Motifs(String network, String layer, List<Motif> motifs, int pairs, int draws, List<String> remarks,
        boolean isPartial) implements Result {

    private static final String FILE = "motifs.tsv";
    private static final int SHOWN = 20;

    /** What units are to each other. */
    public enum Kind {
        /** What excites one inhibits the other. */
        OPPOSITE,
        /** They want the same: one feature, spread over several units. */
        SPREAD,
        /** A unit above is excited by each of two that are opposite or alike: a union over cases. */
        UNION,
        /** One reads by the other's weights seen in an upright mirror, from the counterparts of what that reads. */
        MIRRORED,
        /** The same, turned clockwise by 90 degrees. */
        QUARTER,
        /** The same, turned clockwise by 45 degrees. */
        EIGHTH
    }

    /**
     * A motif.
     *
     * @param units  the pair; of a union, the unit above comes first; a unit that stays the same when all is moved is twice there
     * @param value  cosine of all weights of the pair, the first one's moved where that is the motif; of a union, the lesser of the two sums of weights as a share of the unit's
     *               largest
     * @param chance that luck makes the best of all as good
     */
    public record Motif(Kind kind, List<Unit> units, double value, double chance) {
        public Motif {
            units = List.copyOf(units);
        }

        String sentence() {
            return switch (kind) {
                case OPPOSITE -> units.get(0) + " and " + units.get(1) + " want opposite things";
                case SPREAD -> units.get(0) + " and " + units.get(1) + " want the same";
                case UNION -> units.get(0) + " is the union of " + units.get(1) + " and " + units.get(2);
                case MIRRORED -> moved("in a mirror");
                case QUARTER -> moved("turned by 90°");
                case EIGHTH -> moved("turned by 45°");
            };
        }

        private String moved(String how) {
            return units.get(0).equals(units.get(1)) ? units.get(0) + " stays the same " + how
                    : units.get(1) + " is " + units.get(0) + " " + how;
        }
    }

    public Motifs {
        motifs = List.copyOf(motifs);
        remarks = List.copyOf(remarks);
    }

    /** How many motifs of a kind there are. */
    public long count(Kind kind) {
        return motifs.stream().filter(motif -> motif.kind() == kind).count();
    }

    private String summary() {
        return isPartial ? "Stopped before anything was known." : String.format(Locale.ROOT, "Of %d pairs of units of %s in %s, %d are"
                + " opposite and %d alike, beyond the best of all pairs when kernels are dealt out to other channels (%d draws);"
                + " %d unions above.%s", pairs, layer, network, count(Kind.OPPOSITE), count(Kind.SPREAD), draws,
                count(Kind.UNION), remarks.isEmpty() ? "" : String.format(Locale.ROOT, " Of all ordered pairs, units with"
                        + " themselves too, %d follow in a mirror, %d by a quarter turn and %d by an eighth.", count(Kind.MIRRORED),
                        count(Kind.QUARTER), count(Kind.EIGHTH)));
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        for (Kind kind : Kind.values()) {
            motifs.stream().filter(motif -> motif.kind() == kind).limit(SHOWN).forEach(motif -> text.append(String.format(
                    Locale.ROOT, "  %-60s value %+.2f  p %.2g%n", motif.sentence(), motif.value(), motif.chance())));
        }
        remarks.forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("Motifs of " + layer + " in " + network).paragraph(summary());
        for (Kind kind : Kind.values()) {
            List<List<String>> rows = motifs.stream().filter(motif -> motif.kind() == kind).limit(SHOWN)
                    .map(motif -> List.of(motif.sentence(), String.format(Locale.ROOT, "%+.2f", motif.value()),
                            String.format(Locale.ROOT, "%.2g", motif.chance()))).toList();
            if (!rows.isEmpty()) {
                figure.heading(kind.name().toLowerCase(Locale.ROOT)).table(List.of("motif", "value", "p"), rows);
            }
        }
        remarks.forEach(figure::remark);
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(network).append('\t').append(layer).append('\t').append(pairs).append('\t').append(draws).append('\t')
                .append(isPartial).append('\n');
        remarks.forEach(remark -> text.append("REMARK\t").append(remark).append('\n'));
        motifs.forEach(motif -> text.append(motif.kind()).append('\t').append(motif.value()).append('\t')
                .append(motif.chance()).append('\t').append(motif.units().stream().map(Unit::toString)
                        .collect(Collectors.joining(" "))).append('\n'));
        files.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Motifs load(ResultFiles files) throws IOException {
        List<String[]> lines = new String(files.read(FILE), StandardCharsets.UTF_8).lines().map(line -> line.split("\t")).toList();
        try {
            String[] first = lines.get(0);
            return new Motifs(first[0], first[1], lines.stream().skip(1)
                    .filter(cells -> !cells[0].equals("REMARK")).map(cells -> new Motif(Kind.valueOf(cells[0]),
                    Arrays.stream(cells[3].split(" ")).map(Unit::parse).toList(), Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]))).toList(), Integer.parseInt(first[2]), Integer.parseInt(first[3]),
                    lines.stream().filter(cells -> cells[0].equals("REMARK")).map(cells -> cells[1]).toList(),
                    Boolean.parseBoolean(first[4]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
