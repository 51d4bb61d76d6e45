package org.loupe.core.dictionary;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.core.Draws;
import org.loupe.core.dictionary.DictionaryPlan.Kind;
import org.loupe.core.network.Weights;

/**
 * A dictionary that is being learned.
 *
 * <p>With {@code B} vectors of {@code C} channels in a step, the loss is {@code sum |x - x'|^2 / (B C)}, to which
 * {@link Kind#TOP_K} adds {@code auxiliary * sum |(x - x') - x''|^2 / (B C)}, where {@code x''} is what the {@code C / 2}
 * largest dead latents make of the vector and {@code x - x'} counts as given (Gao and others 2024), and {@link Kind#L1}
 * adds {@code sparsity * sum z / B}. Directions have length 1: what would change their length is taken out of the
 * gradient, and they are made that long again after each step.
 *
 * <p>The product with the encoder is dense, and where many latents are not 0, as with {@link Kind#L1}, that of the slopes with
 * the decoder; the rest costs as much as latents are not 0.
 */
final class Learning {

    /** With more than this share of all latents not 0, one product for all is faster than an inner product for each. */
    private static final double TOGETHER = 0.1;

    private final DictionaryPlan plan;
    private final Products products;
    private final int channels;
    private final int latents;
    private final Parameter encoder;
    private final Parameter bias;
    private final Parameter decoder;
    private final Parameter centre;
    private final int[] silent;
    private int steps;
    private double togetherAbove = TOGETHER;

    private final float[] dense;
    private final float[] flat;
    private final float[][] directions;
    private final float[][] centred;
    private final float[][] slope;
    private final float[][] errors;

    /**
     * What a step saw.
     *
     * @param error  sum of the squared distances between vectors and reconstructions
     * @param active how many latents were not 0, of all vectors together
     * @param dead   how many latents have been silent for long
     * @param loss   everything that was to become smaller
     */
    record Outcome(double error, int active, int dead, double loss) {
    }

    /** Starts with random directions, an encoder that is the decoder transposed, and the centre at the mean. */
    Learning(DictionaryPlan plan, float[] mean, Products products) {
        this.plan = plan;
        this.products = products;
        this.channels = mean.length;
        this.latents = plan.latents();
        encoder = new Parameter(latents * channels);
        bias = new Parameter(latents);
        decoder = new Parameter(latents * channels);
        centre = new Parameter(channels);
        silent = new int[latents];
        dense = new float[plan.batch() * latents];
        flat = new float[plan.batch() * channels];
        directions = new float[latents][channels];
        centred = new float[plan.batch()][channels];
        slope = new float[plan.batch()][channels];
        errors = new float[plan.batch()][channels];
        System.arraycopy(mean, 0, centre.values, 0, channels);
        Draws draws = new Draws(plan.seed());
        for (int i = 0; i < decoder.values.length; i++) {
            decoder.values[i] = (float) draws.gaussian();
        }
        for (int latent = 0; latent < latents; latent++) {
            toUnitLength(latent);
        }
        System.arraycopy(decoder.values, 0, encoder.values, 0, encoder.values.length);
    }

    /** Number of steps that were taken. */
    int steps() {
        return steps;
    }

    /** The encoder, its bias, the directions and the centre, with the gradients of the last step. */
    List<Parameter> parameters() {
        return List.of(encoder, bias, decoder, centre);
    }

    /** Takes over weights, such as those of another program. */
    void start(Dictionary from) {
        System.arraycopy(from.encoder().values(), 0, encoder.values, 0, encoder.values.length);
        System.arraycopy(from.bias().values(), 0, bias.values, 0, bias.values.length);
        System.arraycopy(from.decoder().values(), 0, decoder.values, 0, decoder.values.length);
        System.arraycopy(from.centre().values(), 0, centre.values, 0, centre.values.length);
    }

    /** Takes one product for the slopes of all latents where more than this share of them is not 0. */
    void togetherAbove(double share) {
        togetherAbove = share;
    }

    /** Says of each latent for how many steps it has been silent. */
    void silent(int[] forSteps) {
        System.arraycopy(forSteps, 0, silent, 0, latents);
    }

    /**
     * Learns from some vectors.
     *
     * @param vectors as many as the plan has in a batch, one after the other
     */
    Outcome step(float[] vectors) {
        Outcome outcome = gradients(vectors);
        steps++;
        double rate = plan.rate(steps - 1);
        Codes.inParts(latents, (from, to) -> {
            for (int latent = from; latent < to; latent++) {
                alongSphere(latent);
            }
            encoder.learn(from * channels, to * channels, steps, rate);
            decoder.learn(from * channels, to * channels, steps, rate);
            bias.learn(from, to, steps, rate);
            for (int latent = from; latent < to; latent++) {
                toUnitLength(latent);
            }
        });
        centre.learn(0, channels, steps, rate);
        return outcome;
    }

