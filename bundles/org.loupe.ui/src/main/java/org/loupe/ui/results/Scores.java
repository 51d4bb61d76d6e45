package org.loupe.ui.results;

import org.loupe.core.Unit;
import org.loupe.core.visualize.Visualized.Detail;
import org.loupe.ui.widgets.Texts;

/** What the scores of objectives mean, in words. */
public final class Scores {

    private Scores() {
    }

    /** What the number is, in the middle of a sentence: “mean activation”, “activation at the centre”, “score”. */
    public static String unit(String objective) {
        Unit unit;
        try {
            unit = Unit.parse(objective);
        } catch (IllegalArgumentException composed) {
            return "score";
        }
        if (unit.place() instanceof Unit.Centre) {
            return "activation at the centre";
        }
        return unit.place() instanceof Unit.Position position
                ? "activation at row " + position.row() + ", column " + position.column() : "mean activation";
    }

    /**
     * The score with its unit and what to compare it with.
     *
     * @param start the picture that it started from, as its recipe names it; nearly grey noise where that is empty
     */
    public static String sentence(Detail detail, String unit, String start) {
        return Character.toUpperCase(unit.charAt(0)) + unit.substring(1) + " " + Texts.number(detail.score())
                + "; " + Texts.number(detail.start()) + (start.isBlank() ? " for the grey noise it grew from." : " for picture " + start + ", which it started from.");
    }
}
