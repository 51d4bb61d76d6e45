package org.loupe.ui.results;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.Arguments.Field;
import org.loupe.ui.widgets.ScrollingPage;

/** A field for one argument of an analysis, of the kind that its type asks for, with its help on hover. */
public final class ArgumentField {

    private static final int LINES = 2;
    private static final int WIDTH = 120;

    private final Field field;
    private final Control control;

    /**
     * Makes the field.
     *
     * @param parent  with a layout of two columns
     * @param changed is called whenever the field holds something else
     */
    public ArgumentField(Composite parent, Field field, Runnable changed) {
        this.field = field;
        if (field.type() == boolean.class) {
            Button box = new Button(parent, SWT.CHECK);
            box.setText(field.about().label());
            box.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
            GridDataFactory.fillDefaults().span(2, 1).applyTo(box);
            control = box;
        } else {
            Label label = new Label(parent, SWT.NONE);
            label.setText(field.about().label() + ":");
            label.setToolTipText(field.about().help());
            GridDataFactory.swtDefaults().align(SWT.BEGINNING, field.isList() ? SWT.BEGINNING : SWT.CENTER).applyTo(label);
            control = field.choices().isEmpty() ? text(parent, changed) : combo(parent, changed);
        }
        control.setToolTipText(field.about().help());
    }

    private Control text(Composite parent, Runnable changed) {
        Text text = new Text(parent, field.isList() ? SWT.MULTI | SWT.BORDER | SWT.WRAP | SWT.V_SCROLL : SWT.BORDER);
        text.addModifyListener(event -> changed.run());
        int height = field.isList() ? LINES * text.getLineHeight() : SWT.DEFAULT;
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, height).applyTo(text);
        return text;
    }

    private Control combo(Composite parent, Runnable changed) {
        Combo combo = new Combo(parent, SWT.READ_ONLY);
        ScrollingPage.keepWheel(combo);
        combo.setItems(field.choices().toArray(String[]::new));
        combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(combo);
        return combo;
    }

    /** What the field holds, as recipes write it. */
    public String text() {
        if (control instanceof Button box) {
            return String.valueOf(box.getSelection());
        }
        return control instanceof Combo combo ? combo.getText() : ((Text) control).getText();
    }

    /** Fills the field, as recipes write it. */
    public void setText(String value) {
        if (control instanceof Button box) {
            box.setSelection(Boolean.parseBoolean(value));
        } else if (control instanceof Combo combo) {
            combo.setText(value);
        } else {
            ((Text) control).setText(value);
        }
    }

    /** The value where nothing is said. */
    public String standard() {
        return field.standard();
    }

    /** Puts the cursor into the field. */
    public void setFocus() {
        control.setFocus();
    }
}
