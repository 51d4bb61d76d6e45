package org.loupe.core.facet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.loupe.core.Batch;
import org.loupe.core.page.Sheet;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Text;

/** Facets on a narrow sheet, as there is room for beside other things about a unit. */
final class FacetStrip {

    private static final double WIDTH = 290;
    private static final int IN_A_ROW = 5;
    private static final double GAP = 4;
    private static final double SIDE = (WIDTH - (IN_A_ROW - 1) * GAP) / IN_A_ROW;
    private static final double SIZE = 9;

    private final List<Mark> marks = new ArrayList<>();
    private double top;

    /** Draws what there is. */
    Sheet draw(Faceted faceted) {
        text(faceted.isSeveral() ? faceted.facets().size() + " facets, by what " + faceted.below() + " contributes"
                : "One facet, by what " + faceted.below() + " contributes", true, Sheet.INK);
        if (faceted.isSeveral()) {
            text(String.format(Locale.ROOT, "%.0f %% in common in what carries them: %s", 100 * (1 - faceted.apart()),
                    faceted.apart() >= Judged.UNRELATED ? "unrelated things" : "varieties of one thing"), false, Sheet.MUTED);
        }
        for (int i = 0; i < faceted.facets().size(); i++) {
            Facet facet = faceted.facets().get(i);
            top += 6;
            text(String.format(Locale.ROOT, "%d. %d pictures, mean activation %.3g%s", i + 1, facet.examples().size(),
                    facet.activation(), facet.classText().isEmpty() ? "" : ": " + facet.classText()), false, Sheet.INK);
            top += 3;
            List<Batch> pictures = new ArrayList<>();
            facet.picture().ifPresent(made -> pictures.add(made.pixels()));
            for (int crop = 0; crop < facet.shown() && pictures.size() < 2 * IN_A_ROW; crop++) {
                pictures.add(facet.crops().image(crop));
            }
            pictures(pictures);
            text("Carried by " + facet.inputs().stream().limit(3).map(input -> String.format(Locale.ROOT, "%s %.2g%s",
                    input.unit(), input.value(), Double.isNaN(input.elsewhere()) ? ""
                            : String.format(Locale.ROOT, " (elsewhere %.2g)", input.elsewhere())))
                    .collect(Collectors.joining(", ")), false, Sheet.MUTED);
        }
        return new Sheet("Facets of " + faceted.unit(), "", WIDTH, top + 4, marks);
    }

    private void pictures(List<Batch> pictures) {
        for (int i = 0; i < pictures.size(); i++) {
            Batch pixels = pictures.get(i);
            double longer = Math.max(pixels.rows(), pixels.columns());
            marks.add(new Picture(i % IN_A_ROW * (SIDE + GAP), top + i / IN_A_ROW * (SIDE + GAP),
                    SIDE * pixels.columns() / longer, SIDE * pixels.rows() / longer, pixels, false));
        }
        top += (pictures.size() + IN_A_ROW - 1) / IN_A_ROW * (SIDE + GAP);
    }

    private void text(String words, boolean bold, int colour) {
        for (String line : Sheet.wrapped(words, SIZE * (bold ? 1.07 : 1), WIDTH)) {
            top += SIZE * 1.35;
            marks.add(new Text(0, top - SIZE * .35, SIZE, bold, colour, 0, line));
        }
    }
}
