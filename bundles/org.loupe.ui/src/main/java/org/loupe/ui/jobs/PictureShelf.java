package org.loupe.ui.jobs;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of all pictures that were ever asked for. Keeps no more pixels than it may: those that nobody has
 * looked at for longest are forgotten, for the store has them. Not safe for several threads.
 */
final class PictureShelf {

    private final long capacity;
    private final Map<PictureRequest, Picture> pictures = new HashMap<>();
    private final LinkedHashMap<PictureRequest, Long> bytes = new LinkedHashMap<>(64, 0.75f, true);
    private long filled;

    /** @param capacity bytes of pixels that may be kept */
    PictureShelf(long capacity) {
        this.capacity = capacity;
    }

    Picture get(PictureRequest request) {
        bytes.get(request);
        return pictures.getOrDefault(request, Picture.UNKNOWN);
    }

    void put(PictureRequest request, Picture picture) {
        pictures.put(request, picture);
        Long before = bytes.remove(request);
        filled -= before == null ? 0 : before;
        if (picture.pixels() != null) {
            long size = picture.pixels().data.length;
            bytes.put(request, size);
            filled += size;
        }
        Iterator<Map.Entry<PictureRequest, Long>> eldest = bytes.entrySet().iterator();
        while (filled > capacity && bytes.size() > 1) {
            Map.Entry<PictureRequest, Long> entry = eldest.next();
            filled -= entry.getValue();
            eldest.remove();
            pictures.computeIfPresent(entry.getKey(), (key, old) -> old.withoutPixels());
        }
    }
}
