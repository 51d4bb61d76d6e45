package org.loupe.core.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.core.image.Diverging;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;
import org.loupe.core.page.UnitPage.OfClass;
import org.loupe.core.page.UnitPage.Statistics;

/** Draws how often a unit answers how much, and to which classes, into a room beside its picture. */
final class UnitAnswers {

    private static final double SMALL = 6.5;
    private static final double ROW = 9;
    private static final double TITLE = 11;
    private static final double AXIS = 10;
    private static final double GAP = 18;
    private static final double LEAST = 48;
    /** Shares below one in a million are not drawn. */
    private static final double DECADES = 6;
    private static final double NAMES = 52;
    private static final double NUMBER = 22;

    private final List<Mark> marks = new ArrayList<>();

    private UnitAnswers() {
    }

    /** What is drawn; nothing where there is no room for it. */
    static List<Mark> marks(Statistics statistics, double left, double top, double right, double bottom) {
        UnitAnswers answers = new UnitAnswers();
        if (bottom - top >= LEAST) {
            double middle = statistics.classes().isEmpty() ? right : (left + right - GAP) / 2;
            answers.distribution(statistics, left, top, middle, bottom);
            if (!statistics.classes().isEmpty()) {
                answers.classes(statistics.classes(), middle + GAP, top, right, bottom);
            }
        }
        return answers.marks;
    }

    /** Bars whose heights are logarithmic, for strong activations are rare. */
    private void distribution(Statistics statistics, double left, double top, double right, double bottom) {
        title(left, top, "Positions at each activation (log)");
        double[] shares = statistics.shares();
        double ground = bottom - AXIS;
        double tall = ground - top - TITLE;
        double each = (right - left) / Math.max(1, shares.length);
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                double height = tall * Math.max(0.02, 1 + Math.log10(shares[i]) / DECADES);
                double value = statistics.from() + (i + 0.5) * (statistics.to() - statistics.from()) / shares.length;
                marks.add(new Box(left + i * each, ground - height, each * 0.9, height,
                        Diverging.colour(value < 0 ? -0.8 : 0.8, 0xffffff)));
            }
        }
        marks.add(new Stroke(new double[] {left, ground, right, ground}, 0.5, Sheet.LINE, false));
        words(left, bottom - 2, Sheet.MUTED, 0, number(statistics.from()));
        words(right, bottom - 2, Sheet.MUTED, 1, number(statistics.to()));
    }

    /** A bar for each class from chance, as many as there is room for: the best, and at the foot the worst. */
    private void classes(List<OfClass> classes, double left, double top, double right, double bottom) {
        title(left, top, "Tells the class from others (AUC)");
        int rows = (int) ((bottom - AXIS - top - TITLE) / ROW);
        double from = left + NAMES;
        double to = right - NUMBER;
        double chance = (from + to) / 2;
        double foot = top + TITLE + Math.min(rows, classes.size()) * ROW;
        for (int row = 0; row < Math.min(rows, classes.size()); row++) {
            boolean isWorst = classes.size() > rows && row == rows - 1;
            OfClass one = classes.get(isWorst ? classes.size() - 1 : row);
            double baseline = top + TITLE + row * ROW + ROW - 2.5;
            words(from - 4, baseline, Sheet.INK, 1, Sheet.shortened(one.name(), SMALL, NAMES - 4));
            double end = from + (to - from) * one.area();
            marks.add(new Box(Math.min(chance, end), baseline - 5, Math.max(0.3, Math.abs(end - chance)), 5.5,
                    Diverging.colour(one.area() < 0.5 ? -0.8 : 0.8, 0xffffff)));
            words(right, baseline, Sheet.INK, 1, String.format(Locale.ROOT, "%.2f", one.area()));
            if (isWorst) {
                marks.add(new Stroke(new double[] {left, baseline - ROW + 2, right, baseline - ROW + 2}, 0.3, Sheet.LINE, false));
            }
        }
        marks.add(new Stroke(new double[] {chance, top + TITLE, chance, foot}, 0.5, Sheet.MUTED, false));
        words(chance, foot + 7, Sheet.MUTED, 0.5, "chance");
    }

    private void title(double left, double top, String text) {
        marks.add(new Text(left, top + SMALL, SMALL + 0.5, true, Sheet.INK, 0, text));
    }

    private void words(double left, double baseline, int colour, double share, String text) {
        marks.add(new Text(left, baseline, SMALL, false, colour, share, text));
    }

    private static String number(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.3g", value);
    }
}
