package org.loupe.ui.labels;

import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;
import org.loupe.platform.Laboratory;

/** Makes the one {@link Labels} of a workbench. */
public final class LabelsFactory extends AbstractServiceFactory {

    @Override
    public Object create(@SuppressWarnings("rawtypes") Class service, IServiceLocator parent, IServiceLocator locator) {
        return new Labels(locator.getService(Laboratory.class), PlatformUI.getWorkbench());
    }
}
