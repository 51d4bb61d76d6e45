package org.loupe.core.facet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.loupe.core.ResultFiles;

/** A file of lines whose first cell says what the others are, with tabs between the cells. */
final class Lines {

    private final StringBuilder text = new StringBuilder();

    /** Adds a line; what would break it becomes a space. */
    void line(Object... cells) {
        text.append(Arrays.stream(cells).map(cell -> cell.toString().replaceAll("[\\t\\r\\n]", " "))
                .collect(Collectors.joining("\t"))).append('\n');
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file.
     *
     * @param first what the first line begins with
     * @throws IOException when there is no such file, or it begins otherwise
     */
    static List<String[]> read(ResultFiles files, String name, String first) throws IOException {
        List<String[]> lines = new ArrayList<>();
        for (String line : new String(files.read(name), StandardCharsets.UTF_8).split("\n")) {
            lines.add(line.split("\t", -1));
        }
        if (!lines.get(0)[0].equals(first)) {
            throw new IOException(name + " is damaged: it does not begin with “" + first + "”");
        }
        return lines;
    }

    static double number(String cell) {
        return Double.parseDouble(cell);
    }
}
