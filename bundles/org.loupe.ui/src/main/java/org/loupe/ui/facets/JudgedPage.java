package org.loupe.ui.facets;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.TableColumn;
import org.loupe.core.Result;
import org.loupe.core.facet.Judged;
import org.loupe.core.facet.Judged.Verdict;
import org.loupe.core.network.Network;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.FigurePage;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.ResultPage;

/** Which units are several things: a table that a click on a heading sorts, whose lines select their units, and the figures. */
public final class JudgedPage implements ResultPage<Judged> {

    private static final int ROWS = 14;
    private static final int LEAST = 56;

    private final FigurePage figures = new FigurePage();
    private Consumer<List<UnitInNetwork>> selects = units -> { };
    private TableViewer table;
    private Judged shown;
    private Network network;

    @Override
    public void onSelection(Consumer<List<UnitInNetwork>> consumer) {
        selects = consumer;
    }

    @Override
    public Control create(Composite parent) {
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(body);
        new Label(body, SWT.NONE).setText("Click a heading to sort, a line to select its unit.");
        Composite frame = new Composite(body, SWT.NONE);
        table = new TableViewer(frame, SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER);
        table.getTable().setHeaderVisible(true);
        table.setContentProvider(ArrayContentProvider.getInstance());
        TableColumnLayout layout = new TableColumnLayout();
        frame.setLayout(layout);
        GridDataFactory.fillDefaults().grab(true, false).hint(SWT.DEFAULT, ROWS * table.getTable().getItemHeight())
                .applyTo(frame);
        column(layout, "Unit", 22, one -> one.unit().toString(), Comparator.comparing(Verdict::unit));
        column(layout, "Several", 12, one -> one.isSeveral() ? "yes" : "no",
                Comparator.comparing((Verdict one) -> !one.isSeveral()).thenComparingDouble(one -> -one.halves()));
        column(layout, "Facets", 11, one -> Integer.toString(one.facets()), Comparator.comparingInt(one -> -one.facets()));
        column(layout, "Apart", 11, one -> number(one.apart()), Comparator.comparingDouble(one -> -one.apart()));
        column(layout, "Halves", 11, one -> number(one.halves()), Comparator.comparingDouble(one -> -one.halves()));
        column(layout, "Chance", 12, one -> number(shown.chance(one)), Comparator.comparingDouble(one -> shown.chance(one)));
        column(layout, "Two groups", 17, one -> one.isTwoGroups() ? "yes" : "no",
                Comparator.comparing(one -> !one.isTwoGroups()));
        column(layout, "Classes", 34, Verdict::groupText, Comparator.comparing(Verdict::groupText));
        table.addPostSelectionChangedListener(event -> select());
        figures.create(body).setLayoutData(GridDataFactory.fillDefaults().grab(true, false).create());
        return body;
    }

    private void column(TableColumnLayout layout, String title, int weight, Function<Verdict, String> text,
            Comparator<Verdict> order) {
        TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
        column.getColumn().setText(title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, LEAST, true));
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object verdict) {
                return text.apply((Verdict) verdict);
            }
        });
        column.getColumn().addSelectionListener(SelectionListener.widgetSelectedAdapter(
                event -> sort(column.getColumn(), order)));
    }

    private void sort(TableColumn column, Comparator<Verdict> order) {
        table.getTable().setSortColumn(column);
        table.getTable().setSortDirection(SWT.DOWN);
        table.setInput(shown.sorted().stream().sorted(order).toList());
    }

    private void select() {
        List<?> lines = table.getStructuredSelection().toList();
        if (!lines.isEmpty()) {
            selects.accept(lines.stream().map(line -> new UnitInNetwork(network, ((Verdict) line).unit())).toList());
        }
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    @Override
    @SuppressWarnings("unchecked") // figures are those of any result
    public void show(Finding<Judged> finding) {
        shown = finding.result();
        network = finding.network();
        table.setInput(shown.sorted());
        figures.show((Finding<Result>) (Finding<?>) finding);
    }
}
