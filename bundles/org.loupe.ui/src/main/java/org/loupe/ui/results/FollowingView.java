package org.loupe.ui.results;

import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.IAction;
import org.eclipse.jface.action.IMenuManager;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.commands.ActionHandler;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.StateMessage;

/**
 * A view that is about one unit: the one that is selected elsewhere, unless it is pinned. Offers the units' context
 * menu, and shows the same unit again when it is closed and opened.
 */
public abstract class FollowingView extends ViewPart {

    /** Command: keeps the unit that is shown, whatever is selected. */
    public static final String PIN = "org.loupe.ui.pin";

    private final String id;
    private final String name;
    private final String purpose;
    private final StackLayout stack = new StackLayout();
    private final SelectionSource selected = new SelectionSource();
    private final Action pin = new Action("Pin", IAction.AS_CHECK_BOX) {
        @Override
        public void run() {
            nameView();
        }
    };
    private Composite body;
    private ScrollingPage page;
    private Memory memory;
    private Laboratory laboratory;
    private SelectionElsewhere elsewhere;
    private Lookup<String, Network> restoring;
    private Runnable deaf = () -> { };
    private UnitInNetwork shown;
    private boolean isWaiting;

    /**
     * @param id      identifier of the view
     * @param name    what the view is called
     * @param purpose a sentence: what would be here if a unit were selected
     */
    protected FollowingView(String id, String name, String purpose) {
        this.id = id;
        this.name = name;
        this.purpose = purpose;
    }

    /** Makes the page; called once. */
    protected abstract void createPage(Composite parent, Laboratory study, Questions questions);

    /** Shows a unit on the page. */
    protected abstract void showUnit(UnitInNetwork unit);

    /** Takes in what was found, by whomever. */
    protected abstract void hear(Finding<?> finding);

    /** Takes in that some work has ended. */
    protected abstract void hear(Findings.Ended ended);

    /** Takes in how far some work is that has nothing to show yet. */
    protected void hear(Findings.Working working) {
        // What shows itself while it grows needs no more.
    }

    /** Adds what only this view has to its menu. */
    protected abstract void fillMenu(IMenuManager menu);

    /** Keeps what only this view has to remember. */
    protected abstract void remember(IDialogSettings settings);

    @Override
    public final void createPartControl(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        body.setLayout(stack);
        try {
            laboratory = getSite().getService(Laboratory.class);
        } catch (RuntimeException problem) {
            stack.topControl = StateMessage.error(body, "The study could not be opened", problem).control();
            return;
        }
        memory = Memory.of(id);
        StateMessage nothing = StateMessage.empty(body, "No unit is selected", purpose + " Select a channel on the"
                + " wall.");
        nothing.addWay("Show the channels", this::showWall);
        stack.topControl = nothing.control();
        page = new ScrollingPage(body);
        Findings findings = Findings.of(PlatformUI.getWorkbench());
        createPage(page.body(), laboratory, new Questions(laboratory, findings, new Costs()));
        deaf = findings.listen(this::hear, this::hear, this::hear);
        createActions();
        restore();
        elsewhere = new SelectionElsewhere(this, this::follow);
        body.addDisposeListener(event -> keep());
    }

    /** The unit that is shown. */
    public final Optional<UnitInNetwork> shown() {
        return Optional.ofNullable(shown);
    }

    /** Whether the unit stays, whatever is selected. */
    public final boolean isPinned() {
        return pin.isChecked();
    }

    /** The page that scrolls. */
    protected final ScrollingPage page() {
        return page;
    }

    /** What this view remembered when it was last closed. */
    protected final IDialogSettings settings() {
        return memory.settings();
    }

    /** Lets a command do what an action does while this view is active. */
    protected final void handle(IAction action) {
        getSite().getService(IHandlerService.class).activateHandler(action.getActionDefinitionId(),
                new ActionHandler(action));
    }

    /** An action for a command. */
    protected static Action action(String text, String command, Runnable run) {
        Action action = new Action(text) {
            @Override
            public void run() {
                run.run();
            }
        };
        action.setId(command);
        action.setActionDefinitionId(command);
        return action;
    }

    private void createActions() {
        pin.setId(PIN);
        pin.setActionDefinitionId(PIN);
        pin.setToolTipText("Keep this unit, whatever is selected");
        pin.setImageDescriptor(ResourceLocator.imageDescriptorFromBundle(LoupeUi.BUNDLE, "icons/pin.svg").orElse(null));
        pin.setChecked(memory.isPinned());
        handle(pin);
        getViewSite().getActionBars().getToolBarManager().add(pin);
        IMenuManager menu = getViewSite().getActionBars().getMenuManager();
        fillMenu(menu);
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        MenuManager context = new MenuManager();
        Menu popup = context.createContextMenu(page.control());
        give(page.control(), popup);
        getSite().registerContextMenu(LoupeUi.UNITS_MENU, context, selected);
        getSite().setSelectionProvider(selected);
    }

    private void follow(List<?> objects) {
        boolean stays = pin.isChecked() && (shown != null || isWaiting);
        if (!stays && objects.get(0) instanceof UnitInNetwork unit) {
            show(unit);
        }
    }

    /** Shows a unit that was chosen in this view, also when it is pinned, and selects it for all others. */
    protected final void open(UnitInNetwork unit) {
        show(unit);
    }

    private void show(UnitInNetwork unit) {
        restoring.close();
        isWaiting = false;
        if (unit.equals(shown)) {
            return;
        }
        boolean isFirst = stack.topControl != page.control();
        if (!isFirst) {
            page.hold();
        }
        shown = unit;
        showUnit(unit);
        if (isFirst) {
            stack.topControl = page.control();
            body.layout();
            page.fitSoon();
        }
        selected.select(List.of(unit));
        nameView();
    }

    /** Shows what was shown when the view was last closed, unless something else is shown until it is found. */
    private void restore() {
        restoring = new Lookup<>("networks", body.getDisplay(), this::network, this::restored,
                problem -> isWaiting = false);
        isWaiting = pin.isChecked() && memory.network().isPresent();
        memory.network().ifPresent(restoring::ask);
    }

    private Network network(String wanted) {
        return laboratory.networks().stream().filter(network -> network.name().equals(wanted)).findFirst().orElse(null);
    }

    private void restored(Network network) {
        isWaiting = false;
        if (network != null && shown == null) {
            memory.unit(network).ifPresent(this::show);
        }
    }

    private void keep() {
        memory.keep(pin.isChecked(), shown);
        remember(memory.settings());
    }

    private void nameView() {
        setPartName(shown == null ? name : name + " " + shown + (pin.isChecked() ? " (pinned)" : ""));
    }

    private void showWall() {
        try {
            getSite().getPage().showView(LoupeUi.WALL);
        } catch (PartInitException problem) {
            Platform.getLog(FollowingView.class).error("The wall could not be opened", problem);
        }
    }

    /** A menu belongs to one control and not to those in it. */
    private static void give(Composite parent, Menu menu) {
        parent.setMenu(menu);
        for (Control child : parent.getChildren()) {
            if (child instanceof Composite composite) {
                give(composite, menu);
            } else {
                child.setMenu(menu);
            }
        }
    }

    @Override
    public void setFocus() {
        boolean taken = stack.topControl == page.control() ? page.takeFocus() : stack.topControl.setFocus();
        if (!taken) {
            body.forceFocus();
        }
    }

    @Override
    public void dispose() {
        if (elsewhere != null) {
            elsewhere.close();
            restoring.close();
        }
        deaf.run();
        super.dispose();
    }
}
