package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.loupe.core.Analysis;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Registered;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiries;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.PictureExport;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.Questions;
import org.loupe.ui.results.RecipeFold;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.results.ResultPages;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.results.VisualizedPage;
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
public final class PictureSection implements UnitSection {

    private static final int SIDE = 192;
    private static final int SMALL = 64;
    private static final String NEURON = "neuron";
    private static final String RECIPE = "recipe";

    private final Action neuron = new Action("Centre Neuron", IAction.AS_CHECK_BOX) {
        @Override
        public void run() {
            if (subject != null) {
                show(subject);
            }
        }
    };
    private final Action export = action("Export Picture…", UnitView.EXPORT, this::export);
    private final Action copy = action("Copy Picture", IWorkbenchCommandConstants.EDIT_COPY, this::copy);
    private UnitPage surroundings;
    private Composite body;
    private Questions questions;
    private Registered<Analysis<Visualize.Arguments, Visualized>> analysis;
    private ResultPage<Visualized> page;
    private Control pageControl;
    private PictureCanvas absent;
    private AskBar bar;
    private Composite trouble;
    private Composite strip;
    private Link missing;
    private RecipeFold recipe;
    private Inquiries<Visualize.Arguments, Visualized> inquiries;
    private UnitInNetwork subject;
    private List<Variant> variants = List.of();
    private final Map<UnitInNetwork, List<Variant>> own = new HashMap<>();
    private int chosen;
    private Runnable whenOpened = () -> { };

    @Override
    public void create(Composite parent, UnitPage unitPage) {
        surroundings = unitPage;
        questions = unitPage.questions();
        analysis = unitPage.laboratory().registry().analysis(Visualize.class);
        page = ResultPages.installed().page(Visualized.class).orElseGet(VisualizedPage::new);
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
        createActions();
    }

    private void createActions() {
        IDialogSettings settings = surroundings.settings();
        recipe.fold().setOpen(settings.getBoolean(RECIPE));
        neuron.setToolTipText("Look at the centre of the map instead of its mean");
        neuron.setId(UnitView.NEURON_COMMAND);
        neuron.setActionDefinitionId(UnitView.NEURON_COMMAND);
        neuron.setChecked(settings.get(NEURON) == null ? PictureChoice.now().neuron() : settings.getBoolean(NEURON));
        surroundings.handle(neuron);
        surroundings.handle(export);
        surroundings.handle(copy);
        surroundings.handle(action("Visualize", LoupeUi.VISUALIZE, () -> askUnfolded(false)));
        surroundings.handle(action("Visualize…", LoupeUi.VISUALIZE_AS, this::compose));
        surroundings.handle(action("Visualize Again", LoupeUi.VISUALIZE_AGAIN, () -> askUnfolded(true)));
        IMenuManager menu = surroundings.menu();
        menu.add(neuron);
        menu.add(new Separator());
        menu.add(export);
        menu.add(copy);
        changed(Optional.empty());
    }

    private static Action action(String text, String command, Runnable run) {
        Action action = new Action(text) {
            @Override
            public void run() {
                run.run();
            }
        };
        action.setId(command);
        action.setActionDefinitionId(command);
        return action;
    }

    @Override
    public void show(UnitInNetwork unit) {
        subject = unit;
        List<Variant> all = new ArrayList<>(Variant.of(unit, neuron.isChecked(), PictureChoice.now().steps()));
        all.addAll(own.getOrDefault(unit, List.of()));
        variants = List.copyOf(all);
        chosen = Variant.meant(unit.unit(), neuron.isChecked());
        whenOpened = () -> { };
        problem(Optional.empty());
        present(pageControl, false);
        present(absent, true);
        absent.setHint("Looking in the store…");
        bar.rest();
        tile();
        inquiries.ask(variants.stream().map(way -> question(unit, way)).toList());
        changed(Optional.empty());
        ScrollingPage.fitAround(body);
    }

    @Override
    public void remember(IDialogSettings settings) {
        settings.put(NEURON, neuron.isChecked());
        settings.put(RECIPE, recipe.fold().isOpen());
    }

