package org.loupe.core.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
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
import org.loupe.core.network.Weights;

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
}
