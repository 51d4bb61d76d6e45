package org.loupe.core.page;

import java.util.ArrayList;
import java.util.List;
import org.loupe.core.Batch;

/**
 * A drawing: marks at places, in points of 1/72 inch from the upper left corner, each upon those before.
 *
 * @param title  what it is, for the file's metadata
 * @param recipe how it was made, for the file's metadata
 */
public record Sheet(String title, String recipe, double width, double height, List<Mark> marks) {

    /** Black. */
    public static final int INK = 0x1a1a1a;
    /** Text that steps back. */
    public static final int MUTED = 0x5f6368;
    /** Frames and axes. */
    public static final int LINE = 0xc4c7cc;
    /** Curves and what is meant. */
    public static final int ACCENT = 0x2167b4;

    public Sheet {
        marks = List.copyOf(marks);
    }

    /** The same drawing, made as another text says. */
    public Sheet madeBy(String recipe) {
        return new Sheet(title, recipe, width, height, marks);
    }

    /** Sheets below each other as one, which has the first one's title and recipe. */
    public static Sheet stacked(List<Sheet> sheets) {
        List<Mark> all = new ArrayList<>();
        double width = 0;
        double top = 0;
        for (Sheet sheet : sheets) {
            double down = top;
            sheet.marks.forEach(mark -> all.add(moved(mark, 0, down)));
            width = Math.max(width, sheet.width);
            top += sheet.height;
        }
        return new Sheet(sheets.get(0).title, sheets.get(0).recipe, width, top, all);
    }

    /** A part of the sheet, such as what is inside of its margins; what reaches beyond it is cut off by whoever draws. */
    public Sheet part(double left, double top, double width, double height) {
        return new Sheet(title, recipe, width, height, marks.stream().map(mark -> moved(mark, -left, -top)).toList());
    }

    private static Mark moved(Mark mark, double right, double down) {
        if (mark instanceof Text text) {
            return new Text(text.left + right, text.baseline + down, text.size, text.bold, text.colour, text.share, text.text);
        }
        if (mark instanceof Box box) {
            return new Box(box.left + right, box.top + down, box.width, box.height, box.colour);
        }
        if (mark instanceof Picture picture) {
            return new Picture(picture.left + right, picture.top + down, picture.width, picture.height, picture.pixels,
                    picture.sharp);
        }
        Stroke stroke = (Stroke) mark;
        double[] points = stroke.points.clone();
        for (int i = 0; i < points.length; i += 2) {
            points[i] += right;
            points[i + 1] += down;
        }
        return new Stroke(points, stroke.width, stroke.colour, stroke.closed);
    }

    /** Something that is drawn. */
    public sealed interface Mark {
    }

    /**
     * A line of text.
     *
     * @param left     where it begins, or for a share of 1/2 its middle, for 1 its end
     * @param baseline on which it stands
     * @param share    of its width that lies before {@code left}
     */
    public record Text(double left, double baseline, double size, boolean bold, int colour, double share, String text)
            implements Mark {
    }

    /** Points that are joined by straight lines: (left, top) pairs. */
    public record Stroke(double[] points, double width, int colour, boolean closed) implements Mark {
    }

    /** A rectangle that is filled. */
    public record Box(double left, double top, double width, double height, int colour) implements Mark {
    }

    /**
     * A picture, stretched over a rectangle.
     *
     * @param pixels colours from 0 to 1, of shape (1, 3 or 1, row, column)
     * @param sharp  whether each pixel is to stay a rectangle
     */
    public record Picture(double left, double top, double width, double height, Batch pixels, boolean sharp)
            implements Mark {
    }

    /** How wide a text is in Helvetica, in points: the room that the sheet has for it, whatever font it is drawn with. */
    public static double width(Text text) {
        return Letters.width(text.text(), text.size(), text.bold());
    }

    /** Cuts a text into lines that are no wider than there is room. */
    public static List<String> wrapped(String text, double size, double room) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n")) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ")) {
                if (!line.isEmpty() && Letters.width(line + " " + word, size, false) > room) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** A text that is cut off at its end where it is wider than there is room. */
    public static String shortened(String text, double size, double room) {
        String left = text;
        while (!left.isEmpty() && Letters.width(left.equals(text) ? left : left + "…", size, false) > room) {
            left = left.substring(0, left.length() - 1);
        }
        return left.equals(text) ? text : left.strip() + "…";
    }
}
