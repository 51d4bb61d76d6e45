package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
        first = combo("Vary", () -> {
            offerOthers();
            changed.run();
        });
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
        first.setItems(parameters.stream().map(Parameter::label).toArray(String[]::new));
        first.select(0);
        second.removeAll();
        offerOthers();
    }

    /** The second one is any but the first, and stays as it was chosen where it can. */
    private void offerOthers() {
        String chosen = second.getText();
        int one = Math.max(0, first.getSelectionIndex());
        second.setItems(Stream.concat(Stream.of(NOTHING), IntStream.range(0, parameters.size()).filter(other -> other != one)
                .mapToObj(other -> parameters.get(other).label())).toArray(String[]::new));
        second.select(Math.max(0, second.indexOf(chosen)));
    }

    /** What is varied, one parameter or two; there must be parameters. */
    List<Sweep> sweeps() {
        List<Sweep> sweeps = new ArrayList<>();
        Parameter one = parameters.get(Math.max(0, first.getSelectionIndex()));
        sweeps.add(new Sweep(one, one.sweep()));
        if (second.getSelectionIndex() > 0) {
            parameters.stream().filter(other -> other != one).skip(second.getSelectionIndex() - 1).findFirst()
                    .ifPresent(other -> sweeps.add(new Sweep(other, other.sweep())));
        }
        return sweeps;
    }
}
