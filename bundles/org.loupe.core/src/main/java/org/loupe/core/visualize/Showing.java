package org.loupe.core.visualize;

import java.util.List;
import org.loupe.core.Unit;
import org.loupe.core.image.Placement;
import org.loupe.core.image.Transform;
import org.loupe.core.network.Network;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;
import org.loupe.core.scan.ReceptiveField;
import org.loupe.core.visualize.Visualize.Robustness;

/**
 * How a picture is shown to the network in each step.
 *
 * @param transforms drawn anew for each view
 * @param noise      deviation of what is added to each pixel of each view, and width of what is evenly spread
 */
record Showing(List<Transform> transforms, double noise) {

    /** Sizes of crops and noise of MACO's published code, where crops of 256 to 320 pixels become 224. */
    private static final double LEAST_CROP = 256 / 224.0;
    private static final double MOST_CROP = 320 / 224.0;
    private static final double CROP_NOISE = 0.05;

    /** A unit that sees less than this share of the picture's side looks for something small. */
    private static final double SMALL_FIELD = 0.25;

    static Showing of(Robustness robustness, Objective objective, Network network, Placement.Sizes sizes) {
        int side = Math.min(sizes.rows(), sizes.columns());
        return switch (robustness) {
            case NONE -> new Showing(List.of(), 0);
            case SMALL -> new Showing(Transform.small(side), 0);
            case STANDARD -> new Showing(Transform.standard(side), 0);
            case PUBLISHED -> new Showing(Transform.published(), 0);
            case BY_DEPTH -> of(seesLittle(objective, network) ? Robustness.SMALL : Robustness.STANDARD, objective,
                    network, sizes);
            case CROPS -> new Showing(List.of(new Transform.Crop(side, Math.min(sizes.seenRows(), sizes.seenColumns()),
                    LEAST_CROP, MOST_CROP)), CROP_NOISE);
        };
    }

    /** How a picture is shown without transforms: as it is, or, where crops are shown, the middle one. */
    Placement whole(Placement.Sizes sizes) {
        for (Transform transform : transforms) {
            if (transform instanceof Transform.Crop crop) {
                return crop.middle();
            }
        }
        return Placement.STRAIGHT;
    }

    /** Whether all that an objective looks at sees only a small part of the picture. */
    static boolean seesLittle(Objective objective, Network network) {
        Shape input = network.input().shape();
        for (Tap tap : objective.taps()) {
            if (!tap.equals(Objective.PICTURE)) {
                Shape map = network.shapes(input.rows(), input.columns()).get(network.source(tap));
                Unit.Position middle = new Unit(tap.layer(), 0, Unit.CENTRE).position(map.rows(), map.columns())
                        .orElseThrow();
                ReceptiveField field = ReceptiveField.of(network, tap, middle.row(), middle.column());
                if (field.rows() >= SMALL_FIELD * input.rows() || field.columns() >= SMALL_FIELD * input.columns()) {
                    return false;
                }
            }
        }
        return true;
    }
}
