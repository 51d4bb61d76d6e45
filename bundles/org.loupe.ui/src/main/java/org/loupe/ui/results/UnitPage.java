package org.loupe.ui.results;

import java.util.function.Consumer;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.commands.ActionHandler;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.handlers.IHandlerService;
import org.loupe.platform.Laboratory;
import org.loupe.ui.UnitInNetwork;

/** What a section of the Unit view may use of the view that it is in. For the UI thread. */
public final class UnitPage {

    private final IViewSite site;
    private final Laboratory laboratory;
    private final Questions questions;
    private final IDialogSettings settings;
    private final Runnable unfold;
    private final Consumer<UnitInNetwork> open;

    /**
     * @param settings what this section remembered
     * @param unfold   unfolds the section
     * @param open     shows another unit
     */
    public UnitPage(IViewSite site, Laboratory laboratory, Questions questions, IDialogSettings settings, Runnable unfold,
            Consumer<UnitInNetwork> open) {
        this.site = site;
        this.laboratory = laboratory;
        this.questions = questions;
        this.settings = settings;
        this.unfold = unfold;
        this.open = open;
    }

    /** Where the view is in the workbench. */
    public IViewSite site() {
        return site;
    }

    /** The open study. */
    public Laboratory laboratory() {
        return laboratory;
    }

    /** Looks answers up, and has questions answered in the background. */
    public Questions questions() {
        return questions;
    }

    /** What this section, and no other, remembered when the view was last closed. */
    public IDialogSettings settings() {
        return settings;
    }

    /** The view's menu. */
    public IMenuManager menu() {
        return site.getActionBars().getMenuManager();
    }

    /** Lets a command do what an action does while the view is active. */
    public void handle(IAction action) {
        site.getService(IHandlerService.class).activateHandler(action.getActionDefinitionId(), new ActionHandler(action));
    }

    /** Unfolds the section, which is then given the unit if it was folded away. */
    public void unfold() {
        unfold.run();
    }

    /** Shows another unit in the view, and selects it for all others. */
    public void open(UnitInNetwork unit) {
        open.accept(unit);
    }
}
