package org.loupe.demo.pictures;

import org.loupe.core.Batch;
import org.loupe.core.Draws;

/** Animals, cars and their parts at one fixed size near the middle, for networks that know one size only. */
public final class PartPictures {

    private static final double MIDDLE = Canvas.SIZE / 2 + .5;
    private static final double DOG_SCALE = 8;
    private static final double CAR_SCALE = 11.5;
    private static final double FACE_SCALE = 12;
    private static final double CABIN_HEIGHT = .78;
    private static final Colour GREY = new Colour(128, 128, 128);
    private static final Colour GLASS = new Colour(175, 215, 240);

    /** What can be drawn. */
    public enum Subject {
        HEAD_RIGHT, HEAD_LEFT, NECK_RIGHT, NECK_LEFT,
        /** Head and neck. */
        DOG_RIGHT, DOG_LEFT,
        /** A head whose neck goes down in front instead of behind. */
        WRONG_DOG_RIGHT, WRONG_DOG_LEFT,
        WINDOWS, WHEEL, WHEELS, CAR_BODY, CAR, CAR_UPSIDE_DOWN, CAT, FOX;

        private boolean facesLeft() {
            return name().endsWith("LEFT");
        }
    }

    private final Draws draws;
    private final boolean onBackground;

    /**
     * @param draws        where colours and small displacements come from
     * @param onBackground whether to draw on random backgrounds with noise instead of plain grey
     */
    public PartPictures(Draws draws, boolean onBackground) {
        this.draws = draws;
        this.onBackground = onBackground;
    }

    /** A picture of shape (1, 3, 64, 64), from 0 to 1, with the subject's own centre in the middle. */
    public Batch picture(Subject subject) {
        return picture(subject, 0, 0);
    }

    /** The same, moved by pixels. */
    public Batch picture(Subject subject, double right, double down) {
        int[] background = onBackground ? Background.random(draws) : Background.flat(GREY);
        Canvas canvas = new Canvas(background);
        double column = MIDDLE + right + draws.uniform(-2, 2);
        double row = MIDDLE + down + draws.uniform(-2, 2);
        double rotation = StrictMath.toRadians(draws.uniform(-5, 5));
        Scene scene = new Scene(canvas, draws, GREY, draws.chance(.5) ? .9 : 0);
        switch (subject) {
            case WINDOWS, WHEEL, WHEELS, CAR_BODY, CAR, CAR_UPSIDE_DOWN -> {
                boolean mirrored = draws.chance(.5);
                car(subject, scene, pen(scene, column, row, CAR_SCALE, rotation, mirrored));
            }
            case CAT -> Animals.catFace(pen(scene, column, row + 2, FACE_SCALE, rotation, false), scene, true);
            case FOX -> Animals.foxFace(pen(scene, column, row, FACE_SCALE, rotation, false), scene);
            default -> dog(subject, scene, pen(scene, column, row, DOG_SCALE, rotation, subject.facesLeft()));
        }
        Batch picture = canvas.batch();
        if (onBackground) {
            new Grain(draws).add(picture.values(), draws.uniform(0, 8) / 255);
            hold(picture.values());
        }
        return picture;
    }

    /** A picture of nothing but background. */
    public Batch background() {
        return new Canvas(Background.random(draws)).batch();
    }

    private static Pen pen(Scene scene, double column, double row, double scale, double rotation, boolean mirrored) {
        return new Pen(scene.canvas(), Affine.of(column, row, scale, rotation, mirrored, 1, 0), scene.outline());
    }

    private static void dog(Subject subject, Scene scene, Pen pen) {
        Colour fur = Animals.fur(scene);
        Colour ear = fur.times(.6);
        boolean wrong = subject == Subject.WRONG_DOG_LEFT || subject == Subject.WRONG_DOG_RIGHT;
        if (subject != Subject.HEAD_LEFT && subject != Subject.HEAD_RIGHT) {
            Animals.dogNeck(pen, scene.draws(), fur, wrong);
        }
        if (subject != Subject.NECK_LEFT && subject != Subject.NECK_RIGHT) {
            Animals.dogHead(pen, scene.draws(), fur, ear);
        }
    }

    private static void car(Subject subject, Scene scene, Pen pen) {
        Draws draws = scene.draws();
        Colour paint = Colour.strong(draws, .45);
        boolean whole = subject == Subject.CAR || subject == Subject.CAR_UPSIDE_DOWN;
        int down = subject == Subject.CAR_UPSIDE_DOWN ? -1 : 1;
        if (whole) {
            Vehicles.cabin(pen, paint, CABIN_HEIGHT, down);
        }
        if (whole || subject == Subject.WINDOWS) {
            Vehicles.windows(pen, GLASS.varied(draws, 10), CABIN_HEIGHT, down);
        }
        if (whole || subject == Subject.CAR_BODY) {
            Vehicles.carBody(pen, paint, down);
        }
        if (whole || subject == Subject.WHEELS) {
            Vehicles.wheel(pen, scene, -1.2, .88 * down, .43);
            Vehicles.wheel(pen, scene, 1.2, .88 * down, .43);
        }
        if (subject == Subject.WHEEL) {
            Vehicles.wheel(pen, scene, 0, 0, .43);
        }
    }

    private static void hold(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(Math.max(values[i], 0), 1);
        }
    }
}
