package org.loupe.ui.probe;

import java.util.stream.Collectors;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.loupe.core.Batch;
import org.loupe.core.image.Overlay;
import org.loupe.core.probe.Attribution;
import org.loupe.core.probe.Firing;
import org.loupe.core.probe.Probed;
import org.loupe.ui.results.Finding;
import org.loupe.ui.results.ResultPage;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.ScrollingPage;
import org.loupe.ui.widgets.Texts;

/** Shows what was found in one picture: what fires most in each layer, and what a target owes to each. */
public final class ProbedPage implements ResultPage<Probed> {

    private static final int SIDE = 144;
    private static final int WIDTH = 240;
    private static final int SIDE_OF_OVERLAYS = 256;
    private static final double OPACITY = .7;
    private static final double PERCENT = 100;

    private Composite body;
    private Composite pictures;
    private Label facts;

    @Override
    public Control create(Composite parent) {
        body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().applyTo(body);
        pictures = new Composite(body, SWT.NONE);
        pictures.setLayout(new RowLayout(SWT.HORIZONTAL));
        GridDataFactory.fillDefaults().grab(true, false).applyTo(pictures);
        facts = new Label(body, SWT.WRAP);
        GridDataFactory.fillDefaults().grab(true, false).hint(WIDTH, SWT.DEFAULT).applyTo(facts);
        return body;
    }

    @Override
    public void show(Finding<Probed> finding) {
        Probed probed = finding.result();
        for (Control old : pictures.getChildren()) {
            old.dispose();
        }
        add(probed.name(), probed.picture());
        probed.maps().forEach(map -> add(map.unit().toString(), over(probed, map.map())));
        probed.attributions().forEach(one -> add(one.target() + " by " + one.layer(), over(probed, one.byPosition())));
        facts.setText(probed.layers().stream().map(layer -> layer.layer() + ": " + words(layer))
                .collect(Collectors.joining("\n")) + probed.attributions().stream().map(ProbedPage::words)
                .collect(Collectors.joining()) + (probed.isPartial() ? "\nStopped before all was done: partial." : ""));
        ScrollingPage.fitAround(body);
    }

    private static String words(Probed.OfLayer layer) {
        return (layer.place().isPresent() ? layer.here() : layer.strongest()).stream()
                .map((Firing firing) -> ":" + firing.channel() + " " + Texts.number(firing.value()))
                .collect(Collectors.joining(", "));
    }

    private static String words(Attribution attribution) {
        return "\n" + attribution.target() + " by " + attribution.layer() + ": " + Texts.number(attribution.total())
                + (Double.isNaN(attribution.completeness()) ? "" : ", " + Texts.number(PERCENT * attribution.completeness())
                        + " % of the difference that the layer makes");
    }

    private static Batch over(Probed probed, Batch map) {
        Batch picture = probed.picture();
        return Overlay.of(map, OPACITY, false).over(picture, map,
                Math.max(1, SIDE_OF_OVERLAYS / Math.max(picture.rows(), picture.columns())));
    }

    private void add(String caption, Batch picture) {
        PictureCanvas canvas = new PictureCanvas(pictures, SWT.NONE, Scaling.SMOOTH, SIDE);
        canvas.setCaption(caption);
        canvas.show(picture, 0, PictureState.DONE);
    }
}
