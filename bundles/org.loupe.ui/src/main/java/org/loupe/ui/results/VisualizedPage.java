package org.loupe.ui.results;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.visualize.Visualized;
import org.loupe.core.visualize.Visualized.Detail;
import org.loupe.ui.widgets.Palette;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.ScoreCurve;
import org.loupe.ui.widgets.ScrollingPage;

/**
 * Shows pictures that an optimiser has made: the picture, its score beside the score of what it started from, and how
 * the score rose. Of several pictures, one is large and the others are there to choose from.
 */
public final class VisualizedPage implements ResultPage<Visualized> {

    private static final int SIDE = 192;
    private static final int SMALL = 72;
    private static final int CURVE_WIDTH = 170;
    private static final int CURVE_HEIGHT = 120;
    private static final int FACTS_WIDTH = 150;
    private static final int GAP = 12;
    private static final int WIDE = SIDE + CURVE_WIDTH + GAP;

    private Composite body;
    private PictureCanvas picture;
    private ScoreCurve curve;
    private Paragraph facts;
    private Paragraph doubt;
    private Composite others;
    private Visualized shown;
    private int chosen;

    @Override
    public Control create(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(GAP, GAP / 2).numColumns(1).applyTo(body);
        picture = new PictureCanvas(body, SWT.NONE, Scaling.SMOOTH, SIDE);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(picture);
        Composite beside = new Composite(body, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(beside);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(beside);
        facts = label(beside);
        doubt = label(beside);
        doubt.addListener(SWT.Paint, event -> doubt.setForeground(Palette.of(body).warning()));
        curve = new ScoreCurve(beside);
        GridDataFactory.fillDefaults().grab(true, false).hint(CURVE_WIDTH, CURVE_HEIGHT).applyTo(curve);
        others = new Composite(body, SWT.NONE);
        RowLayout row = new RowLayout(SWT.HORIZONTAL);
        row.marginLeft = 0;
        others.setLayout(row);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).exclude(true).applyTo(others);
        body.addListener(SWT.Resize, event -> fold());
        return body;
    }

    @Override
    public void show(Finding<Visualized> finding) {
        shown = finding.result();
        int pictures = shown.details().size();
        chosen = Math.min(chosen, pictures - 1);
        Detail detail = shown.details().get(chosen);
        PictureState state = finding.isGrowing() ? PictureState.growing(finding.progress())
                : PictureState.resting(shown.isPartial(), detail.excited());
        picture.setToolTipText(detail.objective());
        picture.show(shown.pictures(), chosen, state);
        String unit = Scores.unit(detail.objective());
        curve.show(detail.scores(), detail.start(), shown.steps(), unit);
        String start = finding.recipe().arguments().getOrDefault("start", "");
        String words = facts(detail, unit, start, finding.isGrowing());
        String warning = finding.isGrowing() ? "" : doubt(detail, start);
        if (!facts.getText().equals(words) || !doubt.getText().equals(warning)) {
            facts.setText(words);
            set(doubt, warning);
            facts.getParent().layout(new Control[] {facts});
            if (!finding.isGrowing()) {
                ScrollingPage.fitAround(body);
            }
        }
        showOthers(finding, pictures);
    }

    private String facts(Detail detail, String unit, String start, boolean growing) {
        if (detail.scores().length == 0) {
            return "Nothing yet";
        }
        int steps = detail.scores().length;
        String text = Scores.sentence(detail, unit, start);
        if (growing) {
            return text;
        }
        return text + "\n" + (shown.isPartial() ? "Stopped after " + steps + " of " + shown.steps() + " steps: partial."
                : steps + " steps.");
    }

    private String doubt(Detail detail, String start) {
        if (detail.excited()) {
            return "";
        }
        if (!start.isBlank()) {
            return "It does not answer more than to picture " + start + ", which this one started from: what has changed says nothing"
                    + " about the unit.";
        }
        return shown.isPartial()
                ? "It was not excited yet when the work was stopped: this picture says nothing about the unit."
                : "This unit could not be excited: no picture that was tried makes it answer more than grey noise does,"
                        + " so this picture says nothing about it. Another seed may find one; a unit that stays"
                        + " silent for all of them is probably dead.";
    }

    private void showOthers(Finding<Visualized> finding, int pictures) {
        if (pictures > 1 && others.getChildren().length != pictures) {
            for (Control old : others.getChildren()) {
                old.dispose();
            }
            for (int i = 0; i < pictures; i++) {
                PictureCanvas other = new PictureCanvas(others, SWT.PUSH, Scaling.SMOOTH, SMALL);
                int index = i;
                other.addListener(SWT.Selection, event -> {
                    chosen = index;
                    show(new Finding<>(shown, finding.recipe(), finding.network()));
                });
            }
            ScrollingPage.fitAround(others);
        }
        ((GridData) others.getLayoutData()).exclude = pictures < 2;
        others.setVisible(pictures > 1);
        for (int i = 0; i < pictures && pictures > 1; i++) {
            Detail detail = shown.details().get(i);
            PictureCanvas other = (PictureCanvas) others.getChildren()[i];
            other.setCaption(detail.label().isEmpty() ? detail.objective() : detail.label());
            other.setChosen(i == chosen);
            other.show(shown.pictures(), i, PictureState.resting(false, detail.excited() || finding.isGrowing()));
        }
    }

    private void fold() {
        int columns = body.getClientArea().width >= WIDE ? 2 : 1;
        GridLayout layout = (GridLayout) body.getLayout();
        if (layout.numColumns != columns) {
            layout.numColumns = columns;
            body.layout();
            ScrollingPage.fitAround(body);
        }
    }

    private static Paragraph label(Composite parent) {
        Paragraph label = new Paragraph(parent);
        GridDataFactory.fillDefaults().grab(true, false).hint(FACTS_WIDTH, SWT.DEFAULT).applyTo(label);
        return label;
    }

    private static void set(Paragraph label, String text) {
        label.setText(text);
        ((GridData) label.getLayoutData()).exclude = text.isEmpty();
        label.setVisible(!text.isEmpty());
    }
}
