package org.loupe.ui.results;

import java.util.Optional;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.loupe.core.Result;

/**
 * The pages that plug-ins contribute. One that cannot be made is told to the log, with the name of the plug-in that
 * it comes from, and counts as absent.
 */
public final class ResultPages {

    /** Identifier of the extension point. */
    public static final String POINT = "org.loupe.ui.resultPages";

    private final IExtensionRegistry registry;
    private final ILog log;

    /** The pages that a registry knows of. */
    public ResultPages(IExtensionRegistry registry, ILog log) {
        this.registry = registry;
        this.log = log;
    }

    /** The pages that are installed. */
    public static ResultPages installed() {
        return new ResultPages(Platform.getExtensionRegistry(), ILog.of(ResultPages.class));
    }

    /** A new page for results of the given type, or nothing when there is none for it. */
    @SuppressWarnings("unchecked") // the extension says that the page is for this type
    public <R extends Result> Optional<ResultPage<R>> page(Class<R> type) {
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            if (type.getName().equals(element.getAttribute("result"))) {
                try {
                    return Optional.of((ResultPage<R>) element.createExecutableExtension("class"));
                } catch (CoreException | ClassCastException | LinkageError broken) {
                    log.error("The result page " + element.getAttribute("id") + " of "
                            + element.getContributor().getName() + " cannot be used: " + broken.getMessage(), broken);
                }
            }
        }
        return Optional.empty();
    }
}
