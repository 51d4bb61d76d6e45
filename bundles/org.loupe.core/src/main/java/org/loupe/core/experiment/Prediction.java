package org.loupe.core.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.core.engine.EditText;
import org.loupe.core.network.Spelling;

/**
 * What a person expects of an experiment before it is made, so that it can fail: statements with semicolons between, such as
 * {@code accuracy falls by more than controls; class dog falls most; mixed4b:34 falls by more than 0.1}.
 *
 * <p>A statement says what is measured ({@code accuracy}, {@code class dog} for its accuracy, {@code logit dog},
 * {@code decisions}, or a unit), which way it goes ({@code falls}, {@code rises}, {@code changes}, {@code stays}) and how
 * far: {@code by more than 2}, {@code by less than 2}, {@code within 2}, {@code most} of all classes,
 * {@code by more than controls}, {@code by less than controls} or {@code by less than ablation}. Accuracy and decisions are
 * in points of 100.
 *
 * @param text       as it was written
 * @param statements in order
 */
public record Prediction(String text, List<Statement> statements) {

    private static final Pattern STATEMENT = Pattern.compile("(.+?)\\s+(fall|drop|rise|change|stay)s?\\b\\s*(.*)");
    private static final Pattern FAR = Pattern.compile("(?:by )?(more|less) than (?:the )?(?:those of )?(?:the )?"
            + "(controls?|ablat(?:ion|ed|ing(?: it)?)|random units|(-?[\\d.]+)\\s*(?:points?|%)?)");
    private static final Pattern WITHIN = Pattern.compile("within\\s+([\\d.]+)\\s*(?:points?|%)?");

    /** What is spoken of. */
    enum Subject {
        ACCURACY, CLASS, LOGIT, DECISIONS, UNIT
    }

    /** Which way it goes. */
    enum Direction {
        FALLS(-1), RISES(1), CHANGES(1), STAYS(1);

        final int sign;

        Direction(int sign) {
            this.sign = sign;
        }
    }

    /** How far it goes. */
    enum Reach {
        ANY, MORE, LESS, WITHIN, MOST, MORE_THAN_CONTROLS, LESS_THAN_CONTROLS, LESS_THAN_ABLATION, MORE_THAN_ABLATION
    }

    /**
     * One sentence.
     *
     * @param name   of the class or unit, or an empty text
     * @param amount for a reach that has one
     */
    record Statement(String text, Subject subject, String name, Direction direction, Reach reach, double amount) {
    }

    public Prediction {
        statements = List.copyOf(statements);
    }

    /**
     * Reads a prediction; an empty text predicts nothing.
     *
     * @throws IllegalArgumentException naming what may be written
     */
    public static Prediction parse(String text) {
        List<Statement> statements = new ArrayList<>();
        for (String part : text.split("[;\\n]")) {
            if (!part.isBlank()) {
                statements.add(statement(part.strip()));
            }
        }
        return new Prediction(text.strip(), statements);
    }

    private static Statement statement(String text) {
        Matcher matcher = STATEMENT.matcher(text);
        if (!matcher.matches()) {
            throw wrong(text);
        }
        Direction direction = switch (matcher.group(2)) {
            case "rise" -> Direction.RISES;
            case "change" -> Direction.CHANGES;
            case "stay" -> Direction.STAYS;
            default -> Direction.FALLS;
        };
        String subject = matcher.group(1).strip();
        String far = matcher.group(3).strip().toLowerCase(Locale.ROOT);
        Matcher compared = FAR.matcher(far);
        Matcher within = WITHIN.matcher(far);
        Reach reach = Reach.ANY;
        double amount = 0;
        if (compared.matches()) {
            boolean more = compared.group(1).equals("more");
            if (compared.group(3) != null) {
                reach = more ? Reach.MORE : Reach.LESS;
                amount = number(compared.group(3), text);
            } else if (compared.group(2).startsWith("ablat")) {
                reach = more ? Reach.MORE_THAN_ABLATION : Reach.LESS_THAN_ABLATION;
            } else {
                reach = more ? Reach.MORE_THAN_CONTROLS : Reach.LESS_THAN_CONTROLS;
            }
        } else if (within.matches()) {
            reach = Reach.WITHIN;
            amount = number(within.group(1), text);
        } else if (far.equals("most")) {
            reach = Reach.MOST;
        } else if (!far.isEmpty()) {
            throw wrong(text);
        }
        return checked(spoken(text, subject, direction, reach, amount));
    }

