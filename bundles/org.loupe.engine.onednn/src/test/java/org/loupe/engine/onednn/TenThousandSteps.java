package org.loupe.engine.onednn;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.HandWritten;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ChannelObjective;
import org.loupe.core.objective.Objective;

/**
 * Prints by how many native objects and by how many bytes the process grows in ten thousand steps. Every other step has
 * edits, which are never the same. The bytes are five times those of the round of two thousand steps that has the fewest: what
 * is lost is lost in every round, and what Java's compiler takes, which comes late on a busy machine, is not.
 */
final class TenThousandSteps {

    private static final int ROUNDS = 5;

    private TenThousandSteps() {
    }

    public static void main(String[] arguments) {
        List<Objective> objectives = List.of(new ChannelObjective(new Unit("mixed", 5)));
        Batch pictures = Networks.pictures(1, 16);
        try (Session session = new OneDnnEngine().open(Networks.inception(16, 4, 8, 4, 3))) {
            run(session, pictures, objectives, 2000);
            long objects = Pointer.totalCount();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long bytes = Pointer.physicalBytes();
                run(session, pictures, objectives, 2000);
                least = Math.min(least, Pointer.physicalBytes() - bytes);
            }
            System.out.println(Pointer.totalCount() - objects + " " + ROUNDS * least);
        }
    }

    private static void run(Session session, Batch pictures, List<Objective> objectives, int steps) {
        for (int step = 0; step < steps; step++) {
            session.gradient(pictures, objectives, step % 2 == 0 ? List.of() : edits(step));
        }
    }

    private static List<Edit> edits(int step) {
        HandWritten unit = new HandWritten(HandWritten.Function.RELU, step, List.of(
                new HandWritten.Term(Tap.after("stem"), step % 16, List.of(List.of(1.0, step / 1e4)), 2, 2, 0, 0)));
        return List.of(Edit.noise(Edit.Where.unit(new Unit("stem", step % 16)), 0.1, step),
                Edit.replace(Edit.Where.unit(new Unit("mixed", step % 19)), unit).withStrength(0.5));
    }
}
