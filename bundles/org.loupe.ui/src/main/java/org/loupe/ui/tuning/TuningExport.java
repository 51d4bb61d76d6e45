package org.loupe.ui.tuning;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.Batch;
import org.loupe.core.stimulus.Sweep;
import org.loupe.core.tuning.Tuned;
import org.loupe.ui.widgets.ExportedFile;

/**
 * What is seen in the Tuning view, taken out of the workbench.
 *
 * @param ground what the marks are drawn upon
 */
record TuningExport(String network, Tuned tuned, List<Mark> marks, int width, int height, RGB ground) {

    private static final String[] ENDINGS = {"*.svg", "*.png", "*.csv"};

    /** Asks where to, and writes the file in the background. */
    void ask(Shell shell) {
        FileDialog dialog = new FileDialog(shell, SWT.SAVE);
        dialog.setText("Export Tuning");
        dialog.setFilterExtensions(ENDINGS);
        dialog.setFilterNames(new String[] {"SVG, as it is drawn", "PNG, as it is drawn", "CSV, all answers of the layer"});
        dialog.setFileName("tuning-" + tuned.units().get(0).layer() + ".svg");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen == null) {
            return;
        }
        String ending = ENDINGS[Math.max(0, dialog.getFilterIndex())].substring(1);
        String named = chosen.matches(".*\\.(svg|png|csv)") ? chosen : chosen + ending;
        byte[] content = named.endsWith(".png") ? png(shell.getDisplay())
                : (named.endsWith(".csv") ? csv() : svg()).getBytes(StandardCharsets.UTF_8);
        new ExportedFile(Path.of(named), content).write("tuning");
    }

    /** The drawing, with what was shown as its title. */
    String svg() {
        return Marks.svg(marks, width, height, ground, network + ", " + tuned.units().get(0).layer() + ": "
                + tuned.stimulus() + " " + tuned.setting() + ", varied " + tuned.sweeps());
    }

    private byte[] png(Display display) {
        Image image = new Image(display, width, height);
        GC gc = new GC(image);
        try {
            gc.setBackground(new Color(ground));
            gc.fillRectangle(0, 0, width, height);
            Marks.paint(gc, marks);
            ImageLoader loader = new ImageLoader();
            loader.data = new ImageData[] {image.getImageData()};
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            loader.save(out, SWT.IMAGE_PNG);
            return out.toByteArray();
        } finally {
            gc.dispose();
            image.dispose();
        }
    }

    /** A line for each unit and stimulus. */
    String csv() {
        StringBuilder text = new StringBuilder("unit");
        tuned.sweeps().forEach(sweep -> text.append(',').append(sweep.parameter().name()));
        text.append(",answer,before\n");
        Batch answers = tuned.answers();
        for (int unit = 0; unit < answers.channels(); unit++) {
            for (int i = 0; i < answers.area(); i++) {
                text.append(tuned.units().get(unit)).append(',').append(value(0, i / answers.columns()));
                if (tuned.sweeps().size() == 2) {
                    text.append(',').append(value(1, i % answers.columns()));
                }
                text.append(String.format(Locale.ROOT, ",%.6g,%.6g%n", answers.values()[answers.offset(0, unit) + i],
                        answers.values()[answers.offset(1, unit) + i]));
            }
        }
        return text.toString();
    }

    private String value(int sweep, int index) {
        Sweep one = tuned.sweeps().get(sweep);
        return String.format(Locale.ROOT, "%.6g", one.values().get(index));
    }
}
