package org.loupe.ui;

import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchListener;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.services.AbstractServiceFactory;
import org.eclipse.ui.services.IServiceLocator;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registry;
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
        if (open == null) {
            Laboratory opened = Laboratory.open(StudyFolder.standard(), Registry.ofPlatform());
            context.registerService(Laboratory.class, opened, null);
            PlatformUI.getWorkbench().addWorkbenchListener(new Closing(opened));
            return opened;
        }
        return context.getService(open);
    }

    /** Closes the study after the last window. */
    private record Closing(Laboratory laboratory) implements IWorkbenchListener {
        @Override
        public boolean preShutdown(IWorkbench workbench, boolean forced) {
            return true;
        }

        @Override
        public void postShutdown(IWorkbench workbench) {
            laboratory.close();
        }
    }
}