    private static Statement spoken(String text, String subject, Direction direction, Reach reach, double amount) {
        if (subject.equalsIgnoreCase("accuracy")) {
            return new Statement(text, Subject.ACCURACY, "", direction, reach, amount);
        }
        if (subject.equalsIgnoreCase("decisions")) {
            return new Statement(text, Subject.DECISIONS, "", direction, reach, amount);
        }
        Matcher of = Pattern.compile("(?i)(class|accuracy of|accuracy for|logit of|logit)\\s+(.+)").matcher(subject);
        if (of.matches()) {
            Subject what = of.group(1).toLowerCase(Locale.ROOT).startsWith("logit") ? Subject.LOGIT : Subject.CLASS;
            return new Statement(text, what, of.group(2).strip(), direction, reach, amount);
        }
        try {
            return new Statement(text, Subject.UNIT, EditText.where(subject).toString(), direction, reach, amount);
        } catch (IllegalArgumentException none) {
            throw wrong(text);
        }
    }

    private static Statement checked(Statement said) {
        boolean named = said.subject == Subject.CLASS || said.subject == Subject.LOGIT;
        if (said.reach == Reach.MOST && (!named || said.direction == Direction.STAYS || said.direction == Direction.CHANGES)
                || (said.direction == Direction.STAYS) != (said.reach == Reach.WITHIN)
                || said.subject == Subject.DECISIONS && said.direction != Direction.CHANGES) {
            throw wrong(said.text);
        }
        return said;
    }

    private static double number(String text, String whole) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            throw wrong(whole);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("“" + text + "” is no prediction that can be held against numbers. Write such as"
                + " \"accuracy falls by more than controls\", \"class dog falls most\", \"logit car falls by more than 1\","
                + " \"mixed4b:34 falls\", \"accuracy stays within 1\", \"decisions change by more than 5\" or, of a replacement,"
                + " \"accuracy falls by less than ablation\"; several with semicolons between.");
    }

    /** Whether nothing is predicted. */
    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** The units whose answers are spoken of. */
    List<String> units() {
        return statements.stream().filter(said -> said.subject == Subject.UNIT).map(Statement::name).toList();
    }

    boolean speaksOfLogits() {
        return statements.stream().anyMatch(said -> said.subject == Subject.LOGIT);
    }

    /**
     * Checks that what is spoken of is measured.
     *
     * @throws IllegalArgumentException naming what there is
     */
    void require(List<String> classes, List<String> readers) {
        for (Statement said : statements) {
            boolean isThere = switch (said.subject) {
                case UNIT -> readers.contains(said.name);
                case CLASS, LOGIT -> number(said.name, classes) >= 0;
                default -> !classes.isEmpty();
            };
            if (!isThere) {
                throw new IllegalArgumentException("“" + said.text + "” cannot be held against anything: "
                        + (classes.isEmpty() ? "the network does not tell classes apart."
                                : "there is no " + said.name + ". " + Spelling.suggestion(said.name, classes)));
            }
        }
    }

    /** The number of a class by its name, or -1. */
    static int number(String name, List<String> classes) {
        for (int i = 0; i < classes.size(); i++) {
            if (classes.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return name.matches("\\d{1,6}") && Integer.parseInt(name) < classes.size() ? Integer.parseInt(name) : -1;
    }

    /** Whether a statement came true. */
    public enum Verdict {
        /** It came true, and other pictures would hardly say otherwise. */
        HELD("held"),
        /** It did not come true. */
        FAILED("did not hold"),
        /** The pictures, or the controls, are too few to tell. */
        UNDECIDED("not decided");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A statement held against what came of it.
     *
     * @param evidence the numbers that decide
     */
    public record Judged(String statement, Verdict verdict, String evidence) {
    }

    /** Holds all statements against an experiment. */
    public List<Judged> judge(Experiment experiment) {
        return statements.stream().map(said -> new Judging(experiment, said).judged()).toList();
    }

    /** The verdict on several statements together: held only if all are. */
    public static Verdict together(List<Judged> judged) {
        return Arrays.stream(new Verdict[] {Verdict.FAILED, Verdict.UNDECIDED})
                .filter(verdict -> judged.stream().anyMatch(one -> one.verdict() == verdict)).findFirst().orElse(Verdict.HELD);
    }
}
