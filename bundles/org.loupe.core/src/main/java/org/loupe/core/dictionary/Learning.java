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
 * <p>Only the product with the encoder is dense; the rest costs as much as latents are not 0. Where many are not, as at the
 * beginning with {@link Kind#L1}, everything is dense.
 */
final class Learning {

    /** With more than this share of all latents not 0, dense products are faster. */
    private static final double DENSE = 0.1;

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
    private int lastActive = Integer.MAX_VALUE;
    private double denseAbove = DENSE;

    private final float[] centred;
    private final float[] dense;
    private final float[] slope;
    private final float[] errors;
    private float[] denseSlopes;

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
        centred = new float[plan.batch() * channels];
        dense = new float[plan.batch() * latents];
        slope = new float[plan.batch() * channels];
        errors = new float[plan.batch() * channels];
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

    /** Takes dense products where more than this share of all latents was not 0 in the step before. */
    void denseAbove(double share) {
        denseAbove = share;
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
        products.multiply(centred, false, encoder.values, true, count, channels, latents, dense);
        int[] dead = dead();
        boolean[] fired = new boolean[latents];
        if (plan.kind() == Kind.L1 && lastActive > denseAbove * dense.length) {
            return densely(fired, dead.length);
        }
        addBias();
        Codes codes = plan.kind() == Kind.TOP_K ? Codes.largest(dense, count, latents, plan.kept())
                : Codes.positive(dense, count, latents);
        double error = sparsely(codes);
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
        lastActive = codes.size();
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
                int at = vector * channels;
                for (int channel = 0; channel < channels; channel++) {
                    centred[at + channel] = vectors[at + channel] - centre.values[channel];
                }
            }
        });
    }

    private void addBias() {
        Codes.inParts(plan.batch(), (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                int at = vector * latents;
                for (int latent = 0; latent < latents; latent++) {
                    dense[at + latent] += bias.values[latent];
                }
            }
        });
    }

    /** Errors and gradients where few latents are not 0; returns the sum of the squared errors. */
    private double sparsely(Codes codes) {
        float[] slopes = new float[codes.size()];
        float more = plan.kind() == Kind.L1 ? (float) (plan.sparsity(steps) / plan.batch()) : 0;
        Codes.inParts(plan.batch(), (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                int at = vector * channels;
                for (int channel = 0; channel < channels; channel++) {
                    errors[at + channel] = -centred[at + channel];
                }
                addDirections(codes, vector, errors, at);
                scale(at);
                for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                    slopes[i] = dot(slope, at, decoder.values, codes.latent(i) * channels) + more;
                }
            }
        });
        collect(codes, slopes, slope);
        return squares(errors);
    }

    private void addDirections(Codes codes, int vector, float[] to, int at) {
        for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
            float value = codes.value(i);
            int direction = codes.latent(i) * channels;
            for (int channel = 0; channel < channels; channel++) {
                to[at + channel] += value * decoder.values[direction + channel];
            }
        }
    }

    /** From the error of one vector to the gradient with respect to its reconstruction. */
    private void scale(int at) {
        float factor = 2f / ((float) plan.batch() * channels);
        for (int channel = 0; channel < channels; channel++) {
            slope[at + channel] = factor * errors[at + channel];
        }
    }

    /**
     * Adds to the gradients of the directions, the encoder and its bias.
     *
     * @param slopes      gradient with respect to each entry
     * @param vectorSlope gradient with respect to what the entries make
     */
    private void collect(Codes codes, float[] slopes, float[] vectorSlope) {
        Codes.Order order = codes.byLatent();
        Codes.inParts(latents, (from, to) -> {
            for (int latent = from; latent < to; latent++) {
                int at = latent * channels;
                for (int i = order.begins()[latent]; i < order.begins()[latent + 1]; i++) {
                    int entry = order.entries()[i];
                    int vector = order.vectors()[i] * channels;
                    float value = codes.value(entry);
                    float back = slopes[entry];
                    bias.gradient[latent] += back;
                    for (int channel = 0; channel < channels; channel++) {
                        decoder.gradient[at + channel] += value * vectorSlope[vector + channel];
                    }
                    for (int channel = 0; channel < channels; channel++) {
                        encoder.gradient[at + channel] += back * centred[vector + channel];
                    }
                }
            }
        });
    }

    /** The same with dense products; only for {@link Kind#L1}. */
    private Outcome densely(boolean[] fired, int dead) {
        int count = plan.batch();
        double sum = rectify(fired);
        products.multiply(dense, false, decoder.values, false, count, latents, channels, errors);
        Codes.inParts(count, (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                int at = vector * channels;
                for (int channel = 0; channel < channels; channel++) {
                    errors[at + channel] -= centred[at + channel];
                }
                scale(at);
            }
        });
        products.multiply(dense, true, slope, false, latents, count, channels, decoder.gradient);
        float[] slopes = slopes();
        products.multiply(slope, false, decoder.values, true, count, channels, latents, slopes);
        lastActive = throughRectifier(slopes);
        products.multiply(slopes, true, centred, false, latents, count, channels, encoder.gradient);
        finish(fired);
        double error = squares(errors);
        return new Outcome(error, lastActive, dead, error / count / channels + plan.sparsity(steps) * sum / count);
    }

    /** Adds the bias and sets what is negative to 0; tells which latents fire, and returns the sum of all. */
    private double rectify(boolean[] fired) {
        float[][] sums = new float[Codes.PARTS][latents];
        Codes.inParts(Codes.PARTS, (first, last) -> {
            for (int part = first; part < last; part++) {
                float[] own = sums[part];
                int end = plan.batch() * (part + 1) / Codes.PARTS;
                for (int vector = plan.batch() * part / Codes.PARTS; vector < end; vector++) {
                    int at = vector * latents;
                    for (int latent = 0; latent < latents; latent++) {
                        float value = Math.max(0f, dense[at + latent] + bias.values[latent]);
                        dense[at + latent] = value;
                        own[latent] += value;
                    }
                }
            }
        });
        double total = 0;
        for (float[] own : sums) {
            for (int latent = 0; latent < latents; latent++) {
                total += own[latent];
                fired[latent] |= own[latent] > 0;
            }
        }
        return total;
    }

    /** From the gradient behind the rectifier to that before it, and of the bias; returns how many latents are not 0. */
    private int throughRectifier(float[] slopes) {
        int[] counts = new int[Codes.PARTS];
        float more = (float) (plan.sparsity(steps) / plan.batch());
        Codes.inParts(Codes.PARTS, (first, last) -> {
            for (int part = first; part < last; part++) {
                int from = latents * part / Codes.PARTS;
                int to = latents * (part + 1) / Codes.PARTS;
                int count = 0;
                for (int at = 0; at < dense.length; at += latents) {
                    for (int latent = from; latent < to; latent++) {
                        boolean passes = dense[at + latent] > 0;
                        float back = passes ? slopes[at + latent] + more : 0;
                        slopes[at + latent] = back;
                        bias.gradient[latent] += back;
                        count += passes ? 1 : 0;
                    }
                }
                counts[part] = count;
            }
        });
        return Arrays.stream(counts).sum();
    }

    private float[] slopes() {
        if (denseSlopes == null) {
            denseSlopes = new float[dense.length];
        }
        return denseSlopes;
    }

    /** Lets dead latents explain the errors; returns what that adds to the loss. */
    private double auxiliary(int[] dead) {
        int count = plan.batch();
        Codes codes = Codes.largestOf(dense, count, latents, dead, Math.max(1, channels / 2));
        float[] rest = errors.clone();
        float[] back = new float[rest.length];
        float[] slopes = new float[codes.size()];
        float factor = (float) (2 * plan.auxiliary() / ((double) count * channels));
        Codes.inParts(count, (from, to) -> {
            for (int vector = from; vector < to; vector++) {
                int at = vector * channels;
                addDirections(codes, vector, rest, at);
                for (int channel = 0; channel < channels; channel++) {
                    back[at + channel] = factor * rest[at + channel];
                }
                for (int i = codes.start(vector); i < codes.start(vector + 1); i++) {
                    slopes[i] = dot(back, at, decoder.values, codes.latent(i) * channels);
                }
            }
        });
        collect(codes, slopes, back);
        return plan.auxiliary() * squares(rest) / count / channels;
    }

    /** The centre is added to reconstructions and taken off what is encoded. */
    private void centreGradient() {
        for (int vector = 0; vector < plan.batch(); vector++) {
            for (int channel = 0; channel < channels; channel++) {
                centre.gradient[channel] += slope[vector * channels + channel];
            }
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

    private static double squares(float[] numbers) {
        double[] sums = new double[Codes.PARTS];
        IntStream.range(0, sums.length).parallel().forEach(part -> {
            int to = (int) ((long) numbers.length * (part + 1) / sums.length);
            double sum = 0;
            for (int i = (int) ((long) numbers.length * part / sums.length); i < to; i++) {
                sum += (double) numbers[i] * numbers[i];
            }
            sums[part] = sum;
        });
        return Arrays.stream(sums).sum();
    }

    /** In four sums, so that the processor need not wait for one addition after the other. */
    private float dot(float[] left, int leftAt, float[] right, int rightAt) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int i = 0;
        for (; i + 3 < channels; i += 4) {
            s0 += left[leftAt + i] * right[rightAt + i];
            s1 += left[leftAt + i + 1] * right[rightAt + i + 1];
            s2 += left[leftAt + i + 2] * right[rightAt + i + 2];
            s3 += left[leftAt + i + 3] * right[rightAt + i + 3];
        }
        for (; i < channels; i++) {
            s0 += left[leftAt + i] * right[rightAt + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Takes out of a direction's gradient what would only change its length. */
    private void alongSphere(int latent) {
        int at = latent * channels;
        float along = dot(decoder.gradient, at, decoder.values, at);
        for (int i = at; i < at + channels; i++) {
            decoder.gradient[i] -= along * decoder.values[i];
        }
    }

    private void toUnitLength(int latent) {
        int at = latent * channels;
        float factor = (float) (1 / Math.max(1e-20, Math.sqrt(dot(decoder.values, at, decoder.values, at))));
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
        out.writeInt(lastActive);
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
        lastActive = in.readInt();
        for (int latent = 0; latent < latents; latent++) {
            silent[latent] = in.readInt();
        }
        for (Parameter parameter : parameters()) {
            parameter.read(in);
        }
    }
}
