package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.core.runtime.NullProgressMonitor;
import org.junit.jupiter.api.Test;

class MonitorObserverTest {

    private static final long STEP = 20_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final List<String> tasks = new ArrayList<>();
    private int worked;
    private final NullProgressMonitor monitor = new NullProgressMonitor() {
        @Override
        public void subTask(String name) {
            tasks.add(name);
        }

        @Override
        public void worked(int work) {
            worked += work;
        }
    };

    @Test
    void tenSnapshotsASecondArriveHoweverManyThereAre() {
        List<Integer> snapshots = new ArrayList<>();
        MonitorObserver<Integer> observer = new MonitorObserver<>(monitor, "", snapshots::add, share -> { }, clock::get);
        for (int step = 0; step < 100; step++) {
            observer.snapshot(step);
            clock.addAndGet(STEP);
        }
        assertEquals(20, snapshots.size());
    }

    @Test
    void nobodyWhoDoesNotLookIsShownAnything() {
        assertFalse(new MonitorObserver<>(monitor, "", null, share -> { }, clock::get).wantsSnapshot());
    }

    @Test
    void progressIsShownTenTimesASecondWithTheTimeThatIsLeft() {
        List<Double> shares = new ArrayList<>();
        MonitorObserver<Integer> observer = new MonitorObserver<>(monitor, "", null, shares::add, clock::get);
        for (int step = 0; step <= 100; step++) {
            assertTrue(observer.report(step, 100, "a:1"));
            clock.addAndGet(STEP);
        }
        assertEquals("a:1, 75 of 100, about 1 s left", tasks.get(15));
        assertEquals(21, shares.size());
        assertEquals(1, shares.get(shares.size() - 1));
        assertEquals(1000, worked);
    }

    @Test
    void itSaysStopWhenTheMonitorIsCanceled() {
        MonitorObserver<Integer> observer = new MonitorObserver<>(monitor, "", null, share -> { }, clock::get);
        monitor.setCanceled(true);
        assertFalse(observer.report(1, 2, ""));
    }
}
