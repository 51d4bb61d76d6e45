package org.loupe.ui.network;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.runtime.ILog;
import org.eclipse.e4.core.services.events.IEventBroker;
import org.eclipse.jface.action.GroupMarker;
import org.eclipse.jface.action.MenuManager;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.ResourceLocator;
import org.eclipse.jface.viewers.ColumnViewerToolTipSupport;
import org.eclipse.jface.viewers.StructuredSelection;
import org.eclipse.jface.viewers.TreeViewer;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.KeyListener;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.TreeColumn;
import org.eclipse.ui.IMemento;
import org.eclipse.ui.IViewSite;
import org.eclipse.ui.IWorkbenchActionConstants;
import org.eclipse.ui.IWorkbenchCommandConstants;
import org.eclipse.ui.PartInitException;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.part.ViewPart;
import org.loupe.core.network.Network;
import org.loupe.platform.Laboratory;
import org.loupe.ui.LayerInNetwork;
import org.loupe.ui.Lookup;
import org.loupe.ui.LoupeUi;
import org.loupe.ui.SelectionElsewhere;
import org.loupe.ui.UnitInNetwork;
import org.osgi.service.event.EventHandler;

/** The networks that come with plug-ins and those of the study, with their layers. */
public final class NetworkView extends ViewPart {

    private static final String EXPANDED = "expanded";
    private static final String WIDTH = "width";

    private final EventHandler added = event -> added((Network) event.getProperty(IEventBroker.DATA), true);
    private final EventHandler edited = event -> added((Network) event.getProperty(IEventBroker.DATA), false);
    private IMemento memento;
    private Laboratory laboratory;
    private final NetworkNotes notes = new NetworkNotes();
    private NetworkStates states;
    private Runnable stateChanges = () -> { };
    private TreeViewer viewer;
    private Text filter;
    private SelectionElsewhere elsewhere;
    private Lookup<Laboratory, List<Network>> networks;
    private LayerInNetwork followed;
    private Network newest;
    private boolean comesToFront;

    @Override
    public void init(IViewSite site, IMemento saved) throws PartInitException {
        super.init(site, saved);
        memento = saved;
    }

