package org.loupe.ui.probe;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.core.runtime.ILog;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.widgets.Display;
import org.loupe.core.Batch;
import org.loupe.core.Unit;
import org.loupe.core.image.Plates;
import org.loupe.core.network.Network;
import org.loupe.core.scan.Scanned;
import org.loupe.platform.ChannelScans;
import org.loupe.platform.Laboratory;
import org.loupe.ui.Lookup;
import org.loupe.ui.results.Findings;
import org.loupe.ui.widgets.Pictures;

/**
 * For channels of which no picture was made: what excites them most in the pictures that were scanned. Cut out in the background,
 * a few at a time, so that a pointer that moves on is followed. For the UI thread.
 */
final class ExampleCrops implements AutoCloseable {

    private static final int AT_ONCE = 8;
    private static final int KEPT = 500;
    private static final int LARGEST = 96;

    private final Runnable changed;
    private final ChannelScans scans;
    private final Lookup<Wanted, Found> lookup;
    private final Runnable deaf;
    private final Set<Unit> without = new HashSet<>();
    private final Map<Unit, ImageData> crops = new LinkedHashMap<>(64, .75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Unit, ImageData> eldest) {
            return size() > KEPT;
        }
    };
    private Network network;
    private List<Unit> wanted = List.of();

    private record Wanted(Network network, List<Unit> units) {
    }

    private record Found(Wanted wanted, Map<Unit, Optional<ImageData>> crops) {
    }

    /** @param changed is told that there are others to see */
    ExampleCrops(Display display, Laboratory laboratory, Findings findings, Runnable changed) {
        this.changed = changed;
        this.scans = new ChannelScans(laboratory, ILog.of(ExampleCrops.class)::warn);
        this.lookup = new Lookup<>("strongest examples", display, this::cut, this::found, problem -> { });
        this.deaf = findings.listen(finding -> {
            if (finding.result() instanceof Scanned) {
                without.clear();
            }
        }, ended -> { });
    }

    /** Says which channels are looked at that have no picture. */
    void lookAt(Network of, List<Unit> units) {
        if (of != network) {
            network = of;
            crops.clear();
            without.clear();
        }
        wanted = List.copyOf(units);
        askNext();
    }

    /** What excites a channel most, or {@code null}. */
    ImageData of(Unit unit) {
        return crops.get(unit.at(Unit.EVERYWHERE));
    }

    private void askNext() {
        List<Unit> next = wanted.stream().map(unit -> unit.at(Unit.EVERYWHERE))
                .filter(unit -> !crops.containsKey(unit) && !without.contains(unit)).distinct().limit(AT_ONCE).toList();
        if (!next.isEmpty()) {
            lookup.ask(new Wanted(network, next));
        }
    }

    private Found cut(Wanted what) {
        Map<Unit, Optional<ImageData>> cut = new HashMap<>();
        for (Unit unit : what.units) {
            cut.put(unit, scans.strongest(what.network, unit).map(ExampleCrops::small));
        }
        return new Found(what, cut);
    }

    private static ImageData small(Batch crop) {
        return Pictures.data(Plates.reduced(crop, LARGEST), 0);
    }

    private void found(Found found) {
        if (found.wanted.network != network) {
            return;
        }
        found.crops.forEach((unit, crop) -> crop.ifPresentOrElse(pixels -> crops.put(unit, pixels), () -> without.add(unit)));
        changed.run();
        askNext();
    }

    @Override
    public void close() {
        deaf.run();
        lookup.close();
    }
}
