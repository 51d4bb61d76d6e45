package org.loupe.core.page;

import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.loupe.core.image.Png;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/** Writes a sheet as SVG: text as text, lines as lines, and only pictures as pictures, which are inside of the file. */
public final class SvgWriter {

    private SvgWriter() {
    }

    /** The content of an SVG file. */
    public static String write(Sheet sheet) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(sheet);
    }

    /** The element alone, to stand in a page of HTML. */
    static String element(Sheet sheet) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(Locale.ROOT, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.1fpt\" height=\"%.1fpt\""
                + " viewBox=\"0 0 %.1f %.1f\" font-family=\"Helvetica, Arial, Liberation Sans, sans-serif\">\n",
                sheet.width(), sheet.height(), sheet.width(), sheet.height()));
        svg.append("<title>").append(escaped(sheet.title())).append("</title>\n<metadata>").append(escaped(sheet.recipe()))
                .append("</metadata>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        sheet.marks().forEach(mark -> svg.append(element(mark)).append('\n'));
        return svg.append("</svg>\n").toString();
    }

    private static String element(Mark mark) {
        if (mark instanceof Text text) {
            return String.format(Locale.ROOT, "<text x=\"%.2f\" y=\"%.2f\" font-size=\"%.1f\"%s fill=\"#%06x\"%s>%s</text>",
                    text.left(), text.baseline(), text.size(), text.bold() ? " font-weight=\"bold\"" : "", text.colour(),
                    text.share() == 0 ? "" : text.share() == 1 ? " text-anchor=\"end\"" : " text-anchor=\"middle\"",
                    escaped(text.text()));
        }
        if (mark instanceof Box box) {
            return String.format(Locale.ROOT, "<rect x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\" fill=\"#%06x\"/>",
                    box.left(), box.top(), box.width(), box.height(), box.colour());
        }
        if (mark instanceof Stroke stroke) {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < stroke.points().length; i += 2) {
                points.append(String.format(Locale.ROOT, "%.2f,%.2f ", stroke.points()[i], stroke.points()[i + 1]));
            }
            return String.format(Locale.ROOT, "<%s points=\"%s\" fill=\"none\" stroke=\"#%06x\" stroke-width=\"%.2f\""
                    + " stroke-linejoin=\"round\"/>", stroke.closed() ? "polygon" : "polyline", points.toString().strip(),
                    stroke.colour(), stroke.width());
        }
        Picture picture = (Picture) mark;
        return String.format(Locale.ROOT, "<image x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\""
                + " preserveAspectRatio=\"none\"%s href=\"data:image/png;base64,%s\"/>", picture.left(), picture.top(),
                picture.width(), picture.height(), picture.sharp() ? " style=\"image-rendering:pixelated\"" : "",
                Base64.getEncoder().encodeToString(Png.write(picture.pixels(), 0, Map.of())));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", "?");
    }
}