    @Override
    public void createPartControl(Composite parent) {
        laboratory = getSite().getService(Laboratory.class);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(parent);
        Composite head = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().margins(6, 4).applyTo(head);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(head);
        filter = new Text(head, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL);
        filter.setMessage("Filter layers");
        GridDataFactory.fillDefaults().grab(true, false).applyTo(filter);
        viewer = new TreeViewer(parent, SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.H_SCROLL);
        GridDataFactory.fillDefaults().grab(true, true).applyTo(viewer.getTree());
        viewer.getTree().setHeaderVisible(true);
        viewer.setContentProvider(new NetworkTree(notes));
        states = NetworkStates.of(getSite().getWorkbenchWindow().getWorkbench());
        new NetworkColumns(viewer, states, laboratory, notes, JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT),
                image("network"), image("layer")).create();
        ColumnViewerToolTipSupport.enableFor(viewer);
        viewer.addOpenListener(event -> openWall());
        makeFilter();
        getSite().setSelectionProvider(viewer);
        MenuManager menu = new MenuManager();
        menu.add(new GroupMarker(IWorkbenchActionConstants.MB_ADDITIONS));
        viewer.getTree().setMenu(menu.createContextMenu(viewer.getTree()));
        getSite().registerContextMenu(LoupeUi.NETWORKS_MENU, menu, viewer);
        getSite().getService(IEventBroker.class).subscribe(LoupeUi.NETWORK_ADDED, added);
        getSite().getService(IEventBroker.class).subscribe(LoupeUi.NETWORK_EDITED, edited);
        stateChanges = states.listen(network -> viewer.update(network, null));
        NetworkDrop.attach(getSite().getWorkbenchWindow().getWorkbench(), viewer.getTree());
        elsewhere = new SelectionElsewhere(this, this::follow);
        networks = new Lookup<>("the networks of the study", parent.getDisplay(), this::read, this::show,
                problem -> filter.setMessage("The networks could not be read"));
        networks.ask(laboratory);
    }

    private List<Network> read(Laboratory from) {
        List<Network> found = from.networks();
        states.load(found);
        return found;
    }

    private Image image(String name) {
        LocalResourceManager images = new LocalResourceManager(JFaceResources.getResources(), viewer.getTree());
        return images.create(ResourceLocator.imageDescriptorFromBundle(LoupeUi.BUNDLE, "icons/" + name + ".svg")
                .orElseThrow());
    }

    private void makeFilter() {
        NetworkTree.NameFilter names = new NetworkTree.NameFilter(notes);
        viewer.addFilter(names);
        filter.addModifyListener(event -> {
            names.setText(filter.getText());
            viewer.refresh();
            if (!filter.getText().isBlank()) {
                viewer.expandAll();
            }
        });
        filter.addKeyListener(KeyListener.keyPressedAdapter(event -> {
            if (event.keyCode == SWT.ESC) {
                filter.setText("");
                viewer.getTree().setFocus();
            } else if (event.keyCode == SWT.ARROW_DOWN) {
                viewer.getTree().setFocus();
            }
        }));
        getSite().getService(IHandlerService.class).activateHandler(
                IWorkbenchCommandConstants.EDIT_FIND_AND_REPLACE, new AbstractHandler() {
                    @Override
                    public Object execute(ExecutionEvent event) {
                        filter.setFocus();
                        filter.selectAll();
                        return null;
                    }
                });
    }

    private void show(List<Network> networks) {
        boolean isFirst = viewer.getInput() == null;
        Object[] expanded = viewer.getExpandedElements();
        viewer.setInput(networks);
        if (isFirst) {
            restore(networks);
        } else {
            viewer.setExpandedElements(expanded);
        }
        if (newest != null) {
            viewer.setExpandedState(newest, true);
            if (comesToFront) {
                getSite().getPage().activate(this);
            }
            viewer.setSelection(new StructuredSelection(newest), true);
            newest = null;
        } else if (followed != null) {
            reveal(followed);
        }
    }

    /** At the first start, the first network is open. */
    private void restore(List<Network> networks) {
        List<Object> expanded = new ArrayList<>();
        if (memento == null && !networks.isEmpty()) {
            expanded.add(networks.get(0));
        } else if (memento != null) {
            for (IMemento one : memento.getChildren(EXPANDED)) {
                networks.stream().filter(network -> network.name().equals(one.getTextData())).forEach(expanded::add);
            }
            IMemento[] widths = memento.getChildren(WIDTH);
            TreeColumn[] columns = viewer.getTree().getColumns();
            for (int i = 0; i < Math.min(widths.length, columns.length); i++) {
                Integer width = widths[i].getInteger(WIDTH);
                columns[i].setWidth(width == null || width <= 0 ? columns[i].getWidth() : width);
            }
        }
        viewer.setExpandedElements(expanded.toArray());
    }

    /** Marks the layer of what is selected in another view. */
    private void follow(List<?> objects) {
        Object first = objects.get(0);
        if (first instanceof UnitInNetwork unit) {
            reveal(new LayerInNetwork(unit.network(), unit.network().layer(unit.unit().layer())));
        } else if (first instanceof LayerInNetwork layer) {
            reveal(layer);
        }
    }

    private void reveal(LayerInNetwork layer) {
        followed = layer;
        if (viewer.getInput() != null && !layer.equals(viewer.getStructuredSelection().getFirstElement())) {
            viewer.setSelection(new StructuredSelection(layer), true);
        }
    }

    private void added(Network network, boolean front) {
        comesToFront = front;
        newest = network;
        networks.ask(laboratory);
    }

    private void openWall() {
        try {
            getSite().getPage().showView(LoupeUi.WALL);
        } catch (PartInitException e) {
            ILog.of(NetworkView.class).error("The wall of channels could not be opened", e);
        }
    }

    @Override
    public void saveState(IMemento saved) {
        for (Object element : viewer.getExpandedElements()) {
            if (element instanceof Network network) {
                saved.createChild(EXPANDED).putTextData(network.name());
            }
        }
        for (TreeColumn column : viewer.getTree().getColumns()) {
            saved.createChild(WIDTH).putInteger(WIDTH, column.getWidth());
        }
    }

    @Override
    public void setFocus() {
        viewer.getTree().setFocus();
    }

    @Override
    public void dispose() {
        getSite().getService(IEventBroker.class).unsubscribe(added);
        getSite().getService(IEventBroker.class).unsubscribe(edited);
        stateChanges.run();
        if (networks != null) {
            networks.close();
        }
        if (elsewhere != null) {
            elsewhere.close();
        }
        super.dispose();
    }
}
