package org.loupe.core.surgery;

/**
 * A wave under a Gaussian that is a little longer than wide, with mean 0 and length 1 (Gabor 1946).
 *
 * @param size       rows and columns of the kernel
 * @param wavelength in its cells
 * @param deviation  of the Gaussian across the line, in its cells
 * @param phase      0 for a light line, π for a dark one, ±π/2 for edges, in radians
 */
record Gabor(int size, double wavelength, double deviation, double phase) {

    private static final double ELONGATION = .6;

    Gabor {
        if (!(wavelength > 0 && deviation > 0)) {
            throw new IllegalArgumentException("A Gabor kernel cannot have the wavelength " + wavelength + " and the deviation "
                    + deviation);
        }
    }

    /** The kernel for lines that run, from horizontal, clockwise by an angle in degrees. */
    double[][] along(double degrees) {
        double[][] kernel = new double[size][size];
        double sine = StrictMath.sin(Math.toRadians(degrees));
        double cosine = StrictMath.cos(Math.toRadians(degrees));
        double sum = 0;
        for (int cell = 0; cell < size * size; cell++) {
            double down = cell / size - (size - 1) / 2.0;
            double right = cell % size - (size - 1) / 2.0;
            double across = down * cosine - right * sine;
            double lengthwise = ELONGATION * (right * cosine + down * sine);
            kernel[cell / size][cell % size] = StrictMath.exp(-(across * across + lengthwise * lengthwise)
                    / (2 * deviation * deviation)) * StrictMath.cos(2 * Math.PI * across / wavelength + phase);
            sum += kernel[cell / size][cell % size];
        }
        double squares = 0;
        for (double[] row : kernel) {
            for (int i = 0; i < size; i++) {
                row[i] -= sum / (size * size);
                squares += row[i] * row[i];
            }
        }
        for (double[] row : kernel) {
            for (int i = 0; i < size; i++) {
                row[i] /= Math.sqrt(squares);
            }
        }
        return kernel;
    }

    /** A round blob whose values sum to 1. */
    static double[][] gaussian(int size, double deviation) {
        double[][] kernel = new double[size][size];
        double sum = 0;
        for (int cell = 0; cell < size * size; cell++) {
            double down = cell / size - (size - 1) / 2.0;
            double right = cell % size - (size - 1) / 2.0;
            kernel[cell / size][cell % size] = StrictMath.exp(-(down * down + right * right) / (2 * deviation * deviation));
            sum += kernel[cell / size][cell % size];
        }
        for (double[] row : kernel) {
            for (int i = 0; i < size; i++) {
                row[i] /= sum;
            }
        }
        return kernel;
    }
}
