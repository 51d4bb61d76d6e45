package org.loupe.demo.pictures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.loupe.core.Batch;

/**
 * Paints polygons and round-ended lines with nine samples for each pixel, and keeps a record of which part was
 * painted where. Uses only arithmetic that is the same on every machine. Not for several threads at once.
 */
final class Canvas {

    /** Rows and columns of a picture. */
    static final int SIZE = 64;

    private static final int SAMPLES = 3;
    private static final int FINE = SIZE * SAMPLES;

    private final int[] colours = new int[FINE * FINE];
    private final byte[] parts = new byte[FINE * FINE];
    private final List<PartBox> boxes = new ArrayList<>();
    private double[] crossings = new double[16];

    /** @param background packed colours, row by row, one for each pixel */
    Canvas(int[] background) {
        for (int row = 0; row < FINE; row++) {
            for (int column = 0; column < SIZE; column++) {
                int colour = background[row / SAMPLES * SIZE + column];
                Arrays.fill(colours, row * FINE + column * SAMPLES, row * FINE + (column + 1) * SAMPLES, colour);
            }
        }
    }

    /**
     * Fills a polygon; where it overlaps itself it is empty.
     *
     * @param corners columns and rows in turn, in pixels
     */
    void polygon(double[] corners, Colour colour, Part part) {
        double top = Double.POSITIVE_INFINITY;
        double bottom = Double.NEGATIVE_INFINITY;
        for (int i = 1; i < corners.length; i += 2) {
            top = Math.min(top, corners[i]);
            bottom = Math.max(bottom, corners[i]);
        }
        int last = Math.min(FINE - 1, (int) Math.floor(bottom * SAMPLES - .5));
        for (int row = Math.max(0, (int) Math.ceil(top * SAMPLES - .5)); row <= last; row++) {
            int count = crossings(corners, (row + .5) / SAMPLES);
            for (int i = 0; i + 1 < count; i += 2) {
                span(row, crossings[i], crossings[i + 1], colour, part);
            }
        }
    }

    /**
     * Draws a line with round ends and joints, at least one sample wide.
     *
     * @param corners columns and rows in turn, in pixels
     * @param width   in pixels
     */
    void line(double[] corners, double width, Colour colour, Part part) {
        double radius = Math.max(width, 1.0 / SAMPLES) / 2;
        for (int i = 0; i + 3 < corners.length; i += 2) {
            segment(corners[i], corners[i + 1], corners[i + 2], corners[i + 3], radius, colour, part);
        }
    }

    /** Notes that a part was painted, with its outline and the width of a line around it. */
    void record(double[] corners, double width, Part part) {
        if (part == Part.NONE) {
            return;
        }
        double top = SIZE;
        double left = SIZE;
        double bottom = 0;
        double right = 0;
        double row = 0;
        double column = 0;
        for (int i = 0; i < corners.length; i += 2) {
            left = Math.min(left, corners[i] - width / 2);
            right = Math.max(right, corners[i] + width / 2);
            top = Math.min(top, corners[i + 1] - width / 2);
            bottom = Math.max(bottom, corners[i + 1] + width / 2);
            column += 2 * corners[i] / corners.length;
            row += 2 * corners[i + 1] / corners.length;
        }
        if (top < SIZE && left < SIZE && bottom > 0 && right > 0) {
            boxes.add(new PartBox(part, held(top), held(left), held(bottom), held(right), held(row), held(column)));
        }
    }

    List<PartBox> boxes() {
        return List.copyOf(boxes);
    }

