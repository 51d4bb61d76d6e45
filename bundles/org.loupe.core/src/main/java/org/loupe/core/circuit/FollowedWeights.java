package org.loupe.core.circuit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.page.Sheet;

/**
 * What arrives of weights over several layers on pictures.
 *
 * @param network  what the network is called
 * @param unit     whose weights were followed
 * @param layer    down to which
 * @param pictures what the picture set is called
 * @param ways     the units of that layer that were followed, in the order in which they are told
 * @param sights   what was seen on each picture
 * @param share    of the norms of all weights over these layers that the ways have, 0 to 1
 * @param remarks  whole sentences: where the weights are not all that happens between
 */
public record FollowedWeights(String network, Unit unit, String layer, String pictures, List<Way> ways, List<Sight> sights,
        double share, List<String> remarks, boolean isPartial) implements Result {

    /** Of the shares that arrive, those that are told: the range of nine tenths of the pictures, of half of them, the middle. */
    static final double[] QUANTILES = {.05, .25, .5, .75, .95};

    private static final String FILE = "followed.tsv";
    private static final String WAY = "way";
    private static final String SIGHT = "sight";

    /** Of ways that work against each other, and of parts that arrive, below this the linear story says little. */
    public static final double MISLEADS = .3;

    /**
     * A unit below.
     *
     * @param expanded how it would be read if everything between were linear
     * @param left     what is left of the sizes of all ways when they work against each other, 0 to 1
     * @param arriving the mean over pictures of the weights with all gates as they are; not there where the kernel lies over
     *                 another map than the one whose gradient is known
     */
    public record Way(Connection expanded, double left, Optional<Kernel> arriving) {
    }

    /**
     * One picture, where the unit is strongest in it.
     *
     * @param answer    of the unit, before its nonlinearity
     * @param predicted what the whole layer would contribute by the expanded weights: weights times activations
     * @param arrived   what it does contribute, to first order: gradient times activations
     * @param shares    the same for each way
     */
    public record Sight(String picture, double answer, double predicted, double arrived, List<Share> shares) {
        public Sight {
            shares = List.copyOf(shares);
        }
    }

    /**
     * What comes of one way on one picture.
     *
     * @param predicted expanded weights times activations
     * @param arrived   gradient times activations
     * @param part      how much of the expanded kernel the gradient has: 1 for all of it, 0 for nothing, below 0 for the
     *                  opposite; NaN where there is no kernel at this place
     * @param cosine    between gradient and expanded kernel; NaN where one of them is nothing
     */
    public record Share(double predicted, double arrived, double part, double cosine) {
    }

    /**
     * How prediction and what arrives go together over pictures.
     *
     * @param parts       quantiles of the parts that arrive
     * @param correlation of what is predicted and what arrives, -1 to 1; NaN where one does not vary
     * @param sameSign    share of the pictures on which both have the same sign
     * @param byChance    what that share would be if signs were dealt out at random to the pictures
     */
    public record Summary(double[] parts, double correlation, double sameSign, double byChance) {

        /** Whether the linear story says little about what a unit does on pictures. */
        public boolean misleads() {
            return !(correlation >= MISLEADS) || parts.length > 0 && !(parts[parts.length / 2] >= MISLEADS);
        }
    }

    public FollowedWeights {
        ways = List.copyOf(ways);
        sights = List.copyOf(sights);
        remarks = List.copyOf(remarks);
    }

    /** What was seen of a unit of the layer; nothing where it was not followed. */
    public Optional<Summary> summary(Unit below) {
        return IntStream.range(0, sights.isEmpty() ? 0 : ways.size()).filter(way -> ways.get(way).expanded().from().equals(below))
                .mapToObj(this::summary).findFirst();
    }

    /** What was seen of one way, by its index. */
    public Summary summary(int way) {
        return summary(values(way, Share::part), values(way, Share::predicted), values(way, Share::arrived));
    }

    /** What was seen of all units of the layer together; without parts. */
    public Summary whole() {
        return summary(new double[0], sights.stream().mapToDouble(Sight::predicted).toArray(),
                sights.stream().mapToDouble(Sight::arrived).toArray());
    }

    /** A number of each picture. */
    double[] values(int way, ToDoubleFunction<Share> number) {
        return sights.stream().map(sight -> sight.shares().get(way)).mapToDouble(number).toArray();
    }

    /** The pictures that excite the unit most, a quarter of all. */
    List<Integer> strongest() {
        return IntStream.range(0, sights.size()).boxed().sorted(Comparator.comparingDouble((Integer i) -> -sights.get(i).answer()))
                .limit((sights.size() + 3) / 4).toList();
    }

    private static Summary summary(double[] parts, double[] predicted, double[] arrived) {
        double[] sorted = Arrays.stream(parts).filter(Double::isFinite).sorted().toArray();
        double[] quantiles = sorted.length == 0 ? new double[0]
                : Arrays.stream(QUANTILES).map(share -> sorted[(int) Math.round(share * (sorted.length - 1))]).toArray();
        int same = 0;
        int up = 0;
        int other = 0;
        for (int i = 0; i < predicted.length; i++) {
            same += Math.signum(predicted[i]) == Math.signum(arrived[i]) ? 1 : 0;
            up += predicted[i] > 0 ? 1 : 0;
            other += arrived[i] > 0 ? 1 : 0;
        }
        double count = Math.max(1, predicted.length);
        return new Summary(quantiles, Correlation.of(predicted, arrived), same / count,
                up / count * (other / count) + (1 - up / count) * (1 - other / count));
    }

    /** One sentence: what was looked at. */
    String about() {
        return String.format(Locale.ROOT, "%s of %s reads %s over several layers; %d of its units, with %.0f %% of the norms, on %d"
                + " pictures of %s, each where %s is strongest.%s", unit, network, layer, ways.size(), 100 * share, sights.size(),
                pictures, unit, isPartial ? " Stopped before all pictures were looked at." : "");
    }

    /** What the numbers mean. */
    static String legend() {
        return "arrives: how much of the expanded kernel the unit's gradient has on a picture, with all gates as they are there (1:"
                + " all of it, 0: nothing, below 0: the opposite), in 5, 25, 50, 75 and 95 of 100 pictures at most. r: correlation"
                + " over pictures of what the expanded weights predict (weights times activations) and what arrives (gradient times"
                + " activations). sign: share of pictures on which both have the same sign, and what it is by chance. left: what is"
                + " left of the sizes of all ways. The linear story misleads where r or the middle part is below 0.3.";
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(about()).append('\n');
        if (sights.isEmpty()) {
            return text.toString();
        }
        text.append(String.format("  %-14s %8s  %5s  arrives %6s %6s %6s %6s %6s  %6s  %s%n", "", "norm", "left", "5 %", "25 %",
                "50 %", "75 %", "95 %", "r", "sign (chance)").replace("\r", ""));
        for (int way = 0; way < ways.size(); way++) {
            Connection one = ways.get(way).expanded();
            text.append(String.format(Locale.ROOT, "  %-14s %8.4f  %3.0f %%          %s%n", one.from(), one.strength(),
                    100 * ways.get(way).left(), line(summary(way))).replace("\r", ""));
        }
        text.append(String.format(Locale.ROOT, "  %-14s %8s  %5s          %s%n", "whole layer", "", "", line(whole())).replace("\r", ""));
        text.append("  ").append(legend()).append('\n');
        remarks.forEach(remark -> text.append("  ").append(remark).append('\n'));
        return text.toString();
    }

    private static String line(Summary summary) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < QUANTILES.length; i++) {
            line.append(i < summary.parts.length ? String.format(Locale.ROOT, "%6.2f ", summary.parts[i]) : "       ");
        }
        return line + String.format(Locale.ROOT, " %6s  %3.0f %% (%.0f %%)%s", number(summary.correlation),
                100 * summary.sameSign, 100 * summary.byChance, summary.misleads() ? "  misleads" : "");
    }

    static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    public List<Sheet> sheets() {
        return sights.isEmpty() ? List.of() : FollowedSheets.of(this);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", network, unit + "", layer, pictures, share + "", isPartial + ""));
        lines.add(String.join("\t", remarks));
        for (Way way : ways) {
            Connection one = way.expanded();
            lines.add(String.join("\t", WAY, one.from() + "", one.to() + "", one.pooling(), way.left() + "",
                    ProposedCircuit.kernel(one.kernel()))
                    + way.arriving().map(kernel -> "\t" + ProposedCircuit.kernel(kernel)).orElse(""));
        }
        for (Sight sight : sights) {
            StringBuilder line = new StringBuilder(String.join("\t", SIGHT, sight.picture(), sight.answer() + "",
                    sight.predicted() + "", sight.arrived() + ""));
            sight.shares().forEach(share -> line.append('\t').append(share.predicted()).append(' ').append(share.arrived())
                    .append(' ').append(share.part()).append(' ').append(share.cosine()));
            lines.add(line.toString());
        }
        files.write(FILE, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static FollowedWeights load(ResultFiles files) throws IOException {
        String[] lines = new String(files.read(FILE), StandardCharsets.UTF_8).split("\n", -1);
        try {
            String[] first = lines[0].split("\t");
            List<Way> ways = new ArrayList<>();
            List<Sight> sights = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(2, lines.length - 1)) {
                String[] cells = line.split("\t");
                switch (cells[0]) {
                    case WAY -> ways.add(new Way(new Connection(Unit.parse(cells[1]), Unit.parse(cells[2]),
                            ProposedCircuit.kernel(cells, 5), cells[3]), Double.parseDouble(cells[4]),
                            cells.length > 10 ? Optional.of(ProposedCircuit.kernel(cells, 10)) : Optional.empty()));
                    case SIGHT -> sights.add(new Sight(cells[1], Double.parseDouble(cells[2]), Double.parseDouble(cells[3]),
                            Double.parseDouble(cells[4]), Arrays.stream(cells).skip(5).map(FollowedWeights::share).toList()));
                    default -> throw new IllegalArgumentException("no line begins with " + cells[0]);
                }
            }
            return new FollowedWeights(first[0], Unit.parse(first[1]), first[2], first[3], ways, sights,
                    Double.parseDouble(first[4]), lines[1].isEmpty() ? List.of() : List.of(lines[1].split("\t")),
                    Boolean.parseBoolean(first[5]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Share share(String cell) {
        String[] parts = cell.split(" ");
        return new Share(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }
}
