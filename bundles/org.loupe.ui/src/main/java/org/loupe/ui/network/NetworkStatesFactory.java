package org.loupe.ui.network;

import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;
import org.loupe.platform.Laboratory;

/** Makes the one {@link NetworkStates} of a workbench. */
public final class NetworkStatesFactory extends AbstractServiceFactory {

    @Override
    public Object create(@SuppressWarnings("rawtypes") Class service, IServiceLocator parent, IServiceLocator locator) {
        IWorkbench workbench = PlatformUI.getWorkbench();
        return new NetworkStates(workbench.getService(Laboratory.class), workbench.getDisplay());
    }
}
