package org.loupe.core.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.EditText;
import org.loupe.core.network.Folding;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.BatchNormalization;
import org.loupe.core.network.Operation.Concatenation;
import org.loupe.core.network.Operation.Convolution;
import org.loupe.core.network.Operation.Dense;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Order;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;

/**
 * Makes another network of a network: what is changed is written as {@code mixed4a:12 = EXPRESSION}, or, for weights, as
 * {@link KernelChange} and {@link WeightsChange} say.
 *
 * <p>Where a unit becomes a number, or a multiple of itself, and the layer's own weights can say so exactly, these are
 * changed and the network keeps its form. Otherwise operations are added, and whatever read the unit reads what they
 * compute. Batch normalizations are folded into the weights.
 */
public final class Surgery {

    private static final Pattern VALUES = Pattern.compile("\\s*\\{([^{}]*)\\}\\s*");

    private final Detectors detectors;
    private Network network;

    private Surgery(Network network, Detectors detectors) {
        this.network = network;
        this.detectors = detectors;
    }

    /**
     * Makes all changes, one after the other: each works on what those before it have made.
     *
     * @param name    what the new network is called
     * @param about   what a person must know about it, put in front of what is known about the network
     * @param changes at least one
     * @throws org.loupe.core.network.NetworkException when what is changed or read is not there
     * @throws IllegalArgumentException when a change makes no sense; the message is for the user
     */
    public static Network apply(Network network, String name, String about, List<String> changes, Detectors detectors) {
        Surgery surgery = new Surgery(Folding.fold(network), detectors);
        for (String change : changes) {
            surgery.change(change);
        }
        Network done = surgery.network;
        return new Network(name, about.isEmpty() ? network.about() : (about + " " + network.about()).strip(), done.input(),
                done.operations(), done.layers(), done.classes());
    }

    private void change(String text) {
        if (WeightsChange.speaksOf(text)) {
            network = with(WeightsChange.parse(text).apply(network), network.layers());
            return;
        }
        if (KernelChange.speaksOf(text)) {
            network = with(KernelChange.parse(text).apply(network), network.layers());
            return;
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("“" + text + "” changes nothing. Write what a unit becomes, such as"
                    + " \"mixed4a:12 = 0\" or \"mixed4a:12 = relu(mixed3b:4 - mixed3b:7)\", or weights, such as"
                    + " \"mixed3b:12 -> mixed4a:3 = 0\".");
        }
        Edit.Where where = EditText.where(text.substring(0, equals).strip());
        if (!(where.place() instanceof Unit.Everywhere)) {
            throw new IllegalArgumentException("“" + where + "” is one position of a map. A network has the same unit at all"
                    + " positions; to change one position of one picture, use ablate.");
        }
        Edit.zero(where).require(network);
        Shape shape = network.shape(network.layer(where.tap().layer()));
        List<Integer> channels = where.channels().isEmpty() ? IntStream.range(0, shape.channels()).boxed().toList()
                : where.channels();
        unit(where.tap(), channels, expressions(text.substring(equals + 1).strip(), channels.size()));
    }

    /** One expression for each channel. */
    private List<Expression> expressions(String text, int channels) {
        Matcher values = VALUES.matcher(text);
        if (!values.matches()) {
            Expression one = ExpressionText.parse(text, network, detectors);
            return IntStream.range(0, channels).mapToObj(i -> one).toList();
        }
        String[] each = values.group(1).split(",");
        if (each.length != channels && each.length != 1) {
            throw new IllegalArgumentException("“" + text + "” has " + each.length + " values for " + channels + " channels.");
        }
        return IntStream.range(0, channels).mapToObj(i -> ExpressionText.parse(each[each.length == 1 ? 0 : i].strip(), network,
                detectors)).toList();
    }

    private void unit(Tap where, List<Integer> channels, List<Expression> expressions) {
        Tap tap = where;
        Layer layer = network.layer(where.layer());
        boolean rectified = layer.hasActivation() && network.operation(layer.output()).orElse(null) instanceof Relu relu
                && relu.input().equals(layer.before());
        if (!where.beforeActivation() && rectified && expressions.stream().allMatch(one -> survivesRectification(one)
                && !Expression.reads(one, layer.output()))) {
            tap = Tap.before(layer.name());
            expressions = expressions.stream().map(Surgery::beneathRectification).toList();
        }
        List<Expression.Line> lines = expressions.stream().map(Expression::line).toList();
        if (lines.stream().noneMatch(Objects::isNull)) {
            scale(tap, channels, lines);
        } else {
            replace(tap, channels, expressions);
        }
    }

