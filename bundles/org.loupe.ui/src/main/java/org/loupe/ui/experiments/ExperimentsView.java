package org.loupe.ui.experiments;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.core.runtime.jobs.IJobChangeEvent;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.core.runtime.jobs.JobChangeAdapter;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Analysis;
import org.loupe.core.Recipe;
import org.loupe.core.Result;
import org.loupe.core.network.Network;
import org.loupe.platform.AnalysisJob;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.Questions;
import org.loupe.ui.widgets.StateMessage;

/**
 * What was asked: on the left what waits, what is being answered and what was answered, on the right the result that is
 * chosen, or two of them side by side. Any question can be asked again, as it was or changed.
 */
public final class ExperimentsView extends ViewPart {

    private static final int SETTLE_MILLISECONDS = 250;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final SelectionSource selection = new SelectionSource();
    private Laboratory laboratory;
    private Questions questions;
    private History history;
    private ResultPane first;
    private ResultPane second;
    private SashForm panes;
    private Label difference;
    private Composite right;
    private Lookup<Laboratory, List<Row>> listing;
    private Lookup<Row, Found> loading;
    private Lookup<Row, Found> loadingOther;
    private Lookup<Supplier<Question<?, ?>>, Inquiry<?, ?>> asking;
    private Runnable deaf = () -> { };
    private Runnable deafToJobs = () -> { };
    private Inquiry<?, ?> asked;
    private List<Object> shownKeys = List.of();
    private boolean isStale;
    private boolean askAgain;
    private String picturesBefore = "";

    /** A line with its result, where there is one that can be shown. */
    private record Found(Row row, Optional<Finding<?>> finding, String why) {
    }

    @Override
    public void createPartControl(Composite parent) {
        try {
            laboratory = getSite().getService(Laboratory.class);
        } catch (RuntimeException problem) {
            StateMessage.error(parent, "The study could not be opened", problem);
            return;
        }
        Findings findings = Findings.of(PlatformUI.getWorkbench());
        questions = new Questions(laboratory, findings, new Costs());
        SashForm sash = new SashForm(parent, SWT.HORIZONTAL | SWT.SMOOTH);
        history = new History(sash, laboratory, this::choose, this::change);
        createPanes(sash);
        sash.setWeights(44, 56);
        listing = new Lookup<>("experiments", parent.getDisplay(), Row::all, history::show, problem -> { });
        loading = new Lookup<>("a result", parent.getDisplay(), this::load, found -> show(first, found), problem -> { });
        loadingOther = new Lookup<>("a result", parent.getDisplay(), this::load, found -> show(second, found), problem -> { });
        asking = new Lookup<>("a question", parent.getDisplay(), wanted -> questions.open(wanted.get()), this::begin,
                problem -> first.say("This could not be asked", String.valueOf(problem.getMessage())));
        deaf = findings.listen(this::hear, this::hear, this::hear);
        createActions();
        getSite().setSelectionProvider(selection);
        listenToJobs();
        reload();
        if (history.isEmpty()) {
            first.say("Nothing is chosen", "Choose a line on the left to see its result, or two to compare them. Ask… asks"
                    + " something new.");
        }
    }

    private void createPanes(Composite parent) {
        right = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(right);
        difference = new Label(right, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).indent(10, 6).exclude(true).applyTo(difference);
        panes = new SashForm(right, SWT.HORIZONTAL | SWT.SMOOTH);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(panes);
        first = new ResultPane(panes, selection::select);
        second = new ResultPane(panes, selection::select);
        panes.setMaximizedControl(first.control());
    }

    private void createActions() {
        IToolBarManager tools = getViewSite().getActionBars().getToolBarManager();
        tools.add(action("Ask…", "visualize", "Ask a question about a network", this::askNew));
        tools.add(action("Run Again", "again", "Answer the chosen question once more", this::again));
        tools.add(action("Change and Run Again…", "change", "Ask the chosen question with other arguments", this::change));
        tools.add(action("Stop", "stop", "Stop the chosen work; what it has found is kept", this::stop));
        tools.add(action("Export Figures…", "export", "Write the figures of the result that is shown to a file", this::export));
    }

    private static Action action(String text, String icon, String tip, Runnable run) {
        Action action = new Action(text) {
            @Override
            public void run() {
                run.run();
            }
        };
        action.setToolTipText(text + ": " + tip);
        action.setImageDescriptor(ResourceLocator.imageDescriptorFromBundle(LoupeUi.BUNDLE, "icons/" + icon + ".svg")
                .orElse(null));
        return action;
    }

