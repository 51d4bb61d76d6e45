package org.loupe.ui.unit;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.loupe.core.Analysis;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Registered;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiries;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.Questions;
import org.loupe.ui.results.RecipeFold;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.StateMessage;
import org.loupe.ui.widgets.Texts;

/**
 * The pictures of one unit: one large, shown by the page that its type has, and the other ways to ask for one beneath.
 * What is in the store is there at once; the rest is offered with what it costs.
 */
final class PictureSection {

    private static final int SIDE = 192;
    private static final int SMALL = 64;

    private final Composite body;
    private final Questions questions;
    private final Registered<Analysis<Visualize.Arguments, Visualized>> analysis;
    private final ResultPage<Visualized> page;
    private final Control pageControl;
    private final PictureCanvas absent;
    private final AskBar bar;
    private final Composite trouble;
    private final Composite strip;
    private final Link missing;
    private final RecipeFold recipe;
    private final Inquiries<Visualize.Arguments, Visualized> inquiries;
    private final Consumer<Optional<Finding<Visualized>>> shown;
    private List<Variant> variants = List.of();
    private int chosen;

    /** @param shown is told what is shown large */
    PictureSection(Composite parent, Questions questions,
            Registered<Analysis<Visualize.Arguments, Visualized>> analysis, ResultPage<Visualized> page,
            Consumer<Optional<Finding<Visualized>>> shown) {
        this.questions = questions;
        this.analysis = analysis;
        this.page = page;
        this.shown = shown;
        body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        pageControl = page.create(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(pageControl);
        absent = new PictureCanvas(body, SWT.NONE, Scaling.SMOOTH, SIDE);
        GridDataFactory.swtDefaults().applyTo(absent);
        bar = new AskBar(body);
        trouble = new Composite(body, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(trouble);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(trouble);
        strip = new Composite(body, SWT.NONE);
        RowLayout row = new RowLayout(SWT.HORIZONTAL);
        row.marginLeft = 0;
        strip.setLayout(row);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(strip);
        missing = new Link(body, SWT.NONE);
        missing.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> askMissing()));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(missing);
        recipe = new RecipeFold(body);
        inquiries = new Inquiries<>("pictures", body.getDisplay(), questions, this::opened, this::refresh, this::failed);
        body.addDisposeListener(event -> inquiries.close());
    }

    /** Shows a unit. */
    void show(UnitInNetwork subject, List<Variant> ways, int meant) {
        variants = ways;
        chosen = meant;
        problem(Optional.empty());
        present(pageControl, false);
        present(absent, true);
        absent.setHint("Looking in the store…");
        bar.rest();
        tile();
        inquiries.ask(ways.stream().map(way -> question(subject, way)).toList());
        shown.accept(Optional.empty());
        ScrollingPage.fitAround(body);
    }

    /** Takes in what was found. */
    void hear(Finding<?> finding) {
        inquiries.hear(finding);
    }

    /** Takes in that some work has ended. */
    void hear(Findings.Ended ended) {
        inquiries.hear(ended);
    }

    /** Makes the picture that is chosen. */
    void ask(boolean again) {
        if (!inquiries.all().isEmpty()) {
            questions.ask(inquiries.all().get(chosen), again);
            refresh(chosen);
        }
    }

    /** Stops making the picture that is chosen. */
    void cancel() {
        if (!inquiries.all().isEmpty()) {
            questions.cancel(inquiries.all().get(chosen));
        }
    }

    /** The picture that is shown large. */
    Optional<Finding<Visualized>> finding() {
        return inquiries.all().isEmpty() ? Optional.empty() : inquiries.all().get(chosen).finding();
    }

    RecipeFold recipe() {
        return recipe;
    }

    AskBar bar() {
        return bar;
    }

    private Question<Visualize.Arguments, Visualized> question(UnitInNetwork subject, Variant way) {
        return new Question<>(analysis, way.arguments(), subject.network(),
                Costs.work(subject.network(), subject.unit(), way.arguments().steps(), 1));
    }

    private void failed(Throwable failure) {
        absent.setHint("");
        problem(Optional.of(failure));
    }

    private void opened() {
        for (int i = 0; i < inquiries.all().size(); i++) {
            refreshTile(i);
        }
        refreshChosen();
    }

    private void refresh(int index) {
        refreshTile(index);
        if (index == chosen) {
            refreshChosen();
        }
        refreshMissing();
    }

