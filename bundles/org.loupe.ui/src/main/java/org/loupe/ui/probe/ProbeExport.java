package org.loupe.ui.probe;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.graphics.Transform;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.image.Png;
import org.loupe.ui.widgets.ExportedFile;

/** Takes what the probe shows out of the workbench. */
final class ProbeExport {

    private static final float FULL = 255;

    private ProbeExport() {
    }

    /** Asks for a place for a file and writes it in the background; it appears whole or not at all. */
    static void ask(Shell shell, String name, String ending, byte[] content) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText("Export");
        dialog.setFilterExtensions(new String[] {"*." + ending});
        dialog.setFileName(name.replaceAll("[^\\p{L}\\p{N}.@,_-]+", "-") + "." + ending);
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            new ExportedFile(Path.of(chosen), content).write(name);
        }
    }

    /**
     * The picture and all lines beside it.
     *
     * @param zoom pixels for each pixel of the screen, a side
     */
    static ImageData look(ProbeCanvas canvas, ChannelRows rows, int zoom) {
        Rectangle left = canvas.getClientArea();
        Rectangle right = rows.getClientArea();
        int height = Math.max(left.height, rows.wholeHeight());
        Image image = new Image(canvas.getDisplay(), (left.width + right.width) * zoom, height * zoom);
        GC gc = new GC(image);
        Transform larger = new Transform(canvas.getDisplay());
        try {
            larger.scale(zoom, zoom);
            gc.setTransform(larger);
            gc.setFont(rows.getFont());
            canvas.paint(gc, new Rectangle(0, 0, left.width, height));
            rows.paint(gc, new Rectangle(left.width, 0, right.width, height), 0);
            return image.getImageData();
        } finally {
            larger.dispose();
            gc.dispose();
            image.dispose();
        }
    }

    /** What is on the screen, as a PNG file. */
    static byte[] png(ImageData data, Map<String, String> texts) {
        Batch picture = Batch.zeros(1, 3, data.height, data.width);
        for (int row = 0; row < data.height; row++) {
            for (int column = 0; column < data.width; column++) {
                RGB colour = data.palette.getRGB(data.getPixel(column, row));
                picture.values()[picture.index(0, 0, row, column)] = colour.red / FULL;
                picture.values()[picture.index(0, 1, row, column)] = colour.green / FULL;
                picture.values()[picture.index(0, 2, row, column)] = colour.blue / FULL;
            }
        }
        return Png.write(picture, 0, texts);
    }

    /**
     * The channels that are listed, one a line.
     *
     * @param ranks shares of positions with a smaller activation, where they are known
     */
    static byte[] csv(List<Row> rows, Map<Unit, Double> ranks) {
        StringBuilder text = new StringBuilder("line,layer,channel,name,row,column,value,share of positions below\n");
        for (Row row : rows) {
            for (Row.Tile tile : row.tiles()) {
                Unit unit = tile.unit();
                String place = unit.place() instanceof Unit.Position at ? at.row() + "," + at.column() : ",";
                text.append(quoted(row.title())).append(',').append(quoted(unit.layer())).append(',').append(unit.channel())
                        .append(',').append(quoted(tile.name())).append(',').append(place).append(',').append(tile.value())
                        .append(',').append(Optional.ofNullable(ranks.get(unit)).map(String::valueOf).orElse("")).append('\n');
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }
}
