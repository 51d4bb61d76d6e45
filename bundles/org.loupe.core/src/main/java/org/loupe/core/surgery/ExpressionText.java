package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Tap;
import org.loupe.core.surgery.Expression.Applied;
import org.loupe.core.surgery.Expression.Constant;
import org.loupe.core.surgery.Expression.Detected;
import org.loupe.core.surgery.Expression.Function;
import org.loupe.core.surgery.Expression.Itself;
import org.loupe.core.surgery.Expression.Pair;
import org.loupe.core.surgery.Expression.Pooled;
import org.loupe.core.surgery.Expression.Read;
import org.loupe.core.surgery.Expression.Taps;

/**
 * Reads expressions: numbers, {@code itself}, channels such as {@code mixed3a:4} or {@code input:0}, with or without a kernel
 * in brackets, {@code + - * /}, {@code max(a, b)}, {@code min(a, b)}, {@code relu}, {@code sigmoid}, {@code tanh},
 * {@code abs}, {@code exp}, {@code sqrt}, {@code square}, {@code maxpool(a, 3, 2)}, {@code meanpool(a, 3, 2)}, and detectors
 * such as {@code curve(orientation=90)}. Only what a network can compute can be written; nothing is run.
 */
final class ExpressionText {

    private static final Pattern NUMBER = Pattern.compile("(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d{1,3})?");
    private static final Pattern CHANNEL = Pattern.compile("([^\\s:@+*,;{}()\\[\\]=-][^\\s:@+*,;{}()\\[\\]=]*):(\\d{1,9})");
    private static final Pattern KERNEL = Pattern.compile("\\[([^\\[\\]]*)\\]");
    private static final Pattern STEP = Pattern.compile(
            "(.*?)step\\s+(\\d{1,5})\\s+(\\d{1,5})\\s+from\\s+(-?\\d{1,5})\\s+(-?\\d{1,5})\\s*", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("[A-Za-z][\\w.-]*");
    private static final Pattern VALUES = Pattern.compile("\\(([^()]*)\\)");
    private static final int DEEPEST = 200;
    private static final int LARGEST_KERNEL = 99;

    private final String text;
    private final Network network;
    private final Detectors detectors;
    private int at;
    private int depth;

    private ExpressionText(String text, Network network, Detectors detectors) {
        this.text = text;
        this.network = network;
        this.detectors = detectors;
    }

    /**
     * Reads an expression over the layers of a network.
     *
     * @throws IllegalArgumentException saying from where on it makes no sense, with an example
     */
    static Expression parse(String text, Network network, Detectors detectors) {
        ExpressionText reader = new ExpressionText(text, network, detectors);
        try {
            reader.space();
            Expression found = reader.sum();
            if (reader.at < text.length()) {
                throw new IllegalArgumentException("here something else was expected");
            }
            return found;
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new IllegalArgumentException("“" + brief(text) + "” is no expression"
                    + (reader.at < text.length() ? " from “" + brief(text.substring(reader.at)) + "” on" : "")
                    + (wrong.getMessage() == null ? "" : ": " + wrong.getMessage().replaceFirst("\\.$", ""))
                    + ". Write such as \"0\", \"0.5 * itself\", \"relu(mixed3a:4 - 0.5 * mixed3a:7)\","
                    + " \"relu(-1 + mixed3a:4[0 1 0; 1 2 1; 0 1 0])\" or \"relu(2 * curve(orientation=90) - 0.3)\".", wrong);
        }
    }

    private static String brief(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private Expression sum() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("it is nested too deeply");
        }
        Expression left = product();
        while (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            Sign sign = text.charAt(at++) == '+' ? Sign.PLUS : Sign.MINUS;
            space();
            left = new Pair(left, sign, product());
        }
        depth--;
        return left;
    }

    private Expression product() {
        Expression left = factor();
        while (at < text.length() && (text.charAt(at) == '*' || text.charAt(at) == '/')) {
            Sign sign = text.charAt(at++) == '*' ? Sign.TIMES : Sign.OVER;
            space();
            left = new Pair(left, sign, factor());
        }
        return left;
    }

    private Expression factor() {
        if (skips('-')) {
            return new Pair(new Constant(-1), Sign.TIMES, factor());
        }
        if (skips('(')) {
            Expression inner = sum();
            require(')');
            return inner;
        }
        int before = at;
        MatchResult channel = next(CHANNEL);
        if (channel != null && source(channel.group(1)) != null) {
            return read(channel);
        }
        at = before;
        MatchResult number = next(NUMBER);
        if (number != null) {
            return new Constant(Double.parseDouble(number.group()));
        }
        if (channel != null) {
            network.layer(tap(channel.group(1)).layer());
        }
        MatchResult word = next(WORD);
        if (word == null) {
            throw new IllegalArgumentException(at < text.length() ? null : "it ends too early");
        }
        return named(word.group());
    }

