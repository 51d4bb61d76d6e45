package org.loupe.core.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.core.Unit;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.SumObjective.Term;

/**
 * Reads objectives as a person writes them: {@code mixed4a:12}, {@code mixed4a:12@centre},
 * {@code mixed4a:12 - 0.5*mixed4a:3}, {@code mixed4a:{3=0.5,12=1}^2}; {@code .pre} behind a layer's name looks in
 * front of its nonlinearity. What an objective prints reads back as itself.
 */
public final class ObjectiveText {

    private static final Pattern SIGN = Pattern.compile("\\s*([+-])\\s*");
    private static final Pattern WEIGHT = Pattern.compile("\\s*(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d{1,3})?|\\.\\d+)\\s*\\*\\s*");
    private static final Pattern ATOM = Pattern.compile("\\s*([^\\s:@+*,{}=-][^\\s:@+*,{}=]*):(?:(\\d{1,9})|\\{([^{}]*)\\})"
            + "(@centre|@center|@\\d{1,9}\\s*,\\s*\\d{1,9})?(?:\\^(\\d+(?:\\.\\d+)?))?\\s*");
    private static final Pattern ENTRY = Pattern.compile("\\s*(\\d{1,9})\\s*=\\s*([-+]?\\d+(?:\\.\\d*)?(?:[eE][-+]?\\d{1,3})?)\\s*");

    private ObjectiveText() {
    }

    /**
     * Reads several objectives.
     *
     * @param texts  one objective each
     * @param neuron whether channels stand for the unit in the centre of their map
     */
    public static List<Objective> parseAll(List<String> texts, boolean neuron) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("No unit was given. Write layer:channel, such as mixed4a:12.");
        }
        return texts.stream().map(text -> parse(text, neuron)).toList();
    }

    /**
     * Reads an objective.
     *
     * @throws IllegalArgumentException saying where the text stops making sense, with an example
     */
    public static Objective parse(String text) {
        return parse(text, false);
    }

    private static Objective parse(String text, boolean neuron) {
        List<Term> terms = new ArrayList<>();
        int at = 0;
        do {
            double weight = 1;
            Matcher sign = SIGN.matcher(text).region(at, text.length());
            if (sign.lookingAt()) {
                weight = sign.group(1).equals("-") ? -1 : 1;
                at = sign.end();
            } else if (!terms.isEmpty()) {
                throw problem(text, at);
            }
            Matcher number = WEIGHT.matcher(text).region(at, text.length());
            if (number.lookingAt()) {
                weight *= Double.parseDouble(number.group(1));
                at = number.end();
            }
            Matcher atom = ATOM.matcher(text).region(at, text.length());
            if (!atom.lookingAt()) {
                throw problem(text, at);
            }
            terms.add(new Term(weight, atom(text, atom, neuron)));
            at = atom.end();
        } while (at < text.length());
        return SumObjective.of(terms);
    }

    private static Objective atom(String text, Matcher atom, boolean neuron) {
        boolean before = atom.group(1).endsWith(Tap.BEFORE);
        String layer = before ? atom.group(1).substring(0, atom.group(1).length() - Tap.BEFORE.length()) : atom.group(1);
        String channel = atom.group(2) == null ? "0" : atom.group(2);
        Unit unit = Unit.parse(layer + ":" + channel + (atom.group(4) == null ? "" : atom.group(4)));
        Unit.Place place = neuron && unit.isChannel() ? Unit.CENTRE : unit.place();
        if (atom.group(2) != null) {
            if (atom.group(5) != null) {
                throw problem(text, atom.end(2));
            }
            return new ChannelObjective(unit.at(place), before);
        }
        double power = atom.group(5) == null ? 0 : Double.parseDouble(atom.group(5));
        return new DirectionObjective(new Tap(layer, before), vector(text, atom), place, power);
    }

    private static SortedMap<Integer, Double> vector(String text, Matcher atom) {
        SortedMap<Integer, Double> vector = new TreeMap<>();
        for (String part : atom.group(3).split(",")) {
            Matcher entry = ENTRY.matcher(part);
            if (!entry.matches()) {
                throw problem(text, atom.start(3));
            }
            vector.put(Integer.parseInt(entry.group(1)), Double.parseDouble(entry.group(2)));
        }
        return vector;
    }

    private static IllegalArgumentException problem(String text, int at) {
        return new IllegalArgumentException("“" + text + "” is not an objective"
                + (at > 0 ? " from “" + text.substring(at) + "” on" : "")
                + ". Write a unit such as mixed4a:12 or mixed4a:12@centre, a sum such as"
                + " \"mixed4a:12 - 0.5*mixed4a:3\", or a direction such as \"mixed4a:{3=0.5,12=1}\".");
    }
}
