package org.loupe.core.dictionary;

/**
 * How a dictionary is learned.
 *
 * @param kind      what makes it sparse
 * @param latents   number of latents
 * @param kept      of how many latents a vector is made, for {@link Kind#TOP_K}; 0 for {@link Kind#L1}
 * @param sparsity  what the mean sum of a vector's latents is multiplied by in the loss, for {@link Kind#L1}; the unit is
 *                  that of vectors whose mean squared distance from their mean is their number of channels
 * @param auxiliary weight of the error that dead latents are to explain, for {@link Kind#TOP_K}
 * @param deadAfter a latent is dead when it has been silent for so many steps
 * @param batch     vectors in a step
 * @param steps     number of steps
 * @param rate      highest learning rate of Adam: it rises over the first twentieth of the steps and falls over the last
 *                  fifth
 * @param seed      decides where learning starts and in which order vectors come
 */
public record DictionaryPlan(Kind kind, int latents, int kept, double sparsity, double auxiliary, int deadAfter, int batch,
        int steps, double rate, long seed) {

    /** What makes the latents of a vector few. */
    public enum Kind {
        /** Of each vector, a fixed number of latents is kept, the largest (Makhzani and Frey 2013; Gao and others 2024). */
        TOP_K,
        /** The sum of the latents is a part of the loss (Bricken and others 2023). */
        L1
    }

    public DictionaryPlan {
        if (latents < 1 || batch < 1 || steps < 1 || deadAfter < 1 || !(rate > 0) || !(sparsity >= 0) || !(auxiliary >= 0)
                || kind == Kind.TOP_K && (kept < 1 || kept > latents)) {
            throw new IllegalArgumentException("No dictionary is learned with " + latents + " latents, " + kept
                    + " of them kept, in " + steps + " steps of " + batch + " vectors at the rate " + rate);
        }
    }

    /** The same plan with another seed. */
    public DictionaryPlan withSeed(long other) {
        return new DictionaryPlan(kind, latents, kept, sparsity, auxiliary, deadAfter, batch, steps, rate, other);
    }

    /** The learning rate of a step, counted from 0. */
    double rate(int step) {
        double rise = Math.max(1, steps / 20.0);
        double fall = Math.max(1, steps / 5.0);
        return rate * Math.min(1, Math.min((step + 1) / rise, (steps - step) / fall));
    }

    /** The weight of the sum of latents in a step, counted from 0: it rises over the first tenth of the steps. */
    double sparsity(int step) {
        return sparsity * Math.min(1, step / Math.max(1, steps / 10.0));
    }
}