    /** Computes the loss and, into the parameters, its gradients; counts for how long latents have been silent. */
    Outcome gradients(float[] vectors) {
        int count = plan.batch();
        clear();
        centre(vectors);
        Rows.copy(decoder.values, directions);
        products.multiply(flat, false, encoder.values, true, count, channels, latents, dense);
        int[] dead = dead();
        boolean[] fired = new boolean[latents];
        Codes codes = plan.kind() == Kind.TOP_K ? Codes.largest(dense, bias.values, count, plan.kept())
                : Codes.positive(dense, bias.values, count);
        double error = backward(codes);
        double sum = 0;
        for (int i = 0; i < codes.size(); i++) {
            sum += codes.value(i);
            fired[codes.latent(i)] = true;
        }
        double loss = error / count / channels;
        if (plan.kind() == Kind.L1) {
            loss += plan.sparsity(steps) * sum / count;
        } else if (dead.length > 0 && plan.auxiliary() > 0) {
            loss += auxiliary(dead);
        }
        finish(fired);
        return new Outcome(error, codes.size(), dead.length, loss);
    }

    private void finish(boolean[] fired) {
        centreGradient();
        for (int latent = 0; latent < latents; latent++) {
            silent[latent] = fired[latent] ? 0 : silent[latent] + 1;
        }
    }

    private void clear() {
        for (Parameter parameter : parameters()) {
            Arrays.fill(parameter.gradient, 0);
        }
    }

