package org.loupe.core.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.SumObjective.Term;

/** Reads one text as an objective, from left to right. */
final class ObjectiveReader {

    private static final Pattern SIGN = Pattern.compile("\\s*([+-])\\s*");
    private static final Pattern WEIGHT = Pattern.compile("\\s*(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d{1,3})?|\\.\\d+)\\s*\\*\\s*");
    private static final Pattern CALL = Pattern.compile("\\s*(\\p{Alpha}[\\p{Alnum}-]*)\\(([^()]*)\\)\\s*");
    private static final Pattern ATOM = Pattern.compile("\\s*([^\\s:@+*,{}()=-][^\\s:@+*,{}()=]*):(?:(\\d{1,9})|\\{([^{}]*)\\})"
            + "(@centre|@center|@\\d{1,9}\\s*,\\s*\\d{1,9})?(?:\\^(\\d+(?:\\.\\d+)?))?\\s*");
    private static final Pattern ENTRY = Pattern.compile("\\s*(\\d{1,9})\\s*=\\s*([-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d{1,3})?)\\s*");

    private final String text;
    private final boolean neuron;
    private final BiFunction<String, List<String>, Objective> named;
    private int at;

    /** @param named makes the kinds that have a name, of the name and what stands between the parentheses */
    ObjectiveReader(String text, boolean neuron, BiFunction<String, List<String>, Objective> named) {
        this.text = text;
        this.neuron = neuron;
        this.named = named;
    }

    Objective read() {
        List<Term> terms = new ArrayList<>();
        do {
            double weight = 1;
            Matcher sign = matcher(SIGN);
            if (sign.lookingAt()) {
                weight = sign.group(1).equals("-") ? -1 : 1;
                at = sign.end();
            } else if (!terms.isEmpty()) {
                throw problem(at);
            }
            Matcher number = matcher(WEIGHT);
            if (number.lookingAt()) {
                weight *= Double.parseDouble(number.group(1));
                at = number.end();
            }
            terms.add(new Term(weight, atom()));
        } while (at < text.length());
        return SumObjective.of(terms);
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(at, text.length());
    }

    private Objective atom() {
        Matcher call = matcher(CALL);
        if (call.lookingAt()) {
            at = call.end();
            List<String> arguments = call.group(2).isBlank() ? List.of()
                    : Stream.of(call.group(2).split(",", -1)).map(String::strip).toList();
            if (arguments.contains("")) {
                throw problem(call.start(2));
            }
            return named.apply(call.group(1), arguments);
        }
        Matcher atom = matcher(ATOM);
        if (!atom.lookingAt()) {
            throw problem(at);
        }
        at = atom.end();
        return unit(atom);
    }

    private Objective unit(Matcher atom) {
        Tap tap = tap(atom.group(1));
        String channel = atom.group(2) == null ? "0" : atom.group(2);
        Unit unit = Unit.parse(tap.layer() + ":" + channel + (atom.group(4) == null ? "" : atom.group(4)));
        Unit.Place place = neuron && unit.isChannel() ? Unit.CENTRE : unit.place();
        if (atom.group(2) != null) {
            if (atom.group(5) != null) {
                throw problem(atom.end(2));
            }
            return new ChannelObjective(unit.at(place), tap.beforeActivation());
        }
        double power = atom.group(5) == null ? 0 : Double.parseDouble(atom.group(5));
        return new DirectionObjective(tap, vector(atom), place, power);
    }

    /** A layer, with {@code .pre} for what goes into its nonlinearity. */
    static Tap tap(String name) {
        return name.endsWith(Tap.BEFORE) ? Tap.before(name.substring(0, name.length() - Tap.BEFORE.length()))
                : Tap.after(name);
    }

    private SortedMap<Integer, Double> vector(Matcher atom) {
        SortedMap<Integer, Double> vector = new TreeMap<>();
        for (String part : atom.group(3).split(",")) {
            Matcher entry = ENTRY.matcher(part);
            if (!entry.matches()) {
                throw problem(atom.start(3));
            }
            vector.put(Integer.parseInt(entry.group(1)), Double.parseDouble(entry.group(2)));
        }
        return vector;
    }

    private IllegalArgumentException problem(int from) {
        return new IllegalArgumentException("“" + text + "” is not an objective"
                + (from > 0 ? " from “" + text.substring(from) + "” on" : "")
                + ". Write a unit such as mixed4a:12 or mixed4a:12@centre, a sum such as"
                + " \"mixed4a:12 - 0.5*mixed4a:3\", a direction such as \"mixed4a:{3=0.5,12=1}\", or a kind with its"
                + " arguments such as \"dream(mixed4a)\".");
    }
}
