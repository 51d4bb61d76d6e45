package org.loupe.ui.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.junit.jupiter.api.Test;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.widgets.PictureCanvas;

/** The dialog in which a person says how a picture is made. */
class VisualizeDialogTest {

    /** Opens the dialog about a unit, and does something with it. */
    private static void open(Bench bench, Consumer<Shell> then) {
        Ui.page().activate(bench.unit);
        Dialogs.in("Visualize", () -> Ui.run(LoupeUi.VISUALIZE_AS), then);
    }

    private static Text field(Composite dialog, String label) {
        List<?> children = Ui.all(dialog, Control.class);
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof Label before && before.getText().equals(label + ":")
                    && children.get(i + 1) instanceof Text text) {
                return text;
            }
        }
        throw new AssertionError("No field is called " + label + ": " + Ui.texts(dialog));
    }

    private static String described(Composite dialog) {
        return Ui.all(dialog, Label.class).stream().map(Label::getText).filter(text -> text.startsWith("Maximises")).findFirst()
                .orElse("");
    }

    @Test
    void itSaysWhatWillBeMadeAndThePictureGetsATileOfItsOwn() {
        Bench bench = Bench.on("composed");
        bench.show(1);
        bench.untilPictureIsDone();
        long tiles = Ui.all(bench.unitContent(), PictureCanvas.class).size();
        open(bench, dialog -> {
            assertTrue(described(dialog).contains("shapes:1"), described(dialog));
            field(dialog, "Seed").setText("7");
            Ui.screenshot(dialog, "visualize-dialog");
            Ui.press(Ui.button(dialog, "Make the picture"));
        });
        Ui.until("the picture is made", () -> Ui.has(bench.unitContent(), PictureCanvas.class,
                tile -> tile.description().startsWith("Own 1") && tile.picture() != null && !tile.state().isGrowing()),
                () -> Ui.all(bench.unitContent(), PictureCanvas.class).stream().map(PictureCanvas::description).toList().toString());
        assertEquals(tiles + 1, Ui.all(bench.unitContent(), PictureCanvas.class).size());
    }

    @Test
    void whatCannotBeUnderstoodIsSaidAndNothingCanBeMade() {
        Bench bench = Bench.on("not-understood");
        bench.show(2);
        open(bench, dialog -> {
            Text steps = field(dialog, "Steps");
            String before = steps.getText();
            steps.setText("many");
            assertFalse(Ui.button(dialog, "Make the picture").isEnabled());
            assertEquals("", described(dialog));
            steps.setText(before);
            assertTrue(Ui.button(dialog, "Make the picture").isEnabled());
            assertTrue(described(dialog).startsWith("Maximises"), described(dialog));
            Ui.press(Ui.button(dialog, "Cancel"));
        });
        assertFalse(Ui.has(bench.unitContent(), PictureCanvas.class, tile -> tile.description().startsWith("Own")));
    }

    @Test
    void aPresetFillsTheFieldsAndKeepsTheUnit() {
        Bench bench = Bench.on("preset");
        bench.show(3);
        open(bench, dialog -> {
            Combo presets = Ui.all(dialog, Combo.class).get(0);
            assertTrue(presets.getItemCount() > 1, "there are presets");
            for (int preset = 0; preset < presets.getItemCount(); preset++) {
                presets.select(preset);
                presets.notifyListeners(SWT.Selection, new Event());
                assertTrue(described(dialog).contains("shapes:3"), presets.getText() + ": " + described(dialog));
            }
            Ui.press(Ui.button(dialog, "Cancel"));
        });
    }
}
