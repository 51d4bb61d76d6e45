package org.loupe.ui.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Target;

/** Where a person says what is to be explained, by which layer. */
final class AttributionBar extends Composite {

    private static final String SELECTED = "selected unit";
    private static final String NOTHING = "nothing";
    private static final String GRADIENT = "gradient here";
    private static final List<Integer> STEPS = List.of(1, 16, 64, 256);
    private static final int WIDTH = 80;

    private final Combo target;
    private final Combo against;
    private final Combo layer;
    private final Combo steps;
    private final Runnable changed;
    private Network network;
    private Unit selected;

    /**
     * What a person wants to know.
     *
     * @param layer whose activations are held responsible
     * @param steps of the path
     */
    record Wish(Target target, String layer, int steps) {
    }

    /** @param changed is told when a person wants to know something else */
    AttributionBar(Composite parent, Runnable changed) {
        super(parent, SWT.NONE);
        this.changed = changed;
        GridLayoutFactory.fillDefaults().numColumns(7).spacing(4, 0).applyTo(this);
        target = combo("Explain", "A class or a unit: choose, or type its name and press Enter", SWT.NONE);
        against = combo("−", "A class or unit that is subtracted", SWT.NONE);
        layer = combo("by", "The layer that is held responsible", SWT.READ_ONLY);
        steps = combo("", "The gradient at the activations of this picture, or its mean on a path from nothing to them",
                SWT.READ_ONLY);
        STEPS.forEach(number -> steps.add(number == 1 ? GRADIENT : "path of " + number));
        steps.select(1);
    }

    private Combo combo(String label, String tip, int style) {
        if (!label.isEmpty()) {
            new Label(this, SWT.NONE).setText(label);
        }
        Combo combo = new Combo(this, SWT.DROP_DOWN | style);
        combo.setToolTipText(tip);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(combo);
        combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> changed.run()));
        combo.addSelectionListener(SelectionListener.widgetDefaultSelectedAdapter(event -> changed.run()));
        return combo;
    }

    /**
     * Offers what there is in a network.
     *
     * @param first the class that is explained until a person chooses
     */
    void setNetwork(Network next, List<Layer> layers, Optional<String> first) {
        if (next == network) {
            return;
        }
        network = next;
        List<String> classes = new ArrayList<>(List.of(SELECTED));
        classes.addAll(next.classes());
        target.setItems(classes.toArray(String[]::new));
        target.setText(first.orElse(SELECTED));
        classes.set(0, NOTHING);
        classes.add(1, SELECTED);
        against.setItems(classes.toArray(String[]::new));
        against.setText(NOTHING);
        layer.setItems(layers.stream().map(Layer::name).toArray(String[]::new));
        layer.select(layers.size() / 2);
    }

    /** What “selected unit” means. */
    void setSelected(Unit unit) {
        selected = unit;
    }

    /** Whether the answer depends on which unit is selected. */
    boolean followsSelection() {
        return target.getText().equals(SELECTED) || against.getText().equals(SELECTED);
    }

    /**
     * What a person wants to know; nothing where no unit is selected that is meant.
     *
     * @throws NetworkException         when there is no such class or unit, or it does not depend on the layer
     * @throws IllegalArgumentException when what is written is no unit
     */
    Optional<Wish> wish() {
        if (network == null || layer.getSelectionIndex() < 0 || followsSelection() && selected == null) {
            return Optional.empty();
        }
        Target meant = parse(target.getText());
        if (!against.getText().isBlank() && !against.getText().equals(NOTHING)) {
            meant = meant.minus(parse(against.getText()));
        }
        if (Attribution.possible(network, List.of(layer.getText()), meant).isEmpty()) {
            throw new NetworkException(meant + " does not depend on " + layer.getText() + ". Choose a layer below it.");
        }
        return Optional.of(new Wish(meant, layer.getText(), STEPS.get(steps.getSelectionIndex())));
    }

    private Target parse(String text) {
        return text.equals(SELECTED) ? Target.ofUnit(network, selected) : Target.parse(network, text.strip());
    }
}
