package org.loupe.ui.edits;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.eclipse.core.runtime.ICoreRunnable;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.commands.ActionHandler;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Display;
import org.eclipse.ui.ISharedImages;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.surgery.EditStack;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.widgets.StateMessage;

/**
 * The edits of the selected network, one upon the other: they are written here, taken back and made again, and the network
 * that they make is a network like any other. Undo and redo are this view's own while it is active.
 */
public final class EditsView extends ViewPart {

    private final StackLayout stack = new StackLayout();
    private Laboratory laboratory;
    private Composite body;
    private StateMessage nothing;
    private EditsPage page;
    private Lookup<Network, Known> lookup;
    private SelectionElsewhere elsewhere;
    private Action undo;
    private Action redo;
    private Action original;
    private Known known;
    private List<UnitInNetwork> selected = List.of();

    /**
     * A network with its edits.
     *
     * @param network as it is now
     * @param edits   of which it is made; nothing for one that is not
     * @param made    what is made of it, where it is not made of edits itself
     */
    record Known(Network network, Optional<EditStack> edits, List<EditStack> made) {
    }

    /** Made by the workbench. */
    public EditsView() {
    }

    @Override
    public void createPartControl(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        body.setLayout(stack);
        try {
            laboratory = getSite().getService(Laboratory.class);
        } catch (RuntimeException problem) {
            stack.topControl = StateMessage.error(body, "The study could not be opened", problem).control();
            return;
        }
        nothing = StateMessage.empty(body, "No network is selected", "Here units and weights of a network are changed, and the"
                + " changed network becomes one that can be looked at like any other. Select a network, a layer or a unit.");
        stack.topControl = nothing.control();
        page = new EditsPage(body, this::add, this::draw, this::remove, this::rename, this::open);
        createActions();
        lookup = new Lookup<>("edits", body.getDisplay(), this::find, this::show, page::fail);
        elsewhere = new SelectionElsewhere(this, this::follow);
    }

    private void createActions() {
        ISharedImages images = PlatformUI.getWorkbench().getSharedImages();
        undo = action("Undo Edit", images.getImageDescriptor(ISharedImages.IMG_TOOL_UNDO), () -> change(EditStack::undone));
        redo = action("Redo Edit", images.getImageDescriptor(ISharedImages.IMG_TOOL_REDO), () -> change(EditStack::redone));
        original = action("Show Original", null, this::showOriginal);
        handle(undo, IWorkbenchCommandConstants.EDIT_UNDO);
        handle(redo, IWorkbenchCommandConstants.EDIT_REDO);
        IToolBarManager bar = getViewSite().getActionBars().getToolBarManager();
        bar.add(undo);
        bar.add(redo);
        getViewSite().getActionBars().getMenuManager().add(original);
        enable();
    }

    private static Action action(String text, ImageDescriptor image, Runnable run) {
        Action action = new Action(text) {
            @Override
            public void run() {
                run.run();
            }
        };
        action.setImageDescriptor(image);
        action.setToolTipText(text);
        return action;
    }

    /** Lets a command do what an action does while this view is active. */
    private void handle(Action action, String command) {
        action.setActionDefinitionId(command);
        getSite().getService(IHandlerService.class).activateHandler(command, new ActionHandler(action));
    }

    private void enable() {
        Optional<EditStack> edits = known == null ? Optional.empty() : known.edits;
        undo.setEnabled(edits.filter(EditStack::canUndo).isPresent());
        redo.setEnabled(edits.filter(EditStack::canRedo).isPresent());
        original.setEnabled(edits.isPresent());
    }

    private void follow(List<?> objects) {
        Object first = objects.get(0);
        selected = first instanceof UnitInNetwork ? objects.stream().filter(UnitInNetwork.class::isInstance)
                .map(UnitInNetwork.class::cast).toList() : selected;
        if (first instanceof UnitInNetwork unit) {
            page.suggest(unit.unit() + " = 0");
            look(unit.network());
        } else if (first instanceof LayerInNetwork layer) {
            look(layer.network());
        } else if (first instanceof Network network) {
            look(network);
        }
    }

    private void look(Network network) {
        if (known == null || known.network != network) {
            lookup.ask(network);
        } else {
            // What was asked before and is on its way is about another network.
            lookup.close();
        }
    }

    /** Writes what becomes of a unit into the field for the next edit, without making it. */
    void write(UnitInNetwork unit) {
        look(unit.network());
        page.write(unit.unit() + " = 0");
    }

    private Known find(Network network) {
        Optional<EditStack> edits = laboratory.edits().of(network);
        String hash = laboratory.hash(network);
        return new Known(network, edits, laboratory.edits().all().stream().filter(one -> one.base().equals(hash)).toList());
    }

    private void show(Known found) {
        if (known != null && known.network != found.network) {
            page.tell("");
        }
        known = found;
        page.show(found);
        stack.topControl = page.control();
        body.layout();
        enable();
    }

