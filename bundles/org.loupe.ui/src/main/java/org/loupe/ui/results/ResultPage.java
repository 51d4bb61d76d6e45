package org.loupe.ui.results;

import java.util.List;
import java.util.function.Consumer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.Result;
import org.loupe.ui.UnitInNetwork;

/**
 * Shows results of one type wherever the workbench has one: the result's type decides, not the view.
 *
 * <p>A page is made for each place where it is shown, and is only called on the UI thread. It takes colours and fonts
 * from its control, releases what it holds when its control is disposed of, and answers within a tenth of a second:
 * what takes longer belongs into the analysis. Contribute it through the extension point
 * {@code org.loupe.ui.resultPages}.
 *
 * @param <R> the type of the results
 */
public interface ResultPage<R extends Result> {

    /**
     * Says who is to be told which units a person chooses on the page, so that other views show them; called at most once, before
     * {@link #create}. A page without units leaves it.
     */
    default void onSelection(Consumer<List<UnitInNetwork>> selects) {
        // Most pages have nothing to choose.
    }

    /** Makes the controls; called once. */
    Control create(Composite parent);

    /**
     * Shows a result instead of the one before. While a result grows, this is called up to ten times a second with
     * all that there is so far.
     */
    void show(Finding<R> finding);
}
