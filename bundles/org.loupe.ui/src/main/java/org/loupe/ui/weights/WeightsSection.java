package org.loupe.ui.weights;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.core.commands.common.CommandException;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.loupe.core.Arguments;
import org.loupe.core.Unit;
import org.loupe.core.circuit.FollowWeights;
import org.loupe.core.circuit.MeasureUse;
import org.loupe.core.visualize.Visualized;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.jobs.LaboratoryPictures;
import org.loupe.ui.jobs.PictureQueue;
import org.loupe.ui.jobs.PictureRequest;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;

/** What a unit is excited and inhibited by, and what uses it, with the kernels between them, read out of the weights. */
public final class WeightsSection implements UnitSection {

    private static final int WIDTH = 180;
    private static final long BYTES_OF_PICTURES = 16L << 20;

    private final AtomicBoolean isChanged = new AtomicBoolean();
    private UnitPage page;
    private Display display;
    private PictureQueue queue;
    private Paragraph message;
    private WeightRows rows;
    private ExpandedFold expanded;
    private Lookup<UnitInNetwork, Built> lookup;
    private UnitInNetwork subject;

    @Override
    public void create(Composite parent, UnitPage unitPage) {
        page = unitPage;
        display = parent.getDisplay();
        queue = new PictureQueue(new LaboratoryPictures(page.laboratory(), Findings.of(PlatformUI.getWorkbench())),
                page.laboratory(), 0, BYTES_OF_PICTURES, request -> changed());
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        rows = new WeightRows(body, unit -> queue.picture(request(unit)),
                unit -> page.open(new UnitInNetwork(subject.network(), unit)));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(rows);
        rows.addListener(SWT.Resize, event -> lookAt());
        message = new Paragraph(body);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(message);
        expanded = new ExpandedFold(body, page, unit -> queue.picture(request(unit)), this::lookAt);
        Link further = new Link(body, SWT.WRAP);
        further.setText("On pictures: <a href=\"" + page.laboratory().registry().analysis(MeasureUse.class).id()
                + "\">what is used of them…</a>   <a href=\"" + page.laboratory().registry().analysis(FollowWeights.class).id()
                + "\">what arrives over several layers, of units you name…</a>");
        further.setToolTipText("Strong weights need not be used, and over several layers they cancel or are gated");
        further.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> ask(event.text)));
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(further);
        lookup = new Lookup<>("weights", display, new BuiltFinder(), this::found,
                problem -> say("The weights could not be read: " + problem.getMessage()));
        body.addDisposeListener(event -> {
            lookup.close();
            expanded.close();
            queue.close();
        });
    }

    /** Opens the dialog of an analysis about the unit. */
    private void ask(String analysis) {
        try {
            page.site().getService(IHandlerService.class).executeCommand(ParameterizedCommand.generateCommand(
                    page.site().getService(ICommandService.class).getCommand(LoupeUi.ASK),
                    Map.of(LoupeUi.ASK_ANALYSIS, analysis)), null);
        } catch (CommandException problem) {
            say("The question could not be asked: " + problem.getMessage());
        }
    }

    @Override
    public void show(UnitInNetwork unit) {
        subject = unit;
        present(List.of(), "Reading the weights…");
        lookup.ask(unit);
        expanded.show(unit);
    }

    private void found(Built built) {
        if (built != null && !rows.isDisposed()) {
            present(built.lines(), String.join(" ", built.remarks()));
            lookAt();
        }
    }

    private void say(String text) {
        if (!rows.isDisposed()) {
            present(List.of(), text);
        }
    }

    private void present(List<Line> lines, String text) {
        rows.show(lines);
        message.setText(text);
        ((GridData) message.getLayoutData()).exclude = text.isEmpty();
        message.setVisible(!text.isEmpty());
        ScrollingPage.fitAround(rows);
    }

    @Override
    public void hear(Findings.Ended ended) {
        expanded.hear(ended);
    }

    @Override
    public void hear(Findings.Working working) {
        expanded.hear(working);
    }

    private List<Unit> inSight() {
        return Stream.concat(rows.inSight().stream(), expanded.inSight().stream()).distinct().toList();
    }

    @Override
    public void hear(Finding<?> finding) {
        expanded.hear(finding);
        if (subject != null && finding.network() == subject.network() && !finding.isGrowing()
                && finding.result() instanceof Visualized made) {
            inSight().stream().map(this::request)
                    .filter(request -> Arguments.text(request.arguments()).equals(finding.recipe().arguments()))
                    .findFirst().ifPresent(request -> queue.found(request, made, Double.NaN));
        }
    }

    /** Asks the store, and only the store, for the pictures of the units in sight. */
    private void lookAt() {
        if (subject != null) {
            queue.lookAt(List.of(), List.of(), inSight().stream().map(this::request).toList());
        }
    }

    private PictureRequest request(Unit unit) {
        return new PictureRequest(subject.network(), unit, PictureChoice.now().arguments(unit));
    }

    private void changed() {
        if (!isChanged.getAndSet(true) && !display.isDisposed()) {
            display.asyncExec(() -> {
                isChanged.set(false);
                if (!rows.isDisposed()) {
                    rows.redraw();
                    expanded.redraw();
                }
            });
        }
    }
}
