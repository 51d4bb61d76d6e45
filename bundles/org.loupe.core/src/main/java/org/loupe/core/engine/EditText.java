package org.loupe.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.network.Tap;

/**
 * Reads edits as a person writes them: {@code mixed4a:97 = 0}, {@code mixed4a:97@3,5 = 1.5},
 * {@code mixed4a:{3,97} = {0.2, 1.1}}, {@code mixed4a.pre = 0.5 * itself}, {@code mixed4a = itself + noise(0.3, 7)},
 * {@code mixed4a:97 = relu(-1 + mixed3b:12[0 1 0; 1 2 1; 0 1 0])}. What an edit prints reads back as itself.
 */
public final class EditText {

    private static final String NAME = "[^\\s:@+*,;{}()\\[\\]=-][^\\s:@+*,;{}()\\[\\]=]*";
    private static final String NUMBER = "[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?";
    private static final Pattern WHERE = Pattern.compile("(" + NAME + ")(?::(?:(\\d{1,9})|\\{([\\d\\s,]+)\\}))?"
            + "(@(?:centre|center|\\d{1,9}\\s*,\\s*\\d{1,9}))?");
    private static final Pattern VALUE = Pattern.compile(NUMBER);
    private static final Pattern SIGN = Pattern.compile("[-+]");
    private static final Pattern FACTOR = Pattern.compile("(" + NUMBER + ")\\s*\\*");
    private static final Pattern ITSELF = Pattern.compile("itself\\b");
    private static final Pattern BRACED = Pattern.compile("\\{([^{}]*)\\}");
    private static final Pattern NOISE = Pattern.compile("noise\\s*\\(\\s*(" + NUMBER + ")\\s*,\\s*(-?\\d{1,19})\\s*\\)");
    private static final Pattern GIVEN = Pattern.compile(
            "\\[\\s*(\\d{1,9})x(\\d{1,9})x(\\d{1,9})x(\\d{1,9})\\s*:([^\\[\\]]*)\\]");
    private static final Pattern FUNCTION = Pattern.compile("(linear|relu|sigmoid|tanh)\\s*\\(");
    private static final Pattern TERM = Pattern.compile("(" + NAME + "):(\\d{1,9})\\s*\\[([^\\[\\]a-z]*)"
            + "(?:step\\s+(\\d{1,5})\\s+(\\d{1,5})\\s+from\\s+(-?\\d{1,5})\\s+(-?\\d{1,5})\\s*)?\\]");

    private final String text;
    private int at;

    private EditText(String text) {
        this.text = text;
    }

    /**
     * Reads an edit.
     *
     * @throws IllegalArgumentException saying where the text stops making sense, with an example
     */
    public static Edit parse(String text) {
        EditText reader = new EditText(text);
        try {
            return reader.edit();
        } catch (IllegalArgumentException | ArithmeticException wrong) {
            throw new IllegalArgumentException("“" + brief(text) + "” is not an edit"
                    + (reader.at > 0 && reader.at < text.length() ? " from “" + brief(text.substring(reader.at)) + "” on" : "")
                    + (wrong.getMessage() == null ? "" : ": " + wrong.getMessage())
                    + ". Write what is changed and what it becomes, such as \"mixed4a:12 = 0\", \"mixed4a:12@3,5 = 1.5\","
                    + " \"mixed4a = 0.5 * itself\", \"mixed4a:12 = itself + noise(0.3, 7)\" or"
                    + " \"mixed4a:12 = relu(-1 + mixed3b:4[0 1 0; 1 2 1; 0 1 0])\".");
        }
    }

    /**
     * Reads what an edit changes, such as {@code mixed4a:97}, {@code mixed4a.pre:{3,97}} or {@code mixed4a@3,5}.
     *
     * @throws IllegalArgumentException with an example when the text is no such thing
     */
    public static Edit.Where where(String text) {
        EditText reader = new EditText(text);
        MatchResult found = reader.next(WHERE);
        if (found == null || reader.at < text.length()) {
            throw new IllegalArgumentException("“" + brief(text) + "” names no unit. Write layer:channel, such as mixed4a:12,"
                    + " several channels, such as mixed4a:{3,12}, or a position, such as mixed4a:12@3,5; .pre behind the"
                    + " layer's name looks in front of its nonlinearity.");
        }
        return where(found);
    }

