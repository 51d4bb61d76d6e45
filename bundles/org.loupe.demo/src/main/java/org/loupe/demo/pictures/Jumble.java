package org.loupe.demo.pictures;

/** Right parts in wrong places: what only looks at parts, and not at where they are, takes these for real. */
final class Jumble {

    private Jumble() {
    }

    static Facts draw(Scene scene) {
        return switch (scene.draws().pick(.4, .35, .1, .15)) {
            case 0 -> Animals.dogWithWrongNeck(scene).withKind("dog with wrong neck");
            case 1 -> Vehicles.carUpsideDown(scene).withKind("car upside down");
            case 2 -> Animals.catWithEarsBelow(scene).withKind("cat with ears below");
            default -> Garden.houseUpsideDown(scene).withKind("house with roof below");
        };
    }
}
