package org.loupe.ui.unit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.loupe.ui.results.UnitSection;

/**
 * The sections that plug-ins contribute to the Unit view. One that cannot be made is told to the log, with the plug-in
 * that it comes from, and left out.
 */
final class UnitSections {

    /** Identifier of the extension point. */
    static final String POINT = "org.loupe.ui.unitSections";

    private final IExtensionRegistry registry;
    private final BiConsumer<String, Throwable> log;

    /** @param log hears what is broken, and why */
    UnitSections(IExtensionRegistry registry, BiConsumer<String, Throwable> log) {
        this.registry = registry;
        this.log = log;
    }

    /**
     * A section as it is contributed.
     *
     * @param id          its identifier
     * @param title       its heading
     * @param order       where it is: before those with larger numbers
     * @param open        whether it is unfolded until a person folds it
     * @param contributor the plug-in that it comes from
     * @param section     what shows a unit
     */
    record Contributed(String id, String title, double order, boolean open, String contributor, UnitSection section) {
    }

    /** New sections, the first one first. */
    List<Contributed> make() {
        List<Contributed> made = new ArrayList<>();
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            String id = element.getAttribute("id");
            try {
                if (made.stream().anyMatch(other -> other.id().equals(id))) {
                    throw new IllegalArgumentException("there is another one of this identifier");
                }
                made.add(new Contributed(id, element.getAttribute("title"), order(element),
                        !"false".equals(element.getAttribute("open")), element.getContributor().getName(),
                        (UnitSection) element.createExecutableExtension("class")));
            } catch (CoreException | RuntimeException | LinkageError broken) {
                report(id, element.getContributor().getName(), broken);
            }
        }
        made.sort(Comparator.comparingDouble(Contributed::order).thenComparing(Contributed::id));
        return made;
    }

    private static double order(IConfigurationElement element) {
        String text = element.getAttribute("order");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException | NullPointerException notOne) {
            throw new IllegalArgumentException("its order is no number: " + text, notOne);
        }
    }

    /** Has a section do something, and says whether it could; what goes wrong is told to the log. */
    boolean run(Contributed contributed, Consumer<UnitSection> what) {
        try {
            what.accept(contributed.section());
            return true;
        } catch (RuntimeException | LinkageError broken) {
            report(contributed.id(), contributed.contributor(), broken);
            return false;
        }
    }

    private void report(String id, String contributor, Throwable broken) {
        log.accept("The section " + id + " of the Unit view, from the plug-in " + contributor + ", cannot be used: "
                + broken.getMessage(), broken);
    }
}
