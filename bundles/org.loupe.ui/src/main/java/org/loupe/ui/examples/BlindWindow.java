package org.loupe.ui.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.Status;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.window.IShellProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.page.Sheet;
import org.loupe.core.scan.BlindStatistics;
import org.loupe.core.scan.BlindTrials;
import org.loupe.core.scan.Judgement;
import org.loupe.core.scan.Judgement.Verdict;
import org.loupe.platform.Laboratory;
import org.loupe.platform.SheetFile;
import org.loupe.store.StoreException;
import org.loupe.store.StoredJudgements.Series;
import org.loupe.store.WholeFile;
import org.loupe.ui.Lookup;
import org.loupe.ui.examples.CropGrid.Cell;
import org.loupe.ui.widgets.SheetCanvas;
import org.loupe.ui.widgets.Texts;

/**
 * Shows crops of all degrees in random order, without their activations, and asks of each whether it is what the person
 * says that the unit is. Every answer is stored at once; the last ones can be taken back.
 */
final class BlindWindow extends Window {

    private static final int SIDE = 260;
    private static final int BINS = 5;
    private static final int WIDTH = 420;
    private static final int FIGURE_WIDTH = 640;
    private static final double ZOOM = 2;

    private final Laboratory laboratory;
    private final Subject subject;
    private final Frames frames;
    private final List<Judgement> judgements = new ArrayList<>();
    private final Object writing = new Object();
    private List<BlindTrials.Trial> trials;
    private long seed;
    private String question = "";
    private Text asked;
    private Label progress;
    private CropGrid crop;
    private SheetCanvas figure;
    private Label outcome;
    private final List<Button> answers = new ArrayList<>();
    private Button back;
    private Button export;
    private Button exportFigure;
    private Lookup<BlindTrials.Trial, Optional<Tile>> tiles;

    BlindWindow(Shell parent, Laboratory laboratory, Subject subject, Frames frames, Optional<Series> before) {
        super((IShellProvider) () -> parent);
        this.laboratory = laboratory;
        this.subject = subject;
        this.frames = frames;
        before.ifPresent(series -> {
            seed = series.seed();
            question = series.question();
            judgements.addAll(series.judgements());
        });
        trials = BlindTrials.of(subject.after(), seed).trials();
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText("Judge pictures of " + subject.unit());
    }

