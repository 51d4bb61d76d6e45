package org.loupe.core.objective;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.loupe.core.Unit;
import org.loupe.core.engine.Readings;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Spelling;
import org.loupe.core.network.Tap;

/**
 * The evidence for a class: its logit, before any softmax, for a probability can also be raised by lowering the other
 * classes (Simonyan, Vedaldi and Zisserman 2014). Written {@code class(dog)} or, by number, {@code class(3)}.
 *
 * @param name  as it was written
 * @param logit where the class' logit is
 */
public record ClassObjective(String name, ChannelObjective logit) implements Objective {

    static final String WORD = "class";

    /** Makes it of a class' name or number. */
    public static final class Kind implements ObjectiveKind {
        @Override
        public Objective make(List<String> arguments, Scene scene) {
            // A class may have commas in its name.
            String name = String.join(", ", arguments);
            if (name.isEmpty()) {
                Words.require(arguments, 1, 1, "class(dog)");
            }
            Network network = scene.network();
            Tap logits = logits(network);
            int channels = network.shapes(network.input().shape().rows(), network.input().shape().columns())
                    .get(network.source(logits)).channels();
            return new ClassObjective(name, new ChannelObjective(
                    new Unit(logits.layer(), number(name, network, channels)), logits.beforeActivation()));
        }
    }

    /**
     * Where the network says how much speaks for each class.
     *
     * @throws NetworkException when no layer shows it
     */
    public static Tap logits(Network network) {
        Operation last = network.operations().get(network.operations().size() - 1);
        String source = last instanceof Operation.Softmax softmax ? softmax.input() : last.name();
        return network.layers().stream()
                .flatMap(layer -> Stream.of(Tap.after(layer.name()), Tap.before(layer.name())))
                .filter(tap -> network.source(tap).equals(source)).findFirst()
                .orElseThrow(() -> new NetworkException("No layer of " + network + " shows " + source
                        + ", where its classes are. Name a unit instead, such as mixed4a:12."));
    }

    private static int number(String name, Network network, int channels) {
        int named = network.classes().indexOf(name);
        if (named >= 0) {
            return named;
        }
        List<String> alike = network.classes().stream().filter(one -> one.equalsIgnoreCase(name)).toList();
        if (alike.size() == 1) {
            return network.classes().indexOf(alike.get(0));
        }
        if (name.matches("\\d{1,9}") && Integer.parseInt(name) < channels) {
            return Integer.parseInt(name);
        }
        throw new NetworkException("No class “" + name + "” in " + network + ". " + (network.classes().isEmpty()
                ? "Its classes have no names, only the numbers 0 to " + (channels - 1) + "."
                : Spelling.suggestion(name, network.classes())));
    }

    @Override
    public Set<Tap> taps() {
        return logit.taps();
    }

    @Override
    public Optional<Set<Integer>> channels(Tap tap) {
        return logit.channels(tap);
    }

    @Override
    public double score(int image, Readings activations, double weight, Readings gradient) {
        return logit.score(image, activations, weight, gradient);
    }

    @Override
    public void require(Network network) {
        logit.require(network);
    }

    @Override
    public Objective beforeActivation() {
        return new ClassObjective(name, (ChannelObjective) logit.beforeActivation());
    }

    @Override
    public String toString() {
        return WORD + "(" + name + ")";
    }
}
