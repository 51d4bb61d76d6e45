package org.loupe.ui.circuits;

import java.util.Optional;
import org.eclipse.jface.dialogs.IDialogSettings;
import org.eclipse.ui.PlatformUI;
import org.osgi.framework.FrameworkUtil;

/** What the Circuit view remembers from one session to the next. */
final class CircuitSettings {

    private static final String NETWORK = "network";
    private static final String CIRCUIT = "circuit";
    private static final String RENDERER = "renderer";
    private static final String BREADTH = "breadth";
    private static final int USUAL_BREADTH = 4;

    /** Names of a circuit and of its network. */
    record Last(String network, String circuit) {
    }

    /** Id of the renderer that was chosen last; empty for the preferred one. */
    String renderer() {
        return settings().get(RENDERER) == null ? "" : settings().get(RENDERER);
    }

    void renderer(String id) {
        settings().put(RENDERER, id);
    }

    /** How many connections a node grows by. */
    int breadth() {
        return settings().get(BREADTH) == null ? USUAL_BREADTH : settings().getInt(BREADTH);
    }

    void breadth(int connections) {
        settings().put(BREADTH, connections);
    }

    /** The circuit that was shown when the view was last closed. */
    Optional<Last> last() {
        String network = settings().get(NETWORK);
        String circuit = settings().get(CIRCUIT);
        return network == null || circuit == null || network.isEmpty() ? Optional.empty() : Optional.of(new Last(network, circuit));
    }

    void last(Optional<Drawn> shown) {
        settings().put(NETWORK, shown.map(drawn -> drawn.network().name()).orElse(""));
        settings().put(CIRCUIT, shown.map(Drawn::name).orElse(""));
    }

    private static IDialogSettings settings() {
        IDialogSettings all = PlatformUI.getDialogSettingsProvider(FrameworkUtil.getBundle(CircuitSettings.class))
                .getDialogSettings();
        IDialogSettings own = all.getSection(CircuitView.ID);
        return own == null ? all.addNewSection(CircuitView.ID) : own;
    }
}
