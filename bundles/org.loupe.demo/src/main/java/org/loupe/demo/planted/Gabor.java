package org.loupe.demo.planted;

/**
 * Line and edge detectors: a wave under a Gaussian, with mean 0 and length 1 (Gabor 1946).
 *
 * @param size       rows and columns of the kernel
 * @param wavelength in pixels
 * @param deviation  of the Gaussian across the line, in pixels
 * @param phase      0 for a line that is brighter than its surroundings, ±π/2 for an edge
 */
record Gabor(int size, double wavelength, double deviation, double phase) {

    private static final double ELONGATION = .6;

    /** The kernel row by row for lines that run, from horizontal, clockwise by an angle in radians. */
    double[] along(double angle) {
        double[] kernel = new double[size * size];
        double sine = StrictMath.sin(angle);
        double cosine = StrictMath.cos(angle);
        double sum = 0;
        for (int cell = 0; cell < kernel.length; cell++) {
            int down = cell / size - size / 2;
            int right = cell % size - size / 2;
            double across = down * cosine - right * sine;
            double lengthwise = ELONGATION * (right * cosine + down * sine);
            kernel[cell] = StrictMath.exp(-(across * across + lengthwise * lengthwise) / (2 * deviation * deviation))
                    * StrictMath.cos(2 * Math.PI * across / wavelength + phase);
            sum += kernel[cell];
        }
        double squares = 0;
        for (int cell = 0; cell < kernel.length; cell++) {
            kernel[cell] -= sum / kernel.length;
            squares += kernel[cell] * kernel[cell];
        }
        for (int cell = 0; cell < kernel.length; cell++) {
            kernel[cell] /= Math.sqrt(squares);
        }
        return kernel;
    }
}
