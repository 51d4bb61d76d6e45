package org.loupe.core.tuning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.loupe.core.Npy;
import org.loupe.core.ResultFiles;
import org.loupe.core.Unit;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;
import org.loupe.core.stimulus.Sweep;

/**
 * Keeps answers to stimuli: {@code answers.npy} with all numbers, {@code stimuli.tsv} with what was shown, and
 * {@code units.csv} with how each unit is tuned. The columns are described in {@code docs/study.md}.
 */
final class TunedFiles {

    private static final String ANSWERS = "answers.npy";
    private static final String STIMULI = "stimuli.tsv";
    private static final String UNITS = "units.csv";
    private static final String HEADING =
            "unit,highest,at,peak,mean,width,resultant,echo,firing";

    private TunedFiles() {
    }

    static void save(Tuned tuned, ResultFiles files) throws IOException {
        files.write(ANSWERS, Npy.write(tuned.answers()));
        StringBuilder stimuli = new StringBuilder();
        stimuli.append("stimulus\t").append(tuned.stimulus()).append("\tpartial\t").append(tuned.isPartial()).append('\n');
        stimuli.append("fixed");
        tuned.setting().values().forEach((name, value) -> stimuli.append('\t').append(name).append('=').append(value));
        stimuli.append('\n');
        for (Sweep sweep : tuned.sweeps()) {
            Parameter parameter = sweep.parameter();
            stimuli.append("sweep\t").append(parameter.name()).append('\t').append(parameter.label()).append('\t')
                    .append(parameter.unit()).append('\t').append(parameter.least()).append('\t')
                    .append(parameter.greatest()).append('\t').append(parameter.standard()).append('\t')
                    .append(parameter.step()).append('\t').append(parameter.cyclic());
            sweep.values().forEach(value -> stimuli.append('\t').append(value));
            stimuli.append('\n');
        }
        files.write(STIMULI, stimuli.toString().getBytes(StandardCharsets.UTF_8));
        StringBuilder units = new StringBuilder(HEADING).append('\n');
        for (int unit = 0; unit < tuned.units().size(); unit++) {
            units.append(row(tuned, unit)).append('\n');
        }
        files.write(UNITS, units.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String row(Tuned tuned, int unit) {
        Tuned.Best best = tuned.best(unit);
        Optional<TuningCurve> curve = tuned.curve(unit);
        StringBuilder at = new StringBuilder();
        for (Sweep sweep : tuned.sweeps()) {
            at.append(at.isEmpty() ? "" : " ").append(sweep.parameter().name()).append('=')
                    .append(Setting.text(best.setting().of(sweep.parameter().name())));
        }
        String start = "\"" + tuned.units().get(unit) + "\"," + number(best.answer()) + "," + at;
        return curve.map(turned -> String.join(",", start, number(turned.peak()), number(turned.mean()),
                number(turned.width()), number(turned.resultant()), number(turned.echo()), number(turned.firing())))
                .orElse(start + ",,,,,,");
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6g", value);
    }

    static Tuned load(ResultFiles files) throws IOException {
        try {
            String[] lines = new String(files.read(STIMULI), StandardCharsets.UTF_8).split("\n");
            String[] first = lines[0].split("\t");
            Map<String, Double> values = new LinkedHashMap<>();
            String[] fixed = lines[1].split("\t");
            for (String one : Arrays.asList(fixed).subList(1, fixed.length)) {
                String[] parts = one.split("=");
                values.put(parts[0], Double.valueOf(parts[1]));
            }
            List<Sweep> sweeps = new ArrayList<>();
            for (String line : Arrays.asList(lines).subList(2, lines.length)) {
                sweeps.add(sweep(line.split("\t", -1)));
            }
            List<Unit> units = new ArrayList<>();
            String[] rows = new String(files.read(UNITS), StandardCharsets.UTF_8).split("\n");
            for (String row : Arrays.asList(rows).subList(1, rows.length)) {
                units.add(Unit.parse(row.substring(1, row.indexOf('"', 1))));
            }
            return new Tuned(first[1], new Setting(values), sweeps, units, Npy.read(files.read(ANSWERS)),
                    Boolean.parseBoolean(first[3]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException("The answers to stimuli are damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Sweep sweep(String[] cells) {
        Parameter parameter = new Parameter(cells[1], cells[2], cells[3], Double.parseDouble(cells[4]),
                Double.parseDouble(cells[5]), Double.parseDouble(cells[6]), Double.parseDouble(cells[7]),
                Boolean.parseBoolean(cells[8]));
        return new Sweep(parameter, Arrays.stream(cells).skip(9).map(Double::valueOf).toList());
    }
}
