package org.loupe.core.dictionary;

import org.loupe.core.Draws;

/** Learns a dictionary of made-up vectors, to see how long that takes; closed by whoever made it. */
public final class LearningSpeed implements AutoCloseable {

    private static final int FACTORS = 64;
    private static final int BATCHES = 16;

    private final DictionaryPlan plan;
    private final Products products;
    private final float[] vectors;
    private final float[] batch;
    private final Learning learning;

    /**
     * Makes vectors: rectified mixtures of 64 Gaussian factors, centred and scaled as learning does it.
     *
     * @param products are closed with this
     */
    public LearningSpeed(DictionaryPlan plan, int channels, Products products) {
        this.plan = plan;
        this.products = products;
        this.vectors = vectors(BATCHES * plan.batch(), channels, new Draws(plan.seed()));
        this.batch = new float[plan.batch() * channels];
        this.learning = new Learning(plan, new float[channels], products);
    }

    private static float[] vectors(int count, int channels, Draws draws) {
        float[] mixture = new float[FACTORS * channels];
        for (int i = 0; i < mixture.length; i++) {
            mixture[i] = (float) draws.gaussian();
        }
        float[] factors = new float[count * FACTORS];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) draws.gaussian();
        }
        float[] vectors = new float[count * channels];
        Products.PLAIN.multiply(factors, false, mixture, false, count, FACTORS, channels, vectors);
        double[] means = new double[channels];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = Math.max(0, vectors[i]);
            means[i % channels] += vectors[i] / count;
        }
        double square = 0;
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] -= (float) means[i % channels];
            square += vectors[i] * vectors[i];
        }
        float factor = (float) (1 / Math.sqrt(square / vectors.length));
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] *= factor;
        }
        return vectors;
    }

    /** Takes so many steps. */
    public void learn(int steps) {
        for (int i = 0; i < steps; i++) {
            int from = learning.steps() % BATCHES * batch.length;
            System.arraycopy(vectors, from, batch, 0, batch.length);
            learning.step(batch);
        }
    }

    /** Number of steps that were taken. */
    public int steps() {
        return learning.steps();
    }

    /** Number of vectors in a step. */
    public int batch() {
        return plan.batch();
    }

    @Override
    public void close() {
        products.close();
    }
}
