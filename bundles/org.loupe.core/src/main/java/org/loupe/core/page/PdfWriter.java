package org.loupe.core.page;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import org.loupe.core.Batch;
import org.loupe.core.page.Sheet.Box;
import org.loupe.core.page.Sheet.Mark;
import org.loupe.core.page.Sheet.Picture;
import org.loupe.core.page.Sheet.Stroke;
import org.loupe.core.page.Sheet.Text;

/** Writes a sheet as a PDF file of one page (ISO 32000) with the standard fonts, which every reader has. */
public final class PdfWriter {

    private static final Charset WESTERN = Charset.forName("windows-1252");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> places = new ArrayList<>();

    private PdfWriter() {
    }

    /** The content of a PDF file. Letters that the standard fonts lack become question marks. */
    public static byte[] write(Sheet sheet) {
        return new PdfWriter().file(sheet);
    }

    private byte[] file(Sheet sheet) {
        List<Picture> pictures = sheet.marks().stream().filter(Picture.class::isInstance).map(Picture.class::cast).toList();
        text("%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < pictures.size(); i++) {
            names.append("/P").append(i).append(' ').append(7 + i).append(" 0 R ");
        }
        object("<< /Type /Catalog /Pages 2 0 R >>");
        object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
        object(String.format(Locale.ROOT, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents 6 0 R"
                + " /Resources << /Font << /F 4 0 R /B 5 0 R >> /XObject << %s>> >> >>", sheet.width(), sheet.height(), names));
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
        stream("", drawing(sheet).getBytes(WESTERN));
        pictures.forEach(this::picture);
        object("<< /Title " + unicode(sheet.title()) + " /Subject " + unicode(sheet.recipe()) + " /Creator (Loupe) >>");
        int table = out.size();
        text("xref\n0 " + (places.size() + 1) + "\n0000000000 65535 f \n");
        places.forEach(place -> text(String.format(Locale.ROOT, "%010d 00000 n \n", place)));
        text("trailer\n<< /Size " + (places.size() + 1) + " /Root 1 0 R /Info " + places.size() + " 0 R >>\nstartxref\n"
                + table + "\n%%EOF\n");
        return out.toByteArray();
    }

    private String drawing(Sheet sheet) {
        StringBuilder drawing = new StringBuilder();
        int pictures = 0;
        for (Mark mark : sheet.marks()) {
            if (mark instanceof Text text) {
                double left = text.left() - text.share() * Letters.width(text.text(), text.size(), text.bold());
                drawing.append(colour(text.colour(), "rg")).append(String.format(Locale.ROOT,
                        "BT /%s %.2f Tf %.2f %.2f Td (%s) Tj ET\n", text.bold() ? "B" : "F", text.size(), left,
                        sheet.height() - text.baseline(), literal(text.text())));
            } else if (mark instanceof Box box) {
                drawing.append(colour(box.colour(), "rg")).append(String.format(Locale.ROOT, "%.2f %.2f %.2f %.2f re f\n",
                        box.left(), sheet.height() - box.top() - box.height(), box.width(), box.height()));
            } else if (mark instanceof Stroke stroke) {
                drawing.append(colour(stroke.colour(), "RG")).append(String.format(Locale.ROOT, "%.2f w 1 j\n", stroke.width()));
                for (int i = 0; i < stroke.points().length; i += 2) {
                    drawing.append(String.format(Locale.ROOT, "%.2f %.2f %s\n", stroke.points()[i],
                            sheet.height() - stroke.points()[i + 1], i == 0 ? "m" : "l"));
                }
                drawing.append(stroke.closed() ? "s\n" : "S\n");
            } else if (mark instanceof Picture picture) {
                drawing.append(String.format(Locale.ROOT, "q %.2f 0 0 %.2f %.2f %.2f cm /P%d Do Q\n", picture.width(),
                        picture.height(), picture.left(), sheet.height() - picture.top() - picture.height(), pictures++));
            }
        }
        return drawing.toString();
    }

    private void picture(Picture picture) {
        Batch pixels = picture.pixels();
        byte[] colours = new byte[3 * pixels.rows() * pixels.columns()];
        int at = 0;
        for (int row = 0; row < pixels.rows(); row++) {
            for (int column = 0; column < pixels.columns(); column++) {
                for (int channel = 0; channel < 3; channel++) {
                    float value = pixels.at(0, pixels.channels() < 3 ? 0 : channel, row, column);
                    colours[at++] = (byte) Math.max(0, Math.min(255, Math.round(255 * value)));
                }
            }
        }
        stream(" /Type /XObject /Subtype /Image /Width " + pixels.columns() + " /Height " + pixels.rows()
                + " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Interpolate " + !picture.sharp(), colours);
    }

    private void object(String content) {
        places.add(out.size());
        text(places.size() + " 0 obj\n" + content + "\nendobj\n");
    }

    private void stream(String entries, byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 13];
        while (!deflater.finished()) {
            small.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        places.add(out.size());
        text(places.size() + " 0 obj\n<< /Length " + small.size() + " /Filter /FlateDecode" + entries + " >>\nstream\n");
        out.writeBytes(small.toByteArray());
        text("\nendstream\nendobj\n");
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String colour(int colour, String operator) {
        return String.format(Locale.ROOT, "%.3f %.3f %.3f %s\n", (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                (colour & 255) / 255.0, operator);
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replaceAll("\\p{Cntrl}", " ");
    }

    /** A string of the file's metadata: UTF-16 in hexadecimal digits. */
    private static String unicode(String text) {
        StringBuilder digits = new StringBuilder("<FEFF");
        text.chars().forEach(letter -> digits.append(String.format("%04X", letter)));
        return digits.append('>').toString();
    }
}
