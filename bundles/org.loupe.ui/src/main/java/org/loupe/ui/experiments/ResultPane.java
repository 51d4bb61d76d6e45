package org.loupe.ui.experiments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Analysis;
import org.loupe.core.Result;
import org.loupe.platform.Registered;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.FigurePage;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.MadeBar;
import org.loupe.ui.results.RecipeFold;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.results.ResultPages;
import org.loupe.ui.widgets.ScrollingPage;

/** One result with its heading and its recipe, shown by the page that its type has, or else by its own figures and text. */
final class ResultPane {

    private final ScrollingPage page;
    private final Label heading;
    private final Label state;
    private final MadeBar made;
    private final Composite body;
    private final RecipeFold recipe;
    private final Map<Class<?>, Shower> showers = new HashMap<>();
    private final Consumer<List<UnitInNetwork>> selects;
    private Finding<?> shown;

    /** A page and its control. */
    private record Shower(ResultPage<Result> page, Control control) {
    }

    /** @param selects is told which units are chosen in the result */
    ResultPane(Composite parent, Consumer<List<UnitInNetwork>> selects) {
        this.selects = selects;
        page = new ScrollingPage(parent);
        heading = label();
        heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        state = label();
        made = new MadeBar(page.body());
        body = new Composite(page.body(), SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 0).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        recipe = new RecipeFold(page.body());
        recipe.fold().control().setVisible(false);
    }

    private Label label() {
        Label label = new Label(page.body(), SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(200, SWT.DEFAULT).applyTo(label);
        return label;
    }

    Composite control() {
        return page.control();
    }

    /** What is shown. */
    Optional<Finding<?>> shown() {
        return Optional.ofNullable(shown);
    }

    /** What the question is called. */
    String title() {
        return heading.getText();
    }

    /** Shows words where there is no result yet, or none that can be shown. */
    void say(String title, String words) {
        shown = null;
        heading.setText(title);
        state.setText(words);
        made.show(Optional.empty());
        present(false);
    }

    /** Shows a result, also one that still grows. */
    void show(String title, String words, Finding<?> finding, Registered<Analysis<?, ?>> analysis) {
        Shower shower = shower(finding.result());
        boolean isAnother = shown == null || !shown.recipe().equals(finding.recipe());
        shown = finding;
        heading.setText(title);
        state.setText(words);
        for (Shower other : showers.values()) {
            boolean isShown = other == shower;
            ((GridData) other.control.getLayoutData()).exclude = !isShown;
            other.control.setVisible(isShown);
        }
        @SuppressWarnings("unchecked") // the page was chosen by the result's own type
        Finding<Result> typed = (Finding<Result>) finding;
        shower.page.show(typed);
        made.show(Optional.of(finding));
        recipe.show(finding.recipe(), analysis, finding.network());
        present(true);
        if (isAnother) {
            page.scrollTo(0);
        }
    }

    private void present(boolean isThere) {
        ((GridData) body.getLayoutData()).exclude = !isThere;
        body.setVisible(isThere);
        recipe.fold().control().setVisible(isThere);
        body.layout();
        body.requestLayout();
        page.fit();
    }

    @SuppressWarnings("unchecked") // the extension point's pages are chosen by the type of the result
    private Shower shower(Result result) {
        return showers.computeIfAbsent(result.getClass(), type -> {
            ResultPage<Result> made = ResultPages.installed().page((Class<Result>) type).orElseGet(FigurePage::new);
            made.onSelection(selects);
            Control control = made.create(body);
            GridDataFactory.fillDefaults().grab(true, false).applyTo(control);
            return new Shower(made, control);
        });
    }
}
