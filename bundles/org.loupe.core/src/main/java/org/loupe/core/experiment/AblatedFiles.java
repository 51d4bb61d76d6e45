package org.loupe.core.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.ResultFiles;
import org.loupe.core.experiment.Ablated.Condition;
import org.loupe.core.experiment.Ablated.Outcome;
import org.loupe.core.experiment.Ablated.Shift;
import org.loupe.core.experiment.Ablated.Shown;

/** Keeps what came of an ablation; the files are described in {@code docs/study.md}. */
final class AblatedFiles {

    private static final String FACTS = "ablation.tsv";
    private static final String PICTURES = "pictures.tsv";

    private AblatedFiles() {
    }

    static void save(Ablated ablated, ResultFiles files) throws IOException {
        files.write(FACTS, facts(ablated).getBytes(StandardCharsets.UTF_8));
        files.write(PICTURES, pictures(ablated).getBytes(StandardCharsets.UTF_8));
        files.write("report.txt", ablated.text().getBytes(StandardCharsets.UTF_8));
    }

    private static String facts(Ablated ablated) {
        Ablated.Facts facts = ablated.facts();
        StringBuilder text = new StringBuilder();
        line(text, "ablation", facts.network(), facts.set(), facts.by(), facts.logits(), facts.resamples(), facts.seed(),
                "partial", ablated.isPartial());
        for (Condition condition : facts.conditions()) {
            line(text, "condition", condition.name(), condition.change(), String.join(" ", condition.units()));
        }
        facts.readers().forEach(reader -> line(text, "reader", reader));
        for (int i = 0; i < facts.classes().size(); i++) {
            line(text, "class", facts.classes().get(i), ablated.shifts().get(i).mean(), ablated.shifts().get(i).deviation());
        }
        return text.toString();
    }

    private static String pictures(Ablated ablated) {
        StringBuilder text = new StringBuilder("picture\tclass");
        for (Condition condition : ablated.facts().conditions()) {
            text.append("\tdecision ").append(condition.name()).append("\town logit ").append(condition.name());
            ablated.facts().readers().forEach(reader -> text.append('\t').append(reader).append(' ').append(condition.name()));
        }
        text.append('\n');
        for (int i = 0; i < ablated.pictures().size(); i++) {
            List<Object> cells = new ArrayList<>(List.of(ablated.pictures().get(i).name(), ablated.pictures().get(i).label()));
            for (Outcome outcome : ablated.outcomes()) {
                cells.add(outcome.decisions()[i]);
                cells.add(outcome.own()[i]);
                for (double[] answers : outcome.answers()) {
                    cells.add(answers[i]);
                }
            }
            line(text, cells.toArray());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            text.append(i == 0 ? "" : "\t").append(cells[i].toString().replaceAll("\\p{Cntrl}", " "));
        }
        text.append('\n');
    }

    static Ablated load(ResultFiles files) throws IOException {
        try {
            List<String[]> lines = lines(files, FACTS);
            String[] first = lines.get(0);
            List<Condition> conditions = new ArrayList<>();
            List<String> readers = new ArrayList<>();
            List<String> classes = new ArrayList<>();
            List<Shift> shifts = new ArrayList<>();
            for (String[] cells : lines.subList(1, lines.size())) {
                switch (cells[0]) {
                    case "condition" -> conditions.add(new Condition(cells[1],
                            cells[3].isEmpty() ? List.of() : Arrays.asList(cells[3].split(" ")), Double.parseDouble(cells[2])));
                    case "reader" -> readers.add(cells[1]);
                    case "class" -> {
                        classes.add(cells[1]);
                        shifts.add(new Shift(Double.parseDouble(cells[2]), Double.parseDouble(cells[3])));
                    }
                    default -> throw new IOException(FACTS + " has a line that begins with " + cells[0]);
                }
            }
            Ablated.Facts facts = new Ablated.Facts(first[1], first[2], Ablate.By.valueOf(first[3]),
                    Boolean.parseBoolean(first[4]), classes, readers, conditions, Integer.parseInt(first[5]),
                    Long.parseLong(first[6]));
            return loaded(facts, shifts, lines(files, PICTURES), Boolean.parseBoolean(first[8]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " or " + PICTURES + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Ablated loaded(Ablated.Facts facts, List<Shift> shifts, List<String[]> lines, boolean isPartial) {
        int count = lines.size() - 1;
        int readers = facts.readers().size();
        List<Shown> pictures = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (int condition = 0; condition < facts.conditions().size(); condition++) {
            outcomes.add(new Outcome(new int[count], new double[count], new double[readers][count]));
        }
        for (int i = 0; i < count; i++) {
            String[] cells = lines.get(i + 1);
            pictures.add(new Shown(cells[0], Integer.parseInt(cells[1])));
            int at = 2;
            for (Outcome outcome : outcomes) {
                outcome.decisions()[i] = Integer.parseInt(cells[at++]);
                outcome.own()[i] = Double.parseDouble(cells[at++]);
                for (double[] answers : outcome.answers()) {
                    answers[i] = Double.parseDouble(cells[at++]);
                }
            }
        }
        return new Ablated(facts, pictures, outcomes, shifts, isPartial);
    }

    private static List<String[]> lines(ResultFiles files, String name) throws IOException {
        return new String(files.read(name), StandardCharsets.UTF_8).lines().map(line -> line.split("\t", -1)).toList();
    }
}
