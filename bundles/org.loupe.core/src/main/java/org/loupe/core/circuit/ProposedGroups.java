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
 * Units of a circuit that belong together by their weights.
 *
 * @param network what the network is called
 * @param groups  of each kind the surest first
 * @param pairs   how many pairs of units of one layer were compared
 * @param draws   how often kernels were dealt out to other channels
 * @param remarks whole sentences: what was not looked at
 */
public record ProposedGroups(String network, List<Proposal> groups, int pairs, int draws, List<String> remarks, boolean isPartial)
        implements Result {

    private static final String FILE = "groups.tsv";

    /** Why units belong together. */
    public enum Kind {
        /** One sees in a mirror what the other sees, as a left and a right head do. */
        MIRRORED,
        /** A unit above is excited by each of them: a union over cases. */
        UNION
    }

    /**
     * Units that may be one node.
     *
     * @param units  at least two of one layer
     * @param above  the unit that unites them; of a mirrored pair, the first unit itself
     * @param value  the cosine of all weights of the one, in the mirror, with those of the other; of a union, the least of the
     *               sums of weights as a share of the largest that the unit above reads by
     * @param chance that luck does as well, corrected for all that was looked at
     */
    public record Proposal(Kind kind, List<Unit> units, Unit above, double value, double chance) {
        public Proposal {
            units = List.copyOf(units);
            if (units.size() < 2) {
                throw new IllegalArgumentException("A group of " + units + " is none");
            }
        }

        /** One sentence, without its numbers. */
        public String sentence() {
            String who = units.stream().map(Unit::toString).collect(Collectors.joining(kind == Kind.UNION ? ", " : " and "));
            return kind == Kind.MIRRORED ? who + " are mirror images" : above + " unites " + who;
        }

        /** What a person is told of how sure it is. */
        public String evidence() {
            return String.format(Locale.ROOT, kind == Kind.MIRRORED ? "cosine in the mirror %.2f, p %.2g"
                    : "least weight %.2f of the largest, p %.2g", value, chance);
        }
    }

    public ProposedGroups {
        groups = List.copyOf(groups);
        remarks = List.copyOf(remarks);
    }

    /** Those of one kind. */
    public List<Proposal> groups(Kind kind) {
        return groups.stream().filter(group -> group.kind() == kind).toList();
    }

    private String summary() {
        return isPartial ? "Stopped before anything was known." : String.format(Locale.ROOT, "Of %d pairs of units of one layer of"
                + " %s, %d are mirror images beyond the best of all when kernels are dealt out to other channels (%d draws); %d"
                + " unions over cases.", pairs, network, groups(Kind.MIRRORED).size(), draws, groups(Kind.UNION).size());
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(summary()).append('\n');
        groups.forEach(group -> text.append(String.format(Locale.ROOT, "  %-60s %s%n", group.sentence(), group.evidence())));
        remarks.forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("Groups of units in " + network).paragraph(summary());
        if (!groups.isEmpty()) {
            figure.table(List.of("group", "value", "p"), groups.stream().map(group -> List.of(group.sentence(),
                    String.format(Locale.ROOT, "%.2f", group.value()), String.format(Locale.ROOT, "%.2g", group.chance())))
                    .toList());
        }
        remarks.forEach(figure::remark);
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(network).append('\t').append(pairs).append('\t').append(draws).append('\t').append(isPartial).append('\n');
        remarks.forEach(remark -> text.append("remark\t").append(remark).append('\n'));
        groups.forEach(group -> text.append(group.kind()).append('\t').append(group.value()).append('\t').append(group.chance())
                .append('\t').append(group.above()).append('\t')
                .append(group.units().stream().map(Unit::toString).collect(Collectors.joining(" "))).append('\n'));
        files.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ProposedGroups load(ResultFiles files) throws IOException {
        List<String[]> lines = new String(files.read(FILE), StandardCharsets.UTF_8).lines().map(line -> line.split("\t")).toList();
        try {
            String[] first = lines.get(0);
            List<String[]> rest = lines.subList(1, lines.size());
            return new ProposedGroups(first[0], rest.stream().filter(cells -> !cells[0].equals("remark"))
                    .map(cells -> new Proposal(Kind.valueOf(cells[0]),
                            Arrays.stream(cells[4].split(" ")).map(Unit::parse).toList(), Unit.parse(cells[3]),
                            Double.parseDouble(cells[1]), Double.parseDouble(cells[2]))).toList(),
                    Integer.parseInt(first[1]), Integer.parseInt(first[2]),
                    rest.stream().filter(cells -> cells[0].equals("remark")).map(cells -> cells[1]).toList(),
                    Boolean.parseBoolean(first[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
