package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.conformance.Conformance;
import org.loupe.core.network.Network;
import org.loupe.core.network.Nonlinearity;
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Alignment;
import org.loupe.core.network.Operation.Arithmetic;
import org.loupe.core.network.Operation.AveragePool;
import org.loupe.core.network.Operation.Crop;
import org.loupe.core.network.Operation.Fill;
import org.loupe.core.network.Operation.Interpolation;
import org.loupe.core.network.Operation.LayerNormalization;
import org.loupe.core.network.Operation.LocalResponseNormalization;
import org.loupe.core.network.Operation.Padding;
import org.loupe.core.network.Operation.Resize;
import org.loupe.core.network.Operation.Selection;
import org.loupe.core.network.Operation.Sign;
import org.loupe.core.network.Operation.TransposedConvolution;
import org.loupe.core.network.Tap;
import org.loupe.core.network.Weights;
import org.loupe.core.objective.Objective;

/** The suite notices an engine that is wrong about one operation only. */
class ConformanceTest {

    private static final List<Conformance.Case> CASES = Conformance.cases();

    /** The reference on another network than it was given; refuses networks in which nothing is changed. */
    private record Wrong(UnaryOperator<Operation> change) implements Engine {

        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public String description() {
            return name();
        }

        @Override
        public Session open(Network network) {
            List<Operation> operations = network.operations().stream().map(change).toList();
            if (operations.equals(network.operations())) {
                throw new EngineException("Nothing to be wrong about");
            }
            return new ReferenceEngine().open(new Network(network.name(), network.about(), network.input(), operations,
                    network.layers(), network.classes()));
        }

        /** The name of the first case that it fails, or an empty text. */
        private String failure() {
            for (Conformance.Case one : CASES) {
                try {
                    one.check().accept(this);
                } catch (EngineException unchanged) {
                    continue;
                } catch (AssertionError | RuntimeException noticed) {
                    return one.name();
                }
            }
            return "";
        }
    }

    @TestFactory
    Stream<DynamicTest> aWrongEngineIsNoticed() {
        return Stream.of(
                wrong("averages without padding", AveragePool.class,
                        at -> new AveragePool(at.name(), at.input(), at.window(), !at.countsPadding())),
                wrong("Gelu by its approximation", Activation.class, at -> at.function() instanceof Nonlinearity.Gelu
                        ? new Activation(at.name(), at.input(), new Nonlinearity.TanhGelu()) : at),
                wrong("a clip that is a little wide", Activation.class,
                        at -> at.function() instanceof Nonlinearity.Clip clip ? new Activation(at.name(), at.input(),
                                new Nonlinearity.Clip(clip.low(), clip.high() + 0.01f)) : at),
                wrong("a slope that is a little steep", Activation.class,
                        at -> at.function() instanceof Nonlinearity.LeakyRelu leaky ? new Activation(at.name(),
                                at.input(), new Nonlinearity.LeakyRelu(leaky.negativeSlope() * 1.001f)) : at),
                wrong("the gradient of equal values to the right", Arithmetic.class, at -> at.sign() == Sign.MAXIMUM
                        ? new Arithmetic(at.name(), at.right(), at.sign(), at.left()) : at),
                wrong("a difference the other way round", Arithmetic.class, at -> at.sign() == Sign.MINUS
                        ? new Arithmetic(at.name(), at.right(), at.sign(), at.left()) : at),
                wrong("one neighbour more", LocalResponseNormalization.class, at -> new LocalResponseNormalization(
                        at.name(), at.input(), at.size() + 1, at.alpha(), at.beta(), at.bias())),
                wrong("alpha that is not divided", LocalResponseNormalization.class,
                        at -> new LocalResponseNormalization(at.name(), at.input(), at.size(), at.alpha() * at.size(),
                                at.beta(), at.bias())),
                wrong("a small epsilon", LayerNormalization.class,
                        at -> new LayerNormalization(at.name(), at.input(), at.scale(), at.shift(),
                                at.epsilon() * 0.9f)),
                wrong("channels in order", Selection.class,
                        at -> new Selection(at.name(), at.input(), at.channels().stream().sorted().toList())),
                wrong("a repeated edge instead of a reflection", Padding.class, at -> at.fill() == Fill.REFLECTION
                        ? new Padding(at.name(), at.input(), at.top(), at.left(), at.bottom(), at.right(), Fill.EDGE, 0)
                        : at),
                wrong("zeros instead of a number", Padding.class, at -> at.fill() == Fill.CONSTANT && at.value() != 0
                        ? new Padding(at.name(), at.input(), at.top(), at.left(), at.bottom(), at.right(), at.fill(), 0)
                        : at),
                wrong("a crop at the other side", Crop.class, at -> new Crop(at.name(), at.input(), at.bottom(),
                        at.right(), at.top(), at.left(), at.rowStep(), at.columnStep())),
                wrong("corners instead of edges", Resize.class, at -> at.alignment() == Alignment.HALF_PIXEL
                        ? new Resize(at.name(), at.input(), at.rowScale(), at.columnScale(), at.interpolation(),
                                Alignment.CORNERS) : at),
                wrong("the nearest instead of the one before", Resize.class,
                        at -> at.interpolation() == Interpolation.FLOOR ? new Resize(at.name(), at.input(),
                                at.rowScale(), at.columnScale(), Interpolation.NEAREST, at.alignment()) : at),
                wrong("one weight that is a little large", TransposedConvolution.class, ConformanceTest::heavier));
    }

