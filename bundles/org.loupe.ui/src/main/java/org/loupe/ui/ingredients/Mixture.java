package org.loupe.ui.ingredients;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.loupe.core.visualize.Ingredients.Mix;
import org.loupe.core.visualize.Visualized;
import org.loupe.core.visualize.Visualized.Detail;
import org.loupe.ui.results.Scores;
import org.loupe.ui.widgets.Paragraph;
import org.loupe.ui.widgets.PictureCanvas;
import org.loupe.ui.widgets.PictureState;
import org.loupe.ui.widgets.Scaling;
import org.loupe.ui.widgets.Texts;

/** One of the four ways to make the picture: the picture, its score, and what it shows. */
final class Mixture {

    private static final int SIDE = 144;

    private final PictureCanvas picture;
    private final Paragraph score;

    Mixture(Composite parent, Mix mix) {
        Composite body = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().spacing(0, 3).applyTo(body);
        GridDataFactory.fillDefaults().grab(true, false).applyTo(body);
        Paragraph name = label(body, title(mix));
        name.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        picture = new PictureCanvas(body, SWT.NONE, Scaling.SMOOTH, SIDE);
        picture.setToolTipText(title(mix));
        GridDataFactory.swtDefaults().applyTo(picture);
        score = label(body, "");
        label(body, meaning(mix));
    }

    /** There is no picture, and this is why. */
    void clear(String hint, PictureState state) {
        picture.setHint(hint);
        picture.clear(state);
        score.setText("");
    }

    void show(Visualized result, int index, PictureState state) {
        Detail detail = result.details().get(index);
        picture.show(result.pictures(), index, state);
        String unit = Scores.unit(detail.objective());
        String text = Character.toUpperCase(unit.charAt(0)) + unit.substring(1) + " " + Texts.number(detail.score())
                + "; at the start " + Texts.number(detail.start());
        if (!score.getText().equals(text)) {
            score.setText(text);
        }
    }

    private static String title(Mix mix) {
        return switch (mix) {
            case NOTHING -> "Nothing";
            case TRANSFORMS -> "Transforms only";
            case FOURIER -> "Fourier space only";
            case BOTH -> "Both";
        };
    }

    private static String meaning(Mix mix) {
        return switch (mix) {
            case NOTHING -> "Every pixel climbs for itself. The unit answers, but to a fine noise that no camera"
                    + " takes.";
            case TRANSFORMS -> "The picture is shifted, scaled and turned a little before each step. What depends on"
                    + " exact pixels cancels out; what is left are shapes.";
            case FOURIER -> "Large and small structures climb at the same pace, in colours that are independent of each"
                    + " other, so the finest detail no longer wins merely because it is quick.";
            case BOTH -> "Shapes that survive being moved, in the tones of natural pictures. This is how Loupe makes"
                    + " its pictures.";
        };
    }

    private static Paragraph label(Composite parent, String text) {
        Paragraph label = new Paragraph(parent);
        label.setText(text);
        GridDataFactory.fillDefaults().grab(true, false).hint(SIDE, SWT.DEFAULT).applyTo(label);
        return label;
    }
}
