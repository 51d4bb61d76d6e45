package org.loupe.ui.results;

import java.util.List;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Text;
import org.loupe.core.Result;
import org.loupe.core.page.Sheet;
import org.loupe.ui.Lookup;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.SheetCanvas;

/** Shows a result of any type as it tells itself: its figures, then its text. For types that have no page of their own. */
public final class FigurePage implements ResultPage<Result> {

    private Composite body;
    private SheetCanvas figures;
    private Text text;
    private Lookup<Result, Told> telling;

    /** What a result tells. */
    private record Told(List<Sheet> sheets, String text) {
    }

    @Override
    public Control create(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(body);
        figures = new SheetCanvas(body, SheetCanvas.READING);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(figures);
        text = new Text(body, SWT.MULTI | SWT.READ_ONLY | SWT.H_SCROLL);
        text.setFont(JFaceResources.getTextFont());
        GridDataFactory.fillDefaults().grab(true, false).hint(1, SWT.DEFAULT).applyTo(text);
        telling = new Lookup<>("a result", body.getDisplay(), result -> new Told(result.sheets(), result.text()), this::take,
                problem -> take(new Told(List.of(), "This result could not be drawn: " + problem.getMessage())));
        body.addDisposeListener(event -> telling.close());
        return body;
    }

    @Override
    public void show(Finding<Result> finding) {
        telling.ask(finding.result());
    }

    private void take(Told told) {
        if (body.isDisposed()) {
            return;
        }
        figures.show(told.sheets);
        show(figures, !told.sheets.isEmpty());
        String lines = told.text.stripTrailing();
        if (lines.isEmpty() && told.sheets.isEmpty()) {
            lines = "The files of this result say it all; the recipe tells where they are.";
        }
        if (!text.getText().equals(lines)) {
            text.setText(lines);
        }
        // The platform's own guess is too high where lines are long.
        ((GridData) text.getLayoutData()).heightHint = text.computeTrim(0, 0, 0, text.getLineCount() * text.getLineHeight()).height;
        show(text, !lines.isEmpty());
        ScrollingPage.fitAround(body);
    }

    private static void show(Control control, boolean isThere) {
        ((GridData) control.getLayoutData()).exclude = !isThere;
        control.setVisible(isThere);
    }
}