    private static String brief(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private Edit edit() {
        Edit.Where where = where(require(WHERE));
        require(Pattern.compile("="));
        double sign = sign();
        double factor = factor() * sign;
        double keep = 0;
        double weight = factor;
        if (next(ITSELF) != null) {
            keep = factor;
            weight = 1;
            if (at < text.length()) {
                weight = (require(SIGN).group().equals("-") ? -1 : 1) * factor();
            } else {
                return ended(new Edit(where, keep, weight, new Edit.Constant(List.of(0.0))));
            }
        }
        MatchResult number = next(VALUE);
        Edit.Substitute substitute = number == null ? substitute()
                : new Edit.Constant(List.of(weight * Double.parseDouble(number.group())));
        return ended(new Edit(where, keep, number == null ? weight : 1, substitute));
    }

    private Edit ended(Edit edit) {
        if (at < text.length()) {
            throw new IllegalArgumentException();
        }
        return edit;
    }

    private double sign() {
        return text.startsWith("-", at) && next(SIGN) != null ? -1 : 1;
    }

    private double factor() {
        MatchResult factor = next(FACTOR);
        return factor == null ? 1 : Double.parseDouble(factor.group(1));
    }

    private static Edit.Where where(MatchResult found) {
        List<Integer> channels = found.group(2) != null ? List.of(Integer.parseInt(found.group(2)))
                : found.group(3) == null ? List.of()
                : Arrays.stream(found.group(3).split(",")).map(String::strip).map(Integer::parseInt).toList();
        Unit.Place place = Unit.parse("any:0" + (found.group(4) == null ? "" : found.group(4))).place();
        return new Edit.Where(tap(found.group(1)), channels, place);
    }

    private static Tap tap(String name) {
        return name.endsWith(Tap.BEFORE) ? Tap.before(name.substring(0, name.length() - Tap.BEFORE.length()))
                : Tap.after(name);
    }

    private Edit.Substitute substitute() {
        MatchResult braced = next(BRACED);
        if (braced != null) {
            return new Edit.Constant(numbers(braced.group(1), ","));
        }
        MatchResult noise = next(NOISE);
        if (noise != null) {
            return new Edit.Noise(Double.parseDouble(noise.group(1)), Long.parseLong(noise.group(2)));
        }
        MatchResult given = next(GIVEN);
        if (given != null) {
            String[] numbers = given.group(5).strip().split("\\s+");
            float[] values = new float[numbers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(numbers[i]);
            }
            return new Edit.Given(new Batch(Integer.parseInt(given.group(1)), Integer.parseInt(given.group(2)),
                    Integer.parseInt(given.group(3)), Integer.parseInt(given.group(4)), values));
        }
        return unit(require(FUNCTION));
    }

    private HandWritten unit(MatchResult function) {
        double bias = Double.parseDouble(require(VALUE).group());
        List<HandWritten.Term> terms = new ArrayList<>();
        while (next(Pattern.compile("\\)")) == null) {
            require(Pattern.compile("\\+"));
            terms.add(term(require(TERM)));
        }
        return new HandWritten(HandWritten.Function.valueOf(function.group(1).toUpperCase(Locale.ROOT)), bias, terms);
    }

    private static HandWritten.Term term(MatchResult found) {
        List<List<Double>> kernel = Arrays.stream(found.group(3).split(";")).map(row -> numbers(row, "\\s+")).toList();
        Tap tap = tap(found.group(1));
        int channel = Integer.parseInt(found.group(2));
        return found.group(4) == null ? new HandWritten.Term(tap, channel, kernel)
                : new HandWritten.Term(tap, channel, kernel, Integer.parseInt(found.group(4)),
                        Integer.parseInt(found.group(5)), Integer.parseInt(found.group(6)), Integer.parseInt(found.group(7)));
    }

    private static List<Double> numbers(String list, String between) {
        return Arrays.stream(list.strip().split(between)).map(String::strip).map(Double::parseDouble).toList();
    }

    private MatchResult require(Pattern pattern) {
        MatchResult found = next(pattern);
        if (found == null) {
            throw new IllegalArgumentException();
        }
        return found;
    }

    /** Takes what a pattern matches, and the space behind it; null, taking nothing, where it matches nothing. */
    private MatchResult next(Pattern pattern) {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return matcher.toMatchResult();
    }

    /** A number as short as it can be written without changing it. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** Such as {@code {0.2, 1.1}}. */
    static String braced(List<Double> values) {
        return values.stream().map(EditText::number).collect(Collectors.joining(", ", "{", "}"));
    }

    /** Such as {@code [1x1x1x2: 0.2 1.1]}. */
    static String written(Batch values) {
        StringBuilder text = new StringBuilder("[").append(values).append(':');
        for (float value : values.values()) {
            boolean whole = Float.floatToIntBits((int) value) == Float.floatToIntBits(value);
            text.append(' ').append(whole ? Integer.toString((int) value) : Float.toString(value));
        }
        return text.append(']').toString();
    }
}