    private void listenToJobs() {
        Display display = right.getDisplay();
        JobChangeAdapter listener = new JobChangeAdapter() {
            @Override
            public void scheduled(IJobChangeEvent event) {
                later(display, event.getJob());
            }

            @Override
            public void running(IJobChangeEvent event) {
                later(display, event.getJob());
            }

            @Override
            public void done(IJobChangeEvent event) {
                later(display, event.getJob());
            }
        };
        Job.getJobManager().addJobChangeListener(listener);
        deafToJobs = () -> Job.getJobManager().removeJobChangeListener(listener);
    }

    /** Called on the threads of jobs, while the view may be closing. */
    private void later(Display display, Job job) {
        if (job instanceof AnalysisJob<?, ?> && !display.isDisposed()) {
            display.asyncExec(this::reload);
        }
    }

    /** Reads the list anew, a moment later, for jobs come in crowds. */
    private void reload() {
        if (right.isDisposed() || isStale) {
            return;
        }
        isStale = true;
        right.getDisplay().timerExec(SETTLE_MILLISECONDS, () -> {
            isStale = false;
            if (!right.isDisposed()) {
                listing.ask(laboratory);
            }
        });
    }

    /** Asks a question, and shows its answer as soon as there is one. */
    void ask(AskDialog.Wish wish, boolean again) {
        askAgain = again;
        picturesBefore = "";
        shownKeys = List.of();
        history.choose(List.of());
        compare(false);
        first.say(wish.analysis().name(), "Looking whether it was answered before…");
        asking.ask(wish::question);
    }

    /** Asks about some units with the standard arguments, and shows the answer as soon as there is one. */
    public void ask(Registered<Analysis<?, ?>> analysis, Network network, List<String> units) {
        ask(AskDialog.Wish.about(analysis, network, units), false);
    }

    /** The result that is shown, whole or so far. */
    public Optional<Finding<?>> shown() {
        return first.shown();
    }

    /** The questions that are listed, as a person reads them. */
    public List<String> listed() {
        return history.listed();
    }

    /** Chooses lines by what they are called: the result of one is shown, two are compared. */
    public void choose(String... titles) {
        history.choose(titles);
    }

    /** In what the two results differ that are compared; empty where no two are. */
    public String difference() {
        return difference.getVisible() ? difference.getText() : "";
    }

    private void begin(Inquiry<?, ?> inquiry) {
        if (!picturesBefore.isEmpty() && !picturesBefore.equals(inquiry.recipe().pictures())) {
            first.say("These are other pictures", "It was answered with pictures that are not those that "
                    + inquiry.question().network().name() + " is asked with now. Choose Change and Run Again… and name them.");
            return;
        }
        if (inquiry.isWorking() && !questions.canCancel(inquiry)) {
            // It ended after it was looked up, before anybody here listened.
            asking.ask(inquiry::question);
            return;
        }
        asked = inquiry;
        if (askAgain || !inquiry.isAnswered()) {
            questions.ask(inquiry, askAgain);
        }
        showAsked();
    }

    private void showAsked() {
        String title = AnalysisJob.title(asked.question().analysis(), asked.question().arguments());
        String state = asked.problem().map(problem -> "Failed: " + problem.getMessage())
                .orElse(asked.isWorking() ? asked.progress() : asked.isAnswered() ? "Done." : "Partial: stopped before it was done.");
        if (asked.finding().isPresent()) {
            first.show(title, asked.question().network().name() + ". " + state, asked.finding().get(), registered(asked));
        } else {
            first.say(title, asked.question().network().name() + ". " + (asked.isWorking() || asked.problem().isPresent() ? state
                    : "Stopped; there is nothing yet."));
        }
    }

    private Registered<Analysis<?, ?>> registered(Inquiry<?, ?> inquiry) {
        return laboratory.registry().analyses().stream().filter(one -> one.id().equals(inquiry.question().analysis().id()))
                .findFirst().orElseThrow();
    }

    private void hear(Finding<?> finding) {
        if (asked != null && asked.hear(finding)) {
            showAsked();
        }
    }

    private void hear(Findings.Working working) {
        if (asked != null && asked.hear(working)) {
            showAsked();
        }
    }

    private void hear(Findings.Ended ended) {
        if (asked != null && asked.hear(ended)) {
            showAsked();
        }
    }

