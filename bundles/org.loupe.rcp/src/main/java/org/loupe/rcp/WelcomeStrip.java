package org.loupe.rcp;

import jakarta.annotation.PostConstruct;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.model.application.ui.SideValue;
import org.eclipse.e4.ui.model.application.ui.basic.MTrimBar;
import org.eclipse.e4.ui.model.application.ui.basic.MTrimmedWindow;
import org.eclipse.e4.ui.model.application.ui.basic.MWindow;
import org.eclipse.e4.ui.model.application.ui.menu.MToolControl;
import org.eclipse.e4.ui.workbench.IWorkbench;
import org.eclipse.e4.ui.workbench.modeling.EModelService;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.ui.IWorkbenchWindow;
import org.osgi.service.prefs.BackingStoreException;

/** A thin strip over the views that names three things to do first, until it is closed for good. */
public final class WelcomeStrip {

    private static final String ID = "org.loupe.rcp.welcomeStrip";
    private static final String CLOSED = "welcome.closed";

    /** Shows the strip in a new window, unless it was ever closed. */
    static void showFirst(IWorkbenchWindow window) {
        if (!preferences().getBoolean(CLOSED, false)) {
            add(window);
        }
    }

    /** Shows the strip, now and in every new window until it is closed. */
    static void show(IWorkbenchWindow window) {
        remember(false);
        add(window);
    }

    private static void add(IWorkbenchWindow window) {
        EModelService models = window.getService(EModelService.class);
        MTrimmedWindow model = (MTrimmedWindow) window.getService(MWindow.class);
        MTrimBar top = models.getTrim(model, SideValue.TOP);
        MToolControl strip = (MToolControl) models.find(ID, top);
        if (strip == null) {
            strip = models.createModelElement(MToolControl.class);
            strip.setElementId(ID);
            strip.setContributionURI("bundleclass://org.loupe.rcp/" + WelcomeStrip.class.getName());
            strip.getTags().add("stretch");
            strip.getPersistedState().put(IWorkbench.PERSIST_STATE, Boolean.FALSE.toString());
            top.getChildren().add(0, strip);
        }
        strip.setToBeRendered(true);
        strip.setVisible(true);
        top.setToBeRendered(true);
        top.setVisible(true);
    }

    /** Called by the workbench. */
    @PostConstruct
    void create(Composite parent, MToolControl model) {
        Composite strip = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).margins(10, 4).spacing(14, 0).applyTo(strip);
        Label first = new Label(strip, SWT.NONE);
        first.setText("Welcome. Three things to do first:");
        Link things = new Link(strip, SWT.NONE);
        things.setText("Click a channel to see what excites it   ·   Drop your own network on this window   ·"
                + "   Ask what each ingredient of a picture buys");
        Link close = new Link(strip, SWT.NONE);
        close.setText("<a>Close</a>");
        close.setToolTipText("Close for good; Help > Welcome brings it back");
        close.addListener(SWT.Selection, event -> {
            remember(true);
            event.display.asyncExec(() -> model.setToBeRendered(false));
        });
    }

    private static void remember(boolean isClosed) {
        preferences().putBoolean(CLOSED, isClosed);
        try {
            preferences().flush();
        } catch (BackingStoreException e) {
            ILog.of(WelcomeStrip.class).warn("Whether the welcome strip is closed could not be remembered", e);
        }
    }

    private static IEclipsePreferences preferences() {
        return InstanceScope.INSTANCE.getNode("org.loupe.rcp");
    }
}
