package org.loupe.ui.circuits;

import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;
import org.loupe.platform.Laboratory;

/** Makes the one {@link CircuitBook} of a workbench. */
public final class CircuitBookFactory extends AbstractServiceFactory {

    @Override
    public Object create(@SuppressWarnings("rawtypes") Class service, IServiceLocator parent, IServiceLocator locator) {
        return new CircuitBook(locator.getService(Laboratory.class), PlatformUI.getWorkbench());
    }
}
