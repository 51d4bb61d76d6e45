package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.labels.Labels;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.FollowingView;
import org.loupe.ui.results.Questions;
import org.loupe.ui.results.UnitPage;
import org.loupe.ui.results.UnitSection;
import org.loupe.ui.unit.UnitSections.Contributed;
import org.loupe.ui.widgets.Fold;

/**
 * Explains one unit: what it is, and below that the sections that plug-ins contribute. Shows at once what is in the
 * store, and makes nothing by itself.
 */
public final class UnitView extends FollowingView {

    /** Command: writes the picture that is shown to a file. */
    public static final String EXPORT = "org.loupe.ui.exportPicture";

    /** Command: looks at the neuron in the centre instead of the whole channel. */
    public static final String NEURON_COMMAND = "org.loupe.ui.lookAtNeuron";

    private static final String OPEN = "open";

    private final UnitSections sections = new UnitSections(Platform.getExtensionRegistry(),
            ILog.of(UnitView.class)::error);
    private final List<Place> places = new ArrayList<>();
    private UnitHeader header;

    /** A section with its heading. */
    private record Place(Contributed contributed, Fold fold, IDialogSettings settings) {
    }

    /** Made by the workbench. */
    public UnitView() {
        super(LoupeUi.UNIT, "Unit", "Here one unit is explained: the picture that excites it most, the pictures of a set"
                + " that do, and how all that was found.");
    }

    @Override
    protected void createPage(Composite parent, Laboratory study, Questions questions) {
        header = new UnitHeader(parent);
        Labels labels = Labels.of(getSite().getWorkbenchWindow().getWorkbench());
        Runnable ended = labels.listen(network -> shown().filter(unit -> unit.network() == network)
                .ifPresent(unit -> header.show(labels.known(network), unit.unit())));
        parent.addListener(SWT.Dispose, event -> ended.run());
        for (Contributed contributed : sections.make()) {
            IDialogSettings before = settings().getSection(contributed.id());
            IDialogSettings own = before == null ? settings().addNewSection(contributed.id()) : before;
            Fold fold = Fold.ofSection(parent, contributed.title());
            GridDataFactory.fillDefaults().grab(true, false).applyTo(fold.control());
            Place place = new Place(contributed, fold, own);
            fold.setOpen(own.get(OPEN) == null ? contributed.open() : own.getBoolean(OPEN));
            UnitPage page = new UnitPage(getViewSite(), study, questions, own, () -> unfold(place), this::open);
            if (sections.run(contributed, section -> section.create(fold.body(), page))) {
                places.add(place);
                fold.whenTurned(() -> turned(place));
            } else {
                fold.control().dispose();
            }
        }
    }

    @Override
    protected void fillMenu(IMenuManager menu) {
        // The sections have added theirs.
    }

    @Override
    protected void showUnit(UnitInNetwork unit) {
        header.show(unit);
        header.show(Labels.of(getSite().getWorkbenchWindow().getWorkbench()).known(unit.network()), unit.unit());
        tell(section -> section.show(unit));
    }

    @Override
    protected void hear(Finding<?> finding) {
        tell(section -> section.hear(finding));
    }

    @Override
    protected void hear(Findings.Ended ended) {
        tell(section -> section.hear(ended));
    }

    @Override
    protected void hear(Findings.Working working) {
        tell(section -> section.hear(working));
    }

    @Override
    protected void remember(IDialogSettings settings) {
        for (Place place : places) {
            place.settings.put(OPEN, place.fold.isOpen());
            sections.run(place.contributed, section -> section.remember(place.settings));
        }
    }

    private void tell(Consumer<UnitSection> what) {
        for (Place place : List.copyOf(places)) {
            if (place.fold.isOpen()) {
                tell(place, what);
            }
        }
    }

    /** Has a section do something; one that cannot is left out from now on. */
    private void tell(Place place, Consumer<UnitSection> what) {
        if (!sections.run(place.contributed, what)) {
            places.remove(place);
            place.fold.control().dispose();
            page().fit();
        }
    }

    private void turned(Place place) {
        if (place.fold.isOpen()) {
            shown().ifPresent(unit -> tell(place, section -> section.show(unit)));
        }
    }

    private static void unfold(Place place) {
        place.fold.setOpen(true);
    }
}
