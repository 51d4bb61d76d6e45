package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.Unit;
import org.loupe.core.annotation.Family;
import org.loupe.core.annotation.Known;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;

/** Names a unit and says what is known of it without running anything. */
final class UnitHeader {

    private static final int WIDTH = 180;

    private final Composite body;
    private final Paragraph name;
    private final Paragraph written;
    private final Paragraph facts;
    private final Paragraph warning;

    UnitHeader(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 3).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        name = paragraph(Palette::foreground);
        name.setFont(JFaceResources.getHeaderFont());
        written = paragraph(Palette::foreground);
        written.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        facts = paragraph(Palette::foreground);
        warning = paragraph(Palette::warning);
    }

    void show(UnitInNetwork subject) {
        Layer layer = subject.network().layer(subject.unit().layer());
        name.setText(subject.unit().toString());
        facts.setText(facts(subject.network(), layer, subject.unit()));
        warning.setText(layer.about());
        ((GridData) warning.getLayoutData()).exclude = layer.about().isEmpty();
        warning.setVisible(!layer.about().isEmpty());
        ScrollingPage.fitAround(body);
    }

    /** Shows what a person calls the unit, and its families. */
    void show(Known known, Unit unit) {
        List<String> names = new ArrayList<>(known.label(unit).stream().toList());
        known.families(unit).stream().map(Family::name).filter(name -> !names.contains(name)).forEach(names::add);
        written.setText(String.join("  ·  ", names));
        ((GridData) written.getLayoutData()).exclude = names.isEmpty();
        written.setVisible(!names.isEmpty());
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

    private Paragraph paragraph(Function<Palette, Color> colour) {
        Paragraph paragraph = new Paragraph(body, colour);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(paragraph);
        return paragraph;
    }
}
