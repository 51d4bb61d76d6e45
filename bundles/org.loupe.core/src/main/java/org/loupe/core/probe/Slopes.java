package org.loupe.core.probe;

import java.util.List;
import org.loupe.core.Batch;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.Objective;

/** How targets change with each value at a place in the middle of a network. */
public final class Slopes {

    private Slopes() {
    }

    /**
     * The gradient of targets with respect to what is at a tap.
     *
     * @param session  of the network
     * @param pictures that the network is shown
     * @param tap      below the targets
     * @param values   at the tap, for these pictures
     * @param targets  one for each picture; of the same operations, such as one unit at different positions
     * @return of the shape of {@code values}
     * @throws org.loupe.core.network.NetworkException when a target does not depend on what is at the tap
     */
    public static Batch of(Session session, Batch pictures, Tap tap, Batch values, List<Target> targets) {
        List<Objective> objectives = targets.stream().map(Target::objective).toList();
        if (!UpperPart.hasPast(session.network(), tap, targets.get(0))) {
            Network upper = UpperPart.of(session, tap, targets.get(0), pictures);
            try (Session above = session.engine().open(upper)) {
                return above.gradient(values, objectives).pictures();
            }
        }
        Batch slopes = values.zeros();
        for (int image = 0; image < values.images(); image++) {
            Network upper = UpperPart.of(session, tap, targets.get(image), pictures.image(image));
            try (Session above = session.engine().open(upper)) {
                Batch one = above.gradient(values.image(image), List.of(objectives.get(image))).pictures();
                System.arraycopy(one.values(), 0, slopes.values(), slopes.offset(image, 0), one.values().length);
            }
        }
        return slopes;
    }
}
