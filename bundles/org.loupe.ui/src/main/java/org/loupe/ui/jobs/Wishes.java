package org.loupe.ui.jobs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which picture is to be made next: first what was asked for by name, the newest first, then what is in sight, then
 * the rest of layers that are to be made whole, then what scrolling will show. Not safe for several threads.
 */
final class Wishes {

    private final List<PictureRequest> byName = new ArrayList<>();
    private List<PictureRequest> inSight = List.of();
    private List<PictureRequest> ahead = List.of();
    private final List<PictureRequest> whole = new ArrayList<>();
    private boolean wholeRests;

    /** Forgets what was looked at before; what was asked for stays. */
    void lookAt(List<PictureRequest> nowInSight, List<PictureRequest> nowAhead) {
        inSight = List.copyOf(nowInSight);
        ahead = List.copyOf(nowAhead);
    }

    void askFor(Collection<PictureRequest> requests) {
        byName.removeAll(requests);
        byName.addAll(0, requests);
    }

    void askForWhole(Collection<PictureRequest> requests) {
        whole.removeAll(requests);
        whole.addAll(0, requests);
    }

    void forgetAskedFor() {
        byName.clear();
    }

    void forgetWhole() {
        whole.clear();
        wholeRests = false;
    }

    /** Whether layers that are to be made whole wait, while what is looked at is made. */
    void restWhole(boolean rests) {
        wholeRests = rests;
    }

    /** Whether layers are to be made whole, and wait. */
    boolean isWholeResting() {
        return wholeRests && !whole.isEmpty();
    }

    private List<PictureRequest> wholeNow() {
        return wholeRests ? List.of() : whole;
    }

    /** Those of layers that are to be made whole and were not ended yet, also where they are in the store. */
    List<PictureRequest> whole() {
        return List.copyOf(whole);
    }

    /** Whether a picture was asked for by name and not yet begun. */
    boolean isAskedFor(PictureRequest request) {
        return byName.contains(request);
    }

    /** A picture that is worked on need not be asked for any more. */
    void begun(PictureRequest request) {
        byName.remove(request);
    }

    void ended(PictureRequest request) {
        whole.remove(request);
    }

    /** Whether somebody still wants to see a picture. */
    boolean wants(PictureRequest request) {
        return inSight.contains(request) || ahead.contains(request) || wholeNow().contains(request)
                || byName.contains(request);
    }

    /** The next one; those by name need not be missing. */
    Optional<PictureRequest> next(Predicate<PictureRequest> isFree, Predicate<PictureRequest> isMissing) {
        return Stream.concat(byName.stream().filter(isFree),
                Stream.of(inSight, wholeNow(), ahead).flatMap(List::stream).filter(isMissing.and(isFree))).findFirst();
    }

    /** How many are still to be begun. */
    int count(Predicate<PictureRequest> isFree, Predicate<PictureRequest> isMissing) {
        Set<PictureRequest> open = new LinkedHashSet<>(byName);
        Stream.of(inSight, wholeNow(), ahead).flatMap(List::stream).filter(isMissing).forEach(open::add);
        return (int) open.stream().filter(isFree).count();
    }
}
