package org.loupe.core.network;

/**
 * A function of one number, with its slope.
 *
 * <p>The family is closed, so that an engine's mapping to its own primitives is known to be complete; {@link #at} and
 * {@link #slope} are the definition that all engines are held against. At a kink the slope is the one of the side that
 * is flatter, as in PyTorch.
 */
public sealed interface Nonlinearity {

    /** The value. */
    double at(double number);

    /** The derivative. */
    double slope(double number);

    /** {@code x} where positive, else {@code slope * x}. */
    record LeakyRelu(float negativeSlope) implements Nonlinearity {
        @Override
        public double at(double x) {
            return x > 0 ? x : negativeSlope * x;
        }

        @Override
        public double slope(double x) {
            return x > 0 ? 1 : negativeSlope;
        }
    }

    /** {@code min(max(x, low), high)}; with 0 and 6 this is ReLU6. */
    record Clip(float low, float high) implements Nonlinearity {
        public Clip {
            if (!(low <= high)) {
                throw new NetworkException("Nothing can be clipped to " + low + " and " + high);
            }
        }

        @Override
        public double at(double x) {
            return Math.min(Math.max(x, low), high);
        }

        @Override
        public double slope(double x) {
            return x > low && x < high ? 1 : 0;
        }
    }

    /** {@code 1 / (1 + exp(-x))}. */
    record Sigmoid() implements Nonlinearity {
        @Override
        public double at(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        @Override
        public double slope(double x) {
            double value = at(x);
            return value * (1 - value);
        }
    }

    /** {@code min(max(alpha * x + beta, 0), 1)}. */
    record HardSigmoid(float alpha, float beta) implements Nonlinearity {
        @Override
        public double at(double x) {
            return Math.min(Math.max(alpha * x + beta, 0), 1);
        }

        @Override
        public double slope(double x) {
            double line = alpha * x + beta;
            return line > 0 && line < 1 ? alpha : 0;
        }
    }

    /** {@code x * min(max(x / 6 + 1/2, 0), 1)} (Howard et al. 2019). */
    record HardSwish() implements Nonlinearity {
        @Override
        public double at(double x) {
            return x * Math.min(Math.max(x / 6 + 0.5, 0), 1);
        }

        @Override
        public double slope(double x) {
            return x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5;
        }
    }

    /** {@code x / (1 + exp(-beta * x))}; with beta 1 this is SiLU. */
    record Swish(float beta) implements Nonlinearity {
        @Override
        public double at(double x) {
            return x / (1 + Math.exp(-beta * x));
        }

        @Override
        public double slope(double x) {
            double share = 1 / (1 + Math.exp(-beta * x));
            return share + beta * x * share * (1 - share);
        }
    }

    /** {@code x} times the normal distribution's share below {@code x} (Hendrycks and Gimpel 2016). */
    record Gelu() implements Nonlinearity {
        @Override
        public double at(double x) {
            return x * ErrorFunction.below(x);
        }

        @Override
        public double slope(double x) {
            return ErrorFunction.below(x) + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        }
    }

    /** The approximation {@code x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))} of {@link Gelu}. */
    record TanhGelu() implements Nonlinearity {
        private static final double FACTOR = Math.sqrt(2 / Math.PI);
        private static final double CUBIC = 0.044715;

        @Override
        public double at(double x) {
            return x / 2 * (1 + Math.tanh(FACTOR * (x + CUBIC * x * x * x)));
        }

        @Override
        public double slope(double x) {
            double tanh = Math.tanh(FACTOR * (x + CUBIC * x * x * x));
            return (1 + tanh) / 2 + x / 2 * (1 - tanh * tanh) * FACTOR * (1 + 3 * CUBIC * x * x);
        }
    }

    /** {@code tanh(x)}. */
    record Tanh() implements Nonlinearity {
        @Override
        public double at(double x) {
            return Math.tanh(x);
        }

        @Override
        public double slope(double x) {
            double value = Math.tanh(x);
            return 1 - value * value;
        }
    }

    /** {@code x} where positive, else {@code alpha * (exp(x) - 1)} (Clevert et al. 2015). */
    record Elu(float alpha) implements Nonlinearity {
        @Override
        public double at(double x) {
            return x > 0 ? x : alpha * Math.expm1(x);
        }

        @Override
        public double slope(double x) {
            return x > 0 ? 1 : alpha * Math.exp(x);
        }
    }

    /** {@code log(1 + exp(x))}. */
    record Softplus() implements Nonlinearity {
        @Override
        public double at(double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }

        @Override
        public double slope(double x) {
            return 1 / (1 + Math.exp(-x));
        }
    }

    /** {@code x * tanh(log(1 + exp(x)))} (Misra 2019). */
    record Mish() implements Nonlinearity {
        private static final Softplus SOFTPLUS = new Softplus();

        @Override
        public double at(double x) {
            return x * Math.tanh(SOFTPLUS.at(x));
        }

        @Override
        public double slope(double x) {
            double tanh = Math.tanh(SOFTPLUS.at(x));
            return tanh + x * (1 - tanh * tanh) * SOFTPLUS.slope(x);
        }
    }

    /** {@code exp(x)}. */
    record Exponential() implements Nonlinearity {
        @Override
        public double at(double x) {
            return Math.exp(x);
        }

        @Override
        public double slope(double x) {
            return Math.exp(x);
        }
    }

    /** {@code x} to a fixed power: 2 is the square, 0.5 the root, -1 the reciprocal. */
    record Power(float exponent) implements Nonlinearity {
        @Override
        public double at(double x) {
            return Math.pow(x, exponent);
        }

        @Override
        public double slope(double x) {
            return exponent * Math.pow(x, exponent - 1.0);
        }
    }

    /** {@code |x|}. */
    record Magnitude() implements Nonlinearity {
        @Override
        public double at(double x) {
            return Math.abs(x);
        }

        @Override
        public double slope(double x) {
            return Math.signum(x);
        }
    }
}
