package org.loupe.demo.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.loupe.demo.pictures.Facing;
import org.loupe.demo.pictures.Facts;
import org.loupe.demo.pictures.LabelledPicture;
import org.loupe.demo.pictures.PictureClass;

/**
 * What a picture shows, more finely than by its class: where an arc's apex points, which way a spiral turns, how
 * many corners, how lines run, which way a dog, car, bus or fish faces, the kind of tree or jumble.
 */
final class FineLabel {

    private static final List<String> NAMES = names();
    private static final double OCTANT = 45;

    private FineLabel() {
    }

    /** Number of fine labels. */
    static int count() {
        return NAMES.size();
    }

    /** Number of the label of a picture. */
    static int of(LabelledPicture picture) {
        return NAMES.indexOf(name(picture.pictureClass(), picture.facts()));
    }

    static String name(PictureClass pictureClass, Facts facts) {
        String label = pictureClass.label();
        return switch (pictureClass) {
            case ARC -> facts.arcs().size() > 1 ? label + " two" : label + " " + sector(facts.arcs().get(0).apex(), 8);
            case LINES -> label + " " + sector(facts.rotation(), 4);
            case DOG, CAR, BUS, FISH -> label + " " + facts.facing().name().toLowerCase(Locale.ROOT);
            case SPIRAL, POLYGON, TREE, JUMBLE -> label + " " + facts.kind();
            default -> label;
        };
    }

    /** Which of so many directions, 45 degrees apart, is nearest. */
    private static int sector(double degrees, int sectors) {
        return Math.floorMod((int) Math.floor((degrees + OCTANT / 2) / OCTANT), sectors);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (PictureClass pictureClass : PictureClass.values()) {
            List<String> kinds = switch (pictureClass) {
                case ARC -> List.of("0", "1", "2", "3", "4", "5", "6", "7", "two");
                case LINES -> List.of("0", "1", "2", "3");
                case DOG, CAR, BUS, FISH -> List.of(Facing.LEFT, Facing.RIGHT).stream()
                        .map(facing -> facing.name().toLowerCase(Locale.ROOT)).toList();
                case SPIRAL -> List.of("clockwise", "anticlockwise");
                case POLYGON -> List.of("triangle", "quadrilateral", "pentagon");
                case TREE -> List.of("conifer", "round");
                case JUMBLE -> List.of("dog with wrong neck", "car upside down", "cat with ears below",
                        "house with roof below");
                default -> List.of();
            };
            if (kinds.isEmpty()) {
                names.add(pictureClass.label());
            }
            kinds.forEach(kind -> names.add(pictureClass.label() + " " + kind));
        }
        return List.copyOf(names);
    }
}