    private Expression named(String word) {
        String name = word.toLowerCase(Locale.ROOT);
        if (name.equals("itself")) {
            return new Itself();
        }
        for (Function function : Function.values()) {
            if (function.name().toLowerCase(Locale.ROOT).equals(name)) {
                require('(');
                Expression of = sum();
                require(')');
                return new Applied(function, of);
            }
        }
        return switch (name) {
            case "max", "min" -> extreme(name.equals("max") ? Sign.MAXIMUM : Sign.MINIMUM);
            case "maxpool", "meanpool" -> pool(name.equals("maxpool"));
            case "linear" -> {
                require('(');
                Expression of = sum();
                require(')');
                yield of;
            }
            default -> detected(word);
        };
    }

    private Expression detected(String word) {
        Detector detector = detectors.find(word);
        MatchResult values = next(VALUES);
        return new Detected(detector, values == null ? "" : values.group(1));
    }

    private Expression extreme(Sign sign) {
        require('(');
        Expression all = sum();
        while (skips(',')) {
            all = new Pair(all, sign, sum());
        }
        require(')');
        return all;
    }

    private Expression pool(boolean largest) {
        require('(');
        Expression of = sum();
        require(',');
        int size = whole();
        int step = skips(',') ? whole() : 1;
        require(')');
        if (size < 1 || step < 1 || size > LARGEST_KERNEL) {
            throw new IllegalArgumentException("nothing is pooled over " + size + " in steps of " + step);
        }
        return new Pooled(of, largest, size, step);
    }

    private int whole() {
        MatchResult number = next(Pattern.compile("\\d{1,4}"));
        if (number == null) {
            throw new IllegalArgumentException("here a whole number was expected");
        }
        return Integer.parseInt(number.group());
    }

    private static Tap tap(String name) {
        return name.endsWith(Tap.BEFORE) ? Tap.before(name.substring(0, name.length() - Tap.BEFORE.length())) : Tap.after(name);
    }

    /** The output that a name reads, or {@code null} where there is none. */
    private String source(String name) {
        Tap tap = tap(name);
        return network.layers().stream().anyMatch(layer -> layer.name().equals(tap.layer())) ? network.source(tap)
                : name.equals(Network.INPUT) ? Network.INPUT : null;
    }

    private Expression read(MatchResult channel) {
        MatchResult kernel = next(KERNEL);
        String inside = kernel == null ? "" : kernel.group(1).strip();
        Matcher step = STEP.matcher(inside);
        boolean stepped = step.matches();
        double[][] values = kernel == null ? Taps.ONE.kernel() : values(stepped ? step.group(1).strip() : inside);
        Taps taps = stepped ? new Taps(values, Integer.parseInt(step.group(2)), Integer.parseInt(step.group(3)),
                Integer.parseInt(step.group(4)), Integer.parseInt(step.group(5))) : Taps.centred(values);
        return new Read(source(channel.group(1)), channel.group(), Integer.parseInt(channel.group(2)), taps, stepped);
    }

    /** A kernel row by row, or one that is computed. */
    private static double[][] values(String text) {
        String[] words = text.split("\\s+");
        if (words[0].equals("gaussian") || words[0].equals("gabor")) {
            double[] numbers = Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
            boolean gaussian = words[0].equals("gaussian");
            if (numbers.length != (gaussian ? 2 : 5) || numbers[0] != Math.rint(numbers[0]) || numbers[0] < 1
                    || numbers[0] > LARGEST_KERNEL) {
                throw new IllegalArgumentException("a computed kernel is [gaussian size deviation] or [gabor size wavelength"
                        + " deviation phase angle], angles in degrees");
            }
            return gaussian ? Gabor.gaussian((int) numbers[0], numbers[1])
                    : new Gabor((int) numbers[0], numbers[1], numbers[2], Math.toRadians(numbers[3])).along(numbers[4]);
        }
        List<double[]> rows = new ArrayList<>();
        for (String row : text.split(";")) {
            rows.add(Arrays.stream(row.strip().split("\\s+")).mapToDouble(Double::parseDouble).toArray());
        }
        if (rows.stream().mapToInt(row -> row.length).distinct().count() > 1) {
            throw new IllegalArgumentException("the rows of a kernel are of one length");
        }
        return rows.toArray(double[][]::new);
    }

    private boolean skips(char sign) {
        if (at >= text.length() || text.charAt(at) != sign) {
            return false;
        }
        at++;
        space();
        return true;
    }

    private void require(char sign) {
        if (!skips(sign)) {
            throw new IllegalArgumentException("here “" + sign + "” was expected");
        }
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Takes what a pattern matches, and the space behind it; {@code null}, taking nothing, where it matches nothing. */
    private MatchResult next(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        space();
        return matcher.toMatchResult();
    }
}
