package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Sweep;

/** Where a person says which parameters run through all of their values. */
final class SweepBar extends Composite {

    private static final String NOTHING = "nothing";
    private static final int WIDTH = 112;

    private final Combo first;
    private final Combo second;
    private List<Parameter> parameters = List.of();

    /** @param changed is told when a person has chosen another parameter */
    SweepBar(Composite parent, Runnable changed) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(6).spacing(5, 0).applyTo(this);
        first = combo("Vary", changed);
        second = combo("and", changed);
    }

    private Combo combo(String label, Runnable changed) {
        new Label(this, SWT.NONE).setText(label);
        Combo combo = new Combo(this, SWT.READ_ONLY);
        GridDataFactory.fillDefaults().hint(WIDTH, SWT.DEFAULT).applyTo(combo);
        combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        return combo;
    }

    /** Adds something that a person turns on or off. */
    Button check(String text, String tip, Runnable changed) {
        Button check = new Button(this, SWT.CHECK);
        check.setText(text);
        check.setToolTipText(tip);
        check.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        return check;
    }

    /** Offers other parameters, of which the first one is varied. */
    void show(List<Parameter> others) {
        parameters = others;
        first.removeAll();
        second.removeAll();
        second.add(NOTHING);
        parameters.forEach(parameter -> {
            first.add(parameter.label());
            second.add(parameter.label());
        });
        first.select(0);
        second.select(0);
    }

    /** What is varied, one parameter or two; there must be parameters. */
    List<Sweep> sweeps() {
        List<Sweep> sweeps = new ArrayList<>();
        Parameter one = parameters.get(Math.max(0, first.getSelectionIndex()));
        sweeps.add(new Sweep(one, one.sweep()));
        if (second.getSelectionIndex() > 0 && parameters.get(second.getSelectionIndex() - 1) != one) {
            Parameter other = parameters.get(second.getSelectionIndex() - 1);
            sweeps.add(new Sweep(other, other.sweep()));
        }
        return sweeps;
    }
}
