package org.loupe.ui.results;

import java.util.Optional;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.ui.PlatformUI;
import org.loupe.core.Unit;
import org.loupe.core.network.Network;
import org.loupe.ui.UnitInNetwork;
import org.osgi.framework.FrameworkUtil;

/** What a view of units remembers while it is closed, in the workspace's dialog settings. */
final class Memory {

    private static final String PINNED = "pinned";
    private static final String NETWORK = "network";
    private static final String UNIT = "unit";

    private final IDialogSettings settings;

    private Memory(IDialogSettings settings) {
        this.settings = settings;
    }

    /** The memory of the view with the given identifier. */
    static Memory of(String view) {
        IDialogSettings all = PlatformUI.getDialogSettingsProvider(FrameworkUtil.getBundle(Memory.class))
                .getDialogSettings();
        IDialogSettings own = all.getSection(view);
        return new Memory(own == null ? all.addNewSection(view) : own);
    }

    /** For what only one view has to remember. */
    IDialogSettings settings() {
        return settings;
    }

    boolean isPinned() {
        return settings.getBoolean(PINNED);
    }

    void keep(boolean pinned, UnitInNetwork shown) {
        settings.put(PINNED, pinned && shown != null);
        settings.put(NETWORK, shown == null ? null : shown.network().name());
        settings.put(UNIT, shown == null ? null : shown.unit().toString());
    }

    /** Name of the network whose unit was shown. */
    Optional<String> network() {
        return Optional.ofNullable(settings.get(NETWORK));
    }

    /** The unit that was shown, if it is in the network. */
    Optional<UnitInNetwork> unit(Network network) {
        try {
            Unit unit = Unit.parse(settings.get(UNIT) == null ? "" : settings.get(UNIT));
            network.require(unit);
            return Optional.of(new UnitInNetwork(network, unit));
        } catch (RuntimeException gone) {
            return Optional.empty();
        }
    }
}
