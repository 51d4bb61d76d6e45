package org.loupe.engine.nd4j;

import java.util.List;
import org.loupe.core.network.Nonlinearity;
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
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A nonlinearity, written out with exponentials, hyperbolic tangents and the like. ND4J's own ones are not used: its
 * {@code gelu} is an approximation, its {@code hardsigmoid} has other constants, others lack parameters, and the
 * slopes at kinks differ from {@link Nonlinearity#slope}.
 */
record ActivationStep(Nonlinearity function) implements Step {

    private static final double TANH_FACTOR = Math.sqrt(2 / Math.PI);
    private static final double TANH_CUBIC = 0.044715;

    @Override
    public INDArray forward(List<INDArray> inputs, Memory memory) {
        return value(Values.of(inputs.get(0), memory), inputs.get(0)).array();
    }

    @Override
    public List<INDArray> backward(List<INDArray> inputs, INDArray output, INDArray gradient, Memory memory) {
        return List.of(slope(Values.of(inputs.get(0), memory), inputs.get(0)).times(gradient).array());
    }

    /**
     * The function's values.
     *
     * @param of a copy of {@code x} that is to be changed
     */
    private Values value(Values of, INDArray x) {
        if (function instanceof LeakyRelu leaky) {
            return of.copy().atLeast(0).plus(of.atMost(0).times(leaky.negativeSlope()));
        }
        if (function instanceof Clip clip) {
            return of.atLeast(clip.low()).atMost(clip.high());
        }
        if (function instanceof Sigmoid) {
            return of.sigmoid();
        }
        if (function instanceof HardSigmoid hard) {
            return of.times(hard.alpha()).plus(hard.beta()).atLeast(0).atMost(1);
        }
        if (function instanceof HardSwish) {
            return of.times(1.0 / 6).plus(0.5).atLeast(0).atMost(1).times(x);
        }
        if (function instanceof Swish swish) {
            return of.times(swish.beta()).sigmoid().times(x);
        }
        if (function instanceof Gelu) {
            return shareBelow(of).times(x);
        }
        if (function instanceof TanhGelu) {
            return tanh(of, x).plus(1).times(0.5).times(x);
        }
        if (function instanceof Tanh) {
            return of.tanh();
        }
        if (function instanceof Elu elu) {
            return of.copy().atLeast(0).plus(of.atMost(0).exponentialLess1().times(elu.alpha()));
        }
        if (function instanceof Softplus) {
            return softplus(of);
        }
        if (function instanceof Mish) {
            return softplus(of).tanh().times(x);
        }
        if (function instanceof Exponential) {
            return of.exponential();
        }
        if (function instanceof Power power) {
            return of.power(power.exponent());
        }
        if (function instanceof Magnitude) {
            return of.magnitude();
        }
        throw new AssertionError(function);
    }

    /** The function's slopes; as {@link #value}. */
    private Values slope(Values of, INDArray x) {
        if (function instanceof LeakyRelu leaky) {
            return of.above(0).times(1.0 - leaky.negativeSlope()).plus(leaky.negativeSlope());
        }
        if (function instanceof Clip clip) {
            return of.copy().above(clip.low()).times(of.below(clip.high()));
        }
        if (function instanceof Sigmoid) {
            Values share = of.sigmoid();
            return share.copy().complement().times(share);
        }
        if (function instanceof HardSigmoid hard) {
            Values line = of.times(hard.alpha()).plus(hard.beta());
            return line.copy().above(0).times(line.below(1)).times(hard.alpha());
        }
        if (function instanceof HardSwish) {
            Values bent = of.copy().above(-3).times(of.copy().below(3)).times(of.copy().times(1.0 / 3).plus(0.5));
            return bent.plus(of.below(3).complement());
        }
        if (function instanceof Swish swish) {
            Values share = of.times(swish.beta()).sigmoid();
            return share.copy().complement().times(x).times(swish.beta()).plus(1).times(share);
        }
        if (function instanceof Gelu) {
            Values density = of.copy().times(x).times(-0.5).exponential().times(1 / Math.sqrt(2 * Math.PI)).times(x);
            return shareBelow(of).plus(density);
        }
        if (function instanceof TanhGelu) {
            Values inner = of.copy().times(x).times(3 * TANH_CUBIC).plus(1).times(TANH_FACTOR).times(x);
            Values tanh = tanh(of, x);
            Values curved = tanh.copy().times(tanh.array()).complement().times(inner);
            return tanh.plus(1).plus(curved).times(0.5);
        }
        if (function instanceof Tanh) {
            return of.tanh().power(2).complement();
        }
        if (function instanceof Elu elu) {
            Values positive = of.copy().above(0);
            return of.atMost(0).exponential().times(elu.alpha()).times(positive.copy().complement()).plus(positive);
        }
        if (function instanceof Softplus) {
            return of.sigmoid();
        }
        if (function instanceof Mish) {
            Values tanh = softplus(of).tanh();
            Values share = Values.of(x, of.memory()).sigmoid();
            return tanh.copy().times(tanh.array()).complement().times(share).times(x).plus(tanh);
        }
        if (function instanceof Exponential) {
            return of.exponential();
        }
        if (function instanceof Power power) {
            return of.power(power.exponent() - 1.0).times(power.exponent());
        }
        if (function instanceof Magnitude) {
            return of.sign();
        }
        throw new AssertionError(function);
    }

    /** The normal distribution's share below. */
    private static Values shareBelow(Values of) {
        return of.times(Math.sqrt(0.5)).errorFunction().plus(1).times(0.5);
    }

    private static Values tanh(Values of, INDArray x) {
        return of.times(x).times(TANH_CUBIC).plus(1).times(TANH_FACTOR).times(x).tanh();
    }

    private static Values softplus(Values of) {
        return of.copy().atLeast(0).plus(of.magnitude().times(-1).exponential().logarithmOf1More());
    }
}
