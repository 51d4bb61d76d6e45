package org.loupe.demo.planted;

import java.util.List;

/** How well a score tells two groups apart. */
final class Auc {

    private Auc() {
    }

    /** The share of pairs in which the wanted one has the higher score; equal scores count half. */
    static double of(List<Double> wanted, List<Double> others) {
        double won = 0;
        for (double high : wanted) {
            for (double low : others) {
                won += high > low ? 1 : high == low ? .5 : 0;
            }
        }
        return won / ((double) wanted.size() * others.size());
    }
}