    private void choose(int index) {
        int before = chosen;
        chosen = index;
        ((PictureCanvas) strip.getChildren()[before]).setChosen(false);
        ((PictureCanvas) strip.getChildren()[index]).setChosen(true);
        if (!inquiries.all().isEmpty()) {
            refreshChosen();
        }
    }

    private void refreshChosen() {
        Inquiry<Visualize.Arguments, Visualized> inquiry = inquiries.all().get(chosen);
        Optional<Finding<Visualized>> finding = inquiry.finding();
        finding.ifPresent(page::show);
        if (finding.isEmpty()) {
            absent.setHint("No picture yet");
            absent.show(inquiry.isWorking() ? PictureState.growing(0) : PictureState.DONE);
        }
        boolean isOther = present(pageControl, finding.isPresent()) | present(absent, finding.isEmpty());
        bar.show(inquiry, finding.isPresent() ? "Make it whole" : "Make the picture", questions, () -> ask(false));
        problem(inquiry.problem());
        recipe.show(inquiry.recipe(), analysis, inquiry.question().network());
        refreshMissing();
        shown.accept(finding);
        if (isOther) {
            body.requestLayout();
            ScrollingPage.fitAround(body);
        }
    }

    private void tile() {
        while (strip.getChildren().length > variants.size()) {
            strip.getChildren()[strip.getChildren().length - 1].dispose();
        }
        while (strip.getChildren().length < variants.size()) {
            int index = strip.getChildren().length;
            PictureCanvas tile = new PictureCanvas(strip, SWT.PUSH, Scaling.SMOOTH, SMALL);
            tile.addListener(SWT.Selection, event -> choose(index));
            tile.setMenu(body.getMenu());
        }
        for (int i = 0; i < variants.size(); i++) {
            PictureCanvas tile = (PictureCanvas) strip.getChildren()[i];
            tile.setCaption(variants.get(i).name());
            tile.setHint("");
            tile.setChosen(i == chosen);
            tile.clear(PictureState.DONE);
        }
        missing.setText("");
        strip.requestLayout();
    }

    private void refreshTile(int index) {
        PictureCanvas tile = (PictureCanvas) strip.getChildren()[index];
        Inquiry<Visualize.Arguments, Visualized> inquiry = inquiries.all().get(index);
        if (inquiry.finding().isPresent()) {
            Finding<Visualized> finding = inquiry.finding().get();
            tile.show(finding.result().pictures(), 0, finding.isGrowing() ? PictureState.growing(finding.progress())
                    : PictureState.resting(finding.result().isPartial(),
                            finding.result().details().get(0).excited()));
            tile.setToolTipText(variants.get(index).name());
        } else {
            tile.setHint("+");
            tile.clear(inquiry.isWorking() ? PictureState.growing(0) : PictureState.DONE);
            tile.setToolTipText("Not made yet; it takes " + Texts.about(inquiry.seconds()));
        }
    }

    private void refreshMissing() {
        List<Inquiry<Visualize.Arguments, Visualized>> left = missing();
        String text = left.size() < 2 ? "" : "<a>Make the " + left.size() + " that are missing</a>, "
                + Texts.about(left.stream().mapToDouble(Inquiry::seconds).sum());
        if (!missing.getText().equals(text)) {
            missing.setText(text);
            missing.requestLayout();
        }
    }

    private List<Inquiry<Visualize.Arguments, Visualized>> missing() {
        return inquiries.all().stream().filter(inquiry -> !inquiry.isAnswered() && !inquiry.isWorking()).toList();
    }

    private void askMissing() {
        missing().forEach(inquiry -> {
            questions.ask(inquiry, false);
            refresh(inquiries.all().indexOf(inquiry));
        });
    }

    private void problem(Optional<Throwable> problem) {
        Object before = trouble.getData();
        Object now = problem.orElse(null);
        if (before == now) {
            return;
        }
        for (Control old : trouble.getChildren()) {
            old.dispose();
        }
        trouble.setData(now);
        present(trouble, problem.isPresent());
        problem.ifPresent(reason -> {
            StateMessage message = StateMessage.error(trouble, "The picture could not be made", reason);
            GridDataFactory.fillDefaults().grab(true, false).applyTo(message.control());
            message.addWay("Try again", () -> ask(false));
        });
        trouble.requestLayout();
        ScrollingPage.fitAround(body);
    }

    /** Shows or hides a part and says whether that changes anything. */
    private static boolean present(Control control, boolean isThere) {
        GridData data = (GridData) control.getLayoutData();
        if (data.exclude == !isThere) {
            return false;
        }
        data.exclude = !isThere;
        control.setVisible(isThere);
        return true;
    }
}
