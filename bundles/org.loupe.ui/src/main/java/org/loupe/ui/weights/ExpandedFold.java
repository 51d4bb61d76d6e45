package org.loupe.ui.weights;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Color;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowWeights;
import org.loupe.core.circuit.FollowedWeights;
import org.loupe.core.network.Network;
import org.loupe.platform.Registered;
import org.loupe.ui.Lookup;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.jobs.Picture;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiries;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.weights.Expansion.Asked;
import org.loupe.ui.widgets.Fold;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;

/**
 * Weights over several layers, as if everything between were linear, with a warning where that story does not hold, and what
 * arrives of them on pictures beside it.
 */
final class ExpandedFold implements AutoCloseable {

    private static final int WIDTH = 180;

    /** Of networks with no more parameters, weights are expanded without being asked for: it takes no time. */
    private static final long SMALL = 1_000_000;

    private final UnitPage page;
    private final Fold fold;
    private final Combo layer;
    private final ExpandedRow row;
    private final Paragraph words;
    private final Paragraph warning;
    private final AskBar bar;
    private final Lookup<Asked, Expansion> lookup;
    private final Inquiries<FollowWeights.Arguments, FollowedWeights> inquiries;
    private final Runnable looked;
    private UnitInNetwork subject;
    private Network network;
    private boolean isSettling;
    private String chosen = "";
    private Optional<Expansion> expansion = Optional.empty();

    /** @param looked is called when other units are in sight */
    ExpandedFold(Composite parent, UnitPage page, Function<Unit, Picture> pictures, Runnable looked) {
        this.page = page;
        this.looked = looked;
        fold = new Fold(parent, "Over several layers");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(fold.control());
        Composite head = new Composite(fold.body(), SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        new Label(head, SWT.NONE).setText("Down to");
        layer = new Combo(head, SWT.DROP_DOWN | SWT.READ_ONLY);
        ScrollingPage.keepWheel(layer);
        layer.addListener(SWT.Selection, event -> {
            chosen = layer.getText();
            expand();
        });
        row = new ExpandedRow(fold.body(), pictures, unit -> page.open(new UnitInNetwork(subject.network(), unit)));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(row);
        row.addListener(SWT.Resize, event -> looked.run());
        warning = paragraph(Palette::warning);
        words = paragraph(Palette::foreground);
        bar = new AskBar(fold.body());
        lookup = new Lookup<>("weights over several layers", parent.getDisplay(), Expansion::of, this::found,
                problem -> tell("The weights could not be followed: " + problem.getMessage()));
        inquiries = new Inquiries<>("weights on pictures", parent.getDisplay(), page.questions(), this::refresh, index -> refresh(),
                problem -> tell("What arrives on pictures could not be looked up: " + problem.getMessage()));
        fold.whenTurned(() -> {
            if (!isSettling && fold.isOpen() && subject != null) {
                show(subject);
            }
        });
    }

    private void expand() {
        lookup.ask(new Asked(subject, chosen));
    }

    private Paragraph paragraph(Function<Palette, Color> colour) {
        Paragraph label = new Paragraph(fold.body(), colour);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(label);
        return label;
    }

    /** The units in sight. */
    List<Unit> inSight() {
        return fold.isOpen() ? row.inSight() : List.of();
    }

    /** Paints anew, because there are other pictures. */
    void redraw() {
        row.redraw();
    }

    /** Shows a unit instead of the one before, down to the layer that was chosen, where it is below that unit. */
    void show(UnitInNetwork unit) {
        subject = unit;
        expansion = Optional.empty();
        inquiries.ask(List.of());
        if (unit.network() != network) {
            network = unit.network();
            isSettling = true;
            fold.setOpen(network.parameters() <= SMALL);
            isSettling = false;
        }
        if (fold.isOpen()) {
            expand();
        }
    }

    private void found(Expansion next) {
        if (row.isDisposed() || !next.asked().unit().equals(subject)) {
            return;
        }
        expansion = Optional.of(next);
        layer.setItems(next.layers().toArray(String[]::new));
        layer.select(next.layers().indexOf(next.asked().layer()));
        layer.getParent().setVisible(!next.layers().isEmpty());
        ((GridData) layer.getParent().getLayoutData()).exclude = next.layers().isEmpty();
        bar.rest();
        if (!next.ways().isEmpty() && page.laboratory().picturesOf(subject.network()).isPresent()) {
            Registered<Analysis<FollowWeights.Arguments, FollowedWeights>> analysis =
                    page.laboratory().registry().analysis(FollowWeights.class);
            inquiries.ask(List.of(new Question<>(analysis, FollowWeights.Arguments.of(subject.unit(), next.asked().layer()),
                    subject.network(), Costs.work(subject.network(), subject.unit(), 1, FollowWeights.SAMPLE))));
        }
        refresh();
        looked.run();
    }

    private Optional<Inquiry<FollowWeights.Arguments, FollowedWeights>> inquiry() {
        return inquiries.all().stream().findFirst();
    }

    private Optional<FollowedWeights> followed() {
        return inquiry().flatMap(Inquiry::finding).map(Finding::result);
    }

    private void refresh() {
        if (row.isDisposed() || expansion.isEmpty()) {
            return;
        }
        Expansion now = expansion.get();
        row.show(expansion, followed());
        inquiry().ifPresent(inquiry -> bar.show(inquiry, "See what arrives on pictures", page.questions(), () -> {
            page.questions().ask(inquiry, false);
            refresh();
        }));
        say(warning, now.warning(followed()));
        say(words, now.words() + (now.ways().isEmpty() ? "" : " " + arrives()));
        ScrollingPage.fitAround(row);
    }

    /** What is known of pictures, in one sentence. */
    private String arrives() {
        Optional<Throwable> problem = inquiry().flatMap(Inquiry::problem);
        if (problem.isPresent()) {
            return "What arrives on pictures could not be found: " + problem.get().getMessage();
        }
        return followed().filter(found -> !found.sights().isEmpty()).map(found -> "Below each kernel, how much of it arrives on "
                + found.sights().size() + " pictures of " + found.pictures() + ", with all gates as they are there, from −0.5 to 1.5"
                + " (lines at 0 and 1): 5 to 95 of 100 pictures, a box for half of them, a bar for the middle.")
                .orElse("Whether gates let it arrive, only pictures show.");
    }

    private void tell(String text) {
        if (!row.isDisposed()) {
            say(words, text);
            ScrollingPage.fitAround(row);
        }
    }

    private static void say(Paragraph label, String text) {
        label.setText(text);
        label.setVisible(!text.isEmpty());
        ((GridData) label.getLayoutData()).exclude = text.isEmpty();
        ScrollingPage.fitAround(label);
    }

    void hear(Finding<?> finding) {
        inquiries.hear(finding);
    }

    void hear(Findings.Working working) {
        inquiries.hear(working);
    }

    void hear(Findings.Ended ended) {
        inquiries.hear(ended);
    }

    @Override
    public void close() {
        lookup.close();
        inquiries.close();
    }
}
