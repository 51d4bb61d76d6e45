package org.loupe.ui.jobs;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.core.runtime.ILog;
import org.loupe.core.engine.EngineException;
import org.loupe.core.network.NetworkException;
import org.loupe.core.visualize.Visualized;
import org.loupe.ui.jobs.Picture.Stage;

/**
 * Gets pictures of units: out of the store at once, otherwise made in the background, a few at a time, those in sight
 * first. Safe for several threads; every method returns at once.
 */
public final class PictureQueue implements AutoCloseable {

    /** Work whose picture nobody looks at any more is given up before this share of it is done. */
    private static final double WORTH_FINISHING = 0.5;

    private final PictureSource source;
    private final Consumer<PictureRequest> changed;
    private final PictureShelf shelf;
    private final Wishes wishes = new Wishes();
    private final Deque<PictureRequest> unread = new ArrayDeque<>();
    private final Set<PictureRequest> again = new HashSet<>();
    private final Set<PictureRequest> leftPartial = new HashSet<>();
    private final Map<PictureRequest, PictureMaker> working = new HashMap<>();
    private final StoreReader reader = new StoreReader(this);
    private final List<PictureMaker> makers = new ArrayList<>();
    private final Estimate estimate = new Estimate();
    private boolean stopped;
    private String problem = "";

    /**
     * Starts with nothing to do.
     *
     * @param family   what the jobs belong to, besides {@link org.loupe.platform.AnalysisJob#FAMILY}
     * @param workers  how many pictures are made at the same time
     * @param capacity bytes of pixels that may be kept in memory
     * @param changed  is told of every picture that has changed, on any thread, often
     */
    public PictureQueue(PictureSource source, Object family, int workers, long capacity,
            Consumer<PictureRequest> changed) {
        this.source = source;
        this.changed = changed;
        this.shelf = new PictureShelf(capacity);
        for (int i = 0; i < workers; i++) {
            makers.add(new PictureMaker(this, family, i > 0));
        }
    }

    /** What is known of a picture now. */
    public synchronized Picture picture(PictureRequest request) {
        return shelf.get(request);
    }

    /**
     * Says what is looked at, in the order in which it is wanted; replaces what was looked at before.
     *
     * @param inSight those that can be seen
     * @param ahead   those that scrolling will show next; they are made, too, when nothing else is to be done
     * @param others  those of which only the store is asked
     */
    public synchronized void lookAt(List<PictureRequest> inSight, List<PictureRequest> ahead,
            List<PictureRequest> others) {
        wishes.lookAt(inSight, ahead);
        Set<PictureRequest> inOrder = new LinkedHashSet<>();
        inSight.stream().filter(this::mustBeRead).forEach(inOrder::add);
        ahead.stream().filter(this::mustBeRead).forEach(inOrder::add);
        others.stream().filter(request -> shelf.get(request).stage() == Stage.UNKNOWN).forEach(inOrder::add);
        unread.clear();
        unread.addAll(inOrder);
        working.forEach((request, maker) -> {
            if (!wishes.wants(request) && shelf.get(request).progress() < WORTH_FINISHING) {
                maker.giveUp();
            }
        });
        wake();
    }

    /** Makes pictures as soon as possible, before anything else. */
    public synchronized void make(List<PictureRequest> requests, boolean evenIfStored) {
        List<PictureRequest> wanted = requests.stream().filter(request -> !working.containsKey(request)
                && (evenIfStored || shelf.get(request).stage() != Stage.FINISHED)).toList();
        if (evenIfStored) {
            again.addAll(wanted);
        }
        leftPartial.removeAll(wanted);
        wishes.askFor(wanted);
        lookOn();
    }

    /** Makes all those of the given pictures that are not in the store, after those in sight. */
    public synchronized void makeWhole(List<PictureRequest> requests) {
        requests.forEach(leftPartial::remove);
        wishes.askForWhole(requests);
        requests.stream().filter(this::mustBeRead).filter(request -> !unread.contains(request)).forEach(unread::add);
        goOn();
    }

    /** The pictures of layers that are to be made whole and are not there yet. */
    public synchronized List<PictureRequest> whole() {
        return wishes.whole().stream().filter(request -> shelf.get(request).stage() != Stage.FINISHED).toList();
    }

    /** Gives up making layers whole; what is made, and what is begun, is kept. */
    public synchronized void forgetWhole() {
        wishes.forgetWhole();
    }

    /**
     * Stops all work; what is begun is kept as it is, and stays so until it is asked for by name. Layers that are to be
     * made whole go on with {@link #goOn()} only, not when something else is looked at.
     */
    public synchronized void stop() {
        stopped = true;
        wishes.restWhole(true);
        leftPartial.addAll(working.keySet());
        wishes.forgetAskedFor();
        working.values().forEach(PictureMaker::giveUp);
    }

    /** Goes on after {@link #stop()} or a problem, also with layers that are to be made whole. */
    public synchronized void goOn() {
        wishes.restWhole(false);
        leftPartial.removeAll(wishes.whole());
        lookOn();
    }

    /** Makes what is looked at again; layers that are to be made whole wait for {@link #goOn()} where they were stopped. */
    public synchronized void lookOn() {
        stopped = false;
        problem = "";
        wake();
    }

