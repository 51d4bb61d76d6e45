package org.loupe.ui.examples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.scan.ActivationSpectra;
import org.loupe.core.scan.ActivationSpectrum;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.Example;
import org.loupe.platform.StoredSpectra;
import org.loupe.ui.Lookup;
import org.loupe.ui.examples.CropGrid.Cell;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Questions;
import org.loupe.ui.widgets.Fold;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/**
 * What positions of all degrees see, from those that inhibit a unit most to those that excite it most, in columns. Where that
 * was not drawn yet, it shows whole pictures of all degrees from the scan and offers to draw.
 */
final class SpectrumFold {

    private static final int WIDTH = 180;

    private final Questions questions;
    private final Frames frames;
    private final Predicate<Subject> isNewest;
    private final Fold fold;
    private final Paragraph about;
    private final CropGrid grid;
    private final AskBar bar;
    private final Lookup<Wanted, Filled> pictures;
    private State state;
    private Crops crops;

    private record Wanted(Subject subject, Crops crops, List<Example> examples) {
    }

    private record Filled(Wanted wanted, List<Tile> tiles) {
    }

    /**
     * Makes a folded one.
     *
     * @param isNewest whether a subject is still the one that is looked at; asked in the background, too
     * @param open     shows the whole picture of one of some examples
     */
    SpectrumFold(Composite parent, Questions questions, Frames frames, Predicate<Subject> isNewest,
            BiConsumer<List<Example>, Integer> open) {
        this.questions = questions;
        this.frames = frames;
        this.isNewest = isNewest;
        fold = new Fold(parent, "Of all degrees");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fold.control());
        about = new Paragraph(fold.body());
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(about);
        grid = new CropGrid(fold.body(), "Examples of all degrees", 0);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(grid);
        grid.addListener(SWT.Selection, event -> open.accept(examples(), event.index));
        bar = new AskBar(fold.body());
        fold.whenTurned(this::refresh);
        pictures = new Lookup<>("pictures of the spectrum", parent.getDisplay(), this::read, this::fill, problem -> { });
        parent.addDisposeListener(event -> pictures.close());
    }

    Fold fold() {
        return fold;
    }

    /**
     * Shows how it stands with a unit that was scanned.
     *
     * @param cut what positions see, or what they look at
     */
    void show(State now, Crops cut) {
        state = now;
        crops = cut;
        refresh();
    }

    /** Takes away what is of another unit, and keeps its room. */
    void blank() {
        state = null;
        bar.blank();
        grid.blank();
    }

    /** Takes in that something was found, and says whether it is what this shows. */
    boolean hear(Finding<?> finding) {
        return state != null && state.degrees() != null && state.degrees().hear(finding);
    }

    void hear(Findings.Working working) {
        if (state != null && state.degrees() != null && state.degrees().hear(working)) {
            showBar();
        }
    }

    /** Takes in that work has ended, and says whether it is what this shows. */
    boolean hear(Findings.Ended ended) {
        boolean isThis = state != null && state.degrees() != null && state.degrees().hear(ended);
        if (isThis) {
            refresh();
        }
        return isThis && ended.problem() == null;
    }

    private void refresh() {
        if (!fold.isOpen() || state == null || state.subject().isEmpty()) {
            return;
        }
        Subject subject = state.subject().get();
        state.spectrum().ifPresentOrElse(stored -> show(subject, stored), () -> showScanned(subject));
        pictures.ask(new Wanted(subject, crops, examples()));
        showBar();
        ScrollingPage.fitAround(fold.control());
    }

    private void show(Subject subject, StoredSpectra.Stored stored) {
        ActivationSpectrum spectrum = stored.spectrum();
        double extent = Math.max(Double.MIN_NORMAL, spectrum.extent());
        List<String> headings = new ArrayList<>();
        List<Double> colours = new ArrayList<>();
        for (ActivationSpectrum.Step step : spectrum.steps()) {
            double middle = (step.from() + step.to()) / 2;
            headings.add(Texts.number(middle));
            colours.add(middle / extent);
        }
        grid.show(examples().stream().map(example -> example == null ? Cell.NONE
                : new Cell("", subject.descriptionOfPosition(example, step(spectrum, example)))).toList(), headings, colours);
        say(String.format(Locale.ROOT, "Of all %,d positions in %,d pictures, by what goes into the nonlinearity. The columns"
                + " have, in this order, %s of the positions.", spectrum.positions(), stored.spectra().seen(),
                String.join(", ", spectrum.steps().stream().map(step -> ActivationSpectra.percent(step, spectrum)).toList())));
    }

    private static String step(ActivationSpectrum spectrum, Example example) {
        return spectrum.steps().stream().filter(step -> step.examples().contains(example)).findFirst()
                .map(step -> ActivationSpectra.range(step) + " is at " + ActivationSpectra.percent(step, spectrum)
                        + " of the positions").orElse("");
    }

    private void showScanned(Subject subject) {
        Degrees degrees = subject.signedDegrees();
        double low = degrees.quantile(0);
        double width = (degrees.quantile(1) - low) / Degrees.STEPS;
        List<String> headings = new ArrayList<>();
        for (int step = 0; step < Degrees.STEPS; step++) {
            headings.add(Texts.number(low + (step + 0.5) * width));
        }
        grid.show(examples().stream().map(example -> example == null ? Cell.NONE
                : new Cell("", subject.description(example, degrees))).toList(), headings);
        say("Each picture by its most excited position. Draw from all positions to see what inhibits the unit, too.");
    }

    private void say(String text) {
        if (!text.equals(about.getText())) {
            about.setText(text);
            ScrollingPage.fitAround(about);
        }
    }

    private void showBar() {
        if (state.degrees() == null || state.spectrum().isPresent()) {
            bar.rest();
            return;
        }
        String what = state.degrees().question().arguments().units().get(0);
        bar.show(state.degrees(), "Draw from all positions of " + what, questions, () -> {
            if (state != null) {
                questions.ask(state.degrees(), false);
                showBar();
            }
        });
        state.degrees().problem().ifPresent(problem -> say("Positions could not be drawn: " + problem.getMessage()));
    }

    /** Row by row, {@code null} where a column is shorter than the longest one. */
    private List<Example> examples() {
        if (state == null || state.subject().isEmpty()) {
            return List.of();
        }
        if (state.spectrum().isEmpty()) {
            return state.subject().get().signedDegrees().spectrum();
        }
        List<List<Example>> steps = state.spectrum().get().spectrum().steps().stream().map(ActivationSpectrum.Step::examples)
                .toList();
        int rows = steps.stream().mapToInt(List::size).max().orElse(0);
        List<Example> all = new ArrayList<>(Collections.nCopies(rows * steps.size(), null));
        for (int step = 0; step < steps.size(); step++) {
            for (int row = 0; row < steps.get(step).size(); row++) {
                all.set(row * steps.size() + step, steps.get(step).get(row));
            }
        }
        return all;
    }

    /** Reads pictures in the background, as long as their unit is still shown. */
    private Filled read(Wanted wanted) {
        return new Filled(wanted, isNewest.test(wanted.subject)
                ? wanted.subject.tiles(frames, wanted.crops, wanted.examples) : List.of());
    }

    private void fill(Filled filled) {
        if (state != null && filled.wanted.crops == crops
                && state.subject().filter(subject -> subject == filled.wanted.subject).isPresent()) {
            grid.fill(filled.tiles);
        }
    }
}
