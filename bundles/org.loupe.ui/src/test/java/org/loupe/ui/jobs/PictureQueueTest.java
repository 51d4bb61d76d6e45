package org.loupe.ui.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.eclipse.core.runtime.jobs.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.loupe.core.Batch;
import org.loupe.core.Observer;
import org.loupe.core.Unit;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.Input;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Operation.Relu;
import org.loupe.core.network.Shape;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;
import org.loupe.ui.jobs.Picture.Stage;

@Timeout(30)
class PictureQueueTest {

    private static final int BYTES = 4 * 4 * 3;
    private static final Network NETWORK = new Network("tiny", "", new Input(new Shape(3, 4, 4), new float[3],
            new float[] {1, 1, 1}), List.of(new Relu("relu", Network.INPUT)),
            List.of(new Layer("relu", "relu", "relu", "")), List.of());

    /** A store in memory, and an engine that takes a step whenever it is allowed to. */
    private static final class Source implements PictureSource {
        private final Map<PictureRequest, Visualized> store = new ConcurrentHashMap<>();
        private final List<PictureRequest> begun = Collections.synchronizedList(new ArrayList<>());
        private final Semaphore steps = new Semaphore(0);
        private volatile RuntimeException problem;

        @Override
        public Optional<Visualized> stored(PictureRequest request) {
            return Optional.ofNullable(store.get(request));
        }

        @Override
        public Visualized make(PictureRequest request, boolean again, Observer<Visualized> observer) {
            begun.add(request);
            boolean goesOn = true;
            for (int step = 1; step <= 4 && goesOn; step++) {
                steps.acquireUninterruptibly();
                goesOn = observer.report(step, 4, "step");
            }
            if (problem != null) {
                throw problem;
            }
            Visualized made = picture(request, !goesOn);
            store.put(request, made);
            return made;
        }
    }

    private final Source source = new Source();
    private final PictureQueue queue = new PictureQueue(source, source, 1, 1000, request -> { });
    private final List<PictureRequest> requests = IntStream.range(0, 3).mapToObj(PictureQueueTest::request).toList();

    private static PictureRequest request(int channel) {
        Unit unit = new Unit("relu", channel);
        return new PictureRequest(NETWORK, unit, Visualize.Arguments.of(unit.toString()));
    }

    private static Visualized picture(PictureRequest request, boolean isPartial) {
        return new Visualized(Batch.zeros(1, 3, 4, 4),
                List.of(new Visualized.Detail(request.toString(), "", new double[] {1, 2}, 2, 0, true)), 4, isPartial);
    }

    @AfterEach
    void close() throws InterruptedException {
        queue.close();
        source.steps.release(1000);
        Job.getJobManager().join(source, null);
    }

    /** Waits until all work is done, allowing as many steps as it takes. */
    private void finish() throws InterruptedException {
        source.steps.release(1000);
        while (queue.waiting() > 0) {
            Thread.sleep(5);
        }
        Job.getJobManager().join(source, null);
    }

    private void until(PictureRequest request, Stage stage) throws InterruptedException {
        while (queue.picture(request).stage() != stage) {
            Thread.sleep(5);
        }
    }

    @Test
    void whatIsInTheStoreIsNotMadeAgain() throws InterruptedException {
        source.store.put(requests.get(0), picture(requests.get(0), false));
        queue.lookAt(requests, List.of(), List.of());
        until(requests.get(2), Stage.MISSING);
        finish();
        until(requests.get(2), Stage.FINISHED);
        assertEquals(List.of(requests.get(1), requests.get(2)), source.begun);
        assertEquals(2, queue.picture(requests.get(0)).score());
    }

    @Test
    void ofOthersOnlyTheStoreIsAsked() throws InterruptedException {
        queue.lookAt(List.of(requests.get(0)), List.of(), requests);
        until(requests.get(2), Stage.MISSING);
        until(requests.get(0), Stage.GROWING);
        finish();
        until(requests.get(0), Stage.FINISHED);
        assertEquals(Stage.MISSING, queue.picture(requests.get(2)).stage());
        assertEquals(List.of(requests.get(0)), source.begun);
    }

    @Test
    void workThatNobodyLooksAtAnyMoreIsGivenUpAndLaterDoneWhole() throws InterruptedException {
        queue.lookAt(List.of(requests.get(0)), List.of(), List.of());
        until(requests.get(0), Stage.GROWING);
        queue.lookAt(List.of(requests.get(1)), List.of(), List.of());
        source.steps.release(1);
        until(requests.get(0), Stage.PARTIAL);
        queue.lookAt(requests, List.of(), List.of());
        finish();
        until(requests.get(0), Stage.FINISHED);
        until(requests.get(1), Stage.FINISHED);
    }

    @Test
    void stoppingKeepsThePictureSoFarUntilItIsAskedForByName() throws InterruptedException {
        queue.lookAt(requests, List.of(), List.of());
        until(requests.get(0), Stage.GROWING);
        queue.stop();
        finish();
        until(requests.get(0), Stage.PARTIAL);
        assertTrue(queue.isStopped());
        queue.goOn();
        queue.lookAt(requests, List.of(), List.of());
        until(requests.get(2), Stage.FINISHED);
        assertEquals(Stage.PARTIAL, queue.picture(requests.get(0)).stage());
        queue.make(List.of(requests.get(0)), false);
        finish();
        until(requests.get(0), Stage.FINISHED);
    }

