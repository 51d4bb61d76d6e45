package org.loupe.ui.probe;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.loupe.core.visualize.Gridded;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Scaling;

/** Shows the activation grid of a layer beside the picture that it is of. */
public final class GriddedPage implements ResultPage<Gridded> {

    private static final int SIDE = 320;
    private static final int SMALL = 128;

    private PictureCanvas grid;
    private PictureCanvas picture;
    private Button strength;
    private Finding<Gridded> shown;

    @Override
    public Control create(Composite parent) {
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).applyTo(body);
        grid = new PictureCanvas(body, SWT.NONE, Scaling.SMOOTH, SIDE);
        GridDataFactory.swtDefaults().span(1, 2).applyTo(grid);
        picture = new PictureCanvas(body, SWT.NONE, Scaling.SMOOTH, SMALL);
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(picture);
        strength = new Button(body, SWT.CHECK);
        strength.setText("Size by strength");
        GridDataFactory.swtDefaults().align(SWT.BEGINNING, SWT.BEGINNING).applyTo(strength);
        strength.addSelectionListener(SelectionListener.widgetSelectedAdapter(event -> {
            if (shown != null) {
                show(shown);
            }
        }));
        return body;
    }

    @Override
    public void show(Finding<Gridded> finding) {
        shown = finding;
        Gridded gridded = finding.result();
        grid.setCaption(gridded.layer() + " in " + gridded.name());
        grid.show(strength.getSelection() ? gridded.byStrength() : gridded.grid(), 0, finding.isGrowing()
                ? PictureState.growing(finding.progress()) : PictureState.resting(gridded.isPartial(), true));
        picture.setCaption(gridded.name());
        picture.show(gridded.picture(), 0, PictureState.DONE);
    }
}
