package org.loupe.demo.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Linear functions that come closest to wanted values, with a penalty on large weights (ridge regression, Hoerl and
 * Kennard 1970). Examples are collected one by one; only their products are kept.
 */
final class Ridge {

    private static final int BLOCK = 64;

    private final int inputs;
    private final int outputs;
    private final double[][] squares;
    private final double[][] products;
    private final List<float[]> block = new ArrayList<>();

    /** @param inputs number of values of an example; a constant 1 is added to them */
    Ridge(int inputs, int outputs) {
        this.inputs = inputs + 1;
        this.outputs = outputs;
        squares = new double[this.inputs][this.inputs];
        products = new double[outputs][this.inputs];
    }

    /** An example for which 0 is wanted of all functions. */
    void add(float[] example) {
        add(example, -1, 1);
    }

    /** An example for which 1 is wanted of one function and 0 of the others, counted so many times. */
    void add(float[] example, int output, double weight) {
        float[] scaled = new float[inputs];
        float root = (float) Math.sqrt(weight);
        for (int i = 0; i < example.length; i++) {
            scaled[i] = root * example[i];
        }
        scaled[inputs - 1] = root;
        if (output >= 0) {
            for (int i = 0; i < inputs; i++) {
                products[output][i] += root * scaled[i];
            }
        }
        block.add(scaled);
        if (block.size() == BLOCK) {
            flush();
        }
    }

    /**
     * The weights of each function, its constant last.
     *
     * @param penalty what the square of each weight, and of the constant, costs
     */
    double[][] solve(double penalty) {
        flush();
        double[][] triangle = new double[inputs][];
        for (int row = 0; row < inputs; row++) {
            triangle[row] = squares[row].clone();
            triangle[row][row] += penalty;
        }
        decompose(triangle);
        double[][] solutions = new double[outputs][];
        for (int output = 0; output < outputs; output++) {
            solutions[output] = substituted(triangle, products[output]);
        }
        return solutions;
    }

    private void flush() {
        IntStream.range(0, inputs).parallel().forEach(row -> {
            double[] into = squares[row];
            for (float[] example : block) {
                double factor = example[row];
                if (factor != 0) {
                    for (int column = row; column < inputs; column++) {
                        into[column] += factor * example[column];
                    }
                }
            }
        });
        block.clear();
    }

    /** Cholesky decomposition in place, of the upper triangle: what is left, transposed times itself, is the matrix. */
    private void decompose(double[][] matrix) {
        for (int row = 0; row < inputs; row++) {
            double[] own = matrix[row];
            double root = Math.sqrt(own[row]);
            for (int column = row; column < inputs; column++) {
                own[column] /= root;
            }
            int from = row + 1;
            IntStream.range(from, inputs).parallel().forEach(lower -> {
                double factor = own[lower];
                double[] into = matrix[lower];
                for (int column = lower; column < inputs; column++) {
                    into[column] -= factor * own[column];
                }
            });
        }
    }

    private double[] substituted(double[][] triangle, double[] wanted) {
        double[] solution = wanted.clone();
        for (int row = 0; row < inputs; row++) {
            solution[row] /= triangle[row][row];
            for (int column = row + 1; column < inputs; column++) {
                solution[column] -= triangle[row][column] * solution[row];
            }
        }
        for (int row = inputs - 1; row >= 0; row--) {
            for (int column = row + 1; column < inputs; column++) {
                solution[row] -= triangle[row][column] * solution[column];
            }
            solution[row] /= triangle[row][row];
        }
        return solution;
    }
}
