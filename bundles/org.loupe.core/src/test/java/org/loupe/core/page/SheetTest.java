package org.loupe.core.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.w3c.dom.Document;

class SheetTest {

    private static Sheet sheet() {
        return new Sheet("a < b & “c”", "recipe\nof 2 lines", 200, 100, List.of(
                new Sheet.Text(10, 20, 9, true, Sheet.INK, 0.5, "Größe (\\) <&> é 10 × 3"),
                new Sheet.Box(1, 2, 3, 4, Sheet.ACCENT),
                new Sheet.Stroke(new double[] {0, 0, 5, 5, 10, 0}, 1, Sheet.LINE, true),
                new Sheet.Picture(20, 30, 40, 40, Batch.zeros(1, 3, 2, 2), true)));
    }

    @Test
    void svgIsWholeXmlWithTheTextAsText() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(SvgWriter.write(sheet()).getBytes(StandardCharsets.UTF_8)));
        assertEquals("Größe (\\) <&> é 10 × 3", svg.getElementsByTagName("text").item(0).getTextContent());
        assertEquals("recipe\nof 2 lines", svg.getElementsByTagName("metadata").item(0).getTextContent());
        assertEquals(1, svg.getElementsByTagName("image").getLength());
        assertEquals(1, svg.getElementsByTagName("polygon").getLength());
    }

    @Test
    void everyObjectOfThePdfIsWhereItsTableSays() {
        String pdf = new String(PdfWriter.write(sheet()), StandardCharsets.ISO_8859_1);
        assertTrue(pdf.startsWith("%PDF-1.4") && pdf.endsWith("%%EOF\n"));
        Matcher start = Pattern.compile("startxref\n(\\d+)").matcher(pdf);
        assertTrue(start.find());
        int table = Integer.parseInt(start.group(1));
        assertTrue(pdf.startsWith("xref\n", table));
        Matcher rows = Pattern.compile("(\\d{10}) 00000 n ").matcher(pdf.substring(table));
        int objects = 0;
        while (rows.find()) {
            assertTrue(pdf.startsWith(++objects + " 0 obj", Integer.parseInt(rows.group(1))), "object " + objects);
        }
        assertEquals(8, objects);
    }

    @Test
    void theSameSheetIsTheSameBytes() {
        assertArrayEquals(PdfWriter.write(sheet()), PdfWriter.write(sheet()));
        assertEquals(HtmlWriter.write(sheet()), HtmlWriter.write(sheet()));
        assertTrue(HtmlWriter.write(sheet()).contains("<svg") && !HtmlWriter.write(sheet()).contains("src=\"http"));
    }

    @Test
    void textIsWrappedAndShortenedToItsRoom() {
        for (String line : Sheet.wrapped("one two three four five six seven eight nine ten", 10, 60)) {
            assertTrue(Letters.width(line, 10, false) <= 60, line);
        }
        assertEquals("short", Sheet.shortened("short", 10, 100));
        assertTrue(Letters.width(Sheet.shortened("a text that is too long", 10, 50), 10, false) <= 50);
        assertTrue(Sheet.shortened("a text that is too long", 10, 50).endsWith("…"));
    }
}
