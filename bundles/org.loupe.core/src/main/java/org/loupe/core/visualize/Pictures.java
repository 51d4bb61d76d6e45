package org.loupe.core.visualize;

import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Scene;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

/** The pictures that a question speaks of, by number or name. */
record Pictures(PictureSet set) {

    /** @throws IllegalArgumentException when there are none */
    static Pictures of(Material material) {
        return new Pictures(material.pictures().orElseThrow(() -> new IllegalArgumentException(
                "A picture is spoken of, but no picture set was named. Name one, such as drawn.")).set());
    }

    /**
     * Reads a picture.
     *
     * @param picture its number, from 0, or its name
     * @throws IllegalArgumentException when there is none, or it cannot be read
     */
    Batch read(String picture, Frame frame) {
        try {
            return set.read(index(picture.strip()), frame);
        } catch (PictureException problem) {
            throw new IllegalArgumentException("The picture " + picture + " of " + set.name() + " cannot be read: "
                    + problem.getMessage(), problem);
        }
    }

    private int index(String picture) {
        for (int i = 0; i < set.pictures().size(); i++) {
            if (set.pictures().get(i).name().equals(picture)) {
                return i;
            }
        }
        if (picture.matches("\\d{1,9}") && Integer.parseInt(picture) < set.pictures().size()) {
            return Integer.parseInt(picture);
        }
        throw new IllegalArgumentException("No picture " + picture + " in " + set.name() + ". Write a number from 0 to "
                + (set.pictures().size() - 1) + ", or a name such as "
                + set.pictures().stream().findFirst().map(Picture::name).orElse("cat.png") + ".");
    }

    /** What objectives can speak of: the network, and pictures at the size at which the network sees its own. */
    static Scene scene(Material material, Frame frame) {
        return new Scene() {
            @Override
            public Network network() {
                return material.network();
            }

            @Override
            public Batch activations(Tap tap, String picture) {
                return material.session().activations(of(material).read(picture, frame), Set.of(tap)).at(tap);
            }
        };
    }
}
