package org.loupe.ui.examples;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Link;
import org.loupe.core.scan.ChannelScan;
import org.loupe.ui.widgets.Fold;
import org.loupe.ui.widgets.ScrollingPage;

/** How a unit answers to each class of pictures, the strongest first by mean or by AUC. */
final class ClassFold {

    private static final int MOST = 17;

    private final Fold fold;
    private final ClassBars bars;
    private final Link order;
    private Subject shown;
    private boolean sortsByArea;

    ClassFold(Composite parent) {
        fold = new Fold(parent, "By class");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fold.control());
        bars = new ClassBars(fold.body());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(bars);
        order = new Link(fold.body(), SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(order);
        order.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            sortsByArea = !sortsByArea;
            show(shown);
        }));
    }

    Fold fold() {
        return fold;
    }

    /** Takes away what is of another unit, and keeps its room. */
    void blank() {
        bars.setVisible(false);
        order.setVisible(false);
    }

    void show(Subject subject) {
        shown = subject;
        List<ClassBars.Row> rows = new ArrayList<>();
        for (int label = 0; label < subject.after().classes().size(); label++) {
            ChannelScan.OfClass of = subject.after().classes().get(label);
            if (!Double.isNaN(of.mean())) {
                rows.add(new ClassBars.Row(subject.set().classes().get(label), of.mean(), of.area()));
            }
        }
        rows.sort(Comparator.comparingDouble(sortsByArea ? ClassBars.Row::area : ClassBars.Row::mean).reversed()
                .thenComparing(ClassBars.Row::name));
        ((GridData) fold.control().getLayoutData()).exclude = rows.isEmpty();
        fold.control().setVisible(!rows.isEmpty());
        bars.show(rows.stream().limit(MOST).toList());
        order.setText((rows.size() > MOST ? "The strongest " + MOST + " of " + rows.size() + " classes. " : "")
                + (sortsByArea ? "<a>Sort by mean</a>" : "<a>Sort by AUC</a>"));
        bars.setVisible(true);
        order.setVisible(true);
        ScrollingPage.fitAround(fold.control());
    }
}
