package org.loupe.ui.preferences;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.core.commands.IParameterValues;

/** The themes that the command can be given, for menus, key bindings and the list of commands. */
public final class ThemeNames implements IParameterValues {

    @Override
    public Map<String, String> getParameterValues() {
        Map<String, String> names = new LinkedHashMap<>();
        for (Theme theme : Theme.values()) {
            names.put(theme.label(), theme.name());
        }
        return names;
    }
}