    /**
     * Takes over what somebody else has made, or makes, of a picture.
     *
     * @param share share of the work that is done, or {@link Double#NaN} when nobody works on it any more
     */
    public void found(PictureRequest request, Visualized soFar, double share) {
        synchronized (this) {
            if (working.containsKey(request)) {
                return;
            }
            Picture picture = Picture.of(soFar);
            if (Double.isNaN(share) && soFar.isPartial()) {
                leftPartial.add(request);
            }
            shelf.put(request, Double.isNaN(share) ? picture : picture.growing(share));
        }
        changed.accept(request);
    }

    /** Looks into the store for a picture that somebody else no longer works on. */
    public synchronized void ended(PictureRequest request) {
        if (!working.containsKey(request) && shelf.get(request).stage() == Stage.GROWING) {
            shelf.put(request, Picture.UNKNOWN);
            unread.addFirst(request);
            wake();
        }
    }

    /** How many pictures are made now or will be. */
    public synchronized int waiting() {
        return stopped ? working.size() : working.size() + wishes.count(this::isFree, this::isMissing);
    }

    /** Whether the work was stopped before all was done. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Whether layers that are to be made whole were stopped, and wait. */
    public synchronized boolean isPaused() {
        return wishes.isWholeResting();
    }

    /** What stopped the work; empty when nothing did, or a person. */
    public synchronized String problem() {
        return problem;
    }

    /** The time that the pictures in the queue will take, for a person, such as “about 2 min”; empty while unknown. */
    public synchronized String timeLeft() {
        return estimate.of(waiting(), makers.size());
    }

    @Override
    public synchronized void close() {
        stop();
        unread.clear();
    }

    /** The next picture to be looked up. */
    synchronized Optional<PictureRequest> nextUnread() {
        return Optional.ofNullable(unread.poll());
    }

    void read(PictureRequest request) {
        Picture found;
        try {
            found = source.stored(request).map(Picture::of).orElse(Picture.MISSING);
        } catch (RuntimeException e) {
            ILog.of(PictureQueue.class).warn("The picture of " + request + " in the store cannot be read", e);
            found = Picture.MISSING;
        }
        synchronized (this) {
            // What was made or found elsewhere while the store was read is newer.
            if (!working.containsKey(request) && mustBeRead(request)) {
                shelf.put(request, found);
            }
            wake();
        }
        changed.accept(request);
    }

    /** The next picture to be made, which is then the given maker's; when there is none, the maker rests. */
    synchronized Optional<PictureRequest> begin(PictureMaker maker) {
        Optional<PictureRequest> next = stopped ? Optional.empty() : wishes.next(this::isFree, this::isMissing);
        if (next.isPresent()) {
            wishes.begun(next.get());
            maker.keepOn();
            working.put(next.get(), maker);
            shelf.put(next.get(), shelf.get(next.get()).growing(0));
        } else {
            maker.rest();
        }
        return next;
    }

    void make(PictureRequest request, PictureMaker.Watch watch) {
        boolean evenIfStored;
        synchronized (this) {
            evenIfStored = again.remove(request);
        }
        changed.accept(request);
        long start = System.nanoTime();
        Picture picture;
        try {
            Visualized made = source.make(request, evenIfStored, watch);
            picture = Picture.of(made);
            if (!made.isPartial()) {
                estimate.add(System.nanoTime() - start);
            }
        } catch (IllegalArgumentException | NetworkException e) {
            picture = Picture.failed(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            picture = Picture.failed(String.valueOf(e.getMessage()));
            stopFor(request, e);
        }
        synchronized (this) {
            working.remove(request);
            if (picture.stage() != Stage.PARTIAL) {
                wishes.ended(request);
            }
            shelf.put(request, picture);
        }
        changed.accept(request);
    }

    void grown(PictureRequest request, Picture soFar) {
        synchronized (this) {
            shelf.put(request, soFar);
        }
        changed.accept(request);
    }

    /** Where the engine or the store fails, the next picture would fail, too. */
    private void stopFor(PictureRequest request, Throwable reason) {
        if (!(reason instanceof EngineException)) {
            ILog.of(PictureQueue.class).error("The picture of " + request + " could not be made", reason);
        }
        synchronized (this) {
            stop();
            problem = String.valueOf(reason.getMessage());
        }
    }

    private boolean mustBeRead(PictureRequest request) {
        Picture picture = shelf.get(request);
        return switch (picture.stage()) {
            case UNKNOWN -> true;
            case FINISHED, PARTIAL -> picture.pixels() == null;
            case MISSING, GROWING, FAILED -> false;
        };
    }

    private boolean isFree(PictureRequest request) {
        return !working.containsKey(request);
    }

    private boolean isMissing(PictureRequest request) {
        Stage stage = shelf.get(request).stage();
        return stage == Stage.MISSING || stage == Stage.PARTIAL && !leftPartial.contains(request);
    }

    private void wake() {
        if (!unread.isEmpty()) {
            reader.schedule();
        }
        int open = stopped ? 0 : wishes.count(this::isFree, this::isMissing);
        for (int i = 0; i < makers.size() && open > 0; i++) {
            if (makers.get(i).wake()) {
                open--;
            }
        }
    }
}