    @Override
    protected Control createContents(Composite parent) {
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().margins(12, 12).spacing(8, 8).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(body);
        asked = new Text(body, SWT.BORDER);
        asked.setMessage("What do you say this unit is? For example: a dog's head");
        asked.setText(question);
        asked.addListener(SWT.FocusOut, event -> keep());
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(asked);
        progress = label(body);
        crop = new CropGrid(body, "Picture to judge", SIDE);
        GridDataFactory.swtDefaults().align(SWT.CENTER, SWT.CENTER).hint(SIDE, SIDE + 8).applyTo(crop);
        figure = new SheetCanvas(body, SheetCanvas.READING);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).hint(FIGURE_WIDTH, SWT.DEFAULT).applyTo(figure);
        figure.setVisible(false);
        Composite row = row(body, 4);
        answer(row, "1  Yes", Verdict.YES);
        answer(row, "2  Partly", Verdict.PARTLY);
        answer(row, "3  No", Verdict.NO);
        back = button(row, "Take back", this::takeBack);
        back.setToolTipText("Take the last answer back (Backspace)");
        outcome = label(body);
        Composite last = row(body, 3);
        export = button(last, "Export as CSV…", this::export);
        exportFigure = button(last, "Export Figure…", this::exportFigure);
        button(last, "Start anew", this::startAnew);
        crop.addListener(SWT.KeyDown, this::key);
        tiles = new Lookup<>("a picture to judge", parent.getDisplay(), trial -> subject.tile(frames, trial.example()),
                tile -> crop.fill(tile.map(List::of).orElse(List.of())), problem -> { });
        body.addDisposeListener(event -> tiles.close());
        refresh();
        crop.setFocus();
        return body;
    }

    private static Label label(Composite parent) {
        Label label = new Label(parent, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private static Composite row(Composite parent, int columns) {
        Composite row = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(columns).applyTo(row);
        return row;
    }

    private void answer(Composite parent, String label, Verdict verdict) {
        answers.add(button(parent, label, () -> judge(verdict)));
    }

    private static Button button(Composite parent, String label, Runnable action) {
        Button button = new Button(parent, SWT.PUSH);
        button.setText(label);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> action.run()));
        return button;
    }

    private void key(Event event) {
        if (event.character >= '1' && event.character <= '3') {
            judge(Verdict.values()[event.character - '1']);
        } else if (event.character == SWT.BS) {
            takeBack();
        }
    }

    private void judge(Verdict verdict) {
        if (judgements.size() < trials.size()) {
            BlindTrials.Trial trial = trials.get(judgements.size());
            judgements.add(new Judgement(subject.set().pictures().get(trial.example().picture()).name(),
                    trial.example().row(), trial.example().column(), trial.example().value(), trial.weight(), verdict,
                    trial.isRepeat()));
            keep();
            refresh();
        }
    }

    private void takeBack() {
        if (!judgements.isEmpty()) {
            judgements.remove(judgements.size() - 1);
            keep();
            refresh();
        }
    }

    /** Other pictures; the answers so far are replaced with the first new one, and not before. */
    private void startAnew() {
        seed++;
        trials = BlindTrials.of(subject.after(), seed).trials();
        judgements.clear();
        refresh();
    }

    private Series series() {
        return new Series(subject.stored().recipe().network(), subject.channel(),
                subject.stored().recipe().pictures(), question, seed, judgements);
    }

    /** Stores all answers in the background, the newest last. */
    private void keep() {
        question = asked.getText().strip();
        Series series = series();
        Job.create("Store what was said about " + subject.unit(), (ICoreRunnable) monitor -> {
            try {
                synchronized (writing) {
                    laboratory.study().judgements().put(series);
                }
            } catch (StoreException problem) {
                throw new CoreException(Status.error(problem.getMessage(), problem));
            }
        }).schedule();
    }

    private void refresh() {
        int done = judgements.size();
        boolean isDone = done >= trials.size();
        progress.setText(isDone ? "All " + trials.size() + " pictures are judged." : "Is it there? Picture " + (done + 1)
                + " of " + trials.size() + ".");
        answers.forEach(button -> button.setEnabled(!isDone));
        back.setEnabled(done > 0);
        export.setEnabled(done > 0);
        exportFigure.setEnabled(isDone);
        crop.show(isDone ? List.of(Cell.NONE) : List.of(new Cell("", "the activation is hidden")));
        if (!isDone) {
            tiles.ask(trials.get(done));
        }
        String before = outcome.getText();
        present(crop, !isDone);
        present(figure, isDone);
        if (isDone) {
            BlindStatistics found = BlindStatistics.of(judgements, BINS);
            figure.show(List.of(found.sheet(subject.channel(), asked.getText().strip())));
            figure.setData(Texts.DESCRIPTION, text(found));
        }
        outcome.setText(isDone ? "Take back leads back to the last picture." : "The activations are hidden until all pictures"
                + " are judged. Keys: 1 yes, 2 partly, 3 no, Backspace takes back.");
        if (!before.isEmpty() && !before.equals(outcome.getText())) {
            getShell().pack();
        }
    }

    private static void present(Control control, boolean isThere) {
        ((GridData) control.getLayoutData()).exclude = !isThere;
        control.setVisible(isThere);
    }

    /** What was found, in words. */
    static String text(BlindStatistics found) {
        StringBuilder text = new StringBuilder();
        text.append("Agreement with the activation (AUC): ").append(share(found.area()))
                .append(Double.isNaN(found.area()) ? " (there is no yes, or no no)" : "").append('\n');
        text.append("Agreement with yourself (kappa of ").append(found.repeated()).append(" repeated): ")
                .append(share(found.kappa())).append('\n');
        text.append("Of the unit's activation over all pictures, ").append(percent(found, Verdict.YES))
                .append(" comes from yes, ").append(percent(found, Verdict.PARTLY)).append(" from partly, ")
                .append(percent(found, Verdict.NO)).append(" from no.\n\nHow probable it is at each activation:\n");
        for (BlindStatistics.Bin bin : found.bins()) {
            text.append(Texts.number(bin.from())).append(" to ").append(Texts.number(bin.to())).append(":  ");
            text.append(bin.count() == 0 ? "none judged" : String.format(Locale.ROOT, "%.0f %%  (%.0f to %.0f %%, %d judged)",
                    100 * bin.share(), 100 * bin.low(), 100 * bin.high(), bin.count())).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private static String share(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(BlindStatistics found, Verdict verdict) {
        double share = found.contributions().get(verdict);
        return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private void exportFigure() {
        FileDialog dialog = new FileDialog(getShell(), SWT.SAVE);
        dialog.setText("Export Figure");
        dialog.setFilterExtensions(new String[] {"*.svg", "*.pdf", "*.html", "*.png"});
        dialog.setFileName(subject.channel().replace(':', '-') + "-judged.svg");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            Sheet sheet = BlindStatistics.of(judgements, BINS).sheet(subject.channel(), asked.getText().strip())
                    .madeBy("Judged by a person: " + subject.channel() + " of the network " + subject.stored().recipe().network()
                            + ", pictures " + subject.stored().recipe().pictures() + ", draw " + seed);
            Job.create("Export what was judged", (ICoreRunnable) monitor -> {
                try {
                    SheetFile.write(Path.of(chosen), sheet, ZOOM);
                } catch (IOException | RuntimeException problem) {
                    throw new CoreException(Status.error("The figure could not be written to " + chosen + ": "
                            + problem.getMessage() + ". Choose another folder, or a name that ends in svg, pdf, html or png.",
                            problem));
                }
            }).schedule();
        }
    }

    private void export() {
        FileDialog dialog = new FileDialog(getShell(), SWT.SAVE);
        dialog.setText("Export Answers");
        dialog.setFilterExtensions(new String[] {"*.csv"});
        dialog.setFileName(subject.channel().replace(':', '-') + "-judged.csv");
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            byte[] csv = series().csv().getBytes(StandardCharsets.UTF_8);
            Job.create("Export answers", (ICoreRunnable) monitor -> {
                try {
                    WholeFile.write(Path.of(chosen), csv);
                } catch (IOException problem) {
                    throw new CoreException(Status.error("The answers could not be written to " + chosen + ": "
                            + problem.getMessage() + ". Choose another folder.", problem));
                }
            }).schedule();
        }
    }
}
