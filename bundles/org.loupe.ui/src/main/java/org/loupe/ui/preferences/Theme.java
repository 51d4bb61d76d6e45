package org.loupe.ui.preferences;

import java.util.Locale;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.preferences.IEclipsePreferences;
import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Listener;
import org.eclipse.swt.widgets.Shell;
import org.osgi.service.prefs.BackingStoreException;

/** The colours of the whole workbench, which can change while it runs. */
public enum Theme {
    /** Dark text on a light ground. */
    LIGHT("Light"),
    /** Light text on a dark ground. */
    DARK("Dark"),
    /** What the window system has. */
    SYSTEM("Like the system");

    private static final String LIGHT_ID = "org.eclipse.e4.ui.css.theme.e4_default";
    private static final String DARK_ID = "org.eclipse.e4.ui.css.theme.e4_dark";
    /** Where the theme engine keeps the theme that it takes at the next start. */
    private static final String NODE = "org.eclipse.e4.ui.css.swt.theme";
    private static final String KEY = "themeid";

    private final String label;

    Theme(String label) {
        this.label = label;
    }

    /** What a person calls it. */
    public String label() {
        return label;
    }

    /** The theme of the given name in any case. */
    public static Theme named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** What was chosen. */
    public static Theme chosen() {
        String id = preferences().get(KEY, "");
        return id.isEmpty() ? SYSTEM : id.startsWith(DARK_ID) ? DARK : LIGHT;
    }

    /** Makes this the theme, now and at every start. */
    public void choose(IThemeEngine engine, Display display) {
        boolean dark = this == DARK || this == SYSTEM && Display.isSystemDarkTheme();
        String id = dark ? DARK_ID : LIGHT_ID;
        if (!dark) {
            display.addListener(SWT.Settings, new Listener() {
                @Override
                public void handleEvent(Event event) {
                    display.removeListener(SWT.Settings, this);
                    display.asyncExec(() -> lightAgain(engine, display));
                }
            });
        }
        engine.setTheme(id, this != SYSTEM);
        if (!dark) {
            forgetLinkColours(display);
        }
        if (this == SYSTEM) {
            preferences().remove(KEY);
        }
        try {
            preferences().flush();
        } catch (BackingStoreException e) {
            ILog.of(Theme.class).warn("The theme is changed but could not be remembered for the next start", e);
        }
    }

    /**
     * The window system's own colours turn light only after the theme has, which has taken the colour of text from it
     * before, and takes it again only where it changes it.
     */
    private static void lightAgain(IThemeEngine engine, Display display) {
        if (engine.getActiveTheme() != null && engine.getActiveTheme().getId().equals(LIGHT_ID)) {
            engine.setTheme(DARK_ID, false);
            engine.setTheme(LIGHT_ID, false);
            forgetLinkColours(display);
        }
    }

    /** The dark theme gives links a colour; the light one has none for them and leaves what it finds. */
    private static void forgetLinkColours(Display display) {
        for (Shell shell : display.getShells()) {
            forgetLinkColours(shell);
        }
    }

    private static void forgetLinkColours(Composite parent) {
        for (Control child : parent.getChildren()) {
            if (child instanceof Link link) {
                link.setLinkForeground(null);
            } else if (child instanceof Composite composite) {
                forgetLinkColours(composite);
            }
        }
    }

    private static IEclipsePreferences preferences() {
        return InstanceScope.INSTANCE.getNode(NODE);
    }
}
