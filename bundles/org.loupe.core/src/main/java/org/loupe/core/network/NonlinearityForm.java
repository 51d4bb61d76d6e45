package org.loupe.core.network;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.loupe.core.network.Nonlinearity.Clip;
import org.loupe.core.network.Nonlinearity.Elu;
import org.loupe.core.network.Nonlinearity.Exponential;
import org.loupe.core.network.Nonlinearity.Gelu;
import org.loupe.core.network.Nonlinearity.HardSigmoid;
import org.loupe.core.network.Nonlinearity.HardSwish;
import org.loupe.core.network.Nonlinearity.LeakyRelu;
import org.loupe.core.network.Nonlinearity.Magnitude;
import org.loupe.core.network.Nonlinearity.Mish;
import org.loupe.core.network.Nonlinearity.Power;
import org.loupe.core.network.Nonlinearity.Sigmoid;
import org.loupe.core.network.Nonlinearity.Softplus;
import org.loupe.core.network.Nonlinearity.Swish;
import org.loupe.core.network.Nonlinearity.Tanh;
import org.loupe.core.network.Nonlinearity.TanhGelu;

/**
 * How one kind of nonlinearity stands in a network file: its kind, and as many floats as it has parameters.
 *
 * @param type       of the nonlinearity; its simple name is what the file calls it
 * @param count      how many parameters it has
 * @param parameters of a nonlinearity of that type
 * @param reader     makes one of parameters
 */
record NonlinearityForm<T extends Nonlinearity>(Class<T> type, int count, Function<T, float[]> parameters,
        Function<float[], T> reader) {

    private static final List<NonlinearityForm<?>> ALL = List.of(
            of(LeakyRelu.class, 1, function -> floats(function.negativeSlope()), values -> new LeakyRelu(values[0])),
            of(Clip.class, 2, function -> floats(function.low(), function.high()),
                    values -> new Clip(values[0], values[1])),
            of(Sigmoid.class, 0, function -> floats(), values -> new Sigmoid()),
            of(HardSigmoid.class, 2, function -> floats(function.alpha(), function.beta()),
                    values -> new HardSigmoid(values[0], values[1])),
            of(HardSwish.class, 0, function -> floats(), values -> new HardSwish()),
            of(Swish.class, 1, function -> floats(function.beta()), values -> new Swish(values[0])),
            of(Gelu.class, 0, function -> floats(), values -> new Gelu()),
            of(TanhGelu.class, 0, function -> floats(), values -> new TanhGelu()),
            of(Tanh.class, 0, function -> floats(), values -> new Tanh()),
            of(Elu.class, 1, function -> floats(function.alpha()), values -> new Elu(values[0])),
            of(Softplus.class, 0, function -> floats(), values -> new Softplus()),
            of(Mish.class, 0, function -> floats(), values -> new Mish()),
            of(Exponential.class, 0, function -> floats(), values -> new Exponential()),
            of(Power.class, 1, function -> floats(function.exponent()), values -> new Power(values[0])),
            of(Magnitude.class, 0, function -> floats(), values -> new Magnitude()));

    private static <T extends Nonlinearity> NonlinearityForm<T> of(Class<T> type, int count,
            Function<T, float[]> parameters, Function<float[], T> reader) {
        return new NonlinearityForm<>(type, count, parameters, reader);
    }

    private static float[] floats(float... values) {
        return values;
    }

    static void write(Nonlinearity function, NetworkOutput out) throws IOException {
        NonlinearityForm<?> form = ALL.stream().filter(one -> one.type.isInstance(function)).findFirst()
                .orElseThrow(() -> new AssertionError("No network file can hold " + function));
        out.text(form.type.getSimpleName());
        out.decimals(form.parametersOf(function));
    }

    private float[] parametersOf(Nonlinearity function) {
        return parameters.apply(type.cast(function));
    }

    static Nonlinearity read(NetworkInput in) throws IOException {
        String kind = in.text();
        NonlinearityForm<?> form = ALL.stream().filter(one -> one.type.getSimpleName().equals(kind)).findFirst()
                .orElseThrow(() -> new NetworkException("it has a nonlinearity of the unknown kind " + kind));
        return form.reader.apply(in.decimals(form.count));
    }
}
