package org.loupe.core.page;

/** Writes a sheet as a page of HTML that needs no other file. */
public final class HtmlWriter {

    private HtmlWriter() {
    }

    /** The content of an HTML file. */
    public static String write(Sheet sheet) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"UTF-8\">\n<title>"
                + SvgWriter.escaped(sheet.title()) + "</title>\n<style>body{margin:0;background:#e9eaec}"
                + "svg{display:block;margin:24px auto;max-width:100%;height:auto;box-shadow:0 1px 6px #0003}"
                + "details{max-width:595pt;margin:0 auto 24px;font:13px Helvetica,Arial,sans-serif}"
                + "pre{white-space:pre-wrap;overflow-wrap:anywhere}</style>\n</head>\n<body>\n" + SvgWriter.element(sheet)
                + "<details><summary>Recipe</summary><pre>" + SvgWriter.escaped(sheet.recipe())
                + "</pre></details>\n</body>\n</html>\n";
    }
}