    /**
     * Lets a person draw the kernel by which the selected unit reads another one, then makes that an edit.
     *
     * @param name of the edited network
     */
    private void draw(String name) {
        List<Unit> units = known == null ? List.of() : selectedUnits();
        if (units.isEmpty()) {
            page.tell("Select the unit whose kernel you want to draw, on the wall or wherever there are units; with it, if you like,"
                    + " the one that it reads.");
            return;
        }
        Network network = known.network;
        Display display = body.getDisplay();
        page.tell("Reading the weights of " + units.get(0) + "…");
        Job.create("Read the weights of " + units.get(0), (ICoreRunnable) monitor -> {
            try {
                Optional<Unit> from = units.size() > 1 ? Optional.of(units.get(1)) : Optional.empty();
                KernelInputs inputs = KernelInputs.of(network, units.get(0), from);
                onDisplay(display, () -> draw(inputs, from, name));
            } catch (RuntimeException refused) {
                onDisplay(display, () -> page.fail(refused));
            }
        }).schedule();
    }

    /** Units of the network, or of the one that it is made of, that were selected last: those of upper layers first. */
    private List<Unit> selectedUnits() {
        List<String> order = known.network.layers().stream().map(Layer::name).toList();
        String origin = known.edits.map(EditStack::baseName).orElse("");
        return selected.stream().filter(one -> one.network().name().equals(known.network.name())
                || one.network().name().equals(origin)).map(one -> one.unit().at(Unit.EVERYWHERE))
                .filter(unit -> order.contains(unit.layer()))
                .sorted(Comparator.comparingInt((Unit unit) -> -order.indexOf(unit.layer()))).toList();
    }

    private void draw(KernelInputs inputs, Optional<Unit> from, String name) {
        page.tell("");
        KernelDialog dialog = new KernelDialog(getSite().getShell(), inputs, from);
        if (dialog.open() == Window.OK) {
            page.write(dialog.change());
            add(new EditStack.Step(dialog.change(), dialog.label()), name);
        }
    }

    private void add(String change, String name) {
        if (known != null && !change.isBlank()) {
            add(new EditStack.Step(change, ""), name);
        }
    }

    private void add(EditStack.Step step, String name) {
        if (known.edits.isPresent()) {
            change(edits -> edits.with(step));
        } else {
            make(() -> EditStack.of(known.network, name).with(step));
        }
    }

    private void remove(int step) {
        change(edits -> edits.without(step));
    }

    private void rename(int step) {
        EditStack edits = known.edits.orElseThrow();
        InputDialog dialog = new InputDialog(getSite().getShell(), "Name an Edit",
                "What is it called?", edits.steps().get(step).label(), null);
        if (dialog.open() == Window.OK) {
            change(before -> before.labelled(step, dialog.getValue()));
        }
    }

    private void change(UnaryOperator<EditStack> change) {
        known.edits.ifPresent(edits -> make(() -> change.apply(edits)));
    }

    /** Makes the network in the background, then shows it. */
    private void make(Supplier<EditStack> wanted) {
        EditStack edits;
        try {
            edits = wanted.get();
        } catch (IllegalArgumentException refused) {
            page.fail(refused);
            return;
        }
        page.work();
        Display display = body.getDisplay();
        Job.create("Make " + edits.name(), (ICoreRunnable) monitor -> {
            try {
                Network made = laboratory.edits().make(edits);
                PlatformUI.getWorkbench().getService(IEventBroker.class).post(LoupeUi.NETWORK_EDITED, made);
                Known now = find(made);
                onDisplay(display, () -> {
                    page.made();
                    lookup.close();
                    show(now);
                    if (getSite().getPage().getActivePart() == this) {
                        page.takeFocus();
                    }
                });
            } catch (RuntimeException refused) {
                onDisplay(display, () -> page.fail(refused));
            }
        }).schedule();
    }

    private void onDisplay(Display display, Runnable run) {
        if (!display.isDisposed()) {
            display.asyncExec(() -> {
                if (!body.isDisposed()) {
                    run.run();
                }
            });
        }
    }

    private void showOriginal() {
        known.edits.ifPresent(edits -> open(edits.baseName()));
    }

    /** Selects a network everywhere. */
    private void open(String name) {
        Job.createSystem("Look up " + name, (ICoreRunnable) monitor -> PlatformUI.getWorkbench().getService(IEventBroker.class)
                .post(LoupeUi.NETWORK_EDITED, laboratory.network(name))).schedule();
    }

    @Override
    public void setFocus() {
        if (page == null || !page.takeFocus()) {
            body.setFocus();
        }
    }

    @Override
    public void dispose() {
        if (elsewhere != null) {
            elsewhere.close();
            lookup.close();
        }
        super.dispose();
    }
}
