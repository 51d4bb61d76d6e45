package org.loupe.engine.onednn;

import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl.algorithm;
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
import org.loupe.core.network.Operation;
import org.loupe.core.network.Operation.Activation;
import org.loupe.core.network.Operation.Relu;

/**
 * A nonlinearity as oneDNN knows it.
 *
 * @param kind     its number
 * @param byOutput its number when the gradient is computed from the output instead of the input, or null
 */
record Eltwise(algorithm kind, algorithm byOutput, float alpha, float beta) {

    /** A rectifier. */
    static final Eltwise RELU = new Eltwise(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, 0, 0);

    /** What an operation does to each value, where it does that and oneDNN knows it. */
    static Optional<Eltwise> of(Operation operation) {
        if (operation instanceof Relu) {
            return Optional.of(RELU);
        }
        return operation instanceof Activation activation ? Optional.ofNullable(of(activation.function()))
                : Optional.empty();
    }

    private static Eltwise of(Nonlinearity function) {
        if (function instanceof LeakyRelu leaky) {
            return new Eltwise(algorithm.eltwise_relu,
                    leaky.negativeSlope() >= 0 ? algorithm.eltwise_relu_use_dst_for_bwd : null, leaky.negativeSlope(), 0);
        }
        if (function instanceof Clip clip) {
            return new Eltwise(algorithm.eltwise_clip_v2, algorithm.eltwise_clip_v2_use_dst_for_bwd, clip.low(),
                    clip.high());
        }
        if (function instanceof HardSigmoid sigmoid) {
            return new Eltwise(algorithm.eltwise_hardsigmoid, null, sigmoid.alpha(), sigmoid.beta());
        }
        if (function instanceof Swish swish) {
            return new Eltwise(algorithm.eltwise_swish, null, swish.beta(), 0);
        }
        if (function instanceof Elu elu) {
            return new Eltwise(algorithm.eltwise_elu, elu.alpha() >= 0 ? algorithm.eltwise_elu_use_dst_for_bwd : null,
                    elu.alpha(), 0);
        }
        return fixed(function);
    }

    /** Those without numbers of their own. Powers stay in Java: at zero and below oneDNN's are others. */
    private static Eltwise fixed(Nonlinearity function) {
        if (function instanceof Sigmoid) {
            return new Eltwise(algorithm.eltwise_logistic, algorithm.eltwise_logistic_use_dst_for_bwd, 0, 0);
        }
        if (function instanceof HardSwish) {
            return new Eltwise(algorithm.eltwise_hardswish, null, 1f / 6, 0.5f);
        }
        if (function instanceof Gelu) {
            return new Eltwise(algorithm.eltwise_gelu_erf, null, 0, 0);
        }
        if (function instanceof TanhGelu) {
            return new Eltwise(algorithm.eltwise_gelu_tanh, null, 0, 0);
        }
        if (function instanceof Tanh) {
            return new Eltwise(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0, 0);
        }
        if (function instanceof Softplus) {
            return new Eltwise(algorithm.eltwise_soft_relu, null, 1, 0);
        }
        if (function instanceof Mish) {
            return new Eltwise(algorithm.eltwise_mish, null, 0, 0);
        }
        if (function instanceof Exponential) {
            return new Eltwise(algorithm.eltwise_exp, algorithm.eltwise_exp_use_dst_for_bwd, 0, 0);
        }
        if (function instanceof Magnitude) {
            return new Eltwise(algorithm.eltwise_abs, null, 0, 0);
        }
        if (function instanceof Power power && power.exponent() == 2) {
            return new Eltwise(algorithm.eltwise_square, null, 0, 0);
        }
        return null;
    }
}