    /** The first weight of a transposed convolution is a little large. */
    private static Operation heavier(TransposedConvolution at) {
        float[] values = at.weights().values().clone();
        values[0] *= 1.01f;
        return new TransposedConvolution(at.name(), at.input(),
                new Weights(at.weights().shape(), values), at.bias(), at.window(), at.groups(),
                at.moreRows(), at.moreColumns());
    }

    private static <T extends Operation> DynamicTest wrong(String how, Class<T> kind,
            Function<T, Operation> change) {
        return DynamicTest.dynamicTest(how, () -> assertTrue(!new Wrong(operation -> kind.isInstance(operation)
                ? change.apply(kind.cast(operation)) : operation).failure().isEmpty(), how + " goes unnoticed"));
    }

    /** The reference, with other edits forward, and again others on the way back. */
    private record Meddler(Session session, Engine engine, UnaryOperator<List<Edit>> forward,
            UnaryOperator<List<Edit>> backward) implements Session {

        /** An engine of such sessions. */
        private record Meddling(UnaryOperator<List<Edit>> forward, UnaryOperator<List<Edit>> backward) implements Engine {
            @Override
            public String name() {
                return "meddling";
            }

            @Override
            public String description() {
                return name();
            }

            @Override
            public Session open(Network network) {
                return new Meddler(new ReferenceEngine().open(network), this, forward, backward);
            }
        }

        @Override
        public Network network() {
            return session.network();
        }

        @Override
        public Readings activations(Batch pictures, Set<Tap> taps, List<Edit> edits) {
            return session.activations(pictures, taps, forward.apply(edits));
        }

        @Override
        public Gradient gradient(Batch pictures, List<Objective> objectives, List<Edit> edits) {
            Gradient right = session.gradient(pictures, objectives, forward.apply(edits));
            return new Gradient(right.scores(), session.gradient(pictures, objectives, backward.apply(edits)).pictures(),
                    right.activations());
        }

        @Override
        public void close() {
            session.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> anEngineThatIsWrongAboutEditsIsNoticed() {
        UnaryOperator<List<Edit>> right = UnaryOperator.identity();
        UnaryOperator<List<Edit>> none = edits -> List.of();
        UnaryOperator<List<Edit>> reversed = edits -> {
            List<Edit> turned = new ArrayList<>(edits);
            Collections.reverse(turned);
            return turned;
        };
        UnaryOperator<List<Edit>> noFunctions = edits -> edits.stream().filter(edit -> edit.reads().isEmpty()).toList();
        UnaryOperator<List<Edit>> noPositions =
                edits -> edits.stream().filter(edit -> edit.where().place().equals(Unit.EVERYWHERE)).toList();
        UnaryOperator<List<Edit>> behindOnly = edits -> edits.stream().map(edit -> new Edit(new Edit.Where(
                Tap.after(edit.where().tap().layer()), edit.where().channels(), edit.where().place()), edit.keep(),
                edit.weight(), edit.substitute())).toList();
        return Stream.of(meddling("no edits", none, none), meddling("edits that the gradient passes by", right, none),
                meddling("edits in the wrong order", reversed, reversed),
                meddling("a gradient without what functions read", right, noFunctions),
                meddling("edits of no single positions", noPositions, noPositions),
                meddling("edits behind the nonlinearity instead of before", behindOnly, behindOnly));
    }

    private static DynamicTest meddling(String how, UnaryOperator<List<Edit>> forward, UnaryOperator<List<Edit>> backward) {
        Engine engine = new Meddler.Meddling(forward, backward);
        return DynamicTest.dynamicTest(how, () -> assertTrue(CASES.stream().filter(one -> one.name().contains("edit"))
                .anyMatch(one -> {
                    try {
                        one.check().accept(engine);
                        return false;
                    } catch (AssertionError | RuntimeException noticed) {
                        return true;
                    }
                }), how + " goes unnoticed"));
    }
}