    @Test
    void aLayerThatIsToBeMadeWholePausesAndGoesOnUntilItIsForgotten() throws InterruptedException {
        queue.makeWhole(requests);
        until(requests.get(0), Stage.GROWING);
        queue.stop();
        finish();
        until(requests.get(0), Stage.PARTIAL);
        assertEquals(requests, queue.whole());
        queue.goOn();
        finish();
        until(requests.get(0), Stage.FINISHED);
        until(requests.get(2), Stage.FINISHED);
        assertEquals(List.of(), queue.whole());
        queue.forgetWhole();
        assertEquals(0, queue.waiting());
    }

    @Test
    void aLayerThatAPersonHasPausedWaitsWhileSomethingElseIsLookedAt() throws InterruptedException {
        queue.makeWhole(requests);
        until(requests.get(0), Stage.GROWING);
        queue.stop();
        finish();
        until(requests.get(0), Stage.PARTIAL);
        assertTrue(queue.isPaused());
        queue.lookOn();
        queue.lookAt(List.of(requests.get(2)), List.of(), List.of());
        assertFalse(queue.isStopped());
        finish();
        until(requests.get(2), Stage.FINISHED);
        assertEquals(0, queue.waiting());
        assertEquals(requests.subList(0, 2), queue.whole());
        queue.goOn();
        assertFalse(queue.isPaused());
        finish();
        until(requests.get(0), Stage.FINISHED);
        until(requests.get(1), Stage.FINISHED);
    }

    @Test
    void aProblemOfTheEngineStopsTheQueueAndIsTold() throws InterruptedException {
        source.problem = new EngineException("The engine has no memory left");
        queue.lookAt(requests, List.of(), List.of());
        until(requests.get(2), Stage.MISSING);
        until(requests.get(0), Stage.GROWING);
        finish();
        until(requests.get(0), Stage.FAILED);
        assertEquals(1, source.begun.size());
        assertEquals("The engine has no memory left", queue.problem());
        source.problem = null;
        queue.goOn();
        finish();
        until(requests.get(2), Stage.FINISHED);
        assertEquals("", queue.problem());
    }

    @Test
    void aUnitThatMakesNoSenseDoesNotStopTheOthers() throws InterruptedException {
        source.problem = new IllegalArgumentException("No unit relu:0");
        queue.lookAt(List.of(requests.get(0)), List.of(), List.of());
        until(requests.get(0), Stage.GROWING);
        finish();
        until(requests.get(0), Stage.FAILED);
        assertFalse(queue.isStopped());
        assertEquals("No unit relu:0", queue.picture(requests.get(0)).problem());
    }

    @Test
    void whatAnotherViewHasMadeIsTakenOver() {
        queue.found(requests.get(1), picture(requests.get(1), false), 0.5);
        assertEquals(Stage.GROWING, queue.picture(requests.get(1)).stage());
        queue.found(requests.get(1), picture(requests.get(1), false), Double.NaN);
        assertEquals(Stage.FINISHED, queue.picture(requests.get(1)).stage());
    }

    @Test
    void whatIsMadeElsewhereWhileTheStoreIsReadStays() throws InterruptedException {
        Semaphore reading = new Semaphore(0);
        Semaphore read = new Semaphore(0);
        Semaphore told = new Semaphore(0);
        PictureSource slow = new PictureSource() {
            @Override
            public Optional<Visualized> stored(PictureRequest request) {
                reading.release();
                read.acquireUninterruptibly();
                return Optional.empty();
            }

            @Override
            public Visualized make(PictureRequest request, boolean again, Observer<Visualized> observer) {
                throw new EngineException("nothing is to be made");
            }
        };
        try (PictureQueue looking = new PictureQueue(slow, slow, 1, 1000, request -> told.release())) {
            looking.lookAt(List.of(), List.of(), List.of(requests.get(0)));
            reading.acquire();
            looking.found(requests.get(0), picture(requests.get(0), false), Double.NaN);
            read.release();
            told.acquire(2);
            assertEquals(Stage.FINISHED, looking.picture(requests.get(0)).stage());
        }
    }

    @Test
    void whatIsAskedForByNameComesFirst() {
        Wishes wishes = new Wishes();
        wishes.lookAt(List.of(requests.get(0)), List.of(requests.get(1)));
        assertEquals(requests.get(0), wishes.next(any -> true, any -> true).orElseThrow());
        wishes.askForWhole(List.of(requests.get(2)));
        assertEquals(requests.get(2), wishes.next(any -> true, any -> any != requests.get(0)).orElseThrow());
        wishes.askFor(List.of(requests.get(1)));
        assertEquals(requests.get(1), wishes.next(any -> true, any -> true).orElseThrow());
        assertEquals(3, wishes.count(any -> true, any -> true));
    }

    @Test
    void thePixelsNobodyLooksAtAreForgottenFirst() {
        PictureShelf shelf = new PictureShelf(2 * BYTES);
        for (PictureRequest request : requests) {
            shelf.get(requests.get(0));
            shelf.put(request, Picture.of(picture(request, false)));
        }
        assertNotNull(shelf.get(requests.get(0)).pixels());
        assertNull(shelf.get(requests.get(1)).pixels());
        assertEquals(Stage.FINISHED, shelf.get(requests.get(1)).stage());
        assertNotNull(shelf.get(requests.get(2)).pixels());
    }

    @Test
    void anEstimateNeedsOnePicture() {
        Estimate estimate = new Estimate();
        assertEquals("", estimate.of(5, 1));
        estimate.add(6_000_000_000L);
        assertEquals("about 3 min", estimate.of(30, 1));
        assertEquals("about 6 s", estimate.of(2, 2));
    }
}
