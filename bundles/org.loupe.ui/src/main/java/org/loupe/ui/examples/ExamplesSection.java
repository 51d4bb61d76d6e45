package org.loupe.ui.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.EffectiveFields;
import org.loupe.core.scan.Example;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.store.StoredJudgements;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.widgets.Fold;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.StateMessage;
import org.loupe.ui.widgets.Texts;
import org.osgi.service.event.EventHandler;

/**
 * What the pictures of a set say of a unit, from a stored scan: the strongest examples, some of all degrees, how it answers
 * to each class, and how its activations are distributed. Where nothing is stored, it offers to scan.
 */
public final class ExamplesSection implements UnitSection {

    private static final int WIDTH = 180;

    private UnitPage page;
    private ExamplesFinder finder;
    private final Frames frames = new Frames();
    private Lookup<UnitInNetwork, State> states;
    private Lookup<Subject, Judged> series;
    private Composite body;
    private Composite message;
    private AskBar bar;
    private Composite content;
    private Paragraph summary;
    private StrongestExamples strongest;
    private Link cut;
    private SpectrumFold spectrum;
    private ClassFold classes;
    private Fold distribution;
    private Distribution histogram;
    private FieldFold field;
    private final List<Runnable> meanwhile = new ArrayList<>();
    private UnitInNetwork unit;
    private State state;
    private boolean isLooking;
    private Crops crops;
    private boolean looksOnly;
    private volatile UnitInNetwork newest;

    /** What was judged of a unit before. */
    private record Judged(Subject subject, Optional<StoredJudgements.Series> before) {
    }

    @Override
    public void create(Composite parent, UnitPage unitPage) {
        page = unitPage;
        finder = new ExamplesFinder(page.laboratory(), page.questions());
        body = column(parent);
        message = column(body);
        present(message, false);
        bar = new AskBar(body);
        content = column(body);
        present(content, false);
        createContent(page.settings());
        states = new Lookup<>("examples", body.getDisplay(), finder::find, this::found, this::failed);
        IEventBroker events = page.site().getService(IEventBroker.class);
        EventHandler chosen = event -> {
            if (unit != null && event.getProperty(IEventBroker.DATA) == unit.network()) {
                show(unit);
            }
        };
        events.subscribe(LoupeUi.PICTURES_CHOSEN, chosen);
        body.addDisposeListener(event -> {
            events.unsubscribe(chosen);
            states.close();
            series.close();
        });
    }

    private void createContent(IDialogSettings settings) {
        summary = new Paragraph(content);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(summary);
        strongest = new StrongestExamples(content, frames, this::isNewest, this::open);
        cut = link(content, this::turnCut);
        looksOnly = settings.getBoolean("effective");
        spectrum = new SpectrumFold(content, page.questions(), frames, this::isNewest, this::open);
        spectrum.fold().setOpen(settings.get("spectrum") == null || settings.getBoolean("spectrum"));
        classes = new ClassFold(content);
        classes.fold().setOpen(settings.get("classes") == null || settings.getBoolean("classes"));
        distribution = new Fold(content, "Distribution");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(distribution.control());
        distribution.setOpen(settings.get("distribution") == null || settings.getBoolean("distribution"));
        histogram = new Distribution(distribution.body());
        GridDataFactory.fillDefaults().grab(true, false).applyTo(histogram);
        field = new FieldFold(content, page.questions());
        field.fold().setOpen(settings.getBoolean("field"));
        link(content, this::judge).setText("<a>Judge pictures without knowing their activations…</a>");
        series = new Lookup<>("what was judged", body.getDisplay(), this::series, this::judge,
                problem -> tell("What was judged cannot be read", problem, "Try again", this::judge));
    }

    private void judge() {
        if (state != null) {
            state.subject().ifPresent(series::ask);
        }
    }

    private Judged series(Subject subject) {
        return new Judged(subject, page.laboratory().study().judgements().find(subject.stored().recipe().network(),
                subject.channel(), subject.stored().recipe().pictures()));
    }

    private void judge(Judged judged) {
        new BlindWindow(body.getShell(), page.laboratory(), judged.subject, frames, judged.before).open();
    }