    /** The mean colour of each pixel, in the order (channel, row, column), from 0 to 255. */
    float[] averaged() {
        float[] means = new float[3 * SIZE * SIZE];
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int sample = 0; sample < SAMPLES * SAMPLES; sample++) {
                    int colour = colours[(row * SAMPLES + sample / SAMPLES) * FINE + column * SAMPLES + sample % SAMPLES];
                    red += colour >> 16;
                    green += colour >> 8 & 255;
                    blue += colour & 255;
                }
                int pixel = row * SIZE + column;
                means[pixel] = (float) red / (SAMPLES * SAMPLES);
                means[pixel + SIZE * SIZE] = (float) green / (SAMPLES * SAMPLES);
                means[pixel + 2 * SIZE * SIZE] = (float) blue / (SAMPLES * SAMPLES);
            }
        }
        return means;
    }

    /** The mean colours from 0 to 1, as a batch of shape (1, 3, 64, 64). */
    Batch batch() {
        float[] values = averaged();
        for (int i = 0; i < values.length; i++) {
            values[i] /= 255;
        }
        return new Batch(1, 3, SIZE, SIZE, values);
    }

    /** Which part lies on top at the middle of each pixel, row by row. */
    byte[] partMap() {
        byte[] map = new byte[SIZE * SIZE];
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                map[row * SIZE + column] = parts[(row * SAMPLES + SAMPLES / 2) * FINE + column * SAMPLES + SAMPLES / 2];
            }
        }
        return map;
    }

    /** Finds where a polygon's edges cross a height, sorted from left to right; returns how many. */
    private int crossings(double[] corners, double height) {
        int count = 0;
        double column0 = corners[corners.length - 2];
        double row0 = corners[corners.length - 1];
        for (int i = 0; i < corners.length; i += 2) {
            double column1 = corners[i];
            double row1 = corners[i + 1];
            if (row0 <= height != row1 <= height) {
                if (count == crossings.length) {
                    crossings = Arrays.copyOf(crossings, 2 * count);
                }
                crossings[count++] = column0 + (height - row0) / (row1 - row0) * (column1 - column0);
            }
            column0 = column1;
            row0 = row1;
        }
        Arrays.sort(crossings, 0, count);
        return count;
    }

    /** Paints all samples that are no further than the radius from a piece of line. */
    private void segment(double column0, double row0, double column1, double row1, double radius, Colour colour,
            Part part) {
        double along = column1 - column0;
        double down = row1 - row0;
        double length = Math.sqrt(along * along + down * down);
        double sideColumn = length == 0 ? 0 : -down / length * radius;
        double sideRow = length == 0 ? 0 : along / length * radius;
        double[] rectangle = {column0 + sideColumn, row0 + sideRow, column1 + sideColumn, row1 + sideRow,
            column1 - sideColumn, row1 - sideRow, column0 - sideColumn, row0 - sideRow};
        int first = Math.max(0, (int) Math.ceil((Math.min(row0, row1) - radius) * SAMPLES - .5));
        int last = Math.min(FINE - 1, (int) Math.floor((Math.max(row0, row1) + radius) * SAMPLES - .5));
        for (int row = first; row <= last; row++) {
            double height = (row + .5) / SAMPLES;
            double from = Double.POSITIVE_INFINITY;
            double to = Double.NEGATIVE_INFINITY;
            double half0 = radius * radius - (height - row0) * (height - row0);
            if (half0 > 0) {
                from = column0 - Math.sqrt(half0);
                to = column0 + Math.sqrt(half0);
            }
            double half1 = radius * radius - (height - row1) * (height - row1);
            if (half1 > 0) {
                from = Math.min(from, column1 - Math.sqrt(half1));
                to = Math.max(to, column1 + Math.sqrt(half1));
            }
            if (crossings(rectangle, height) == 2) {
                from = Math.min(from, crossings[0]);
                to = Math.max(to, crossings[1]);
            }
            span(row, from, to, colour, part);
        }
    }

    private void span(int row, double from, double to, Colour colour, Part part) {
        int first = Math.max(0, (int) Math.ceil(from * SAMPLES - .5));
        int end = Math.min(FINE, (int) Math.ceil(to * SAMPLES - .5));
        if (first < end) {
            Arrays.fill(colours, row * FINE + first, row * FINE + end, colour.packed());
            if (part != Part.NONE) {
                Arrays.fill(parts, row * FINE + first, row * FINE + end, (byte) part.ordinal());
            }
        }
    }

    private static double held(double value) {
        return Math.min(Math.max(value, 0), SIZE);
    }
}
