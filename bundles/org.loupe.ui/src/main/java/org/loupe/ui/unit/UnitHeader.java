package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.ScrollingPage;

/** Names a unit and says what is known of it without running anything. */
final class UnitHeader {

    private static final int WIDTH = 180;

    private final Composite body;
    private final Label name;
    private final Label written;
    private final Label facts;
    private final Label warning;

    UnitHeader(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 3).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        name = label(SWT.NONE);
        name.setFont(JFaceResources.getHeaderFont());
        written = label(SWT.WRAP);
        written.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        facts = label(SWT.WRAP);
        warning = label(SWT.WRAP);
        warning.addListener(SWT.Paint, event -> warning.setForeground(Palette.of(body).warning()));
    }

    void show(UnitInNetwork subject) {
        Layer layer = subject.network().layer(subject.unit().layer());
        name.setText(subject.unit().toString());
        facts.setText(facts(subject.network(), layer, subject.unit()));
        warning.setText(layer.about());
        ((GridData) warning.getLayoutData()).exclude = layer.about().isEmpty();
        warning.setVisible(!layer.about().isEmpty());
        body.requestLayout();
    }

    /** Shows what a person calls the unit, and its families. */
    void show(Known known, Unit unit) {
        List<String> names = new ArrayList<>(known.label(unit).stream().toList());
        known.families(unit).stream().map(Family::name).filter(name -> !names.contains(name)).forEach(names::add);
        written.setText(String.join("  ·  ", names).replace("&", "&&"));
        ((GridData) written.getLayoutData()).exclude = names.isEmpty();
        written.setVisible(!names.isEmpty());
        body.requestLayout();
        ScrollingPage.fitAround(body);
    }

    /** What a person reads first: which of how many, where, and how large its map is. */
    static String facts(Network network, Layer layer, Unit unit) {
        Shape shape = network.shape(layer);
        String which = "Channel " + unit.channel() + " of the " + shape.channels() + " in " + layer.name() + " of "
                + network.name() + ".";
        if (shape.rows() == 1 && shape.columns() == 1) {
            return which + className(network, layer, unit);
        }
        String map = " Its map has " + shape.rows() + " × " + shape.columns() + " positions.";
        return which + map + unit.position(shape.rows(), shape.columns())
                .map(position -> " Here: row " + position.row() + ", column " + position.column() + ".").orElse("");
    }

    /** What the network itself calls the channel, where the layer is its last. */
    private static String className(Network network, Layer layer, Unit unit) {
        boolean isLast = network.layers().get(network.layers().size() - 1).equals(layer);
        return isLast && unit.channel() < network.classes().size()
                ? " It stands for “" + network.classes().get(unit.channel()) + "”." : "";
    }

    private Label label(int style) {
        Label label = new Label(body, style);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
        return label;
    }
}
