package org.loupe.core.network;

/** The normal distribution. */
final class ErrorFunction {

    private static final double LARGE = 3;

    private ErrorFunction() {
    }

    /** The share of a standard normal distribution that lies below a number, to about 1e-14. */
    static double below(double number) {
        return number > 0 ? 1 - tail(number) : tail(-number);
    }

    /** The share above a number that is not negative: a power series near 0, a continued fraction far from it. */
    private static double tail(double number) {
        double density = Math.exp(-number * number / 2) / Math.sqrt(2 * Math.PI);
        if (number < LARGE) {
            double term = number;
            double sum = number;
            for (int odd = 3; term > sum * 1e-17; odd += 2) {
                term *= number * number / odd;
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = number;
        for (int depth = 60; depth > 0; depth--) {
            fraction = number + depth / fraction;
        }
        return density / fraction;
    }
}