    private void choose(List<Row> rows) {
        List<Object> keys = rows.stream().limit(2).map(Row::key).toList();
        if (rows.isEmpty() || keys.equals(shownKeys)) {
            return;
        }
        shownKeys = keys;
        asked = null;
        compare(rows.size() > 1);
        loading.ask(rows.get(0));
        if (rows.size() > 1) {
            loadingOther.ask(rows.get(1));
            boolean bothKnown = rows.get(0).recipe().isPresent() && rows.get(1).recipe().isPresent();
            difference.setText(bothKnown ? Difference.words(rows.get(0).recipe().get(), rows.get(1).recipe().get())
                    : "One of the two is not answered yet.");
            difference.requestLayout();
        }
    }

    private void compare(boolean isTwo) {
        GridDataFactory.fillDefaults().grab(true, false).indent(10, 6).exclude(!isTwo).applyTo(difference);
        difference.setVisible(isTwo);
        panes.setMaximizedControl(isTwo ? null : first.control());
        right.layout();
    }

    private Found load(Row row) {
        if (row.recipe().isEmpty()) {
            return new Found(row, Optional.empty(), "It is " + row.state() + ". Its result is shown here when it is done.");
        }
        if (row.analysis().isEmpty()) {
            return new Found(row, Optional.empty(), "The plug-in that made this is not installed any more.");
        }
        if (row.network().isEmpty()) {
            return new Found(row, Optional.empty(), "The network that this is about is not in the study any more; open it again"
                    + " to see the result. Its SHA-256 is " + row.recipe().get().network() + ".");
        }
        return find(row, row.analysis().get().value(), row.recipe().get(), row.network().get());
    }

    private <R extends Result> Found find(Row row, Analysis<?, R> analysis, Recipe recipe, Network network) {
        Optional<R> found = laboratory.study().results().find(recipe, analysis);
        return new Found(row, found.map(result -> new Finding<>(result, recipe, network)),
                found.isEmpty() ? "The files of this result are damaged or of another version. Run it again." : "");
    }

    private void show(ResultPane pane, Found found) {
        Row row = found.row();
        if (found.finding().isEmpty()) {
            pane.say(row.title(), found.why());
        } else {
            pane.show(row.title(), row.network().orElseThrow().name() + ", " + TIME.format(row.when().orElseThrow()) + ", "
                    + row.state(), found.finding().get(), row.analysis().orElseThrow());
        }
    }

    private Optional<AskDialog.Wish> wish() {
        Optional<AskDialog.Wish> ofRow = history.chosen().stream().findFirst()
                .filter(row -> row.recipe().isPresent() && row.analysis().isPresent() && row.network().isPresent())
                .map(row -> AskDialog.Wish.again(row.analysis().get(), row.network().get(), row.recipe().get().arguments(), ""));
        return ofRow.or(() -> Optional.ofNullable(asked).map(one -> AskDialog.Wish.again(registered(one),
                one.question().network(), one.recipe().arguments(), one.pictures().orElse(""))));
    }

    private void askNew() {
        open(wish().orElseGet(() -> AskDialog.Wish.about(laboratory.registry().analyses().get(0),
                laboratory.networks().get(0), List.of())));
    }

    private void again() {
        wish().ifPresent(wish -> {
            if (wish.analysis().value().needsOnePicture() && wish.pictures().isEmpty()) {
                open(wish);
            } else {
                String before = history.chosen().stream().findFirst().flatMap(Row::recipe).map(Recipe::pictures).orElse("");
                ask(wish, true);
                picturesBefore = before;
            }
        });
    }

    private void change() {
        wish().ifPresent(this::open);
    }

    private void open(AskDialog.Wish wish) {
        AskDialog dialog = new AskDialog(getSite().getShell(), laboratory, wish);
        if (dialog.open() == Window.OK) {
            ask(dialog.wish(), false);
        }
    }

    private void stop() {
        history.chosen().forEach(row -> row.job().ifPresent(Job::cancel));
        if (asked != null) {
            questions.cancel(asked);
        }
    }

    private void export() {
        first.shown().ifPresent(finding -> FigureExport.ask(getSite().getShell(), first.title(), finding));
    }

    @Override
    public void setFocus() {
        if (history != null) {
            history.setFocus();
        }
    }

    @Override
    public void dispose() {
        deaf.run();
        deafToJobs.run();
        if (listing != null) {
            listing.close();
            loading.close();
            loadingOther.close();
            asking.close();
        }
        super.dispose();
    }
}