    /** Whether something may as well be put in front of a rectification. */
    private static boolean survivesRectification(Expression expression) {
        Expression.Line line = Expression.line(expression);
        return line != null ? line.factor() == 0 && line.more() >= 0 || line.more() == 0 && line.factor() >= 0
                : expression instanceof Expression.Applied applied && applied.function() == Expression.Function.RELU
                        && !containsItself(applied.of());
    }

    private static Expression beneathRectification(Expression expression) {
        return expression instanceof Expression.Applied applied && Expression.line(expression) == null ? applied.of() : expression;
    }

    private static boolean containsItself(Expression expression) {
        return expression instanceof Expression.Itself
                || expression instanceof Expression.Pair pair && (containsItself(pair.left()) || containsItself(pair.right()))
                || expression instanceof Expression.Applied applied && containsItself(applied.of())
                || expression instanceof Expression.Pooled pooled && containsItself(pooled.of());
    }

    /** Numbers and multiples: by the weights of whatever makes the channels, where nothing else reads it. */
    private void scale(Tap tap, List<Integer> channels, List<Expression.Line> lines) {
        String source = network.source(tap);
        Map<String, Operation> changed = new HashMap<>();
        boolean possible = true;
        for (int i = 0; i < channels.size() && possible; i++) {
            possible = scaleWeights(source, channels.get(i), lines.get(i), changed);
        }
        if (possible) {
            network = with(network.operations().stream().map(one -> changed.getOrDefault(one.name(), one)).toList(),
                    network.layers());
            return;
        }
        int all = network.shapes(network.input().shape().rows(), network.input().shape().columns()).get(source).channels();
        float[] factors = new float[all];
        float[] more = new float[all];
        float[] ones = new float[all];
        Arrays.fill(factors, 1);
        Arrays.fill(ones, 1);
        for (int i = 0; i < channels.size(); i++) {
            factors[channels.get(i)] = (float) lines.get(i).factor();
            more[channels.get(i)] = (float) lines.get(i).more();
        }
        String name = unused(source + " edited");
        insert(source, name, List.of(new BatchNormalization(name, source, Weights.vector(factors), Weights.vector(more),
                Weights.vector(new float[all]), Weights.vector(ones), 0)));
    }

    private boolean scaleWeights(String output, int channel, Expression.Line line, Map<String, Operation> changed) {
        Operation operation = changed.getOrDefault(output, network.operation(output).orElse(null));
        if (operation instanceof Concatenation) {
            int left = channel;
            for (String part : operation.inputs()) {
                int channels = network.shapes(network.input().shape().rows(), network.input().shape().columns()).get(part).channels();
                if (left < channels) {
                    boolean alone = network.operations().stream().filter(one -> one.inputs().contains(part)).count() == 1
                            && network.layers().stream().noneMatch(one -> one.output().equals(part) || one.before().equals(part));
                    return alone && scaleWeights(part, left, line, changed);
                }
                left -= channels;
            }
        }
        if (operation instanceof Convolution at) {
            changed.put(output, new Convolution(output, at.input(), scaled(at.weights(), channel, line.factor()),
                    moved(at.bias(), channel, line), at.window(), at.groups()));
            return true;
        }
        if (operation instanceof Dense at) {
            changed.put(output, new Dense(output, at.input(), scaled(at.weights(), channel, line.factor()),
                    moved(at.bias(), channel, line)));
            return true;
        }
        return false;
    }

    private static Weights scaled(Weights weights, int channel, double factor) {
        float[] values = weights.values().clone();
        int each = values.length / weights.shape()[0];
        for (int i = channel * each; i < (channel + 1) * each; i++) {
            values[i] = factor == 0 ? 0 : (float) (factor * values[i]);
        }
        return new Weights(weights.shape(), values);
    }

