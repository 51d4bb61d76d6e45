package org.loupe.core.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.loupe.core.Batch;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureException;
import org.loupe.core.picture.PictureSet;

/** The activations of one channel for all pictures at once, and what follows from them, computed as it is defined. */
record Straightforward(List<float[]> maps, List<Integer> pictures, int columns) {

    static Straightforward of(Session session, PictureSet set, Tap tap, int channel) {
        List<float[]> maps = new ArrayList<>();
        List<Integer> pictures = new ArrayList<>();
        int columns = 0;
        for (int index = 0; index < set.pictures().size(); index++) {
            try {
                Batch picture = set.read(index, Frame.of(session.network().input().shape(), Fitting.STRETCH));
                Batch read = session.activations(picture, Set.of(tap)).at(tap);
                maps.add(Arrays.copyOfRange(read.values(), read.offset(0, channel), read.offset(0, channel) + read.area()));
                pictures.add(index);
                columns = read.columns();
            } catch (PictureException leftOut) {
                columns = Math.max(columns, 0);
            }
        }
        return new Straightforward(maps, pictures, columns);
    }

    double[] values() {
        return maps.stream().flatMapToDouble(map -> Arrays.stream(doubles(map))).toArray();
    }

    private static double[] doubles(float[] map) {
        double[] values = new double[map.length];
        for (int i = 0; i < map.length; i++) {
            values[i] = map[i];
        }
        return values;
    }

    double mean() {
        return Arrays.stream(values()).average().orElseThrow();
    }

    double variance() {
        double mean = mean();
        return Arrays.stream(values()).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    }

    /** For each picture, its first largest place. */
    List<Example> maxima() {
        List<Example> maxima = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            float[] map = maps.get(i);
            int best = 0;
            for (int place = 1; place < map.length; place++) {
                best = map[place] > map[best] ? place : best;
            }
            maxima.add(new Example(pictures.get(i), best / columns, best % columns, map[best] + 0f));
        }
        return maxima;
    }

    List<Example> top(int count) {
        return maxima().stream().sorted(Comparator.comparingDouble((Example example) -> -example.value())
                .thenComparingInt(Example::picture)).limit(count).toList();
    }

    /** Counts all pairs of a picture of a class and another labelled one. */
    double area(PictureSet set, int label) {
        double wins = 0;
        int pairs = 0;
        for (Example one : maxima()) {
            for (Example other : maxima()) {
                int of = set.pictures().get(other.picture()).label();
                if (set.pictures().get(one.picture()).label() == label && of >= 0 && of != label) {
                    pairs++;
                    wins += one.value() > other.value() ? 1 : one.value() == other.value() ? .5 : 0;
                }
            }
        }
        return wins / pairs;
    }
}
