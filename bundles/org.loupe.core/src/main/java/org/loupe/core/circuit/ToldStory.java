package org.loupe.core.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * A story about a unit's weights, and whether it holds.
 *
 * @param network  what the network is called
 * @param unit     whom it is about
 * @param claims   what it says, each with its own chances, corrected for the number of claims
 * @param value    mean of the claims' values
 * @param permuted the chance that other channels, or a ring in another order, make a story that is as good as a whole
 * @param units    the share of other units of the layer of which the story is as true; NaN where there is none
 * @param others   how many other units those are
 * @param looked   how many stories were looked at, by which chances were multiplied
 * @param remarks  whole sentences
 */
public record ToldStory(String network, Unit unit, List<Claim> claims, double value, double permuted, double units, int others,
        int looked, List<String> remarks, boolean isPartial) implements Result {

    private static final String FILE = "story.tsv";
    private static final double LEVEL = .05;
    private static final int ENOUGH = 19;
    private static final int FEW = 4;

    /** Where units are to be. */
    public enum Place {
        /** They excite above and inhibit below. */
        ABOVE,
        /** They excite below and inhibit above. */
        BELOW,
        /** They excite on the left and inhibit on the right. */
        LEFT,
        /** They excite on the right and inhibit on the left. */
        RIGHT,
        /** Each excites on its own side of a ring and inhibits opposite. */
        RING,
        /** Each of them excites: a union over cases. */
        ANY,
        /** What excites one inhibits the other. */
        APART
    }

    /**
     * One sentence of a story.
     *
     * @param value    from -1, the opposite is true, to 1: the mean cosine of the kernels with the pattern that the place means;
     *                 of a union, the least sum of weights as a share of the unit's largest; of units that are apart, the cosine
     *                 of all their weights, without its sign
     * @param permuted the chance with other channels
     * @param byUnits  the share of other units; NaN where that is no question
     * @param kernels  from each of the units; none for units that are apart
     */
    public record Claim(Place place, List<Unit> units, double value, double permuted, double byUnits, List<Kernel> kernels) {
        public Claim {
            units = List.copyOf(units);
            kernels = List.copyOf(kernels);
        }

        String sentence() {
            return sentence(units.stream().map(Unit::toString).collect(Collectors.joining(", ")));
        }

        /** The same in one line of a figure, which names the units below. */
        private String heading() {
            return units.size() <= FEW ? sentence() : sentence(units.get(0) + " and " + (units.size() - 1) + " others");
        }

        private String sentence(String who) {
            return switch (place) {
                case ABOVE -> who + " above";
                case BELOW -> who + " below";
                case LEFT -> who + " on the left";
                case RIGHT -> who + " on the right";
                case RING -> who + " around it in a ring";
                case ANY -> "any of " + who;
                case APART -> who + " shun what the other wants";
            };
        }
    }

    public ToldStory {
        claims = List.copyOf(claims);
        remarks = List.copyOf(remarks);
    }

    /** Whether the story is better than luck as a whole, by both comparisons where both could tell. */
    public boolean holds() {
        return value > 0 && permuted <= LEVEL && (Double.isNaN(units) || others < ENOUGH || units <= LEVEL);
    }

    /** The verdict in one sentence. */
    public String verdict() {
        String told = String.format(Locale.ROOT, "value %.2f, p %.2g with other channels", value, permuted)
                + (Double.isNaN(units) ? "" : String.format(Locale.ROOT, ", p %.2g of other units (%d%s)", units, others,
                        others < ENOUGH ? ", too few to tell" : ""))
                + (looked > 1 ? ", corrected for " + looked + " stories" : "");
        return (isPartial ? "Stopped before anything was known"
                : holds() ? "The story holds" : value < 0 ? "The story does not hold: the weights say the opposite"
                        : "The story is not established: luck does as well") + " (" + told + ").";
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(unit + " of " + network + " wants:\n");
        for (Claim claim : claims) {
            text.append(String.format(Locale.ROOT, "  %-60s value %+.2f  p %.2g with other channels%s%n", claim.sentence(),
                    claim.value(), claim.permuted(), Double.isNaN(claim.byUnits()) ? "" : String.format(Locale.ROOT,
                            ", %.2g of other units", claim.byUnits())));
        }
        remarks.forEach(remark -> text.append("  ").append(remark).append('\n'));
        return text.append(verdict()).append('\n').toString();
    }

    @Override
    public List<Sheet> sheets() {
        Figure figure = Figure.titled("What " + unit + " of " + network + " wants").paragraph(verdict());
        for (Claim claim : claims) {
            figure.heading(claim.heading()).paragraph(String.format(Locale.ROOT, "value %+.2f, p %.2g with other channels%s",
                    claim.value(), claim.permuted(), Double.isNaN(claim.byUnits()) ? "" : String.format(Locale.ROOT,
                            ", p %.2g of other units", claim.byUnits())));
            double extent = claim.kernels().stream().mapToDouble(Kernel::peak).max().orElse(0);
            List<Figure.Plate> plates = new ArrayList<>();
            for (int i = 0; i < claim.kernels().size(); i++) {
                plates.add(new Figure.Plate(claim.kernels().get(i).picture(extent), claim.units().get(i).toString(), true));
            }
            figure.pictures(plates, Math.max(6, Math.min(8, plates.size())));
        }
        remarks.forEach(figure::remark);
        figure.remark("Kernels of one line have one scale; red excites, blue inhibits; the top of a kernel is above the unit."
                + " Chances of single claims are corrected for " + claims.size() + " claims.");
        return List.of(figure.sheet());
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append(network).append('\t').append(unit).append('\t').append(value).append('\t').append(permuted).append('\t')
                .append(units).append('\t').append(others).append('\t').append(looked).append('\t').append(isPartial).append('\n');
        remarks.forEach(remark -> text.append("remark\t").append(remark).append('\n'));
        for (Claim claim : claims) {
            text.append("claim\t").append(claim.place()).append('\t').append(claim.value()).append('\t')
                    .append(claim.permuted()).append('\t').append(claim.byUnits()).append('\t')
                    .append(claim.units().stream().map(Unit::toString).collect(Collectors.joining(" "))).append('\t')
                    .append(claim.kernels().size()).append('\n');
            claim.kernels().forEach(kernel -> text.append("kernel\t").append(ProposedCircuit.kernel(kernel)).append('\n'));
        }
        files.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static ToldStory load(ResultFiles files) throws IOException {
        List<String[]> lines = new String(files.read(FILE), StandardCharsets.UTF_8).lines().map(line -> line.split("\t")).toList();
        try {
            String[] first = lines.get(0);
            List<Claim> claims = new ArrayList<>();
            List<String> remarks = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                String[] cells = lines.get(i);
                if (cells[0].equals("remark")) {
                    remarks.add(cells[1]);
                } else if (cells[0].equals("claim")) {
                    int kernels = Integer.parseInt(cells[6]);
                    claims.add(new Claim(Place.valueOf(cells[1]), Arrays.stream(cells[5].split(" ")).map(Unit::parse).toList(),
                            Double.parseDouble(cells[2]), Double.parseDouble(cells[3]), Double.parseDouble(cells[4]),
                            lines.subList(i + 1, i + 1 + kernels).stream().map(row -> ProposedCircuit.kernel(row, 1)).toList()));
                }
            }
            return new ToldStory(first[0], Unit.parse(first[1]), claims, Double.parseDouble(first[2]),
                    Double.parseDouble(first[3]), Double.parseDouble(first[4]), Integer.parseInt(first[5]),
                    Integer.parseInt(first[6]), remarks, Boolean.parseBoolean(first[7]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }
}
