package org.loupe.core.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.loupe.core.Batch;
import org.loupe.core.Npy;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.image.Diverging;
import org.loupe.core.image.Plates;
import org.loupe.core.page.Figure;
import org.loupe.core.page.Sheet;

/**
 * Positions of all degrees for some channels of a layer.
 *
 * @param set       name of the picture set
 * @param seen      how many pictures were read
 * @param isPartial whether there were to be more
 * @param spectra   of each channel
 */
public record ActivationSpectra(String set, int seen, boolean isPartial, List<ActivationSpectrum> spectra) implements Result {

    private static final String TABLE = "spectrum.tsv";
    private static final String HEADING = "unit\tfrom\tto\tpositions\texamples (picture row column value)";
    private static final int LARGEST_CROP = 96;
    private static final int WHITE = 0xffffff;

    public ActivationSpectra {
        spectra = spectra.stream().map(one -> new ActivationSpectrum(one.unit(), one.steps(),
                one.crops().stream().map(crop -> Plates.reduced(crop, LARGEST_CROP)).toList())).toList();
    }

    /** That of a channel, where it was asked about. */
    public Optional<ActivationSpectrum> of(Unit unit) {
        return spectra.stream().filter(one -> one.unit().equals(unit.at(Unit.EVERYWHERE))).findFirst();
    }

    /** For each channel, a line for each step: the range and how many positions fall into it. */
    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        for (ActivationSpectrum one : spectra) {
            text.append(String.format(Locale.ROOT, "%s  %,d positions in %,d pictures of %s%n", one.unit(), one.positions(), seen,
                    set));
            for (ActivationSpectrum.Step step : one.steps()) {
                text.append(String.format(Locale.ROOT, "  %9s to %9s  %,10d  %s%n", number(step.from()), number(step.to()),
                        step.positions(), percent(step, one)));
            }
        }
        return text.toString();
    }

    /** The figures of the channels whose crops were kept. */
    @Override
    public List<Sheet> sheets() {
        return spectra.stream().filter(one -> !one.crops().isEmpty()).map(this::sheet).toList();
    }

    private Sheet sheet(ActivationSpectrum one) {
        return Figure.titled("What positions of all degrees see: " + one.unit()).columns(columns(one)).remark(legend(one)).sheet();
    }

    /** Columns for a figure, from the most inhibiting step to the most exciting one. */
    public List<Figure.Column> columns(ActivationSpectrum one) {
        List<List<Batch>> crops = one.cropsOfSteps();
        List<Figure.Column> columns = new ArrayList<>();
        for (int i = 0; i < one.steps().size(); i++) {
            ActivationSpectrum.Step step = one.steps().get(i);
            List<Figure.Plate> plates = new ArrayList<>();
            for (int k = 0; k < crops.get(i).size(); k++) {
                plates.add(new Figure.Plate(crops.get(i).get(k), number(step.examples().get(k).value()), false));
            }
            columns.add(new Figure.Column(range(step), percent(step, one), Diverging.colour((step.from() + step.to()) / 2
                    / Math.max(Double.MIN_NORMAL, one.extent()), WHITE), plates));
        }
        return columns;
    }

    /** What a figure must say about its columns. */
    public String legend(ActivationSpectrum one) {
        return String.format(Locale.ROOT, "What goes into the nonlinearity of %s at all %,d positions of %,d pictures of %s%s. Each"
                + " column is a step of the range, with the share of the positions that fall into it; its pictures are drawn by"
                + " chance, at most one position of a picture, with the activation below each.", one.unit(), one.positions(), seen,
                set, isPartial ? " (stopped before all were seen)" : "");
    }

    /** The range of a step in words. */
    public static String range(ActivationSpectrum.Step step) {
        return number(step.from()) + " to " + number(step.to());
    }

    /** The share of the positions that fall into a step, in words. */
    public static String percent(ActivationSpectrum.Step step, ActivationSpectrum of) {
        double share = 100.0 * step.positions() / Math.max(1, of.positions());
        return share == 0 ? "none" : String.format(Locale.ROOT, share < 0.01 ? "%.1g %%" : share < 1 ? "%.2f %%" : "%.1f %%", share);
    }

    private static String number(float value) {
        String text = String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
        return (text.matches("-0[.0]*") ? text.substring(1) : text).replace('-', '−');
    }

    @Override
    public void save(ResultFiles files) throws IOException {
        StringBuilder text = new StringBuilder("set\t").append(set.replaceAll("[\t\n]", " ")).append("\tpictures\t").append(seen)
                .append("\tpartial\t").append(isPartial).append('\n').append(HEADING).append('\n');
        for (int i = 0; i < spectra.size(); i++) {
            ActivationSpectrum one = spectra.get(i);
            for (ActivationSpectrum.Step step : one.steps()) {
                text.append(one.unit()).append('\t').append(step.from()).append('\t').append(step.to()).append('\t')
                        .append(step.positions()).append('\t');
                text.append(String.join(";", step.examples().stream().map(example -> example.picture() + " " + example.row() + " "
                        + example.column() + " " + example.value()).toList())).append('\n');
            }
            if (!one.crops().isEmpty()) {
                files.write(crops(i), Npy.write(Plates.stacked(one.crops())));
            }
        }
        files.write(TABLE, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String crops(int index) {
        return "crops-" + index + ".npy";
    }

    /**
     * Reads what was saved.
     *
     * @throws IOException when it is damaged
     */
    static ActivationSpectra load(ResultFiles files) throws IOException {
        List<String> lines = new String(files.read(TABLE), StandardCharsets.UTF_8).lines().toList();
        try {
            String[] facts = lines.get(0).split("\t");
            List<Unit> units = new ArrayList<>();
            List<List<ActivationSpectrum.Step>> steps = new ArrayList<>();
            for (String line : lines.subList(2, lines.size())) {
                String[] cells = line.split("\t", -1);
                Unit unit = Unit.parse(cells[0]);
                if (units.isEmpty() || !units.get(units.size() - 1).equals(unit)) {
                    units.add(unit);
                    steps.add(new ArrayList<>());
                }
                steps.get(steps.size() - 1).add(new ActivationSpectrum.Step(Float.parseFloat(cells[1]), Float.parseFloat(cells[2]),
                        Long.parseLong(cells[3]), examples(cells[4])));
            }
            List<ActivationSpectrum> spectra = new ArrayList<>();
            for (int i = 0; i < units.size(); i++) {
                boolean hasCrops = units.size() <= FindSpectrum.WITH_CROPS
                        && steps.get(i).stream().anyMatch(step -> !step.examples().isEmpty());
                spectra.add(new ActivationSpectrum(units.get(i), steps.get(i),
                        hasCrops ? images(Npy.read(files.read(crops(i)))) : List.of()));
            }
            return new ActivationSpectra(facts[1], Integer.parseInt(facts[3]), Boolean.parseBoolean(facts[5]), spectra);
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(TABLE + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static List<Example> examples(String text) {
        List<Example> examples = new ArrayList<>();
        for (String one : text.isEmpty() ? new String[0] : text.split(";")) {
            String[] numbers = one.split(" ");
            examples.add(new Example(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]),
                    Float.parseFloat(numbers[3])));
        }
        return examples;
    }

    private static List<Batch> images(Batch stacked) {
        List<Batch> images = new ArrayList<>();
        for (int i = 0; i < stacked.images(); i++) {
            images.add(stacked.image(i));
        }
        return images;
    }
}
