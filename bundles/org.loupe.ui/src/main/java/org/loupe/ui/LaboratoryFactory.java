package org.loupe.ui;

import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;
import org.loupe.platform.Laboratory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * Gives views the open study: {@code getSite().getService(Laboratory.class)}.
 *
 * <p>The product opens the study before the workbench and registers it as an OSGi service. In any other Eclipse the
 * first view that asks opens the standard study, which closes with the workbench.
 */
public final class LaboratoryFactory extends AbstractServiceFactory {

    @Override
    public Object create(@SuppressWarnings("rawtypes") Class service, IServiceLocator parent, IServiceLocator locator) {
        BundleContext context = FrameworkUtil.getBundle(LaboratoryFactory.class).getBundleContext();
        ServiceReference<Laboratory> open = context.getServiceReference(Laboratory.class);
        return open == null ? null : context.getService(open);
    }
}
