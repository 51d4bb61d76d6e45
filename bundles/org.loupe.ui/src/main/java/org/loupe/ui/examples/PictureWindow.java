package org.loupe.ui.examples;

import java.util.List;
import java.util.Set;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.window.IShellProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.Batch;
import org.loupe.core.image.Diverging;
import org.loupe.core.image.HeatMap;
import org.loupe.core.picture.PictureException;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;
import org.loupe.ui.Pixels;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.PicturePainter;
import org.loupe.ui.widgets.Pictures;
import org.loupe.ui.widgets.Texts;

/** A whole picture, with the part outlined that the unit's position sees, and the unit's activations laid over it. */
final class PictureWindow extends Window {

    private static final int SIDE = 448;
    private static final int LEGEND = 14;

    private final Laboratory laboratory;
    private final Subject subject;
    private final Frames frames;
    private final List<Example> examples;
    private int index;
    private Canvas canvas;
    private Label text;
    private Button overlay;
    private Button back;
    private Button on;
    private Lookup<Example, Seen> lookup;
    private Seen seen;
    private Image plain;
    private Image overlaid;

    /** A picture and the same with activations laid over it; {@code full} is the size of a value in full colour. */
    private record Seen(Example example, ReceptiveField field, ImageData plain, ImageData overlaid, double full) {
    }

    PictureWindow(Shell parent, Laboratory laboratory, Subject subject, Frames frames, List<Example> examples, int index) {
        super((IShellProvider) () -> parent);
        this.laboratory = laboratory;
        this.subject = subject;
        this.frames = frames;
        this.examples = examples;
        this.index = index;
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(subject.unit() + " in a picture");
        shell.addListener(SWT.Traverse, this::traversed);
    }

