package org.loupe.core.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.loupe.core.structure.Structure.Line;

/**
 * Where the boxes of a structure stand: each a row above all that it reads, so that lines go upwards only; the boxes
 * of a row in an order in which few lines cross (the barycentre method of Sugiyama, Tagawa and Toda 1981). Lines that
 * pass a row keep a place there.
 *
 * @param places of the boxes, in their order
 * @param paths  of the lines, in their order: at least two points each, from the box that is read
 * @param width  of the whole drawing
 * @param height of the whole drawing
 */
public record Layout(List<Place> places, List<List<Point>> paths, double width, double height) {

    /** Width of a box. */
    public static final double BOX_WIDTH = 190;

    /** Height of a box. */
    public static final double BOX_HEIGHT = 44;

    private static final double GAP = 24;
    private static final double ROW = BOX_HEIGHT + 30;
    private static final double PASSAGE = 18;
    private static final int SWEEPS = 6;

    /** Upper left corner of a box. */
    public record Place(double left, double top) {
    }

    /** A point of a line. */
    public record Point(double left, double top) {
    }

    /** Lays out a structure; the picture is at the bottom. */
    public static Layout of(Structure structure) {
        return new Work(structure).layout();
    }

    /** A box, or a place where a line passes a row. */
    private static final class Stop {
        private final int box;
        private final int rank;
        private final List<Stop> below = new ArrayList<>();
        private final List<Stop> above = new ArrayList<>();
        private double centre;

        Stop(int box, int rank) {
            this.box = box;
            this.rank = rank;
        }

        double width() {
            return box < 0 ? PASSAGE : BOX_WIDTH;
        }
    }

    private static final class Work {
        private final Structure structure;
        private final List<List<Stop>> rows = new ArrayList<>();
        private final Stop[] stops;
        private final List<List<Stop>> routes = new ArrayList<>();

        Work(Structure structure) {
            this.structure = structure;
            int[] ranks = ranks();
            stops = new Stop[ranks.length];
            for (int rank = 0; rank <= Arrays.stream(ranks).max().orElse(0); rank++) {
                rows.add(new ArrayList<>());
            }
            for (int box = 0; box < ranks.length; box++) {
                stops[box] = new Stop(box, ranks[box]);
                rows.get(ranks[box]).add(stops[box]);
            }
            for (Line line : structure.lines()) {
                routes.add(route(line));
            }
        }

        /** The longest way from the picture. */
        private int[] ranks() {
            int[] ranks = new int[structure.boxes().size()];
            List<Line> lines = new ArrayList<>(structure.lines());
            lines.sort(Comparator.comparingInt(Line::to));
            boolean changed = true;
            for (int time = 0; changed && time < ranks.length; time++) {
                changed = false;
                for (Line line : lines) {
                    if (ranks[line.to()] <= ranks[line.from()]) {
                        ranks[line.to()] = ranks[line.from()] + 1;
                        changed = true;
                    }
                }
            }
            return ranks;
        }

        private List<Stop> route(Line line) {
            List<Stop> route = new ArrayList<>(List.of(stops[line.from()]));
            for (int rank = stops[line.from()].rank + 1; rank < stops[line.to()].rank; rank++) {
                Stop passage = new Stop(-1, rank);
                rows.get(rank).add(passage);
                route.add(passage);
            }
            route.add(stops[line.to()]);
            for (int i = 1; i < route.size(); i++) {
                route.get(i - 1).above.add(route.get(i));
                route.get(i).below.add(route.get(i - 1));
            }
            return route;
        }

        Layout layout() {
            rows.forEach(Work::spread);
            for (int sweep = 0; sweep < SWEEPS; sweep++) {
                for (int rank = 1; rank < rows.size(); rank++) {
                    arrange(rows.get(rank), true);
                }
                for (int rank = rows.size() - 2; rank >= 0; rank--) {
                    arrange(rows.get(rank), false);
                }
            }
            double left = rows.stream().flatMap(List::stream).mapToDouble(stop -> stop.centre - stop.width() / 2).min()
                    .orElse(0) - GAP;
            double right = rows.stream().flatMap(List::stream).mapToDouble(stop -> stop.centre + stop.width() / 2).max()
                    .orElse(0) + GAP;
            double height = rows.size() * ROW + GAP;
            List<Place> places = Arrays.stream(stops).map(stop -> new Place(stop.centre - left - BOX_WIDTH / 2,
                    top(stop, height))).toList();
            List<List<Point>> paths = routes.stream().map(route -> path(route, left, height)).toList();
            return new Layout(places, paths, right - left, height);
        }

        private static double top(Stop stop, double height) {
            return height - GAP / 2 - stop.rank * ROW - BOX_HEIGHT;
        }

        private static List<Point> path(List<Stop> route, double left, double height) {
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < route.size(); i++) {
                Stop stop = route.get(i);
                double centre = stop.centre - left;
                if (i > 0) {
                    points.add(new Point(centre, top(stop, height) + BOX_HEIGHT));
                }
                if (i < route.size() - 1) {
                    points.add(new Point(centre, top(stop, height)));
                }
            }
            return points;
        }

        /** Puts a row beside each other, in its order, around the middle. */
        private static void spread(List<Stop> row) {
            double whole = row.stream().mapToDouble(stop -> stop.width() + GAP).sum();
            double at = -whole / 2;
            for (Stop stop : row) {
                stop.centre = at + (stop.width() + GAP) / 2;
                at += stop.width() + GAP;
            }
        }

        /** Sorts a row by the middle of what its stops are connected with, and moves them there as far as there is room. */
        private static void arrange(List<Stop> row, boolean byBelow) {
            double[] wishes = new double[row.size()];
            for (int i = 0; i < wishes.length; i++) {
                Stop stop = row.get(i);
                List<Stop> neighbours = byBelow ? stop.below : stop.above;
                stop.centre = neighbours.stream().mapToDouble(one -> one.centre).average().orElse(stop.centre);
            }
            row.sort(Comparator.comparingDouble(stop -> stop.centre));
            for (int i = 0; i < wishes.length; i++) {
                wishes[i] = row.get(i).centre;
            }
            double[] fromLeft = new double[wishes.length];
            double[] fromRight = new double[wishes.length];
            for (int i = 0; i < wishes.length; i++) {
                fromLeft[i] = i == 0 ? wishes[0] : Math.max(wishes[i], fromLeft[i - 1] + distance(row, i - 1, i));
            }
            for (int i = wishes.length - 1; i >= 0; i--) {
                fromRight[i] = i == wishes.length - 1 ? wishes[i]
                        : Math.min(wishes[i], fromRight[i + 1] - distance(row, i, i + 1));
            }
            for (int i = 0; i < wishes.length; i++) {
                row.get(i).centre = (fromLeft[i] + fromRight[i]) / 2;
            }
        }

        private static double distance(List<Stop> row, int one, int other) {
            return (row.get(one).width() + row.get(other).width()) / 2 + GAP;
        }
    }
}
