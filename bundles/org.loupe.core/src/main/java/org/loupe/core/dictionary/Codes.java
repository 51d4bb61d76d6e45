package org.loupe.core.dictionary;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The latents of several vectors that are not 0: for each vector a list of latents with their values. */
final class Codes {

    static final int PARTS = 16;

    private final int latents;
    private final int[] starts;
    private final int[] which;
    private final float[] values;

    private Codes(int latents, int[] starts, int[] which, float[] values) {
        this.latents = latents;
        this.starts = starts;
        this.which = which;
        this.values = values;
    }

    /**
     * The largest positive latents of each vector; of equal ones that with the lower index.
     *
     * @param dense latents of all vectors, one vector after the other, to which the bias is added
     * @param kept  how many at most
     */
    static Codes largest(float[] dense, float[] bias, int vectors, int kept) {
        return select(dense, bias, vectors, bias.length, null, kept, 0);
    }

    /** The largest of some latents of each vector, whatever their sign. */
    static Codes largestOf(float[] dense, int vectors, int latents, int[] some, int kept) {
        return select(dense, null, vectors, latents, some, Math.min(kept, some.length), Float.NEGATIVE_INFINITY);
    }

    /**
     * All positive latents.
     *
     * @param dense latents of all vectors, one vector after the other, to which the bias is added
     */
    static Codes positive(float[] dense, float[] bias, int vectors) {
        int latents = bias.length;
        int[] starts = new int[vectors + 1];
        inParts(vectors, (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                starts[vector + 1] = addBias(dense, vector * latents, bias);
            }
        });
        for (int vector = 0; vector < vectors; vector++) {
            starts[vector + 1] += starts[vector];
        }
        int[] which = new int[starts[vectors]];
        float[] values = new float[which.length];
        inParts(vectors, (from, to) -> {
            int[] some = new int[latents + 1];
            for (int vector = from; vector < to; vector++) {
                positive(dense, vector * latents, latents, some);
                int start = starts[vector];
                int count = starts[vector + 1] - start;
                System.arraycopy(some, 0, which, start, count);
                for (int i = 0; i < count; i++) {
                    values[start + i] = dense[vector * latents + some[i]];
                }
            }
        });
        return new Codes(latents, starts, which, values);
    }

    /** Adds the bias to the latents of a vector; returns how many are positive then. */
    private static int addBias(float[] dense, int from, float[] bias) {
        int count = 0;
        for (int latent = 0; latent < bias.length; latent++) {
            float value = dense[from + latent] + bias[latent];
            dense[from + latent] = value;
            count += value > 0 ? 1 : 0;
        }
        return count;
    }

    /** Lists what is positive. What is not is written, too, and then written over: that is faster than to ask first. */
    private static void positive(float[] dense, int from, int latents, int[] which) {
        int count = 0;
        for (int latent = 0; latent < latents; latent++) {
            which[count] = latent;
            count += dense[from + latent] > 0 ? 1 : 0;
        }
    }

    private static Codes select(float[] dense, float[] bias, int vectors, int latents, int[] some, int kept, float above) {
        int[] counts = new int[vectors];
        int[] which = new int[vectors * kept];
        float[] values = new float[vectors * kept];
        inParts(vectors, (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                if (bias != null) {
                    addBias(dense, vector * latents, bias);
                }
                counts[vector] = select(dense, vector * latents, latents, some, kept, above, which, values, vector * kept);
            }
        });
        int[] starts = new int[vectors + 1];
        for (int vector = 0; vector < vectors; vector++) {
            System.arraycopy(which, vector * kept, which, starts[vector], counts[vector]);
            System.arraycopy(values, vector * kept, values, starts[vector], counts[vector]);
            starts[vector + 1] = starts[vector] + counts[vector];
        }
        return new Codes(latents, starts, which, values);
    }

    /** Keeps a heap with the smallest in front; among equals the higher index is the smaller. Returns how many there are. */
    private static int select(float[] dense, int from, int latents, int[] some, int kept, float above, int[] which,
            float[] values, int to) {
        int count = 0;
        int candidates = some == null ? latents : some.length;
        float least = above;
        for (int i = 0; i < candidates; i++) {
            int latent = some == null ? i : some[i];
            float value = dense[from + latent];
            if (value > least) {
                if (count < kept) {
                    values[to + count] = value;
                    which[to + count] = latent;
                    rise(which, values, to, count++);
                } else {
                    values[to] = value;
                    which[to] = latent;
                    sink(which, values, to, count);
                }
                least = count < kept ? above : values[to];
            }
        }
        return count;
    }

    private static boolean isSmaller(int[] which, float[] values, int one, int other) {
        return values[one] < values[other] || values[one] == values[other] && which[one] > which[other];
    }

    private static void rise(int[] which, float[] values, int base, int last) {
        int at = last;
        while (at > 0 && isSmaller(which, values, base + at, base + (at - 1) / 2)) {
            swap(which, values, base + at, base + (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private static void sink(int[] which, float[] values, int base, int count) {
        int at = 0;
        while (true) {
            int smallest = at;
            for (int child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++) {
                smallest = isSmaller(which, values, base + child, base + smallest) ? child : smallest;
            }
            if (smallest == at) {
                return;
            }
            swap(which, values, base + at, base + smallest);
            at = smallest;
        }
    }

    private static void swap(int[] which, float[] values, int one, int other) {
        int latent = which[one];
        which[one] = which[other];
        which[other] = latent;
        float value = values[one];
        values[one] = values[other];
        values[other] = value;
    }

    /** Runs pieces of work on all processors; the pieces do not depend on how many there are. */
    static void inParts(int count, Part work) {
        IntStream.range(0, PARTS).parallel().forEach(part ->
                work.run((int) ((long) count * part / PARTS), (int) ((long) count * (part + 1) / PARTS)));
    }

    /** A piece of work. */
    interface Part {
        void run(int from, int to);
    }

    /** How many latents are not 0, of all vectors together. */
    int size() {
        return starts[starts.length - 1];
    }

    int vectors() {
        return starts.length - 1;
    }

    /** Index of the first entry of a vector; that of the next one is where its entries end. */
    int start(int vector) {
        return starts[vector];
    }

    /** The latent of an entry. */
    int latent(int entry) {
        return which[entry];
    }

    float value(int entry) {
        return values[entry];
    }

    /** The values of all entries; not a copy. */
    float[] values() {
        return values;
    }

    /** The entries sorted by latent, then by vector. */
    Order byLatent() {
        int[] begins = new int[latents + 1];
        for (int i = 0; i < size(); i++) {
            begins[which[i] + 1]++;
        }
        for (int latent = 0; latent < latents; latent++) {
            begins[latent + 1] += begins[latent];
        }
        int[] next = Arrays.copyOf(begins, latents);
        int[] entries = new int[size()];
        int[] vectors = new int[size()];
        for (int vector = 0; vector < vectors(); vector++) {
            for (int i = starts[vector]; i < starts[vector + 1]; i++) {
                int at = next[which[i]]++;
                entries[at] = i;
                vectors[at] = vector;
            }
        }
        return new Order(begins, entries, vectors);
    }

    /**
     * Entries by latent.
     *
     * @param begins  for each latent, the index of its first entry in the other two
     * @param entries indexes of entries
     * @param vectors which vector each of them is of
     */
    record Order(int[] begins, int[] entries, int[] vectors) {
    }
}
