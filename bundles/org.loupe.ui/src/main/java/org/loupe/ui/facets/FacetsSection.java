package org.loupe.ui.facets;

import java.util.List;
import java.util.Optional;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.facet.Faceted;
import org.loupe.core.facet.FindFacets;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.Scan;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.platform.StoredScans;
import org.loupe.ui.Lookup;
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
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.SheetCanvas;
import org.loupe.ui.widgets.Texts;

/** The facets of a unit from the store; where none are stored, it offers to find them and says what that costs. */
public final class FacetsSection implements UnitSection {

    private static final int WIDTH = 180;
    private static final int PICTURES = 3;

    private UnitPage page;
    private Registered<Analysis<FindFacets.Arguments, Faceted>> analysis;
    private Inquiries<FindFacets.Arguments, Faceted> inquiries;
    private AskBar bar;
    private Paragraph message;
    private SheetCanvas sheets;
    private UnitInNetwork unit;
    private Lookup<UnitInNetwork, Ahead> ahead;
    private Optional<Ahead> known = Optional.empty();

    /**
     * What comes before the facets.
     *
     * @param of      whose facets
     * @param seconds that a scan takes which is not there yet; 0 where it is
     */
    private record Ahead(UnitInNetwork of, double seconds) {
    }

    @Override
    public void create(Composite parent, UnitPage unitPage) {
        page = unitPage;
        analysis = page.laboratory().registry().analysis(FindFacets.class);
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 6).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        message = new Paragraph(body);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).hint(WIDTH, SWT.DEFAULT).applyTo(message);
        bar = new AskBar(body);
        sheets = new SheetCanvas(body, SheetCanvas.GLANCE);
        GridDataFactory.fillDefaults().grab(true, false).exclude(true).applyTo(sheets);
        inquiries = new Inquiries<>("facets", parent.getDisplay(), page.questions(), this::refresh, index -> refresh(),
                this::failed);
        ahead = new Lookup<>("whether the pictures are scanned", parent.getDisplay(), this::ahead, this::refresh, this::failed);
        body.addDisposeListener(event -> {
            inquiries.close();
            ahead.close();
        });
    }

    @Override
    public void show(UnitInNetwork shown) {
        unit = shown;
        known = Optional.empty();
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
            boolean isOffered = found.isEmpty() && !inquiry.isWorking();
            if (isOffered && known.isEmpty()) {
                ahead.ask(unit);
            }
            say(!isOffered ? "" : "Is " + unit.unit() + " one thing, or several? What excites it is grouped by what fires below"
                    + " it, and each group gets a picture." + (seconds() > 0 ? " The pictures have not been scanned yet; that comes"
                            + " first, " + Texts.about(seconds()) + " of what is said here." : ""));
        }
        String label = "Find the facets of " + unit.unit().at(Unit.EVERYWHERE);
        Runnable ask = () -> {
            page.questions().ask(inquiry, false);
            refresh();
        };
        if (inquiry.isWorking() || inquiry.isAnswered()) {
            bar.show(inquiry, label, page.questions(), ask);
        } else {
            bar.offer(label, inquiry.seconds() + seconds(), ask);
        }
    }

    private double seconds() {
        return known.map(Ahead::seconds).orElse(0.0);
    }

    private void refresh(Ahead found) {
        if (found.of == unit) {
            known = Optional.of(found);
            refresh();
        }
    }

    /** Reads files, so not on the UI thread. */
    private Ahead ahead(UnitInNetwork of) {
        Laboratory laboratory = page.laboratory();
        Network network = of.network();
        Optional<String> place = laboratory.picturesOf(network);
        if (place.isEmpty()) {
            return new Ahead(of, 0);
        }
        PictureSet set = laboratory.pictures(place.get());
        if (new StoredScans(laboratory).find(network, set, Tap.after(of.unit().layer())).isPresent()) {
            return new Ahead(of, 0);
        }
        // Only forward, and the layers above are not asked.
        double work = Costs.work(network, of.unit(), 1, set.pictures().size()) / 2;
        return new Ahead(of, page.questions().open(new Question<>(laboratory.registry().analysis(Scan.class),
                Scan.Arguments.STANDARD, network, work)).seconds());
    }

    private void failed(Throwable reason) {
        say("The facets could not be found: " + reason.getMessage());
    }

    private void say(String text) {
        if (!message.isDisposed()) {
            message.setText(text);
            present(message, !text.isEmpty());
            ScrollingPage.fitAround(message);
        }
    }

    private static void present(Control control, boolean isThere) {
        GridData place = (GridData) control.getLayoutData();
        if (place.exclude == isThere) {
            place.exclude = !isThere;
            control.setVisible(isThere);
            ScrollingPage.fitAround(control);
        }
    }
}