    private static Weights moved(Weights bias, int channel, Expression.Line line) {
        float[] values = bias.values().clone();
        values[channel] = (float) ((line.factor() == 0 ? 0 : line.factor() * values[channel]) + line.more());
        return new Weights(bias.shape(), values);
    }

    /** Anything else: operations that compute the channels, and a choice between these and the others. */
    private void replace(Tap tap, List<Integer> channels, List<Expression> expressions) {
        String source = network.source(tap);
        Draft draft = new Draft(network, tap, source + " edited ");
        List<String> parts = new ArrayList<>(List.of(source));
        int all = draft.shape(source).channels();
        List<Integer> chosen = new ArrayList<>(IntStream.range(0, all).boxed().toList());
        for (int i = 0; i < channels.size(); i++) {
            parts.add(drawn(expressions.get(i), draft, source, channels.get(i)));
            chosen.set(channels.get(i), all + i);
        }
        String together = draft.add(new Concatenation(draft.unused("together"), parts));
        String name = draft.add(new Selection(draft.unused("all"), together, chosen));
        insert(source, name, draft.added());
    }

    /** Adds what computes one channel, and checks its size. */
    static String drawn(Expression expression, Draft draft, String source, int channel) {
        String itself = containsItself(expression) ? draft.select(source, channel) : "";
        if (Expression.line(expression) != null && itself.isEmpty()) {
            itself = draft.select(source, channel);
        }
        String drawn = Expression.draw(expression, draft, itself);
        Shape shape = draft.shape(drawn);
        if (!shape.equals(draft.shape())) {
            throw new IllegalArgumentException("What comes in the place of the unit has the shape " + shape + ", and the unit "
                    + draft.shape() + ". Bring it to the size of the unit, with maxpool(…, 3, 2), meanpool(…, 3, 2) or a kernel"
                    + " with a step, such as mixed3b:4[1 2 1 step 2 2 from 0 -1].");
        }
        return drawn;
    }

    /** Adds operations that read an output; all that read it before, and its layers, now have what they make of it. */
    private void insert(String source, String replacement, List<Operation> added) {
        List<Operation> operations = new ArrayList<>(added);
        for (Operation operation : network.operations()) {
            operations.add(operation.inputs().contains(source)
                    ? operation.reading(operation.inputs().stream().map(read -> read.equals(source) ? replacement : read).toList())
                    : operation);
        }
        List<Layer> layers = network.layers().stream().map(layer -> new Layer(layer.name(),
                layer.output().equals(source) ? replacement : layer.output(),
                layer.before().equals(source) ? replacement : layer.before(), layer.about())).toList();
        String last = network.operations().get(network.operations().size() - 1).name();
        network = with(ordered(operations, last.equals(source) ? replacement : last), layers);
    }

    /** Each after those that it reads, and otherwise as they are; what is last stays last. */
    private static List<Operation> ordered(List<Operation> operations, String last) {
        Order order = Order.of(operations);
        if (!order.circle().isEmpty()) {
            throw new IllegalArgumentException("What comes in the place of a unit reads what is computed from it. Let it read"
                    + " the layers below.");
        }
        List<Operation> ordered = new ArrayList<>(order.operations());
        ordered.sort((one, other) -> Boolean.compare(one.name().equals(last), other.name().equals(last)));
        return ordered;
    }

    private String unused(String name) {
        return network.operation(name).isEmpty() ? name : unused(name + " again");
    }

    private Network with(List<Operation> operations, List<Layer> layers) {
        return new Network(network.name(), network.about(), network.input(), operations, layers, network.classes());
    }

    /** The same network with one more layer, whose channels are what expressions compute for a tap. */
    public static Network withLayer(Network network, String layer, Tap tap, List<Integer> channels, List<String> expressions,
            Detectors detectors) {
        String source = network.source(tap);
        Draft draft = new Draft(network, tap, layer + " ");
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < channels.size(); i++) {
            parts.add(drawn(ExpressionText.parse(expressions.get(i), network, detectors), draft, source, channels.get(i)));
        }
        String all = draft.add(new Concatenation(draft.unused("together"), parts));
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.add(new Layer(layer, all, all, ""));
        return new Network(network.name(), network.about(), network.input(), Draft.joined(network.operations(), draft.added()),
                layers, List.of());
    }
}
