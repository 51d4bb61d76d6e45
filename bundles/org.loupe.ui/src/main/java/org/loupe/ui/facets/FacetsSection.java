package org.loupe.ui.facets;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.facet.Faceted;
import org.loupe.core.facet.FindFacets;
import org.loupe.platform.Registered;
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
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.SheetCanvas;

/** The facets of a unit from the store; where none are stored, it offers to find them and says what that costs. */
public final class FacetsSection implements UnitSection {

    private static final int WIDTH = 180;
    private static final int PICTURES = 3;

    private UnitPage page;
    private Registered<Analysis<FindFacets.Arguments, Faceted>> analysis;
    private Inquiries<FindFacets.Arguments, Faceted> inquiries;
    private AskBar bar;
    private Label message;
    private SheetCanvas sheets;
    private UnitInNetwork unit;

    @Override
    public void create(Composite parent, UnitPage unitPage) {
        page = unitPage;
        analysis = page.laboratory().registry().analysis(FindFacets.class);
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        message = new Label(body, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).hint(WIDTH, SWT.DEFAULT).applyTo(message);
        bar = new AskBar(body);
        sheets = new SheetCanvas(body, SheetCanvas.GLANCE);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(sheets);
        inquiries = new Inquiries<>("facets", parent.getDisplay(), page.questions(), this::refresh, index -> refresh(),
                this::failed);
        body.addDisposeListener(event -> inquiries.close());
    }

    @Override
    public void show(UnitInNetwork shown) {
        unit = shown;
        bar.rest();
        present(sheets, false);
        say("");
        FindFacets.Arguments arguments = FindFacets.Arguments.of(shown.unit());
        inquiries.ask(List.of(new Question<>(analysis, arguments, shown.network(), Costs.work(shown.network(),
                shown.unit().at(Unit.EVERYWHERE), arguments.steps(), PICTURES))));
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
        if (sheets.isDisposed() || inquiries.all().isEmpty()) {
            return;
        }
        Inquiry<FindFacets.Arguments, Faceted> inquiry = inquiries.all().get(0);
        Optional<Faceted> found = inquiry.finding().map(Finding::result).filter(faceted -> !faceted.facets().isEmpty());
        present(sheets, found.isPresent());
        found.ifPresent(faceted -> sheets.show(List.of(faceted.strip())));
        if (inquiry.problem().isPresent()) {
            failed(inquiry.problem().get());
        } else if (found.isEmpty() && inquiry.pictures().isEmpty()) {
            say("Which of the pictures that excite " + unit.unit() + " are alike by what fires below it? For that, choose the"
                    + " pictures of this network in the section Examples.");
            bar.rest();
            return;
        } else {
            say(found.isEmpty() && !inquiry.isWorking() ? "Is " + unit.unit() + " one thing, or several? What excites it is"
                    + " grouped by what fires below it, and each group gets a picture. Where these"
                    + " pictures have not been scanned yet, that comes first and takes longer than is said"
                    + " here." : "");
        }
        bar.show(inquiry, "Find the facets of " + unit.unit().at(Unit.EVERYWHERE), page.questions(), () -> {
            page.questions().ask(inquiry, false);
            refresh();
        });
    }

    private void failed(Throwable reason) {
        say("The facets could not be found: " + reason.getMessage());
    }

    private void say(String text) {
        if (!message.isDisposed()) {
            message.setText(text);
            present(message, !text.isEmpty());
            message.requestLayout();
            ScrollingPage.fitAround(message);
        }
    }

    private static void present(Control control, boolean isThere) {
        GridData place = (GridData) control.getLayoutData();
        if (place.exclude == isThere) {
            place.exclude = !isThere;
            control.setVisible(isThere);
            control.requestLayout();
            ScrollingPage.fitAround(control);
        }
    }
}
