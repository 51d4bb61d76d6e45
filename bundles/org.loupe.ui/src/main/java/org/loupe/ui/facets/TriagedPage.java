package org.loupe.ui.facets;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.Result;
import org.loupe.core.dictionary.LearnDictionary;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.facet.LatentsOfUnit;
import org.loupe.core.facet.Triaged;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.ui.Asking;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.FigurePage;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.MadeBar;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.widgets.ScrollingPage;

/**
 * All about whether a unit is one thing or several: its figures, and a button that opens the network of the dictionary that was
 * asked, or, where none was, begins to learn one.
 */
public final class TriagedPage implements ResultPage<Triaged> {

    private final FigurePage figures = new FigurePage();
    private Consumer<List<UnitInNetwork>> selects = units -> { };
    private Button button;
    private Triaged shown;
    private Network network;

    @Override
    public void onSelection(Consumer<List<UnitInNetwork>> consumer) {
        selects = consumer;
    }

    @Override
    public Control create(Composite parent) {
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(body);
        button = new Button(body, SWT.PUSH);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> act()));
        figures.create(body).setLayoutData(GridDataFactory.fillDefaults().grab(true, false).create());
        return body;
    }

    @Override
    @SuppressWarnings("unchecked") // figures are those of any result
    public void show(Finding<Triaged> finding) {
        shown = finding.result();
        network = finding.network();
        String layer = shown.facets().unit().layer();
        button.setText(shown.dictionary().isPresent() ? "Open the network with the latents of " + layer
                : "Learn a dictionary of " + layer + "…");
        button.setToolTipText(shown.dictionary().isPresent() ? "Then each latent is a unit like any other"
                : "Then triage can tell which of its latents carry " + shown.facets().unit());
        button.setEnabled(shown.dictionary().isPresent() || learning().isPresent());
        ScrollingPage.fitAround(button);
        figures.show((Finding<Result>) (Finding<?>) finding);
    }

    private static Laboratory laboratory() {
        return PlatformUI.getWorkbench().getService(Laboratory.class);
    }

    /** What learns dictionaries, where an engine is installed that does. */
    private static Optional<String> learning() {
        return laboratory().registry().analyses().stream()
                .filter(one -> one.value().arguments().equals(LearnDictionary.Arguments.class)).findFirst().map(Registered::id);
    }

    private void act() {
        if (shown.dictionary().isPresent()) {
            LatentsOfUnit said = shown.dictionary().get();
            Laboratory laboratory = laboratory();
            Network of = network;
            MadeBar.open(of, () -> laboratory.dictionaries(of).find(said.question()).map(LearnedDictionary::network)
                    .orElseThrow(() -> new IllegalArgumentException("The dictionary that was asked is not in the study any more."
                            + " Ask for triage again.")));
        } else {
            selects.accept(List.of(new UnitInNetwork(network, shown.facets().unit())));
            learning().ifPresent(Asking::ask);
        }
    }
}
