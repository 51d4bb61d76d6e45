package org.loupe.ui.structure;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jface.action.Action;
import org.eclipse.jface.action.IToolBarManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.structure.Structure.Box;
import org.loupe.platform.Laboratory;
import org.loupe.platform.OpenedNetwork;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.SelectionSource;
import org.loupe.ui.UnitInNetwork;

/** Draws the network that is selected: layers as boxes, what reads what as lines, blocks that fold. */
public final class StructureView extends ViewPart {

    private static final String HINT = "\nCtrl+wheel zooms, dragging moves, a double click folds and unfolds a block.";
    private static final String NOTHING = "Select a network or a layer, and what it is made of is drawn here.";

    private final SelectionSource selection = new SelectionSource();
    private Laboratory laboratory;
    private Text find;
    private Label status;
    private StructureCanvas canvas;
    private Lookup<Drawing.Question, Drawing> drawings;
    private SelectionElsewhere elsewhere;
    private Network network;
    private Layer marked;
    private boolean folds;
    private final Set<String> exceptions = new HashSet<>();

    @Override
    public void createPartControl(Composite parent) {
        laboratory = getSite().getService(Laboratory.class);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        Composite head = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(6, 4).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        find = new Text(head, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        find.setMessage("Find a layer");
        GridDataFactory.fillDefaults().hint(150, SWT.DEFAULT).applyTo(find);
        status = new Label(head, SWT.NONE);
        status.setText(NOTHING);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(status);
        canvas = new StructureCanvas(parent);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(canvas);
        canvas.addListener(SWT.Selection, event -> selected());
        canvas.addListener(SWT.DefaultSelection, event -> turn());
        find.addModifyListener(event -> find());
        find.addKeyListener(KeyListener.keyPressedAdapter(event -> {
            if (event.character == SWT.CR) {
                find();
            } else if (event.keyCode == SWT.ESC) {
                find.setText("");
                canvas.setFocus();
            }
        }));
        getSite().setSelectionProvider(selection);
        makeActions(getViewSite().getActionBars().getToolBarManager());
        drawings = new Lookup<>("the structure of a network", parent.getDisplay(), Drawing::of, this::show,
                problem -> status.setText("The network could not be drawn: " + problem.getMessage()));
        elsewhere = new SelectionElsewhere(this, this::follow);
    }

    private void makeActions(IToolBarManager bar) {
        bar.add(action("Fold All", "fold", "Fold All: shows each block as one box", () -> fold(true)));
        bar.add(action("Unfold All", "unfold", "Unfold All: shows the layers of all blocks", () -> fold(false)));
        bar.add(action("Whole", "whole", "Whole: shows the whole network (0)", canvas::fit));
    }

    private static Action action(String text, String icon, String tip, Runnable what) {
        Action action = new Action(text) {
            @Override
            public void run() {
                what.run();
            }
        };
        action.setImageDescriptor(ResourceLocator.imageDescriptorFromBundle(LoupeUi.BUNDLE, "icons/" + icon + ".svg")
                .orElse(null));
        action.setToolTipText(tip);
        return action;
    }

    private void follow(List<?> objects) {
        Object first = objects.get(0);
        if (first instanceof Network selected) {
            draw(selected, null);
        } else if (first instanceof LayerInNetwork layer) {
            draw(layer.network(), layer.layer());
        } else if (first instanceof UnitInNetwork unit) {
            draw(unit.network(), unit.network().layer(unit.unit().layer()));
        }
    }

    private void draw(Network next, Layer layer) {
        marked = layer;
        if (next != network) {
            network = next;
            exceptions.clear();
            folds = Drawing.isLarge(next);
            ask();
        } else {
            mark();
        }
    }

    private void ask() {
        if (network != null) {
            drawings.ask(new Drawing.Question(network, folds, Set.copyOf(exceptions), end()));
        }
    }

    /** What the reading has left out. */
    private String end() {
        return laboratory.opened(network).map(OpenedNetwork::remarks).orElse(List.of()).stream()
                .filter(remark -> remark.startsWith("Cannot run")).findFirst().orElse("");
    }

    private void show(Drawing drawing) {
        if (drawing.network() == network && !canvas.isDisposed()) {
            canvas.show(drawing);
            int boxes = drawing.structure().boxes().size() - 1;
            tell(boxes + " boxes", boxes + " boxes, " + drawing.structure().lines().size() + " lines");
            mark();
        }
    }

    private void tell(String text, String more) {
        status.setText(network + ": " + text);
        status.setToolTipText(network + ": " + more + HINT);
    }

    private void mark() {
        Drawing drawing = canvas.drawing();
        if (marked != null && drawing != null && drawing.network() == network) {
            drawing.structure().box(marked, drawing.blocks()).ifPresent(canvas::select);
        }
    }

    /** A folded block stands for its last layer. */
    private void selected() {
        Optional<Layer> layer = canvas.selectedBox().flatMap(box -> box.folded()
                ? last(canvas.drawing().blocks().layers(box.block())) : box.layer());
        layer.ifPresent(chosen -> {
            marked = chosen;
            selection.select(List.of(new LayerInNetwork(network, chosen)));
        });
    }

    private static Optional<Layer> last(List<Layer> layers) {
        return layers.isEmpty() ? Optional.empty() : Optional.of(layers.get(layers.size() - 1));
    }

    /** Folds or unfolds the block of the selected box. */
    private void turn() {
        canvas.selectedBox().map(Box::block).filter(block -> !block.isEmpty()).ifPresent(block -> {
            if (!exceptions.remove(block)) {
                exceptions.add(block);
            }
            ask();
        });
    }

    private void fold(boolean all) {
        folds = all;
        exceptions.clear();
        ask();
    }

    private void find() {
        int count = canvas.find(find.getText());
        if (!find.getText().isBlank()) {
            String found = count == 0 ? "no box is called so" : count + (count == 1 ? " box is" : " boxes are") + " called so";
            tell(found, found);
        }
    }

    /** What is drawn now; nothing at first. */
    public Optional<Network> shown() {
        return Optional.ofNullable(canvas.drawing()).map(Drawing::network);
    }

    /** Titles of the boxes that are drawn, from the picture upwards. */
    public List<String> titles() {
        return canvas.drawing() == null ? List.of()
                : canvas.drawing().structure().boxes().stream().map(Box::title).toList();
    }

    /** Title of the box that is marked. */
    public Optional<String> marked() {
        return canvas.selectedBox().map(Box::title);
    }

    @Override
    public void setFocus() {
        canvas.setFocus();
    }

    @Override
    public void dispose() {
        if (drawings != null) {
            drawings.close();
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
        super.dispose();
    }
}
