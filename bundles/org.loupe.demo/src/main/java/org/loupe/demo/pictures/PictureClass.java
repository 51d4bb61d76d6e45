package org.loupe.demo.pictures;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.loupe.demo.pictures.Scene.Drawing;

/** The classes of drawn pictures; {@link #ordinal()} is the class's channel in the demo network's last layer. */
public enum PictureClass {
    ARC(AbstractShapes::arc), CIRCLE(AbstractShapes::circle), SPIRAL(AbstractShapes::spiral),
    POLYGON(AbstractShapes::polygon), LINES(AbstractShapes::lines),
    DOG(Animals::dog), CAT(Animals::cat), FOX(Animals::fox),
    CAR(Vehicles::car), BUS(Vehicles::bus), BICYCLE(Vehicles::bicycle),
    HOUSE(Garden::house), TREE(Garden::tree), FLOWER(Garden::flower),
    FISH(Water::fish), BOAT(Water::boat),
    /** Right parts in wrong places, so that the others can only be told by how their parts are put together. */
    JUMBLE(Jumble::draw);

    private final Drawing drawing;

    PictureClass(Drawing drawing) {
        this.drawing = drawing;
    }

    /** The name as a person writes it, such as {@code dog}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a shape rather than a thing. */
    public boolean isShape() {
        return ordinal() <= LINES.ordinal();
    }

    /** The labels of all classes, in order. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(PictureClass::label).toList();
    }

    Facts draw(Scene scene) {
        return drawing.draw(scene);
    }
}
