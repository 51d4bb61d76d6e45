package org.loupe.core.surgery;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;

/**
 * What becomes of all weights between two layers, or between a layer and a unit: {@code p1 -> p2 = positive(itself)} takes the
 * negative ones away, {@code p1 -> p2 = negative(itself)} the positive ones, and {@code p1 -> p2 = shuffled(itself, 1)} gives
 * each unit its own weights in another order, which is what a network without structure looks like.
 *
 * @param from what is read: a layer or the picture, called {@code input}, or one channel of it
 * @param to   what reads it: a layer, or one channel of it
 * @param seed decides the order of shuffled weights
 */
public record WeightsChange(Side from, Side to, Function function, long seed) {

    private static final Pattern TEXT = Pattern.compile("\\s*(\\S+?)\\s*->\\s*([^\\s=]+)\\s*="
            + "\\s*(positive|negative|shuffled)\\s*\\(\\s*itself\\s*(?:,\\s*(\\d{1,18})\\s*)?\\)\\s*");
    private static final Pattern SPEAKS = Pattern.compile(".*->.*=\\s*[a-z]+\\s*\\(.*");

    /** What can be done with all weights. */
    public enum Function {
        /** Negative weights become 0. */
        POSITIVE,
        /** Positive weights become 0. */
        NEGATIVE,
        /** Of each unit that reads, the weights change places. */
        SHUFFLED
    }

    /** A layer, or one channel of it. */
    public record Side(String layer, Optional<Integer> channel) {
        static Side parse(String text) {
            if (text.contains(":")) {
                Unit unit = Unit.parse(text);
                if (!unit.isChannel()) {
                    throw wrong(text);
                }
                return new Side(unit.layer(), Optional.of(unit.channel()));
            }
            return new Side(text, Optional.empty());
        }

        @Override
        public String toString() {
            return layer + channel.map(one -> ":" + one).orElse("");
        }
    }

    /** Whether a text is about all weights between two layers. */
    public static boolean speaksOf(String text) {
        return SPEAKS.matcher(text).matches();
    }

    /**
     * Reads a change as a person writes it.
     *
     * @throws IllegalArgumentException with an example when the text is something else
     */
    public static WeightsChange parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches() || parts.group(4) != null && !parts.group(3).equals("shuffled")) {
            throw wrong(text);
        }
        return new WeightsChange(Side.parse(parts.group(1)), Side.parse(parts.group(2)),
                Function.valueOf(parts.group(3).toUpperCase(Locale.ROOT)),
                parts.group(4) == null ? 0 : Long.parseLong(parts.group(4)));
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("“" + text + "” does not say what becomes of weights. Write such as \"p1 -> p2 ="
                + " positive(itself)\", \"p1 -> p2:3 = negative(itself)\" or \"p1 -> p2 = shuffled(itself, 1)\", where 1 decides the"
                + " order.");
    }

    /**
     * The operations of a network, some of them with other weights.
     *
     * @param network with folded normalizations
     * @throws NetworkException when a unit that is meant does not read the other layer directly
     */
    List<Operation> apply(Network network) {
        boolean picture = from.layer.equals(Network.INPUT)
                && network.layers().stream().noneMatch(one -> one.name().equals(Network.INPUT));
        int channels = picture ? network.input().shape().channels() : network.shape(network.layer(from.layer)).channels();
        int uppers = network.shape(network.layer(to.layer)).channels();
        int lowest = from.channel.orElse(0);
        int lowers = from.channel.isPresent() ? 1 : channels;
        Network changed = network;
        for (int upper : to.channel.map(IntStream::of).orElse(IntStream.range(0, uppers)).toArray()) {
            KernelChange.Site site = new KernelChange(new Unit(from.layer, lowest), new Unit(to.layer, upper), Optional.empty(), 1,
                    List.of()).site(changed);
            float[] weights = site.weights().values().clone();
            change(weights, site.first(), site.first() + lowers * site.area(), new Draws(seed).split(upper));
            changed = new Network(changed.name(), changed.about(), changed.input(), site.withAll(weights, changed),
                    changed.layers(), changed.classes());
        }
        return changed.operations();
    }

    private void change(float[] weights, int start, int end, Draws draws) {
        for (int i = end - 1; i >= start; i--) {
            if (function == Function.SHUFFLED) {
                int other = start + draws.below(i - start + 1);
                float weight = weights[i];
                weights[i] = weights[other];
                weights[other] = weight;
            } else if (function == Function.POSITIVE == weights[i] < 0) {
                weights[i] = 0;
            }
        }
    }

    /** The spelling that {@link #parse} reads. */
    @Override
    public String toString() {
        return from + " -> " + to + " = " + function.name().toLowerCase(Locale.ROOT) + "(itself"
                + (function == Function.SHUFFLED ? ", " + seed : "") + ")";
    }
}
