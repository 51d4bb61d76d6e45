package org.loupe.ui.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.ScrolledComposite;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.loupe.core.stimulus.Parameter;
import org.loupe.core.stimulus.Setting;

/** A slider for each parameter of a family of stimuli, in a column that scrolls. */
final class ParameterSliders {

    /** A slider moves in this many parts of a sweep's step. */
    private static final int FINENESS = 5;
    private static final int WIDTH = 120;

    private final ScrolledComposite scroll;
    private final Composite column;
    private final Runnable moved;
    private final List<Slider> sliders = new ArrayList<>();
    private Setting setting = new Setting(Map.of());

    private record Slider(Parameter parameter, Scale scale, Label value) {
    }

    /** @param moved is called whenever a person moves one */
    ParameterSliders(Composite parent, Runnable moved) {
        this.moved = moved;
        this.scroll = new ScrolledComposite(parent, SWT.V_SCROLL);
        this.column = new Composite(scroll, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 2).spacing(4, 0).applyTo(column);
        scroll.setContent(column);
        scroll.setExpandHorizontal(true);
        scroll.setExpandVertical(true);
    }

    Control control() {
        return scroll;
    }

    /** The values that are set. */
    Setting setting() {
        return setting;
    }

    /** Shows the sliders of other parameters, at their standard values. */
    void show(List<Parameter> parameters) {
        for (Control old : column.getChildren()) {
            old.dispose();
        }
        sliders.clear();
        for (Parameter parameter : parameters) {
            Label name = new Label(column, SWT.NONE);
            name.setText(parameter.label());
            GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
            Label value = new Label(column, SWT.RIGHT);
            GridDataFactory.fillDefaults().hint(54, SWT.DEFAULT).applyTo(value);
            Scale scale = new Scale(column, SWT.HORIZONTAL);
            scale.setMaximum(places(parameter));
            scale.setIncrement(1);
            scale.setPageIncrement(FINENESS);
            scale.setToolTipText(parameter.name());
            GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(WIDTH, SWT.DEFAULT).minSize(1, SWT.DEFAULT)
                    .applyTo(scale);
            Slider slider = new Slider(parameter, scale, value);
            scale.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
                setting = setting.with(parameter, at(parameter, scale.getSelection()));
                tell(slider);
                moved.run();
            }));
            sliders.add(slider);
        }
        set(Setting.standard(parameters));
        column.layout();
        scroll.setMinSize(1, column.computeSize(SWT.DEFAULT, SWT.DEFAULT).y);
    }

    /** Moves all sliders. */
    void set(Setting values) {
        setting = values;
        for (Slider slider : sliders) {
            Parameter parameter = slider.parameter;
            double share = (values.of(parameter.name()) - parameter.least()) / (parameter.greatest() - parameter.least());
            slider.scale.setSelection((int) Math.round(share * places(parameter)));
            tell(slider);
        }
    }

    /** Moves one slider, as a person would. */
    void move(String name, double value) {
        for (Slider slider : sliders) {
            if (slider.parameter.name().equals(name)) {
                setting = setting.with(slider.parameter, value);
                set(setting);
                moved.run();
            }
        }
    }

    private static int places(Parameter parameter) {
        return (int) Math.max(1, Math.round((parameter.greatest() - parameter.least()) / parameter.step() * FINENESS));
    }

    private static double at(Parameter parameter, int place) {
        return parameter.least() + (parameter.greatest() - parameter.least()) * place / places(parameter);
    }

    private void tell(Slider slider) {
        double value = setting.of(slider.parameter.name());
        String unit = slider.parameter.unit();
        slider.value.setText(String.format(Locale.ROOT, Math.abs(value) >= 100 || unit.equals("°") ? "%.0f" : "%.3g", value)
                + (unit.isEmpty() || unit.equals("°") ? unit : " " + unit));
    }
}