    private void centre(float[] vectors) {
        Codes.inParts(plan.batch(), (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                float[] row = centred[vector];
                System.arraycopy(vectors, vector * channels, row, 0, channels);
                Rows.add(row, -1, centre.values);
                System.arraycopy(row, 0, flat, vector * channels, channels);
            }
        });
    }

    /** Errors and gradients; returns the sum of the squared errors. */
    private double backward(Codes codes) {
        boolean together = plan.kind() == Kind.L1 && codes.size() > togetherAbove * dense.length;
        float[] slopes = new float[codes.size()];
        float more = plan.kind() == Kind.L1 ? (float) (plan.sparsity(steps) / plan.batch()) : 0;
        float factor = 2f / ((float) plan.batch() * channels);
        Codes.inParts(plan.batch(), (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                Arrays.fill(errors[vector], 0);
                Rows.add(errors[vector], -1, centred[vector]);
                addDirections(codes, vector, errors[vector]);
                Arrays.fill(slope[vector], 0);
                Rows.add(slope[vector], factor, errors[vector]);
                for (int i = codes.start(vector); !together && i < codes.start(vector + 1); i++) {
                    slopes[i] = Rows.dot(slope[vector], directions[codes.latent(i)]) + more;
                }
                System.arraycopy(slope[vector], 0, flat, vector * channels, channels);
            }
        });
        if (together) {
            products.multiply(flat, false, decoder.values, true, plan.batch(), channels, latents, dense);
            Codes.inParts(plan.batch(), (from, to) -> {
                for (int vector = from; vector < to; vector++) {
                    for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                        slopes[i] = dense[vector * latents + codes.latent(i)] + more;
                    }
                }
            });
        }
        collect(codes, slopes, slope);
        return squares(errors);
    }

    private void addDirections(Codes codes, int vector, float[] to) {
        int i = codes.start(vector);
        int end = codes.start(vector + 1);
        for (; i + 3 < end; i += 4) {
            Rows.add(to, codes.value(i), directions[codes.latent(i)], codes.value(i + 1), directions[codes.latent(i + 1)],
                    codes.value(i + 2), directions[codes.latent(i + 2)], codes.value(i + 3), directions[codes.latent(i + 3)]);
        }
        for (; i < end; i++) {
            Rows.add(to, codes.value(i), directions[codes.latent(i)]);
        }
    }

    /**
     * Adds to the gradients of the directions, the encoder and its bias.
     *
     * @param slopes       gradient with respect to each entry
     * @param vectorSlopes gradient with respect to what the entries make
     */
    private void collect(Codes codes, float[] slopes, float[][] vectorSlopes) {
        Codes.Order order = codes.byLatent();
        Codes.inParts(latents, (from, to) -> {
            float[] sum = new float[channels];
            for (int latent = from; latent < to; latent++) {
                for (int i = order.begins()[latent]; i < order.begins()[latent + 1]; i++) {
                    bias.gradient[latent] += slopes[order.entries()[i]];
                }
                collect(order, latent, codes.values(), vectorSlopes, sum, decoder.gradient);
                collect(order, latent, slopes, centred, sum, encoder.gradient);
            }
        });
    }

    /** Adds to a row the vectors in which a latent is not 0, each times the factor of the entry. */
    private void collect(Codes.Order order, int latent, float[] factors, float[][] vectors, float[] sum, float[] gradient) {
        int[] entries = order.entries();
        int[] which = order.vectors();
        int end = order.begins()[latent + 1];
        int i = order.begins()[latent];
        Arrays.fill(sum, 0);
        for (; i + 3 < end; i += 4) {
            Rows.add(sum, factors[entries[i]], vectors[which[i]], factors[entries[i + 1]], vectors[which[i + 1]],
                    factors[entries[i + 2]], vectors[which[i + 2]], factors[entries[i + 3]], vectors[which[i + 3]]);
        }
        for (; i < end; i++) {
            Rows.add(sum, factors[entries[i]], vectors[which[i]]);
        }
        for (int channel = 0; channel < channels; channel++) {
            gradient[latent * channels + channel] += sum[channel];
        }
    }

    /** Lets dead latents explain the errors; returns what that adds to the loss. */
    private double auxiliary(int[] dead) {
        int count = plan.batch();
        Codes codes = Codes.largestOf(dense, count, latents, dead, Math.max(1, channels / 2));
        float[][] rest = new float[count][];
        float[][] back = new float[count][channels];
        float[] slopes = new float[codes.size()];
        float factor = (float) (2 * plan.auxiliary() / ((double) count * channels));
        Codes.inParts(count, (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                rest[vector] = errors[vector].clone();
                addDirections(codes, vector, rest[vector]);
                Rows.add(back[vector], factor, rest[vector]);
                for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                    slopes[i] = Rows.dot(back[vector], directions[codes.latent(i)]);
                }
            }
        });
        collect(codes, slopes, back);
        return plan.auxiliary() * squares(rest) / count / channels;
    }

    /** The centre is added to reconstructions and taken off what is encoded. */
    private void centreGradient() {
        for (float[] row : slope) {
            Rows.add(centre.gradient, 1, row);
        }
        for (int latent = 0; latent < latents; latent++) {
            for (int channel = 0; channel < channels; channel++) {
                centre.gradient[channel] -= bias.gradient[latent] * encoder.values[latent * channels + channel];
            }
        }
    }

    private int[] dead() {
        return IntStream.range(0, latents).filter(latent -> silent[latent] >= plan.deadAfter()).toArray();
    }

    private static double squares(float[][] rows) {
        double[] sums = new double[rows.length];
        Codes.inParts(rows.length, (from, to) -> {
            for (int row = from; row < to; row++) {
                sums[row] = Rows.dot(rows[row], rows[row]);
            }
        });
        return Arrays.stream(sums).sum();
    }

    /** Takes out of a direction's gradient what would only change its length. */
    private void alongSphere(int latent) {
        int at = latent * channels;
        float along = 0;
        for (int i = at; i < at + channels; i++) {
            along += decoder.gradient[i] * decoder.values[i];
        }
        for (int i = at; i < at + channels; i++) {
            decoder.gradient[i] -= along * decoder.values[i];
        }
    }

    private void toUnitLength(int latent) {
        int at = latent * channels;
        double square = 0;
        for (int i = at; i < at + channels; i++) {
            square += (double) decoder.values[i] * decoder.values[i];
        }
        float factor = (float) (1 / Math.max(1e-20, Math.sqrt(square)));
        for (int i = at; i < at + channels; i++) {
            decoder.values[i] *= factor;
        }
    }

    /**
     * What was learned.
     *
     * @param unit what the vectors were divided by; the dictionary is that of the vectors as they were
     */
    Dictionary dictionary(double unit) {
        return new Dictionary(new Weights(new int[] {latents, channels}, encoder.values.clone()),
                Weights.vector(times(bias.values, unit)),
                new Weights(new int[] {latents, channels}, decoder.values.clone()),
                Weights.vector(times(centre.values, unit)), plan.kind() == Kind.TOP_K ? plan.kept() : 0);
    }

    private static float[] times(float[] values, double factor) {
        float[] products = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            products[i] = (float) (values[i] * factor);
        }
        return products;
    }

    /** Writes all that decides how it goes on. */
    void write(DataOutputStream out) throws IOException {
        out.writeInt(steps);
        for (int count : silent) {
            out.writeInt(count);
        }
        for (Parameter parameter : parameters()) {
            parameter.write(out);
        }
    }

    /** Goes on from what was written. */
    void read(DataInputStream in) throws IOException {
        steps = in.readInt();
        for (int latent = 0; latent < latents; latent++) {
            silent[latent] = in.readInt();
        }
        for (Parameter parameter : parameters()) {
            parameter.read(in);
        }
    }
}
