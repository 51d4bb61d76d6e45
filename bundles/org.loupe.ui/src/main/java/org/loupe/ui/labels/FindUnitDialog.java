package org.loupe.ui.labels;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.labels.UnitSearch.Found;

/** A field to write in and a list of the units that fit, which changes while a person writes. */
final class FindUnitDialog extends Dialog {

    private static final int DELAY_MILLISECONDS = 120;
    private static final String HINT = "Words of a label, family or note, the name of a layer, or a unit such as mixed4a:12.";

    private final Laboratory laboratory;
    private Text field;
    private TableViewer list;
    private Label status;
    private Lookup<String, List<Found>> lookup;
    private Optional<UnitInNetwork> chosen = Optional.empty();

    FindUnitDialog(Shell parent, Laboratory laboratory) {
        super(parent);
        this.laboratory = laboratory;
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    Optional<UnitInNetwork> chosen() {
        return chosen;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Find Unit");
    }

    @Override
    protected Point getInitialSize() {
        return new Point(560, 420);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        field = new Text(area, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        field.setMessage("curve, dog head, mixed4a:12");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(field);
        Composite table = new Composite(area, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(table);
        TableColumnLayout columns = new TableColumnLayout();
        table.setLayout(columns);
        list = new TableViewer(table, SWT.BORDER | SWT.FULL_SELECTION);
        list.getTable().setHeaderVisible(true);
        list.setContentProvider(ArrayContentProvider.getInstance());
        column(columns, "Unit", 22, found -> found.unit().toString());
        column(columns, "Name", 38, Found::name);
        column(columns, "Found in", 26, Found::why);
        column(columns, "Network", 16, found -> found.unit().network().name());
        status = new Label(area, SWT.WRAP);
        status.setText(HINT);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(status);
        lookup = new Lookup<>("units", field.getDisplay(), text -> UnitSearch.find(laboratory, text), this::show,
                problem -> status.setText("The search has failed: " + problem.getMessage()));
        field.addListener(SWT.Modify, event -> field.getDisplay().timerExec(DELAY_MILLISECONDS, search));
        field.addListener(SWT.KeyDown, event -> {
            if (event.keyCode == SWT.ARROW_DOWN && list.getTable().getItemCount() > 0) {
                list.getTable().setFocus();
            }
        });
        list.addDoubleClickListener(event -> okPressed());
        list.addSelectionChangedListener(event -> enable());
        return area;
    }

    private final Runnable search = () -> {
        if (!field.isDisposed()) {
            lookup.ask(field.getText());
        }
    };

    private void column(TableColumnLayout columns, String title, int weight,
            java.util.function.Function<Found, String> text) {
        TableViewerColumn column = new TableViewerColumn(list, SWT.NONE);
        column.getColumn().setText(title);
        column.setLabelProvider(ColumnLabelProvider.createTextProvider(found -> text.apply((Found) found)));
        columns.setColumnData(column.getColumn(), new ColumnWeightData(weight));
    }

    private void show(List<Found> found) {
        if (list.getTable().isDisposed()) {
            return;
        }
        list.setInput(found);
        if (!found.isEmpty()) {
            list.setSelection(new StructuredSelection(found.get(0)));
        }
        status.setText(field.getText().isBlank() ? HINT : found.isEmpty() ? "No unit fits. " + HINT
                : found.size() == 1 ? "1 unit" : found.size() + " units");
        enable();
    }

    private void enable() {
        getButton(IDialogConstants.OK_ID).setEnabled(!list.getStructuredSelection().isEmpty());
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, "&Show", true).setEnabled(false);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
    }

    @Override
    protected void okPressed() {
        if (list.getStructuredSelection().getFirstElement() instanceof Found found) {
            chosen = Optional.of(found.unit());
            super.okPressed();
        }
    }

    @Override
    public boolean close() {
        if (lookup != null) {
            lookup.close();
        }
        return super.close();
    }
}
