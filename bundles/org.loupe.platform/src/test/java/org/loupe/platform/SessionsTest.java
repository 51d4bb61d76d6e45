package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

class SessionsTest {

    private final Registry registry =
            new Registry(Contributions.registry(Contributions.ALL), (message, cause) -> { });
    private final Network network = registry.networks().get(0).value().get();

    private Sessions sessions(int most) {
        return new Sessions(registry.engines(), EngineChoice.preferably("reference"), most, message -> { });
    }

    @Test
    void jobsAtTheSameTimeGetSessionsOfTheirOwnUntilThereAreEnough() {
        try (Sessions sessions = sessions(2)) {
            Sessions.Use first = sessions.use(network, network.hash());
            Sessions.Use second = sessions.use(network, network.hash());
            Sessions.Use third = sessions.use(network, network.hash());
            assertNotSame(first.session(), second.session());
            assertTrue(List.of(first.session(), second.session()).contains(third.session()));
            third.close();
            Session freed = second.session();
            second.close();
            assertSame(freed, sessions.use(network, network.hash()).session());
        }
    }

    @Test
    void oneAfterTheOtherNeedsOnlyOneSession() {
        try (Sessions sessions = sessions(4)) {
            Session session = sessions.session(network, network.hash());
            for (int i = 0; i < 3; i++) {
                try (Sessions.Use use = sessions.use(network, network.hash())) {
                    assertSame(session, use.session());
                }
            }
        }
    }

    @Test
    void allSessionsAreClosedTogether() {
        Sessions sessions = sessions(2);
        Session first = sessions.use(network, network.hash()).session();
        Session second = sessions.use(network, network.hash()).session();
        sessions.close();
        Batch picture = Batch.zeros(1, network.input().shape().channels(), network.input().shape().rows(),
                network.input().shape().columns());
        Set<Tap> taps = Set.of(Tap.after(network.layers().get(0).name()));
        assertThrows(IllegalStateException.class, () -> first.activations(picture, taps));
        assertThrows(IllegalStateException.class, () -> second.activations(picture, taps));
        assertThrows(IllegalStateException.class, () -> sessions.use(network, network.hash()));
    }
}
