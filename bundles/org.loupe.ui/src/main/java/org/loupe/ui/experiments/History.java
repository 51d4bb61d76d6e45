package org.loupe.ui.experiments;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.network.Network;
import org.loupe.core.visualize.Visualize;
import org.loupe.platform.Laboratory;

/** The list of what waits, works and was answered, with a filter. */
final class History {

    private static final String BUT_PICTURES = "All but pictures";
    private static final String ALL = "All";
    private static final int HINT = 80;
    private static final int KINDS = 146;
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Composite whole;
    private final Combo kinds;
    private final Text words;
    private final TableViewer table;
    private List<Row> rows = List.of();

    History(Composite parent, Laboratory laboratory, Consumer<List<Row>> chosen, Runnable opened) {
        whole = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(4, 4).applyTo(whole);
        kinds = new Combo(whole, SWT.READ_ONLY);
        kinds.setToolTipText("Which questions are listed; the pictures of walls would crowd out all others");
        kinds.add(BUT_PICTURES);
        kinds.add(ALL);
        new TreeSet<>(laboratory.registry().analyses().stream().map(one -> one.name()).toList()).forEach(kinds::add);
        kinds.select(0);
        GridDataFactory.fillDefaults().hint(KINDS, SWT.DEFAULT).applyTo(kinds);
        kinds.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> filter()));
        words = new Text(whole, SWT.SEARCH | SWT.ICON_CANCEL | SWT.ICON_SEARCH);
        words.setMessage("Filter");
        words.addModifyListener(event -> filter());
        GridDataFactory.fillDefaults().grab(true, false).hint(HINT, SWT.DEFAULT).applyTo(words);
        Composite frame = new Composite(whole, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(frame);
        table = new TableViewer(frame, SWT.FULL_SELECTION | SWT.MULTI | SWT.BORDER);
        table.getTable().setHeaderVisible(true);
        table.setContentProvider(ArrayContentProvider.getInstance());
        ColumnViewerToolTipSupport.enableFor(table);
        TableColumnLayout layout = new TableColumnLayout();
        frame.setLayout(layout);
        table.setInput(rows);
        column(layout, "Question", 56, 130, Row::title, Row::title);
        column(layout, "Network", 22, 64, History::network, History::network);
        column(layout, "When", 22, 60, History::whenOrState, row -> row.state() + row.when().map(when -> ", "
                + TIME.format(when)).orElse(""));
        table.addPostSelectionChangedListener(event -> chosen.accept(chosen()));
        table.addDoubleClickListener(event -> opened.run());
    }

    private static String network(Row row) {
        return row.network().map(Network::name).orElse("gone");
    }

    /** The time of what is done today, the day of what was done before, and how it stands with what is not done. */
    private static String whenOrState(Row row) {
        if (row.when().isEmpty() || row.partial()) {
            return row.state();
        }
        boolean isToday = LocalDate.ofInstant(row.when().get(), ZoneId.systemDefault()).equals(LocalDate.now());
        return (isToday ? HOUR : DAY).format(row.when().get());
    }

    private void column(TableColumnLayout layout, String title, int weight, int least, Function<Row, String> text,
            Function<Row, String> tip) {
        TableViewerColumn column = new TableViewerColumn(table, SWT.NONE);
        column.getColumn().setText(title);
        layout.setColumnData(column.getColumn(), new ColumnWeightData(weight, least, true));
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object row) {
                return text.apply((Row) row);
            }

            @Override
            public String getToolTipText(Object row) {
                return tip.apply((Row) row);
            }
        });
    }

    /** Whether there is nothing to list. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The lines that are chosen, in the order of the list. */
    @SuppressWarnings("unchecked") // the table holds nothing else
    List<Row> chosen() {
        return ((IStructuredSelection) table.getSelection()).toList();
    }

    /** Chooses other lines, without telling anybody. */
    void choose(List<Row> others) {
        table.setSelection(new StructuredSelection(others));
    }

    /** What the lines are called. */
    List<String> listed() {
        return ((List<?>) table.getInput()).stream().map(row -> ((Row) row).title()).toList();
    }

    /** Chooses lines by what they are called. */
    void choose(String... titles) {
        table.setSelection(new StructuredSelection(((List<?>) table.getInput()).stream()
                .filter(row -> List.of(titles).contains(((Row) row).title())).toList()), true);
    }

    /** Lists other lines; those that were chosen stay so. */
    void show(List<Row> others) {
        if (whole.isDisposed()) {
            return;
        }
        rows = others;
        filter();
    }

    private void filter() {
        List<Object> keys = chosen().stream().map(Row::key).toList();
        String wanted = words.getText().toLowerCase(Locale.ROOT);
        List<Row> kept = rows.stream().filter(this::isKind).filter(row -> (row.title() + " "
                + row.network().map(Network::name).orElse("")).toLowerCase(Locale.ROOT).contains(wanted)).toList();
        table.setInput(kept);
        table.setSelection(new StructuredSelection(kept.stream().filter(row -> keys.contains(row.key())).toList()));
    }

    private boolean isKind(Row row) {
        Optional<String> name = row.analysis().map(one -> one.name());
        return switch (kinds.getText()) {
            case ALL -> true;
            case BUT_PICTURES -> row.analysis().filter(one -> one.value() instanceof Visualize).isEmpty();
            default -> name.filter(kinds.getText()::equals).isPresent();
        };
    }

    void setFocus() {
        table.getTable().setFocus();
    }
}
