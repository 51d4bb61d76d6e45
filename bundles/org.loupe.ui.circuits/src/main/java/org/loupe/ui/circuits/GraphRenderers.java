package org.loupe.ui.circuits;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;

/**
 * The renderers that plug-ins contribute, the preferred first. One that cannot be made is told to the log, with the name of
 * the plug-in that it comes from, and the next one draws.
 */
public final class GraphRenderers {

    /** Identifier of the extension point. */
    public static final String POINT = "org.loupe.ui.circuits.graphRenderers";

    private final IExtensionRegistry registry;
    private final ILog log;

    /** What is installed, and can be chosen. */
    public record Choice(String id, String name) {
    }

    /** The renderers that a registry knows of. */
    public GraphRenderers(IExtensionRegistry registry, ILog log) {
        this.registry = registry;
        this.log = log;
    }

    /** The renderers that are installed. */
    public static GraphRenderers installed() {
        return new GraphRenderers(Platform.getExtensionRegistry(), ILog.of(GraphRenderers.class));
    }

    private List<IConfigurationElement> elements() {
        return Arrays.stream(registry.getConfigurationElementsFor(POINT)).sorted(
                Comparator.comparingInt(GraphRenderers::priority).reversed()
                        .thenComparing(element -> String.valueOf(element.getAttribute("id")))).toList();
    }

    private static int priority(IConfigurationElement element) {
        String text = element.getAttribute("priority");
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }

    /** What can be chosen, the preferred first. */
    public List<Choice> choices() {
        return elements().stream().map(element -> new Choice(String.valueOf(element.getAttribute("id")),
                String.valueOf(element.getAttribute("name")))).toList();
    }

    /** A renderer with what it has made. */
    record Made(GraphRenderer renderer, Control control) {
    }

    /**
     * Makes a renderer and its control.
     *
     * @param wanted id of the one that a person has chosen; where it is empty, or cannot be made, it is the preferred one
     */
    Optional<Made> make(String wanted, Composite parent, GraphHost host) {
        List<IConfigurationElement> order = elements().stream().sorted(Comparator.comparing(
                (IConfigurationElement element) -> !wanted.equals(element.getAttribute("id")))).toList();
        for (IConfigurationElement element : order) {
            try {
                GraphRenderer renderer = (GraphRenderer) element.createExecutableExtension("class");
                return Optional.of(new Made(renderer, renderer.create(parent, host)));
            } catch (CoreException | RuntimeException | LinkageError broken) {
                log.error("The graph renderer " + element.getAttribute("id") + " of " + element.getContributor().getName()
                        + " cannot be used: " + broken.getMessage(), broken);
            }
        }
        return Optional.empty();
    }
}
