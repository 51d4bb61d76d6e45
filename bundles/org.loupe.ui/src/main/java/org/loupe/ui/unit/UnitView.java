package org.loupe.ui.unit;

import java.util.Optional;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.Separator;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.preferences.PictureChoice;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.Findings;
import org.loupe.ui.results.FollowingView;
import org.loupe.ui.results.PictureExport;
import org.loupe.ui.results.Questions;
import org.loupe.ui.results.ResultPages;
import org.loupe.ui.results.VisualizedPage;

/**
 * Explains one unit: what it is, and the picture that excites it most. Shows at once what is in the store, and makes
 * nothing by itself.
 */
public final class UnitView extends FollowingView {

    /** Command: writes the picture that is shown to a file. */
    public static final String EXPORT = "org.loupe.ui.exportPicture";

    /** Command: looks at the neuron in the centre instead of the whole channel. */
    public static final String NEURON_COMMAND = "org.loupe.ui.lookAtNeuron";

    private static final String NEURON = "neuron";
    private static final String RECIPE = "recipe";

    private final Action neuron = new Action("Centre Neuron", IAction.AS_CHECK_BOX) {
        @Override
        public void run() {
            shown().ifPresent(UnitView.this::showUnit);
        }
    };
    private final Action export = action("Export Picture…", EXPORT, this::export);
    private final Action copy = action("Copy Picture", IWorkbenchCommandConstants.EDIT_COPY, this::copy);
    private UnitHeader header;
    private PictureSection pictures;

    /** Made by the workbench. */
    public UnitView() {
        super(LoupeUi.UNIT, "Unit", "Here one unit is explained: the picture that excites it most, and how it was"
                + " made.");
    }

    @Override
    protected void createPage(Composite parent, Laboratory study, Questions questions) {
        header = new UnitHeader(parent);
        pictures = new PictureSection(parent, questions, study.registry().analysis(Visualize.class),
                ResultPages.installed().page(Visualized.class).orElseGet(VisualizedPage::new), this::pictureChanged);
        pictures.recipe().fold().setOpen(settings().getBoolean(RECIPE));
        neuron.setToolTipText("Look at the centre of the map instead of its mean");
        neuron.setId(NEURON_COMMAND);
        neuron.setActionDefinitionId(NEURON_COMMAND);
        neuron.setChecked(settings().get(NEURON) == null ? PictureChoice.now().neuron() : settings().getBoolean(NEURON));
        handle(neuron);
        handle(export);
        handle(copy);
        handle(action("Visualize", LoupeUi.VISUALIZE, () -> pictures.ask(false)));
        handle(action("Visualize Again", LoupeUi.VISUALIZE_AGAIN, () -> pictures.ask(true)));
        pictureChanged(Optional.empty());
    }

    @Override
    protected void fillMenu(IMenuManager menu) {
        menu.add(neuron);
        menu.add(new Separator());
        menu.add(export);
        menu.add(copy);
    }

    @Override
    protected void showUnit(UnitInNetwork unit) {
        header.show(unit);
        pictures.show(unit, Variant.of(unit.unit(), neuron.isChecked(), PictureChoice.now().steps()),
                Variant.meant(unit.unit(), neuron.isChecked()));
    }

    @Override
    protected void hear(Finding<?> finding) {
        pictures.hear(finding);
    }

    @Override
    protected void hear(Findings.Ended ended) {
        pictures.hear(ended);
    }

    @Override
    protected void remember(IDialogSettings settings) {
        settings.put(NEURON, neuron.isChecked());
        settings.put(RECIPE, pictures.recipe().fold().isOpen());
    }

    private void pictureChanged(Optional<Finding<Visualized>> finding) {
        export.setEnabled(finding.isPresent() && !finding.get().isGrowing());
        copy.setEnabled(finding.isPresent());
    }

    private void export() {
        pictures.finding().ifPresent(finding -> PictureExport.ask(getSite().getShell(), finding, 0));
    }

    private void copy() {
        pictures.finding().ifPresent(finding -> PictureExport.copy(getSite().getShell().getDisplay(), finding, 0));
    }
}
