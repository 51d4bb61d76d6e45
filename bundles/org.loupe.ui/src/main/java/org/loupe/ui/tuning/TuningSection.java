package org.loupe.ui.tuning;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.PartInitException;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.tuning.Tune;
import org.loupe.core.tuning.Tuned;
import org.loupe.platform.Registered;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.AskBar;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.Inquiries;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;

/**
 * How a unit answers a curve that turns once around, from the store; where nothing is stored, it offers to turn one before the
 * unit's layer. One answer serves all units of a layer.
 */
public final class TuningSection implements UnitSection {

    private static final int HEIGHT = 150;
    private static final int ANGLES = 72;
    private static final String STIMULUS = "curve";

    private UnitPage page;
    private Registered<Analysis<Tune.Arguments, Tuned>> analysis;
    private Inquiries<Tune.Arguments, Tuned> inquiries;
    private AskBar bar;
    private Paragraph problem;
    private Canvas plot;
    private UnitInNetwork unit;

    @Override
    public void create(Composite parent, UnitPage unitPage) {
        page = unitPage;
        analysis = page.laboratory().registry().analysis(Tune.class);
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        problem = new Paragraph(body);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).hint(HEIGHT, SWT.DEFAULT).applyTo(problem);
        bar = new AskBar(body);
        plot = new Canvas(body, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        plot.addPaintListener(event -> paint(event.gc));
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).hint(SWT.DEFAULT, HEIGHT).applyTo(plot);
        Link more = new Link(body, SWT.NONE);
        more.setText("<a>Turn it by hand</a>, with any stimulus");
        more.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> openView()));
        inquiries = new Inquiries<>("tuning", parent.getDisplay(), page.questions(), this::refresh, index -> refresh(),
                this::failed);
        body.addDisposeListener(event -> inquiries.close());
    }

    private void openView() {
        try {
            page.site().getPage().showView(LoupeUi.TUNING);
        } catch (PartInitException broken) {
            Platform.getLog(TuningSection.class).error("The Tuning view could not be opened", broken);
        }
    }

    @Override
    public void show(UnitInNetwork shown) {
        boolean sameLayer = unit != null && unit.network() == shown.network()
                && unit.unit().layer().equals(shown.unit().layer());
        unit = shown;
        if (sameLayer) {
            plot.redraw();
            return;
        }
        bar.rest();
        present(plot, false);
        present(problem, false);
        Unit one = shown.unit();
        inquiries.ask(List.of(new Question<>(analysis, Tune.Arguments.of(List.of(one.layer()), STIMULUS), shown.network(),
                Costs.work(shown.network(), one, 1, ANGLES))));
    }

    @Override
    public void hear(Finding<?> finding) {
        inquiries.hear(finding);
    }

    @Override
    public void hear(Findings.Ended ended) {
        inquiries.hear(ended);
    }

    @Override
    public void hear(Findings.Working working) {
        inquiries.hear(working);
    }

    private void refresh() {
        if (plot.isDisposed() || inquiries.all().isEmpty()) {
            return;
        }
        Inquiry<Tune.Arguments, Tuned> inquiry = inquiries.all().get(0);
        bar.show(inquiry, "Turn a curve before " + unit.unit().layer(), page.questions(),
                () -> {
                    page.questions().ask(inquiry, false);
                    refresh();
                });
        present(plot, tuned().isPresent());
        boolean isUnasked = tuned().isEmpty() && !inquiry.isWorking();
        if (isUnasked) {
            problem.setText("Here would be how much each unit of " + unit.unit().layer()
                    + " answers a curve at every angle, and which angle it prefers.");
        }
        inquiry.problem().ifPresent(this::failed);
        present(problem, isUnasked || inquiry.problem().isPresent());
        plot.redraw();
    }

    private void failed(Throwable reason) {
        problem.setText("The curve could not be turned: " + reason.getMessage());
        present(problem, true);
    }

    private Optional<Tuned> tuned() {
        return inquiries.all().stream().findFirst().flatMap(Inquiry::finding).map(Finding::result)
                .filter(found -> !found.isPartial());
    }

    private void present(Control control, boolean isThere) {
        GridData place = (GridData) control.getLayoutData();
        if (place.exclude == isThere) {
            place.exclude = !isThere;
            control.setVisible(isThere);
            ScrollingPage.fitAround(control);
        }
    }

    private void paint(GC gc) {
        Palette palette = Palette.of(plot);
        Rectangle client = plot.getClientArea();
        gc.setBackground(palette.background());
        gc.fillRectangle(client);
        tuned().filter(found -> unit.unit().channel() < found.units().size())
                .ifPresent(found -> Marks.paint(gc, TuningDrawing.of(found, unit.unit().channel(), TuningDrawing.Kind.UNIT,
                        palette, client.width, client.height, OptionalDouble.empty())));
    }
}
