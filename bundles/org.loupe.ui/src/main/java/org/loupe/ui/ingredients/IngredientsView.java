package org.loupe.ui.ingredients;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.visualize.Ingredients;
import org.loupe.core.visualize.Ingredients.Mix;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.FollowingView;
import org.loupe.ui.results.Inquiries;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.Questions;
import org.loupe.ui.results.RecipeFold;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.StateMessage;

/**
 * Shows what each ingredient of a picture buys: the same unit with none, with transforms, with the Fourier space, and
 * with both.
 */
public final class IngredientsView extends FollowingView {

    private static final int GAP = 14;
    private static final int WIDE = 600;
    private static final int WIDTH = 180;
    private static final String RECIPE = "recipe";

    private final List<Mixture> mixtures = new ArrayList<>();
    private Questions questions;
    private Registered<Analysis<Ingredients.Arguments, Visualized>> analysis;
    private AskBar bar;
    private Composite trouble;
    private Composite grid;
    private RecipeFold recipe;
    private Inquiries<Ingredients.Arguments, Visualized> inquiries;

    /** Made by the workbench. */
    public IngredientsView() {
        super(LoupeUi.INGREDIENTS, "Ingredients", "Here the same unit is shown four times, made with and without the"
                + " two ingredients that make such pictures legible.");
    }

    @Override
    protected void createPage(Composite parent, Laboratory study, Questions toAsk) {
        questions = toAsk;
        analysis = study.registry().analysis(Ingredients.class);
        bar = new AskBar(parent);
        trouble = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(trouble);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(trouble);
        grid = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).equalWidth(true).spacing(GAP, GAP).applyTo(grid);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(grid);
        for (Mix mix : Mix.values()) {
            mixtures.add(new Mixture(grid, mix));
        }
        grid.addListener(SWT.Resize, event -> fold());
        Paragraph advice = new Paragraph(parent);
        advice.setText("The scores are those of the finished pictures as they are. The highest does not belong to the"
                + " most telling picture: whatever may cheat climbs highest.");
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(advice);
        recipe = new RecipeFold(parent);
        recipe.fold().setOpen(settings().getBoolean(RECIPE));
        inquiries = new Inquiries<>("ingredients", parent.getDisplay(), questions, this::refresh, index -> refresh(),
                this::failed);
        parent.addDisposeListener(event -> inquiries.close());
        handle(action("Visualize", LoupeUi.VISUALIZE, () -> ask(false)));
        handle(action("Visualize Again", LoupeUi.VISUALIZE_AGAIN, () -> ask(true)));
    }

    @Override
    protected void fillMenu(IMenuManager menu) {
        menu.add(action("Make Again", LoupeUi.VISUALIZE_AGAIN, () -> ask(true)));
    }

    @Override
    protected void showUnit(UnitInNetwork subject) {
        bar.rest();
        problem(Optional.empty());
        mixtures.forEach(mixture -> mixture.clear("Looking in the store…", PictureState.DONE));
        Unit unit = subject.unit();
        int steps = PictureChoice.now().steps();
        Ingredients.Arguments usual = Ingredients.Arguments.of(unit.toString());
        Ingredients.Arguments asked = new Ingredients.Arguments(usual.units(), false, steps, usual.size(), usual.seed());
        inquiries.ask(List.of(new Question<>(analysis, asked, subject.network(),
                Costs.work(subject.network(), unit, steps, Mix.values().length))));
    }

    @Override
    protected void hear(Finding<?> finding) {
        inquiries.hear(finding);
    }

    @Override
    protected void hear(Findings.Ended ended) {
        inquiries.hear(ended);
    }

    @Override
    protected void remember(IDialogSettings settings) {
        settings.put(RECIPE, recipe.fold().isOpen());
    }

    private void failed(Throwable failure) {
        mixtures.forEach(mixture -> mixture.clear("", PictureState.DONE));
        problem(Optional.of(failure));
    }

    private void ask(boolean again) {
        if (!inquiries.all().isEmpty()) {
            questions.ask(inquiries.all().get(0), again);
            refresh();
        }
    }

    private void refresh() {
        Inquiry<Ingredients.Arguments, Visualized> inquiry = inquiries.all().get(0);
        Optional<Finding<Visualized>> finding = inquiry.finding();
        int known = finding.map(found -> found.result().details().size()).orElse(0);
        for (int i = 0; i < mixtures.size(); i++) {
            if (i < known) {
                mixtures.get(i).show(finding.get().result(), i, state(finding.get(), i));
            } else {
                mixtures.get(i).clear(inquiry.isWorking() ? "Next" : "Not made yet", PictureState.DONE);
            }
        }
        bar.show(inquiry, finding.isPresent() ? "Make the rest" : "Make the four pictures", questions,
                () -> ask(false));
        recipe.show(inquiry.recipe(), analysis, inquiry.question().network());
        problem(inquiry.problem());
        grid.layout(true, true);
    }

    /** The pictures are made one after the other, so the last one that is there is the one that grows. */
    private PictureState state(Finding<Visualized> finding, int index) {
        Visualized result = finding.result();
        boolean isLast = index == result.details().size() - 1;
        if (finding.isGrowing() && isLast) {
            return PictureState.growing(finding.progress() * mixtures.size() - index);
        }
        return PictureState.resting(isLast && result.isPartial() && !finding.isGrowing()
                && result.details().get(index).scores().length < result.steps(), result.details().get(index).excited());
    }

    private void problem(Optional<Throwable> problem) {
        if (trouble.getData() == problem.orElse(null)) {
            return;
        }
        for (Control old : trouble.getChildren()) {
            old.dispose();
        }
        trouble.setData(problem.orElse(null));
        ((GridData) trouble.getLayoutData()).exclude = problem.isEmpty();
        trouble.setVisible(problem.isPresent());
        problem.ifPresent(reason -> {
            StateMessage message = StateMessage.error(trouble, "The pictures could not be made", reason);
            GridDataFactory.fillDefaults().grab(true, false).applyTo(message.control());
            message.addWay("Try again", () -> ask(false));
        });
        ScrollingPage.fitAround(trouble);
    }

    private void fold() {
        int columns = grid.getClientArea().width >= WIDE ? mixtures.size() : 2;
        GridLayout layout = (GridLayout) grid.getLayout();
        if (layout.numColumns != columns) {
            layout.numColumns = columns;
            grid.layout();
            ScrollingPage.fitAround(grid);
        }
    }
}
