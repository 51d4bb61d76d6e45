package org.loupe.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.loupe.core.Batch;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;

class FetchTest {

    private static final int MANY = 21;

    private final OneDnnEngine engine = new OneDnnEngine();
    private final Network network = Networks.inception(48, 32, 64, 16, 16);
    private final Set<Tap> everything = everything();

    private Set<Tap> everything() {
        Set<Tap> taps = new LinkedHashSet<>();
        for (Layer layer : network.layers()) {
            taps.add(Tap.before(layer.name()));
            taps.add(Tap.after(layer.name()));
        }
        return taps;
    }

    @Test
    void whatIsFetchedBesideThePassIsWhatThePassEndsWith() {
        Batch pictures = Networks.pictures(MANY, 48);
        try (OneDnnSession session = (OneDnnSession) engine.open(network)) {
            Readings together = session.activations(pictures, everything);
            assertTrue(beside(session) > 2, session.describe()::toString);
            for (Tap tap : everything) {
                Batch alone = session.activations(pictures, Set.of(tap)).at(tap);
                assertEquals(0, beside(session), session.describe()::toString);
                assertEquals(alone, together.at(tap), tap::toString);
            }
        }
    }

    @Test
    void fewNumbersAreNotWorthAnotherThread() {
        try (OneDnnSession session = (OneDnnSession) engine.open(network)) {
            session.activations(Networks.pictures(1, 16), everything);
            assertEquals(0, beside(session), session.describe()::toString);
            assertFalse(session.describe().isEmpty());
        }
    }

    private static long beside(OneDnnSession session) {
        return session.describe().stream().filter(line -> line.endsWith("read: beside")).count();
    }

    @Test
    void whatWasReadBeforeIsWrittenOverByAThreadToo() {
        try (Session session = engine.open(network)) {
            Batch some = Networks.pictures(MANY, 48);
            Batch others = some.copy();
            for (int i = 0; i < others.values().length; i++) {
                others.values()[i] = 1 - others.values()[i];
            }
            Readings fresh = session.activations(others, everything);
            Readings used = session.activations(some, everything);
            Readings again = session.activations(others, everything, used);
            assertEquals(fresh, again);
            Tap stem = Tap.before("stem");
            assertSame(used.at(stem).values(), again.at(stem).values());
        }
    }

    @Test
    void sessionsThatRunAtOnceDoNotDisturbEachOther() {
        List<Batch> asked = IntStream.range(0, 3).mapToObj(job -> {
            Batch pictures = Networks.pictures(MANY, 48);
            for (int i = 0; i < pictures.values().length; i++) {
                pictures.values()[i] *= (1 + job) / 3f;
            }
            return pictures;
        }).toList();
        try (Session alone = engine.open(network); Session one = engine.open(network); Session other = engine.open(network)) {
            List<Readings> wanted = asked.stream().map(pictures -> alone.activations(pictures, everything)).toList();
            List<CompletableFuture<Void>> jobs = IntStream.range(0, 4).mapToObj(job -> CompletableFuture.runAsync(() -> {
                Readings used = Readings.NONE;
                for (int turn = 0; turn < 6; turn++) {
                    int which = (turn + job) % asked.size();
                    used = (job % 2 == 0 ? one : other).activations(asked.get(which), everything, used);
                    assertEquals(wanted.get(which), used);
                }
            })).toList();
            jobs.forEach(CompletableFuture::join);
        }
    }

    @Test
    void closingFreesWhatFetchesBesideThePass() {
        engine.open(network).close();
        long before = NativeObjects.now();
        for (int round = 0; round < 2; round++) {
            long open;
            try (Session session = engine.open(network)) {
                session.activations(Networks.pictures(MANY, 48), everything);
                open = NativeObjects.now();
            }
            NativeObjects.assertNoMoreThan(open - 1, "when the session is closed");
            NativeObjects.assertNoMoreThan(before, "after round " + round);
        }
    }

    @Test
    void workBesideIsDoneInOrderAndAProblemReachesWhoWaits() {
        CountDownLatch held = new CountDownLatch(1);
        try (Beside beside = new Beside(null)) {
            CompletableFuture<Long> first = beside.begin(stream -> {
                try {
                    held.await();
                } catch (InterruptedException stop) {
                    throw new IllegalStateException(stop);
                }
                return System.nanoTime();
            });
            CompletableFuture<Long> second = beside.begin(stream -> System.nanoTime());
            CompletableFuture<Long> third = beside.begin(stream -> {
                throw new OutOfMemoryError("no room");
            });
            assertFalse(second.isDone());
            held.countDown();
            assertTrue(first.join() <= second.join());
            assertEquals("no room", assertThrows(CompletionException.class, third::join).getCause().getMessage());
        }
    }

    @Test
    void nothingBeginsBesideAClosedSession() {
        Beside beside = new Beside(null);
        beside.close();
        assertThrows(RejectedExecutionException.class, () -> beside.begin(stream -> 0));
    }
}
