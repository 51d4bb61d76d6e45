package org.loupe.core.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.ResultFiles;
import org.loupe.core.experiment.Experiment.Condition;
import org.loupe.core.experiment.Experiment.Outcome;
import org.loupe.core.experiment.Experiment.Role;
import org.loupe.core.experiment.Experiment.Shift;
import org.loupe.core.experiment.Experiment.Shown;

/** Keeps what came of an experiment; the files are described in {@code docs/study.md}. */
final class ExperimentFiles {

    private static final String FACTS = "experiment.tsv";
    private static final String PICTURES = "pictures.tsv";
    private static final String EDITS = "edits.txt";

    private ExperimentFiles() {
    }

    static void save(Experiment experiment, ResultFiles files) throws IOException {
        files.write(FACTS, facts(experiment).getBytes(StandardCharsets.UTF_8));
        files.write(PICTURES, pictures(experiment).getBytes(StandardCharsets.UTF_8));
        if (!experiment.facts().edits().isEmpty()) {
            files.write(EDITS, (String.join("\n", experiment.facts().edits()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        files.write("report.txt", experiment.text().getBytes(StandardCharsets.UTF_8));
    }

    private static String facts(Experiment experiment) {
        Experiment.Facts facts = experiment.facts();
        StringBuilder text = new StringBuilder();
        line(text, "experiment", facts.network(), facts.set(), facts.logits(), facts.resamples(), facts.seed(),
                "partial", experiment.isPartial());
        line(text, "what", facts.what());
        line(text, "prediction", facts.prediction().replace('\n', ';'));
        facts.remarks().forEach(remark -> line(text, "remark", remark));
        line(text, "edits", facts.edits().size());
        for (Condition condition : facts.conditions()) {
            line(text, "condition", condition.name(), condition.role(), condition.change(), String.join(" ", condition.units()));
        }
        facts.readers().forEach(reader -> line(text, "reader", reader));
        for (int i = 0; i < facts.classes().size(); i++) {
            line(text, "class", facts.classes().get(i), experiment.shifts().get(i).mean(), experiment.shifts().get(i).deviation());
        }
        return text.toString();
    }

    private static String pictures(Experiment experiment) {
        StringBuilder text = new StringBuilder("picture\tclass");
        for (Condition condition : experiment.facts().conditions()) {
            text.append("\tdecision ").append(condition.name()).append("\town logit ").append(condition.name());
            experiment.facts().readers().forEach(reader -> text.append('\t').append(reader).append(' ').append(condition.name()));
        }
        text.append('\n');
        for (int i = 0; i < experiment.pictures().size(); i++) {
            List<Object> cells = new ArrayList<>(List.of(experiment.pictures().get(i).name(), experiment.pictures().get(i).label()));
            for (Outcome outcome : experiment.outcomes()) {
                cells.add(outcome.decisions()[i]);
                cells.add((float) outcome.own()[i]);
                for (double[] answers : outcome.answers()) {
                    cells.add((float) answers[i]);
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

    static Experiment load(ResultFiles files) throws IOException {
        try {
            List<String[]> lines = lines(files, FACTS);
            String[] first = lines.get(0);
            List<Condition> conditions = new ArrayList<>();
            String what = "";
            String prediction = "";
            List<String> remarks = new ArrayList<>();
            List<String> edits = List.of();
            List<String> readers = new ArrayList<>();
            List<String> classes = new ArrayList<>();
            List<Shift> shifts = new ArrayList<>();
            for (String[] cells : lines.subList(1, lines.size())) {
                switch (cells[0]) {
                    case "what" -> what = cells[1];
                    case "prediction" -> prediction = cells[1];
                    case "remark" -> remarks.add(cells[1]);
                    case "edits" -> edits = cells[1].equals("0") ? List.of()
                            : new String(files.read(EDITS), StandardCharsets.UTF_8).lines().toList();
                    case "condition" -> conditions.add(new Condition(cells[1], Role.valueOf(cells[2]),
                            cells[4].isEmpty() ? List.of() : Arrays.asList(cells[4].split(" ")), Double.parseDouble(cells[3])));
                    case "reader" -> readers.add(cells[1]);
                    case "class" -> {
                        classes.add(cells[1]);
                        shifts.add(new Shift(Double.parseDouble(cells[2]), Double.parseDouble(cells[3])));
                    }
                    default -> throw new IOException(FACTS + " has a line that begins with " + cells[0]);
                }
            }
            Experiment.Facts facts = new Experiment.Facts(first[1], first[2], what, prediction, remarks, edits,
                    Boolean.parseBoolean(first[3]), classes, readers, conditions, Integer.parseInt(first[4]),
                    Long.parseLong(first[5]));
            return loaded(facts, shifts, lines(files, PICTURES), Boolean.parseBoolean(first[7]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            throw new IOException(FACTS + " or " + PICTURES + " is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static Experiment loaded(Experiment.Facts facts, List<Shift> shifts, List<String[]> lines, boolean isPartial) {
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
                outcome.own()[i] = Float.parseFloat(cells[at++]);
                for (double[] answers : outcome.answers()) {
                    answers[i] = Float.parseFloat(cells[at++]);
                }
            }
        }
        return new Experiment(facts, pictures, outcomes, shifts, isPartial);
    }

    private static List<String[]> lines(ResultFiles files, String name) throws IOException {
        return new String(files.read(name), StandardCharsets.UTF_8).lines().map(line -> line.split("\t", -1)).toList();
    }
}