    private static Composite column(Composite parent) {
        Composite column = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 8).applyTo(column);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(column);
        return column;
    }

    private static Link link(Composite parent, Runnable action) {
        Link link = new Link(parent, SWT.NONE);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(link);
        link.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> action.run()));
        return link;
    }

    @Override
    public void show(UnitInNetwork shown) {
        unit = shown;
        newest = shown;
        state = null;
        isLooking = true;
        meanwhile.clear();
        blank();
        states.ask(shown);
    }

    /** Takes away what is of another unit, and keeps its room, so that nothing jumps while one looks along many units. */
    private void blank() {
        summary.setText("Looking in the store…");
        bar.blank();
        strongest.blank();
        spectrum.blank();
        classes.blank();
        field.blank();
        showParts(false);
    }

    private void showParts(boolean areThere) {
        for (Control part : List.of(cut, histogram)) {
            part.setVisible(areThere);
        }
    }

    @Override
    public void hear(Finding<?> finding) {
        if (isLooking) {
            meanwhile.add(() -> hear(finding));
            return;
        }
        heard(field.hear(finding));
        if (spectrum.hear(finding) | inquiry().filter(inquiry -> inquiry.hear(finding)).isPresent()) {
            states.ask(unit);
        }
    }

    @Override
    public void hear(Findings.Working working) {
        heard(field.hear(working));
        spectrum.hear(working);
        if (inquiry().filter(inquiry -> inquiry.hear(working)).isPresent()) {
            showBar();
        }
    }

    @Override
    public void hear(Findings.Ended ended) {
        if (isLooking) {
            meanwhile.add(() -> hear(ended));
            return;
        }
        heard(field.hear(ended));
        if (spectrum.hear(ended)) {
            states.ask(unit);
        }
        if (inquiry().filter(inquiry -> inquiry.hear(ended)).isPresent()) {
            if (ended.problem() == null) {
                states.ask(unit);
            } else {
                showBar();
                tell("The pictures could not be scanned", ended.problem(), "Try again", this::scan);
            }
        }
    }

    /** What the unit looks at may be known now. */
    private void heard(boolean isAboutTheField) {
        if (isAboutTheField && state != null) {
            state.subject().ifPresent(this::showCut);
        }
    }

    private Optional<Inquiry<Scan.Arguments, Scanned>> inquiry() {
        return Optional.ofNullable(state).map(State::inquiry);
    }

    @Override
    public void remember(IDialogSettings settings) {
        settings.put("spectrum", spectrum.fold().isOpen());
        settings.put("classes", classes.fold().isOpen());
        settings.put("distribution", distribution.isOpen());
        settings.put("field", field.fold().isOpen());
        settings.put("effective", looksOnly);
    }

    private void found(State now) {
        if (!now.unit().equals(unit)) {
            return;
        }
        state = now;
        isLooking = false;
        clear(message);
        present(message, now.pictures().isEmpty());
        if (now.pictures().isEmpty()) {
            StateMessage empty = StateMessage.empty(message, "No pictures are chosen for " + unit.network(),
                    "Here would be the pictures that excite " + unit.unit() + " most. Choose a folder, an archive or a list"
                            + " of pictures to show to the network.");
            empty.addWay("Choose pictures…", this::choose);
            GridDataFactory.fillDefaults().grab(true, false).applyTo(empty.control());
        }
        if (now.pictures().isPresent() && now.subject().isEmpty()) {
            Paragraph words = new Paragraph(message);
            words.setText("Here would be the pictures of your set that excite " + now.unit().unit() + " most, others of all degrees,"
                    + " and how it answers to each class. One scan finds that for all units of all layers.");
            GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(words);
            present(message, true);
        }
        present(content, now.subject().isPresent());
        showBar();
        now.subject().ifPresent(this::show);
        ScrollingPage.fitAround(body);
        // What ended between the look into the store and now would otherwise seem to be at work for ever.
        List<Runnable> heard = List.copyOf(meanwhile);
        meanwhile.clear();
        heard.forEach(Runnable::run);
    }

    private void failed(Throwable problem) {
        state = null;
        isLooking = false;
        meanwhile.clear();
        present(content, false);
        bar.rest();
        tell("The examples could not be found", problem, "Choose pictures…", this::choose);
    }

    private void tell(String title, Throwable problem, String way, Runnable action) {
        clear(message);
        StateMessage error = StateMessage.error(message, title, problem);
        error.addWay(way, action);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(error.control());
        present(message, true);
        ScrollingPage.fitAround(body);
    }

    private static void clear(Composite composite) {
        for (Control child : composite.getChildren()) {
            child.dispose();
        }
    }

    private void showBar() {
        if (state.inquiry() == null) {
            bar.rest();
        } else if (state.inquiry().isWorking()) {
            bar.working(state.inquiry().share(), "Scanning " + state.count() + " pictures: " + state.inquiry().progress(),
                    () -> page.questions().cancel(state.inquiry()));
        } else if (state.subject().isEmpty()) {
            bar.offer("Find examples (scan " + number(state.count()) + " pictures)", state.seconds(), this::scan);
        } else if (state.subject().get().stored().scanned().isPartial()) {
            Scanned scanned = state.subject().get().stored().scanned();
            double left = 1 - (double) (scanned.seen() + scanned.unreadable()) / Math.max(1, state.count());
            bar.offer("Scan the other " + number(state.count() - scanned.seen() - scanned.unreadable()) + " pictures",
                    left * state.seconds(), this::scan);
        } else {
            bar.rest();
        }
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Shows all pictures to the network, or those that are left. */
    private void scan() {
        if (state != null && state.inquiry() != null) {
            clear(message);
            present(message, false);
            page.questions().ask(state.inquiry(), false);
            showBar();
        }
    }

    private void choose() {
        PictureChooser.choose(body.getShell(), page.laboratory(), unit.network());
    }

    private void show(Subject subject) {
        ChannelScan after = subject.after();
        Scanned scanned = subject.stored().scanned();
        summary.setText((scanned.isPartial() ? "So far, among " : "Among ") + number(scanned.seen()) + " pictures of "
                + scanned.set() + ", fires in " + Subject.percent(after.firingPictures()) + " and at "
                + Subject.percent(after.firingPositions()) + " of all positions. Largest activations are "
                + Texts.number(after.meanOfMaxima()) + " on average, " + Texts.number(subject.degrees().quantile(0.99))
                + " in the strongest 1 %.");
        crops = null;
        showCut(subject);
        classes.show(subject);
        histogram.show(subject.signed());
        field.show(state.field());
        showParts(true);
    }

    /** Shows examples as all that the unit could see, or as what it looks at where that is wanted and known. */
    private void showCut(Subject subject) {
        Optional<EffectiveFields.Field> looksAt = looksOnly ? state.looksAt() : Optional.empty();
        cut.setText(looksAt.map(found -> "Cut out at 95 % of the gradient, " + EffectiveFields.size(found.effective())
                + ". <a>Show all it could see</a>").orElseGet(() -> looksOnly && state.field().isWorking() ? "Following the gradient…"
                        : "<a>Show only what it really looks at</a>"));
        Crops now = looksAt.map(found -> Crops.effective(unit.network(), Tap.after(unit.unit().layer()), found.effective()))
                .orElse(subject.crops());
        if (crops == null || looksAt.isPresent() || crops != now) {
            crops = now;
            strongest.show(subject, crops);
            spectrum.show(state, crops);
        }
    }

    /** From all that units could see to what they look at, or back. */
    private void turnCut() {
        if (state == null || state.subject().isEmpty()) {
            return;
        }
        looksOnly = !looksOnly || state.looksAt().isEmpty();
        if (looksOnly && state.looksAt().isEmpty()) {
            field.ask();
        }
        showCut(state.subject().get());
    }

    private boolean isNewest(Subject subject) {
        return subject.unit().equals(newest);
    }

    private void open(List<Example> examples, int index) {
        if (state != null && index < examples.size() && examples.get(index) != null) {
            state.subject().ifPresent(subject -> new PictureWindow(body.getShell(), page.laboratory(), subject, frames,
                    examples.stream().filter(example -> example != null).toList(),
                    (int) examples.subList(0, index).stream().filter(example -> example != null).count()).open());
        }
    }

    private static void present(Control control, boolean isThere) {
        ((GridData) control.getLayoutData()).exclude = !isThere;
        control.setVisible(isThere);
    }
}
