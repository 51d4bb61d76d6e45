package org.loupe.ui.circuits;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.layout.TableColumnLayout;
import org.eclipse.jface.viewers.ColumnWeightData;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.loupe.core.Unit;
import org.loupe.core.circuit.graph.Group;
import org.loupe.core.circuit.graph.GroupProposal;
import org.loupe.core.circuit.graph.GroupProposals;

/** Proposes groups of the units that a circuit shows, says how sure each is, and asks which are to be made. */
final class GroupDialog extends TitleAreaDialog implements GroupFinder.Listener {

    private static final int WIDTH = 620;
    private static final int HEIGHT = 220;
    private static final int WHOLE = 1000;

    private final GroupFinder finder;
    private final GroupFinder.By by;
    private final StackLayout stack = new StackLayout();
    private Runnable end = () -> { };
    private Composite body;
    private Composite waiting;
    private ProgressBar progress;
    private Composite frame;
    private Table table;
    private Label none;
    private List<GroupProposal> proposals = List.of();
    private List<Group> chosen = List.of();

    GroupDialog(Shell parent, GroupFinder finder, GroupFinder.By by) {
        super(parent);
        this.finder = finder;
        this.by = by;
        setShellStyle(getShellStyle() | SWT.RESIZE);
        setHelpAvailable(false);
    }

    /** The groups that are to be made. */
    List<Group> chosen() {
        return chosen;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Group " + by.title());
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        setTitle(by.title());
        setMessage(by.about());
        body = new Composite(area, SWT.NONE);
        body.setLayout(stack);
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, HEIGHT).applyTo(body);
        waiting = new Composite(body, SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(12, 12).applyTo(waiting);
        new Label(waiting, SWT.NONE).setText("Looking for groups…");
        progress = new ProgressBar(waiting, SWT.SMOOTH);
        progress.setMaximum(WHOLE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(progress);
        createTable();
        Composite nothing = new Composite(body, SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(12, 12).applyTo(nothing);
        none = new Label(nothing, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, SWT.DEFAULT).applyTo(none);
        stack.topControl = waiting;
        area.addListener(SWT.Dispose, event -> end.run());
        return area;
    }

    private void createTable() {
        frame = new Composite(body, SWT.NONE);
        TableColumnLayout layout = new TableColumnLayout();
        frame.setLayout(layout);
        table = new Table(frame, SWT.CHECK | SWT.FULL_SELECTION | SWT.BORDER);
        table.setHeaderVisible(true);
        column(layout, "Group", 30);
        column(layout, "Units", 34);
        column(layout, "How sure it is", 36);
        table.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> checked((TableItem) event.item)));
    }

    private void column(TableColumnLayout layout, String title, int weight) {
        TableColumn column = new TableColumn(table, SWT.NONE);
        column.setText(title);
        layout.setColumnData(column, new ColumnWeightData(weight, 80, true));
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, "Group", true).setEnabled(false);
        createButton(parent, IDialogConstants.CANCEL_ID, IDialogConstants.CANCEL_LABEL, false);
        end = finder.find(by, this);
    }

    @Override
    public void worked(double share) {
        if (!body.isDisposed()) {
            progress.setSelection((int) (WHOLE * share));
        }
    }

    @Override
    public void found(List<GroupProposal> found, List<String> remarks) {
        if (body.isDisposed()) {
            return;
        }
        proposals = found;
        none.setText((by.none() + "\n" + String.join(" ", remarks)).strip());
        List<GroupProposal> apart = GroupProposals.apart(found);
        for (GroupProposal one : found) {
            TableItem item = new TableItem(table, SWT.NONE);
            item.setText(new String[] {one.group().name(), one.group().units().stream().map(Unit::toString)
                    .collect(Collectors.joining(", ")), one.reason()});
            item.setChecked(apart.contains(one));
        }
        stack.topControl = found.isEmpty() ? none.getParent() : frame;
        body.layout(true, true);
        if (!found.isEmpty() && !remarks.isEmpty()) {
            setMessage(by.about() + "\n" + String.join(" ", remarks));
        }
        refresh();
    }

    @Override
    public void failed(Throwable problem) {
        if (!body.isDisposed()) {
            none.setText("Groups could not be looked for: " + problem.getMessage());
            stack.topControl = none.getParent();
            body.layout(true, true);
        }
    }

    /** A unit is in one group: what is checked takes it from the others. */
    private void checked(TableItem item) {
        List<Unit> units = proposals.get(table.indexOf(item)).group().units();
        for (int i = 0; item.getChecked() && i < proposals.size(); i++) {
            if (table.getItem(i) != item && proposals.get(i).group().units().stream().anyMatch(units::contains)) {
                table.getItem(i).setChecked(false);
            }
        }
        refresh();
    }

    private void refresh() {
        chosen = Arrays.stream(table.getItems()).filter(TableItem::getChecked).map(table::indexOf)
                .map(index -> proposals.get(index).group()).toList();
        getButton(IDialogConstants.OK_ID).setEnabled(!chosen.isEmpty());
    }
}
