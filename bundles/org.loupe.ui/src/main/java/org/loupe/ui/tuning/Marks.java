package org.loupe.ui.tuning;

import java.util.List;
import java.util.Locale;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.LineAttributes;
import org.eclipse.swt.graphics.Path;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.RGB;

/** Draws marks: on a screen, or as SVG. */
final class Marks {

    private static final int TEXT_HEIGHT = 12;

    private Marks() {
    }

    static void paint(GC gc, List<Mark> marks) {
        gc.setAntialias(SWT.ON);
        for (Mark mark : marks) {
            if (mark instanceof Mark.Area area) {
                gc.setBackground(new Color(area.colour()));
                int left = (int) Math.round(area.left());
                int top = (int) Math.round(area.top());
                gc.fillRectangle(left, top, (int) Math.round(area.left() + area.width()) - left,
                        (int) Math.round(area.top() + area.height()) - top);
            } else if (mark instanceof Mark.Line line) {
                gc.setForeground(new Color(line.colour()));
                LineAttributes attributes = new LineAttributes((float) line.width(), SWT.CAP_ROUND, SWT.JOIN_ROUND);
                attributes.style = line.dashed() ? SWT.LINE_DASH : SWT.LINE_SOLID;
                gc.setLineAttributes(attributes);
                Path path = new Path(gc.getDevice());
                path.moveTo(line.points().get(0).floatValue(), line.points().get(1).floatValue());
                for (int i = 2; i + 1 < line.points().size(); i += 2) {
                    path.lineTo(line.points().get(i).floatValue(), line.points().get(i + 1).floatValue());
                }
                gc.drawPath(path);
                path.dispose();
            } else if (mark instanceof Mark.Words words) {
                gc.setForeground(new Color(words.colour()));
                Point extent = gc.textExtent(words.text());
                gc.drawText(words.text(), (int) Math.round(words.across() - words.anchor() * extent.x),
                        (int) Math.round(words.middle() - extent.y / 2.0), SWT.DRAW_TRANSPARENT);
            }
        }
    }

    /**
     * The same as the text of an SVG file.
     *
     * @param title what the drawing shows
     */
    static String svg(List<Mark> marks, int width, int height, RGB ground, String title) {
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"%d\">%n<title>%s</title>%n", width, height, width, height,
                TEXT_HEIGHT, escaped(title)));
        svg.append(rectangle(new Mark.Area(0, 0, width, height, ground)));
        for (Mark mark : marks) {
            if (mark instanceof Mark.Area area) {
                svg.append(rectangle(area));
            } else if (mark instanceof Mark.Line line) {
                svg.append(polyline(line));
            } else if (mark instanceof Mark.Words words) {
                String anchor = words.anchor() == 0 ? "start" : words.anchor() == 1 ? "end" : "middle";
                svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" fill=\"%s\" text-anchor=\"%s\""
                        + " dominant-baseline=\"central\">%s</text>%n", words.across(), words.middle(),
                        colour(words.colour()), anchor, escaped(words.text())));
            }
        }
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private static String rectangle(Mark.Area area) {
        return String.format(Locale.ROOT, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"%s\"/>%n",
                area.left(), area.top(), area.width(), area.height(), colour(area.colour()));
    }

    private static String polyline(Mark.Line line) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i + 1 < line.points().size(); i += 2) {
            points.append(String.format(Locale.ROOT, "%s%.2f,%.2f", i == 0 ? "" : " ", line.points().get(i),
                    line.points().get(i + 1)));
        }
        return String.format(Locale.ROOT, "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>%n",
                points, colour(line.colour()), line.width(), line.dashed() ? " stroke-dasharray=\"4 3\"" : "");
    }

    private static String colour(RGB colour) {
        return String.format(Locale.ROOT, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
