package org.loupe.ui.widgets;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.swt.graphics.Device;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.loupe.ui.Pixels;

/**
 * The pictures that were drawn last, scaled for the screen. Keeps no more than a number of bytes and disposes of the
 * rest. For the UI thread.
 *
 * @param <K> what an image belongs to, such as the number of a channel
 */
public final class ImageShelf<K> implements AutoCloseable {

    private static final int BYTES_OF_PIXEL = 4;

    private final Device device;
    private final long capacity;
    private final LinkedHashMap<K, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private int size;
    private long filled;

    private record Entry(ImageData pixels, Image image, long bytes) {
    }

    /** @param capacity bytes of scaled pixels that may be kept */
    public ImageShelf(Device device, long capacity) {
        this.device = device;
        this.capacity = capacity;
    }

    /**
     * An image, which stays the shelf's. Valid until the next call.
     *
     * @param pixels what it shows; another value than last time is scaled anew
     * @param side   length of the longer side in points
     */
    public Image image(K key, ImageData pixels, int side) {
        if (side != size) {
            close();
            size = side;
        }
        Entry entry = entries.get(key);
        if (entry == null || entry.pixels() != pixels) {
            remove(key);
            entry = new Entry(pixels, Pixels.image(device, pixels, side), (long) side * side * BYTES_OF_PIXEL);
            entries.put(key, entry);
            filled += entry.bytes();
            dropEldest();
        }
        return entry.image();
    }

    private void dropEldest() {
        Iterator<Map.Entry<K, Entry>> eldest = entries.entrySet().iterator();
        while (filled > capacity && entries.size() > 1) {
            Entry entry = eldest.next().getValue();
            eldest.remove();
            filled -= entry.bytes();
            entry.image().dispose();
        }
    }

    private void remove(K key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            filled -= entry.bytes();
            entry.image().dispose();
        }
    }

    /** Disposes of all images; the shelf can be filled again. */
    @Override
    public void close() {
        entries.values().forEach(entry -> entry.image().dispose());
        entries.clear();
        filled = 0;
    }
}
