package org.loupe.ui.labels;

import java.util.List;
import java.util.TreeSet;
import java.util.Set;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.loupe.core.annotation.Annotations;
import org.loupe.core.annotation.Family;
import org.loupe.ui.UnitInNetwork;

/** Asks for the name of a family, new or known, and its kind. */
final class FamilyDialog extends TitleAreaDialog {

    private static final int WIDTH = 260;

    private final List<UnitInNetwork> units;
    private final Annotations known;
    private Combo name;
    private Combo kindField;
    private String family = "";
    private String kind = "";

    FamilyDialog(Shell parent, List<UnitInNetwork> units, Annotations known) {
        super(parent);
        this.units = units;
        this.known = known;
        setHelpAvailable(false);
    }

    String family() {
        return family;
    }

    String kind() {
        return kind;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Add to Family");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        Composite body = new Composite(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        GridLayoutFactory.swtDefaults().numColumns(2).margins(12, 12).applyTo(body);
        setTitle(units.size() == 1 ? "Add " + units.get(0) + " to a family" : "Add " + units.size() + " units to a family");
        setMessage(known.families().isEmpty() ? "Write a name, and the family is made."
                : "Choose a family, or write a new name.");
        name = field(body, "&Family:", known.families().keySet());
        Set<String> kinds = new TreeSet<>(known.families().values().stream().map(Family::kind)
                .filter(one -> !one.isEmpty()).toList());
        kindField = field(body, "&Kind:", kinds);
        kindField.setToolTipText("What the members have in common, such as curve; may be left empty");
        name.addListener(SWT.Modify, event -> named());
        return area;
    }

    private static Combo field(Composite body, String label, Set<String> choices) {
        new Label(body, SWT.NONE).setText(label);
        Combo field = new Combo(body, SWT.DROP_DOWN);
        field.setItems(choices.toArray(String[]::new));
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(field);
        return field;
    }

    private void named() {
        known.family(name.getText()).ifPresent(chosen -> kindField.setText(chosen.kind()));
        getButton(IDialogConstants.OK_ID).setEnabled(!name.getText().isBlank());
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        super.createButtonsForButtonBar(parent);
        getButton(IDialogConstants.OK_ID).setText("&Add");
        getButton(IDialogConstants.OK_ID).setEnabled(false);
    }

    @Override
    protected void okPressed() {
        family = name.getText().strip();
        kind = kindField.getText().strip();
        super.okPressed();
    }
}
