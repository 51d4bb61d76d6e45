package org.loupe.formats.picture;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.loupe.core.picture.PictureException;

/**
 * Reads a table of text, row by row (RFC 4180): cells that hold separators, quotes or line breaks stand in quotes, and
 * quotes in them are doubled. The first of comma, semicolon and tab in the text is the separator. Empty rows are passed over.
 */
final class Table {

    private static final int LONGEST = 1 << 16;

    private final PushbackReader text;
    private final Path file;
    private char separator;
    private int line = 1;
    private int begin = 1;

    Table(Reader text, Path file) throws IOException {
        this.text = new PushbackReader(text);
        this.file = file;
        int mark = this.text.read();
        if (mark >= 0 && mark != '\ufeff') {
            this.text.unread(mark);
        }
    }

    /** The line that the latest row began in. */
    int line() {
        return begin;
    }

    /** The cells of the next row, or null behind the last. */
    List<String> next() throws IOException {
        while (true) {
            begin = line;
            List<String> cells = new ArrayList<>();
            int end = ',';
            do {
                StringBuilder cell = new StringBuilder();
                end = cell(cell);
                cells.add(cell.toString());
            } while (isSeparator(end));
            boolean isEmpty = cells.size() == 1 && cells.get(0).isBlank();
            if (!isEmpty) {
                return cells;
            }
            if (end < 0) {
                return null;
            }
        }
    }

    /** Reads one cell and what ends it: a separator, a line break, or -1. */
    private int cell(StringBuilder cell) throws IOException {
        int letter = text.read();
        if (letter == '"') {
            quoted(cell);
            letter = text.read();
        }
        while (letter >= 0 && letter != '\n' && letter != '\r' && !isSeparator(letter)) {
            append(cell, letter);
            letter = text.read();
        }
        if (letter == '\r') {
            int next = text.read();
            if (next >= 0 && next != '\n') {
                text.unread(next);
            }
            letter = '\n';
        }
        if (letter == '\n') {
            line++;
        }
        return letter;
    }

    private void quoted(StringBuilder cell) throws IOException {
        for (int letter = text.read();; letter = text.read()) {
            if (letter < 0) {
                throw new PictureException("In the list " + file + ", the quotes that open in line " + begin + " never close.");
            }
            if (letter == '"') {
                int next = text.read();
                if (next != '"') {
                    if (next >= 0) {
                        text.unread(next);
                    }
                    return;
                }
            }
            line += letter == '\n' ? 1 : 0;
            append(cell, letter);
        }
    }

    private void append(StringBuilder cell, int letter) throws PictureException {
        if (cell.length() == LONGEST) {
            throw new PictureException("In the list " + file + ", a cell of line " + begin + " has more than " + LONGEST
                    + " letters. Is it a list of pictures?");
        }
        cell.append((char) letter);
    }

    private boolean isSeparator(int letter) {
        if (separator == 0 && (letter == ',' || letter == ';' || letter == '\t')) {
            separator = (char) letter;
        }
        return separator != 0 && letter == separator;
    }
}
