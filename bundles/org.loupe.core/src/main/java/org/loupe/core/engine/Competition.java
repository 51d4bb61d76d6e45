package org.loupe.core.engine;

/**
 * Which channels stay at each position of a map, in {@link org.loupe.core.network.Operation.Largest}: for engines that have
 * no operation of their own for it.
 *
 * @param channels number of channels
 * @param area     positions of a map
 * @param count    how many channels stay; of equal ones the lower
 */
public record Competition(int channels, int area, int count) {

    /**
     * Decides for one image.
     *
     * @param values of all images, in the order (image, channel, position)
     * @param from   index of the image's first value
     * @param stays  of the same length; what stays is set to true, all else of the image to false
     */
    public void decide(float[] values, int from, boolean[] stays) {
        float[] heap = new float[Math.min(count, channels)];
        for (int position = 0; position < area; position++) {
            int size = 0;
            for (int channel = 0; channel < channels; channel++) {
                float value = values[from + channel * area + position];
                if (size < heap.length) {
                    rise(heap, size++, value);
                } else if (value > heap[0]) {
                    sink(heap, value);
                }
            }
            mark(values, from + position, stays, heap[0], heap.length);
        }
    }

    /** All above the least that stays, and of those that equal it as many as there is room for. */
    private void mark(float[] values, int from, boolean[] stays, float least, int room) {
        int above = 0;
        for (int channel = 0; channel < channels; channel++) {
            above += values[from + channel * area] > least ? 1 : 0;
        }
        int equal = room - above;
        for (int channel = 0; channel < channels; channel++) {
            int at = from + channel * area;
            stays[at] = values[at] > least || values[at] == least && equal-- > 0;
        }
    }

    private static void rise(float[] heap, int last, float value) {
        int at = last;
        while (at > 0 && value < heap[(at - 1) / 2]) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = value;
    }

    private static void sink(float[] heap, float value) {
        int at = 0;
        while (2 * at + 1 < heap.length) {
            int child = 2 * at + 1;
            child = child + 1 < heap.length && heap[child + 1] < heap[child] ? child + 1 : child;
            if (value <= heap[child]) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = value;
    }
}