    @Override
    protected Control createContents(Composite parent) {
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(10, 10).spacing(6, 8).numColumns(4).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        canvas = new Canvas(body, SWT.DOUBLE_BUFFERED);
        GridDataFactory.fillDefaults().grab(true, true).span(4, 1).hint(SIDE, SIDE + 2 * LEGEND).applyTo(canvas);
        canvas.addListener(SWT.Paint, event -> paint(event.gc));
        canvas.addListener(SWT.Resize, event -> forget());
        canvas.addListener(SWT.KeyDown, this::key);
        text = new Label(body, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(4, 1).hint(SIDE, SWT.DEFAULT).applyTo(text);
        back = button(body, SWT.PUSH, "◂ Before", () -> go(-1));
        on = button(body, SWT.PUSH, "Next ▸", () -> go(1));
        overlay = button(body, SWT.CHECK, "Activation", () -> canvas.redraw());
        overlay.setSelection(true);
        button(body, SWT.PUSH, "Copy", this::copy);
        lookup = new Lookup<>("a picture with its activations", parent.getDisplay(), this::look, this::show,
                problem -> text.setText("The picture cannot be shown: " + problem.getMessage()));
        body.addDisposeListener(event -> {
            lookup.close();
            forget();
        });
        go(0);
        canvas.setFocus();
        return body;
    }

    private static Button button(Composite parent, int style, String label, Runnable action) {
        Button button = new Button(parent, style);
        button.setText(label);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> action.run()));
        return button;
    }

    private void go(int steps) {
        index = Math.max(0, Math.min(examples.size() - 1, index + steps));
        Example example = examples.get(index);
        back.setEnabled(index > 0);
        on.setEnabled(index < examples.size() - 1);
        text.setText(subject.description(example, subject.degrees()) + ". The outline is what this position can see.");
        text.requestLayout();
        lookup.ask(example);
    }

    /** Reads a picture and runs the network on it; in the background. */
    private Seen look(Example example) {
        try {
            Batch picture = subject.set().read(example.picture(), subject.frame());
            Batch maps = laboratory.run(subject.unit().network(),
                    session -> session.activations(picture, Set.of(subject.tap()))).at(subject.tap());
            int channel = subject.unit().unit().channel();
            double full = Double.MIN_NORMAL;
            for (int i = maps.offset(0, channel); i < maps.offset(0, channel) + maps.area(); i++) {
                full = Math.max(full, Math.abs(maps.values()[i]));
            }
            float[] values = HeatMap.resampled(maps, 0, channel, picture.rows(), picture.columns());
            return new Seen(example, ReceptiveField.of(subject.unit().network(), subject.tap(), example.row(),
                    example.column()), frames.picture(subject.set(), subject.frame(), example.picture()),
                    Pictures.data(HeatMap.over(picture, values, full), 0), full);
        } catch (PictureException gone) {
            throw new IllegalStateException(gone.getMessage(), gone);
        }
    }

    private void show(Seen now) {
        seen = now;
        forget();
        canvas.redraw();
    }

    private void forget() {
        for (Image image : new Image[] {plain, overlaid}) {
            if (image != null) {
                image.dispose();
            }
        }
        plain = null;
        overlaid = null;
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(canvas);
        Rectangle area = canvas.getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(area);
        if (seen == null) {
            return;
        }
        int bottom = 2 * LEGEND;
        Rectangle room = new Rectangle(0, 0, area.width, Math.max(1, area.height - bottom));
        Rectangle place = PicturePainter.fit(room, new Rectangle(0, 0, seen.plain.width, seen.plain.height));
        int longer = Math.max(place.width, place.height);
        if (plain == null) {
            plain = Pixels.image(canvas.getDisplay(), seen.plain, longer);
            overlaid = Pixels.image(canvas.getDisplay(), seen.overlaid, longer);
        }
        gc.drawImage(overlay.getSelection() ? overlaid : plain, place.x, place.y);
        outline(gc, place);
        if (overlay.getSelection()) {
            legend(gc, palette, new Rectangle(place.x, place.y + place.height + LEGEND / 2, place.width, LEGEND));
        }
    }

    /** White upon black, so that it is seen on every picture. */
    private void outline(GC gc, Rectangle place) {
        double scale = (double) place.width / seen.plain.width;
        int left = place.x + (int) Math.round(seen.field.left() * scale);
        int top = place.y + (int) Math.round(seen.field.top() * scale);
        int width = (int) Math.round(seen.field.columns() * scale) - 1;
        int height = (int) Math.round(seen.field.rows() * scale) - 1;
        gc.setForeground(new Color(0, 0, 0));
        gc.setLineWidth(3);
        gc.drawRectangle(left + 1, top + 1, width - 2, height - 2);
        gc.setForeground(new Color(255, 255, 255));
        gc.setLineWidth(1);
        gc.drawRectangle(left + 1, top + 1, width - 2, height - 2);
    }

    private void legend(GC gc, Palette palette, Rectangle place) {
        String low = Texts.number(-seen.full);
        String high = Texts.number(seen.full);
        Point left = gc.textExtent(low);
        Point right = gc.textExtent(high);
        int from = place.x + left.x + 6;
        int width = place.width - left.x - right.x - 12;
        for (int i = 0; i < width; i++) {
            int colour = Diverging.colour(2.0 * i / width - 1, 0x808080);
            gc.setForeground(new Color(colour >> 16 & 0xff, colour >> 8 & 0xff, colour & 0xff));
            gc.drawLine(from + i, place.y + 3, from + i, place.y + place.height - 3);
        }
        gc.setForeground(palette.muted());
        gc.drawText(low, place.x, place.y, true);
        gc.drawText(high, place.x + place.width - right.x, place.y, true);
    }

    private void key(Event event) {
        if (event.keyCode == SWT.ARROW_LEFT || event.keyCode == SWT.ARROW_RIGHT) {
            go(event.keyCode == SWT.ARROW_LEFT ? -1 : 1);
        } else if (event.character == 'o' || event.character == ' ') {
            overlay.setSelection(!overlay.getSelection());
            canvas.redraw();
        } else if (event.keyCode == 'c' && (event.stateMask & SWT.MOD1) != 0) {
            copy();
        }
    }

    private void traversed(Event event) {
        if (event.detail == SWT.TRAVERSE_ESCAPE) {
            event.doit = false;
            close();
        }
    }

    private void copy() {
        if (seen != null) {
            Pictures.copy(canvas.getDisplay(), overlay.getSelection() ? seen.overlaid : seen.plain,
                    subject.unit() + ": " + subject.description(seen.example, subject.degrees()));
        }
    }
}
