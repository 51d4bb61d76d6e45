package org.loupe.ui.examples;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.PaletteData;
import org.eclipse.swt.graphics.RGB;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.image.Diverging;
import org.loupe.core.scan.EffectiveField;
import org.loupe.core.scan.EffectiveFields;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Questions;
import org.loupe.ui.widgets.Fold;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/** What the neuron in the middle of the map really looks at, beside what it could see. */
final class FieldFold {

    private static final int SIDE = 150;
    private static final int WIDTH = 180;

    private final Questions questions;
    private final Fold fold;
    private final AskBar bar;
    private final Paragraph text;
    private final Canvas canvas;
    private Inquiry<EffectiveField.Arguments, EffectiveFields> inquiry;

    FieldFold(Composite parent, Questions questions) {
        this.questions = questions;
        fold = new Fold(parent, "What it looks at");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fold.control());
        bar = new AskBar(fold.body());
        text = new Paragraph(fold.body());
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(text);
        canvas = new Canvas(fold.body(), SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        GridDataFactory.swtDefaults().hint(SIDE, SIDE).applyTo(canvas);
        canvas.addListener(SWT.Paint, event -> paint(event.gc));
    }

    Fold fold() {
        return fold;
    }

    void show(Inquiry<EffectiveField.Arguments, EffectiveFields> other) {
        inquiry = other;
        showParts(true);
        refresh();
    }

    /** Takes away what is of another unit, and keeps its room. */
    void blank() {
        inquiry = null;
        bar.blank();
        showParts(false);
    }

    private void showParts(boolean areThere) {
        text.setVisible(areThere);
        canvas.setVisible(areThere);
    }

    /** Takes in what was found and says whether it is about this unit. */
    boolean hear(Finding<?> finding) {
        boolean isMeant = inquiry != null && inquiry.hear(finding);
        if (isMeant) {
            refresh();
        }
        return isMeant;
    }

    boolean hear(Findings.Working working) {
        boolean isMeant = inquiry != null && inquiry.hear(working);
        if (isMeant) {
            refresh();
        }
        return isMeant;
    }

    boolean hear(Findings.Ended ended) {
        boolean isMeant = inquiry != null && inquiry.hear(ended);
        if (isMeant) {
            refresh();
        }
        return isMeant;
    }

    /** Asks what the unit looks at. */
    void ask() {
        if (inquiry != null) {
            questions.ask(inquiry, false);
            refresh();
        }
    }

    private void refresh() {
        bar.show(inquiry, "Follow the gradient", questions, this::ask);
        String words = inquiry.problem().map(problem -> "It could not be found: " + problem.getMessage())
                .orElse(inquiry.finding().map(finding -> words(finding.result())).orElse("The neuron in the middle of the map can"
                        + " see a part of the picture; what matters to it may be less."));
        if (!words.equals(text.getText())) {
            text.setText(words);
            ScrollingPage.fitAround(text);
        }
        canvas.setData(Texts.DESCRIPTION, words);
        canvas.redraw();
    }

    private static String words(EffectiveFields found) {
        EffectiveFields.Field field = found.fields().get(0);
        return "Could see " + EffectiveFields.size(field.theoretical()) + " (dotted); 95 % of the gradient, over " + found.seen()
                + " pictures, is within " + EffectiveFields.size(field.effective()) + ".";
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(canvas);
        Rectangle area = canvas.getClientArea();
        gc.setBackground(palette.well());
        gc.fillRectangle(area);
        if (inquiry == null || inquiry.finding().isEmpty()) {
            return;
        }
        EffectiveFields found = inquiry.finding().get().result();
        Rectangle place = PicturePainter.fit(area, new Rectangle(0, 0, found.columns(), found.rows()));
        EffectiveFields.Field field = found.fields().get(0);
        Image image = new Image(canvas.getDisplay(), heat(found, field, palette.back()));
        gc.setInterpolation(SWT.NONE);
        gc.drawImage(image, 0, 0, found.columns(), found.rows(), place.x, place.y, place.width, place.height);
        image.dispose();
        double scale = (double) place.width / found.columns();
        gc.setForeground(palette.foreground());
        gc.setLineStyle(SWT.LINE_DOT);
        outline(gc, place, field.theoretical(), scale);
        gc.setLineStyle(SWT.LINE_SOLID);
        outline(gc, place, field.effective(), scale);
    }

    private static void outline(GC gc, Rectangle place, ReceptiveField box, double scale) {
        gc.drawRectangle(place.x + (int) Math.round(box.left() * scale), place.y + (int) Math.round(box.top() * scale),
                (int) Math.round(box.columns() * scale) - 1, (int) Math.round(box.rows() * scale) - 1);
    }

    private static ImageData heat(EffectiveFields found, EffectiveFields.Field field, RGB ground) {
        ImageData data = new ImageData(found.columns(), found.rows(), 24, new PaletteData(0xff0000, 0xff00, 0xff));
        float most = Float.MIN_NORMAL;
        for (float value : field.gradient()) {
            most = Math.max(most, value);
        }
        int neutral = ground.red << 16 | ground.green << 8 | ground.blue;
        for (int i = 0; i < field.gradient().length; i++) {
            data.setPixel(i % found.columns(), i / found.columns(), Diverging.colour(field.gradient()[i] / most, neutral));
        }
        return data;
    }
}
