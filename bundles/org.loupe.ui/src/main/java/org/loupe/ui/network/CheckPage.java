package org.loupe.ui.network;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.loupe.core.check.Checked;
import org.loupe.core.check.Difference;
import org.loupe.core.check.GradientDifference;
import org.loupe.core.check.Golden;
import org.loupe.core.network.InputChoice;
import org.loupe.core.network.Network;
import org.loupe.platform.CheckJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.NetworkCheck;
import org.loupe.ui.widgets.Palette;

/** Compares engines on a network as it was set on the page before, and shows how far they are apart at every layer. */
final class CheckPage extends WizardPage {

    private static final int STEPS = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Laboratory laboratory;
    private Network network;
    private InputChoice choice;
    private CheckJob job;
    private Checked found;
    private Display display;
    private Label summary;
    private ProgressBar bar;
    private TableViewer table;
    private Button stop;

    CheckPage(Laboratory laboratory) {
        super("check", "Do two engines agree?", null);
        this.laboratory = laboratory;
        setDescription("Two engines are shown the same random pictures. At every layer they should differ by rounding only.");
    }

    /** The network that was checked; nothing before the page was visited. */
    Optional<Network> network() {
        return getControl() != null && isCurrentPage() ? Optional.ofNullable(network) : Optional.empty();
    }

    /** What was found about {@link #network()} so far. */
    Optional<Checked> found() {
        return network().flatMap(checked -> Optional.ofNullable(found));
    }

    @Override
    public void createControl(Composite parent) {
        display = parent.getDisplay();
        Composite page = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).applyTo(page);
        summary = new Label(page, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).hint(600, 68).applyTo(summary);
        bar = new ProgressBar(page, SWT.SMOOTH);
        bar.setMaximum(STEPS);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(bar);
        stop = new Button(page, SWT.PUSH);
        stop.setText("Stop");
        stop.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> leave()));
        table = new TableViewer(page, SWT.FULL_SELECTION | SWT.BORDER | SWT.V_SCROLL);
        table.setContentProvider(ArrayContentProvider.getInstance());
        table.getTable().setHeaderVisible(true);
        column("Layer", 320, SWT.LEFT, Line::place);
        column("Relative", 90, SWT.RIGHT, line -> relative(line.engines()));
        column("Largest", 90, SWT.RIGHT, line -> line.engines().map(one -> Checked.number(one.absolute())).orElse("–"));
        column("Golden", 90, SWT.RIGHT, line -> relative(line.golden()));
        column("", 60, SWT.LEFT, line -> line.isOff() ? "off" : "");
        GridDataFactory.fillDefaults().grab(true, true).span(2, 1).applyTo(table.getTable());
        Button golden = new Button(page, SWT.PUSH);
        golden.setText("Compare with Golden Values…");
        golden.setToolTipText("An .npz file with arrays named after layers or operations, one named input with the numbers"
                + " that the network was given, and perhaps one named gradient and one named class, of which logit it is");
        golden.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> compareWithGolden()));
        setControl(page);
    }

    /** A line of the table: a place, or the gradient. */
    private record Line(String place, Optional<Difference> engines, Optional<Difference> golden, boolean isOff) {

        static List<Line> of(Checked checked) {
            List<Line> lines = new ArrayList<>();
            checked.rows().forEach(row -> lines.add(new Line(row.place(), row.engines(), row.golden(), row.isOff())));
            lines.add(new Line(checked.golden().isPresent() ? "gradient of a logit" : "gradient of the largest output",
                    checked.gradient().map(GradientDifference::difference),
                    checked.golden().map(GradientDifference::difference),
                    checked.firstOff().filter(Checked.GRADIENT::equals).isPresent()));
            return lines;
        }
    }

    private static String relative(Optional<Difference> difference) {
        return difference.map(one -> Checked.number(one.relative())).orElse("–");
    }

    private void column(String title, int width, int alignment, Function<Line, String> text) {
        TableViewerColumn column = new TableViewerColumn(table, alignment);
        column.getColumn().setText(title);
        column.getColumn().setWidth(width);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((Line) element);
            }

            @Override
            public Color getForeground(Object element) {
                return ((Line) element).isOff() ? Palette.of(table.getTable()).error() : null;
            }
        });
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            InputWizard wizard = (InputWizard) getWizard();
            if (network == null || !wizard.choice().equals(choice)) {
                choice = wizard.choice();
                network = wizard.chosen().orElse(null);
                if (network == null) {
                    later(() -> getContainer().showPage(getPreviousPage()));
                } else {
                    start(Optional.empty());
                }
            }
        } else {
            leave();
        }
    }

    private void start(Optional<Golden> golden) {
        leave();
        found = null;
        summary.setText("Comparing…");
        summary.setForeground(null);
        bar.setSelection(0);
        table.setInput(List.of());
        stop.setEnabled(true);
        NetworkCheck check = new NetworkCheck("", "", 2, 0, golden, golden.isEmpty());
        CheckJob next = new CheckJob(laboratory, network, check, PATIENCE);
        job = next;
        next.setSystem(true);
        next.onSnapshot(soFar -> later(next, () -> show(soFar, false))).onAnswer(answer -> later(next, () -> show(answer, true)))
                .onProgress(share -> later(next, () -> bar.setSelection((int) (share * STEPS))))
                .onImpossible(why -> later(next, () -> impossible(why)));
        next.schedule();
    }

    /** Runs something on the user interface's thread unless another check has begun, or the page is gone. */
    private void later(CheckJob of, Runnable task) {
        later(() -> {
            if (job == of) {
                task.run();
            }
        });
    }

    /** Runs something on the user interface's thread unless the page is gone by then; any thread may call. */
    private void later(Runnable task) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!getControl().isDisposed()) {
                    task.run();
                }
            });
        }
    }

    private void show(Checked checked, boolean isEnd) {
        found = checked;
        List<Line> lines = Line.of(checked);
        table.setInput(lines);
        boolean off = checked.firstOff().isPresent();
        String remarks = String.join(" ", checked.remarks());
        summary.setText(isEnd ? checked.summary() + " " + remarks
                : "Comparing " + checked.engine() + " with " + checked.against() + "…");
        summary.setToolTipText(checked.summary() + "\n" + checked.engine() + "\nagainst " + checked.against());
        summary.setForeground(off ? Palette.of(summary).error() : null);
        lines.stream().filter(Line::isOff).findFirst().ifPresent(table::reveal);
        if (isEnd) {
            bar.setSelection(STEPS);
            stop.setEnabled(false);
        }
    }

    private void impossible(String why) {
        summary.setText("There is nothing to compare with. " + why);
        summary.setToolTipText(why);
        summary.setForeground(Palette.of(summary).warning());
        stop.setEnabled(false);
    }

    private void compareWithGolden() {
        FileDialog dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText("Golden Values");
        dialog.setFilterExtensions(new String[] {"*.npz", "*"});
        String file = dialog.open();
        if (file != null && network != null) {
            Job.createSystem("Read golden values",
                    (ICoreRunnable) monitor -> compareWith(Path.of(file))).schedule();
        }
    }

    private void compareWith(Path file) {
        try {
            Golden golden = Golden.read(file, "", Optional.empty());
            later(() -> start(Optional.of(golden)));
        } catch (IOException problem) {
            later(() -> setErrorMessage(problem.getMessage()));
        }
    }

    /** Stops the work. */
    private void leave() {
        if (job != null) {
            job.cancel();
            stop.setEnabled(false);
        }
    }

    @Override
    public void dispose() {
        if (job != null) {
            job.cancel();
        }
        super.dispose();
    }
}
