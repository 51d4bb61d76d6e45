package org.loupe.ui.edits;

import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.surgery.EditStack;
import org.loupe.ui.edits.EditsView.Known;
import org.loupe.ui.widgets.Palette;

/** What the view of edits shows of a network: its edits in a table, and a field for the next one. */
final class EditsPage {

    private static final int WIDTH = 200;
    private static final int NUMBER = 28;
    private static final int NAME = 90;
    private static final int STATE = 84;

    private final Composite whole;
    private final Link about;
    private final Table table;
    private final Text change;
    private final Composite naming;
    private final Text name;
    private final Button add;
    private final Button draw;
    private final Label state;
    private final Consumer<String> open;
    private String suggested = "";

    EditsPage(Composite parent, BiConsumer<String, String> adding, Consumer<String> drawing, IntConsumer removing,
            IntConsumer renaming, Consumer<String> opening) {
        open = opening;
        whole = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(8, 6).spacing(6, 6).applyTo(whole);
        about = new Link(whole, SWT.WRAP);
        about.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> open.accept(event.text)));
        wide(about);
        table = new Table(whole, SWT.FULL_SELECTION | SWT.BORDER | SWT.SINGLE);
        table.setHeaderVisible(true);
        GridDataFactory.fillDefaults().grab(true, true).hint(WIDTH, 80).applyTo(table);
        column("", NUMBER);
        column("Edit", WIDTH);
        column("Name", NAME);
        column("State", STATE);
        table.addListener(SWT.Resize, event -> table.getColumn(1).setWidth(Math.max(WIDTH,
                table.getClientArea().width - NUMBER - NAME - STATE)));
        table.addListener(SWT.MouseMove, event -> {
            TableItem item = table.getItem(new Point(event.x, event.y));
            String all = item == null ? null : item.getData() + (item.getText(2).isEmpty() ? "" : "  (" + item.getText(2) + ")");
            if (!Objects.equals(all, table.getToolTipText())) {
                table.setToolTipText(all);
            }
        });
        createMenu(removing, renaming);
        Composite writing = new Composite(whole, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(writing);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(writing);
        change = new Text(writing, SWT.SINGLE | SWT.BORDER);
        change.setMessage("Next edit, such as mixed4a:12 = 0");
        change.setToolTipText("What becomes of units or weights: mixed4a:12 = 0, mixed4a:{3,12} = 0.5 * itself,"
                + " mixed4a:12 = relu(mixed3b:4 - mixed3b:7), mixed3b:14 = relu(0.05 * curve(orientation=90) - 0.3),"
                + " mixed3b:4 -> mixed4a:12 = 0");
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(change);
        add = new Button(writing, SWT.PUSH);
        add.setText("Make");
        naming = new Composite(whole, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(naming);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(naming);
        new Label(naming, SWT.NONE).setText("Name of the edited network");
        name = new Text(naming, SWT.SINGLE | SWT.BORDER);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(name);
        draw = new Button(whole, SWT.PUSH);
        draw.setText("Draw a Kernel…");
        draw.setToolTipText("Draw how one unit reads another, cell by cell, with the mouse or the keyboard");
        GridDataFactory.fillDefaults().align(SWT.BEGINNING, SWT.CENTER).applyTo(draw);
        state = new Label(whole, SWT.WRAP);
        wide(state);
        Runnable asked = () -> adding.accept(change.getText(), name.getText().strip());
        change.addListener(SWT.DefaultSelection, event -> asked.run());
        name.addListener(SWT.DefaultSelection, event -> asked.run());
        add.addListener(SWT.Selection, event -> asked.run());
        draw.addListener(SWT.Selection, event -> drawing.accept(name.getText().strip()));
    }

    private static void wide(Control control) {
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(control);
    }

    private void column(String title, int width) {
        TableColumn column = new TableColumn(table, SWT.LEFT);
        column.setText(title);
        column.setWidth(width);
    }

    private void createMenu(IntConsumer removing, IntConsumer renaming) {
        Menu menu = new Menu(table);
        MenuItem rename = new MenuItem(menu, SWT.PUSH);
        rename.setText("Name…");
        rename.addListener(SWT.Selection, event -> chosen(renaming));
        MenuItem remove = new MenuItem(menu, SWT.PUSH);
        remove.setText("Remove");
        remove.addListener(SWT.Selection, event -> chosen(removing));
        MenuItem copy = new MenuItem(menu, SWT.PUSH);
        copy.setText("Write It Below");
        copy.addListener(SWT.Selection, event -> chosen(step -> write((String) table.getItem(step).getData())));
        menu.addListener(SWT.Show, event -> {
            for (MenuItem item : menu.getItems()) {
                item.setEnabled(table.getSelectionIndex() >= 0);
            }
        });
        table.setMenu(menu);
        table.addListener(SWT.DefaultSelection, event -> chosen(renaming));
        table.addListener(SWT.KeyDown, event -> {
            if (event.keyCode == SWT.DEL) {
                chosen(removing);
            }
        });
    }

    private void chosen(IntConsumer action) {
        if (table.getSelectionIndex() >= 0) {
            action.accept(table.getSelectionIndex());
        }
    }

    Composite control() {
        return whole;
    }

    void show(Known known) {
        table.removeAll();
        List<EditStack.Step> steps = known.edits().map(EditStack::steps).orElse(List.of());
        int done = known.edits().map(EditStack::done).orElse(0);
        for (int i = 0; i < steps.size(); i++) {
            TableItem item = new TableItem(table, SWT.NONE);
            item.setText(new String[] {String.valueOf(i + 1), steps.get(i).change(), steps.get(i).label(),
                i < done ? "made" : "taken back"});
            item.setData(steps.get(i).change());
            if (i >= done) {
                item.setForeground(Palette.of(table).faint());
            }
        }
        boolean isEdited = known.edits().isPresent();
        ((GridData) table.getLayoutData()).exclude = !isEdited;
        table.setVisible(isEdited);
        ((GridData) naming.getLayoutData()).exclude = isEdited;
        naming.setVisible(!isEdited);
        if (!isEdited) {
            name.setText(unused(known));
        }
        String network = escaped(known.network().name());
        about.setText(known.edits().map(edits -> network + " is made of <a href=\"" + edits.baseName() + "\">" + escaped(edits.baseName())
                + "</a>, which stays as it is.").orElseGet(() -> known.made().isEmpty()
                        ? network + " is as it is. The first edit makes another network of it, beside it."
                        : network + " is as it is. Made of it: " + known.made().stream().map(edits -> "<a href=\"" + edits.name() + "\">"
                                + escaped(edits.name()) + "</a> (" + edits.done() + ")").collect(Collectors.joining(", "))
                                + ". An edit here makes another one."));
        enable(true);
        whole.layout(true, true);
    }

    private static String unused(Known known) {
        String first = known.network().name().replaceAll("[^\\p{L}\\p{N}._-]+", "-") + "-edited";
        String name = first;
        for (int number = 2; taken(known, name); number++) {
            name = first + "-" + number;
        }
        return name;
    }

    private static boolean taken(Known known, String name) {
        return known.made().stream().anyMatch(edits -> edits.name().equals(name));
    }

    private static String escaped(String text) {
        return text.replace("&", "&&").replace("<", "‹").replace(">", "›");
    }

    /** Says what could be written, where nothing is. */
    void suggest(String text) {
        if (change.getText().isBlank() || change.getText().equals(suggested)) {
            change.setText("");
            change.setMessage("Next edit, such as " + text);
        }
    }

    void write(String text) {
        suggested = text;
        change.setText(text);
        change.setFocus();
        change.setSelection(Math.max(0, text.lastIndexOf('=') + 2), text.length());
    }

    private void enable(boolean enabled) {
        add.setEnabled(enabled);
        draw.setEnabled(enabled);
        change.setEnabled(enabled);
    }

    void work() {
        enable(false);
        say("Making the network…", false);
    }

    void made() {
        change.setText("");
        say("", false);
    }

    void fail(Throwable problem) {
        enable(true);
        say(problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage(), true);
        change.setFocus();
    }

    /** Says what a person should know. */
    void tell(String text) {
        say(text, false);
    }

    private void say(String text, boolean wrong) {
        state.setText(text.replace("&", "&&"));
        state.setForeground(wrong ? Palette.of(whole).error() : Palette.of(whole).muted());
        whole.layout(true, true);
    }

    boolean takeFocus() {
        return change.setFocus();
    }
}
