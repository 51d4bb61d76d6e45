package org.loupe.ui.tuning;

import java.util.List;
import org.eclipse.swt.graphics.RGB;

/** Something that is drawn, on a screen or in a file. Lengths are in pixels, from the upper left corner. */
sealed interface Mark {

    /** A line through points: across and down in turn. */
    record Line(List<Double> points, RGB colour, double width, boolean dashed) implements Mark {
        public Line {
            points = List.copyOf(points);
        }
    }

    /** A filled rectangle. */
    record Area(double left, double top, double width, double height, RGB colour) implements Mark {
    }

    /**
     * A few words on one line.
     *
     * @param anchor what lies at the place: 0 for the left end of the words, .5 for their middle, 1 for their right end
     */
    record Words(String text, double across, double middle, RGB colour, double anchor) implements Mark {
    }
}
