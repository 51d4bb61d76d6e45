package org.loupe.ui.circuits;

import java.util.function.Consumer;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.circuit.graph.LinkFilter;
import org.loupe.core.circuit.graph.LinkFilter.Sign;

/** Where a person says which links are shown. */
final class FilterBar extends Composite {

    private static final double[] PARTS = {0, .005, .01, .02, .05, .1, .2};
    private static final double[] ATTRIBUTIONS = {0, .005, .01, .02, .05, .1};

    private final Combo part;
    private final Combo sign;
    private final Combo attribution;

    FilterBar(Composite parent, Consumer<LinkFilter> chosen) {
        super(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(4, 0).applyTo(this);
        part = combo("Least share of what the upper unit reads", "all weights", PARTS, "weight ≥ %s %%");
        sign = new Combo(this, SWT.READ_ONLY);
        sign.setItems("all signs", "excitation", "inhibition");
        sign.setToolTipText("What a link must do; those that do both, by place, are in either");
        attribution = combo("Least share of what the centre answers that goes through a link, either way; Find Use on Pictures, in"
                + " the menu of the ground, finds it out", "all uses", ATTRIBUTIONS, "use ≥ %s %%");
        show(LinkFilter.NONE);
        for (Combo combo : new Combo[] {part, sign, attribution}) {
            combo.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> chosen.accept(filter())));
        }
    }

    private Combo combo(String tip, String none, double[] shares, String words) {
        Combo combo = new Combo(this, SWT.READ_ONLY);
        for (double share : shares) {
            combo.add(share == 0 ? none : String.format(words, Double.toString(100 * share).replaceAll("\\.0$", "")));
        }
        combo.setToolTipText(tip);
        return combo;
    }

    private LinkFilter filter() {
        return new LinkFilter(PARTS[part.getSelectionIndex()], Sign.values()[sign.getSelectionIndex()],
                ATTRIBUTIONS[attribution.getSelectionIndex()]);
    }

    /** Shows a filter, also one that cannot be chosen here, as the next weaker one that can. */
    void show(LinkFilter filter) {
        part.select(index(PARTS, filter.leastPart()));
        sign.select(filter.sign().ordinal());
        attribution.select(index(ATTRIBUTIONS, filter.leastAttribution()));
    }

    private static int index(double[] shares, double wanted) {
        int found = 0;
        for (int i = 0; i < shares.length; i++) {
            found = shares[i] <= wanted ? i : found;
        }
        return found;
    }
}