    private void changed(Optional<Finding<Visualized>> finding) {
        export.setEnabled(finding.isPresent() && !finding.get().isGrowing());
        copy.setEnabled(finding.isPresent());
    }

    /** Asks for a picture in a way that a person chooses; it then has a tile of its own. */
    private void compose() {
        surroundings.unfold();
        if (subject == null) {
            return;
        }
        UnitInNetwork unit = subject;
        VisualizeDialog dialog = new VisualizeDialog(body.getShell(), surroundings.laboratory(), unit, analysis,
                variants.get(chosen).arguments());
        if (dialog.open() != Window.OK || body.isDisposed()) {
            return;
        }
        List<Variant> before = own.computeIfAbsent(unit, anyUnit -> new ArrayList<>());
        if (variants.stream().noneMatch(way -> way.arguments().equals(dialog.arguments()))) {
            before.add(new Variant("Own " + (before.size() + 1), dialog.arguments()));
        }
        surroundings.open(unit);
        show(unit);
        whenOpened = () -> {
            choose(indexOf(dialog.arguments()));
            ask(false);
        };
    }

    private int indexOf(Visualize.Arguments arguments) {
        return variants.stream().map(Variant::arguments).toList().indexOf(arguments);
    }

    private void export() {
        finding().ifPresent(finding -> PictureExport.ask(body.getShell(), finding, 0));
    }

    private void copy() {
        finding().ifPresent(finding -> PictureExport.copy(body.getDisplay(), finding, 0));
    }

    private void askUnfolded(boolean again) {
        surroundings.unfold();
        if (inquiries.all().isEmpty()) {
            whenOpened = () -> ask(again);
        } else {
            ask(again);
        }
    }

    @Override
    public void hear(Finding<?> finding) {
        inquiries.hear(finding);
    }

    @Override
    public void hear(Findings.Ended ended) {
        inquiries.hear(ended);
    }

    /** Makes the picture that is chosen. */
    private void ask(boolean again) {
        if (!inquiries.all().isEmpty()) {
            questions.ask(inquiries.all().get(chosen), again);
            refresh(chosen);
        }
    }

    /** The picture that is shown large. */
    private Optional<Finding<Visualized>> finding() {
        return inquiries.all().isEmpty() ? Optional.empty() : inquiries.all().get(chosen).finding();
    }

    private Question<Visualize.Arguments, Visualized> question(UnitInNetwork subject, Variant way) {
        return new Question<>(analysis, way.arguments(), subject.network(),
                Costs.work(subject.network(), subject.unit(), way.arguments().steps(), way.arguments().shown()));
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
        Runnable waiting = whenOpened;
        whenOpened = () -> { };
        waiting.run();
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
        changed(finding);
        if (isOther) {
            ScrollingPage.fitAround(body);
        }
    }

    private void tile() {
        while (strip.getChildren().length > variants.size()) {
            Control last = strip.getChildren()[strip.getChildren().length - 1];
            // A control takes its menu with it, and this one is the whole view's.
            last.setMenu(null);
            last.dispose();
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
        ScrollingPage.fitAround(strip);
    }

    private void refreshTile(int index) {
        PictureCanvas tile = (PictureCanvas) strip.getChildren()[index];
        Inquiry<Visualize.Arguments, Visualized> inquiry = inquiries.all().get(index);
        if (inquiry.finding().isPresent()) {
            Finding<Visualized> finding = inquiry.finding().get();
            tile.show(finding.result().pictures(), 0, finding.isGrowing() ? PictureState.growing(finding.progress())
                    : PictureState.resting(finding.result().isPartial(),
                            finding.result().details().get(0).excited()));
            Variant way = variants.get(index);
            tile.setToolTipText(way.name() + ": " + finding.result().details().get(0).objective()
                    + (way.how().isEmpty() ? "" : "; " + way.how()));
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
        boolean isOther = !missing.getText().equals(text);
        missing.setText(text);
        if (present(missing, !text.isEmpty()) | isOther) {
            ScrollingPage.fitAround(missing);
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
