package org.loupe.core.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.circuit.KinWeights;
import org.loupe.core.page.Sheet;

/**
 * The families of a layer.
 *
 * @param layer     name of the layer
 * @param searches  what was looked for
 * @param families  the largest of each kinship first
 * @param isPartial whether the work was stopped; then nothing is sure
 */
public record FoundFamilies(String layer, List<Search> searches, List<UnitFamily> families, boolean isPartial)
        implements Result {

    private static final String FILE = "families.tsv";

    /**
     * One kinship that was looked for.
     *
     * @param looked  how many units answer the stimuli in a way that depends on them; their pairs were compared
     * @param draws   how often controls were drawn: units with the same strength of every harmonic and random phases
     * @param control by how many standard deviations of its own controls the most alike pair of controls exceeds their mean in one
     *                of twenty draws
     * @param closest the pair of units that exceeds its controls most
     */
    public record Search(Kinship kinship, int looked, int draws, double control, Closest closest) {
    }

    /**
     * Two channels that are alike.
     *
     * @param first      -1 where no two units were compared
     * @param by         how far the second is from the first: degrees, or a factor of size; 0 for mirrors
     * @param similarity correlation of their answers
     * @param excess     by how many standard deviations of its own controls that exceeds their mean
     * @param chance     that any pair of unrelated units exceeds that, corrected for all that was looked at
     * @param weights    cosine of the first one's weights, moved and given to the counterparts of what it reads, with the second's;
     *                   NaN where the weights do not tell
     * @param weightsChance that kernels which are given to other channels are as much alike, corrected for all that was looked at;
     *                   NaN where the weights do not tell
     */
    public record Closest(int first, int second, double by, double similarity, double excess, double chance, double weights,
            double weightsChance) {
        static final Closest NONE = new Closest(-1, -1, 0, Double.NaN, Double.NaN, 1, Double.NaN, Double.NaN);

        Closest with(KinWeights.Likeness likeness) {
            return new Closest(first, second, by, similarity, excess, chance, likeness.mean(), likeness.chance());
        }
    }

    public FoundFamilies {
        searches = List.copyOf(searches);
        families = List.copyOf(families);
    }

    @Override
    public String text() {
        return FoundFamiliesText.text(this);
    }

    @Override
    public List<Sheet> sheets() {
        return TuningFigures.of(this);
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("layer\t").append(layer).append("\tpartial\t").append(isPartial).append('\n');
        for (Search search : searches) {
            text.append("search\t").append(search.kinship().label()).append('\t').append(search.looked()).append('\t')
                    .append(search.draws()).append('\t').append(search.control());
            Closest one = search.closest();
            for (Object cell : List.of(one.first(), one.second(), one.by(), one.similarity(), one.excess(), one.chance(),
                    one.weights(), one.weightsChance())) {
                text.append('\t').append(cell);
            }
            text.append('\n');
        }
        for (UnitFamily family : families) {
            text.append("family\t").append(family.kinship().label()).append('\t').append(family.chance())
                    .append('\t').append(family.weightsChance());
            for (UnitFamily.Member member : family.members()) {
                text.append('\t').append(member.channel()).append(' ').append(member.by()).append(' ')
                        .append(member.similarity()).append(' ').append(member.weights());
            }
            text.append('\n');
        }
        files.write(FILE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static FoundFamilies load(ResultFiles files) throws IOException {
        try {
            String[] lines = new String(files.read(FILE), StandardCharsets.UTF_8).split("\n");
            List<Search> searches = new ArrayList<>();
            List<UnitFamily> families = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                String[] cells = line.split("\t");
                Kinship kinship = Kinship.valueOf(cells[1].toUpperCase(Locale.ROOT));
                if (cells[0].equals("search")) {
                    searches.add(new Search(kinship, Integer.parseInt(cells[2]), Integer.parseInt(cells[3]),
                            Double.parseDouble(cells[4]), new Closest(Integer.parseInt(cells[5]), Integer.parseInt(cells[6]),
                                    Double.parseDouble(cells[7]), Double.parseDouble(cells[8]),
                                    Double.parseDouble(cells[9]), Double.parseDouble(cells[10]),
                                    number(cells, 11), number(cells, 12))));
                } else {
                    families.add(new UnitFamily(kinship, Arrays.stream(cells).skip(3).filter(cell -> cell.contains(" "))
                            .map(FoundFamilies::member).toList(), Double.parseDouble(cells[2]),
                            cells[3].contains(" ") ? Double.NaN : Double.parseDouble(cells[3])));
                }
            }
            String[] first = lines[0].split("\t");
            return new FoundFamilies(first[1], searches, families, Boolean.parseBoolean(first[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static UnitFamily.Member member(String text) {
        String[] parts = text.split(" ");
        return new UnitFamily.Member(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]),
                number(parts, 3));
    }

    /** Files that were written before weights were looked at end earlier. */
    private static double number(String[] cells, int index) {
        return index < cells.length ? Double.parseDouble(cells[index]) : Double.NaN;
    }
}
