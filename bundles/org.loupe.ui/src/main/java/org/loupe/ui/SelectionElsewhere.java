package org.loupe.ui;

import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jface.viewers.ISelection;
import org.eclipse.jface.viewers.IStructuredSelection;
import org.eclipse.ui.ISelectionListener;
import org.eclipse.ui.ISelectionService;
import org.eclipse.ui.IWorkbenchPart;

/**
 * Tells a view what is selected in other views: what is selected when it asks, then every change, never the view's
 * own selection and never an empty one. Use and close it on the UI thread.
 */
public final class SelectionElsewhere implements AutoCloseable {

    private final IWorkbenchPart part;
    private final Consumer<List<?>> show;
    private final ISelectionService service;
    private final ISelectionListener listener = this::selectionChanged;

    /**
     * Starts to listen.
     *
     * @param part the view that wants to know; its controls must be there already
     * @param show is given the selected {@link UnitInNetwork}, {@link LayerInNetwork} or
     *             {@link org.loupe.core.network.Network} objects, at least one, and may get the same ones twice
     */
    public SelectionElsewhere(IWorkbenchPart part, Consumer<List<?>> show) {
        this.part = part;
        this.show = show;
        this.service = part.getSite().getWorkbenchWindow().getSelectionService();
        service.addPostSelectionListener(listener);
        // The wall is heard even while another view is active: at the start, nobody has clicked anything yet.
        service.addPostSelectionListener(LoupeUi.WALL, listener);
        boolean active = part.getSite().getWorkbenchWindow().getPartService().getActivePart() == part;
        ISelection now = active ? null : service.getSelection();
        selectionChanged(null, isAbout(now) ? now : service.getSelection(LoupeUi.WALL));
    }

    private void selectionChanged(IWorkbenchPart source, ISelection selection) {
        if (source != part && isAbout(selection)) {
            show.accept(((IStructuredSelection) selection).toList());
        }
    }

    private static boolean isAbout(ISelection selection) {
        return selection instanceof IStructuredSelection structured && !structured.isEmpty();
    }

    @Override
    public void close() {
        service.removePostSelectionListener(listener);
        service.removePostSelectionListener(LoupeUi.WALL, listener);
    }
}
