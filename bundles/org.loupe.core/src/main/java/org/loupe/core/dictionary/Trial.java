package org.loupe.core.dictionary;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Progress;
import org.loupe.core.dictionary.Quality.TaskLoss;
import org.loupe.core.engine.Edit;
import org.loupe.core.engine.Session;
import org.loupe.core.network.Network;
import org.loupe.core.network.NetworkException;
import org.loupe.core.network.Tap;
import org.loupe.core.objective.ClassObjective;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;

/** Tries dictionaries of a layer on pictures: what is lost when reconstructions take the place of activations. */
final class Trial {

    private static final int TOGETHER = 32;

    private final Session session;
    private final Tap tap;
    private final Optional<Tap> logits;
    private final List<Shown> shown = new ArrayList<>();
    private final double[] means;
    private boolean labelled = true;
    private double total;
    private int vectors;
    private int pictures;

    /**
     * Pictures that were shown to the network.
     *
     * @param batch  the pictures
     * @param maps   the layer's activations
     * @param logits of the network as it is, one picture after the other; empty where there are none
     * @param labels the network's number for the class of each picture, or -1
     */
    private record Shown(Batch batch, Batch maps, float[] logits, int[] labels) {
    }

    /** What reconstructions cost in one batch of pictures. */
    private interface Replacement {
        Edit of(Shown shown);
    }

    /**
     * Shows the pictures to the network.
     *
     * @param which indexes of the pictures in the set
     * @return nothing where it was told to stop
     */
    static Optional<Trial> of(Session session, String layer, PictureSet set, List<Integer> which, Frame frame,
            Progress progress) {
        Trial trial = new Trial(session, layer);
        for (int from = 0; from < which.size(); from += TOGETHER) {
            if (!progress.report(from, which.size(), "Showing pictures that are kept for judging")) {
                return Optional.empty();
            }
            trial.show(set, which.subList(from, Math.min(which.size(), from + TOGETHER)), frame);
        }
        if (trial.pictures == 0) {
            throw new IllegalArgumentException("No picture of " + set.name() + " that is kept for judging can be read.");
        }
        trial.measureSpread();
        return Optional.of(trial);
    }

    private Trial(Session session, String layer) {
        this.session = session;
        this.tap = Tap.after(layer);
        this.logits = logits(session.network());
        this.means = new double[session.network().shape(session.network().layer(layer)).channels()];
    }

    private static Optional<Tap> logits(Network network) {
        try {
            Tap tap = ClassObjective.logits(network);
            return network.shape(network.layer(tap.layer())).area() == 1 ? Optional.of(tap) : Optional.empty();
        } catch (NetworkException none) {
            return Optional.empty();
        }
    }

    private void show(PictureSet set, List<Integer> which, Frame frame) {
        List<Batch> read = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int index : which) {
            Reading reading = set.read(index, index + 1, frame);
            reading.batch().ifPresent(batch -> {
                read.add(batch);
                labels.add(label(set, set.pictures().get(index)));
            });
        }
        if (read.isEmpty()) {
            return;
        }
        Batch batch = Batch.zeros(read.size(), frame.channels(), frame.rows(), frame.columns());
        for (int image = 0; image < read.size(); image++) {
            System.arraycopy(read.get(image).values(), 0, batch.values(), image * batch.imageSize(), batch.imageSize());
        }
        var readings = session.activations(batch, logits.map(at -> Set.of(tap, at)).orElse(Set.of(tap)));
        Batch maps = readings.at(tap);
        shown.add(new Shown(batch, maps, logits.map(at -> readings.at(at).values()).orElse(new float[0]),
                labels.stream().mapToInt(Integer::intValue).toArray()));
        labelled &= labels.stream().noneMatch(label -> label < 0);
        pictures += batch.images();
        vectors += batch.images() * maps.area();
        for (int image = 0; image < maps.images(); image++) {
            for (int i = 0; i < maps.imageSize(); i++) {
                means[i / maps.area()] += maps.values()[image * maps.imageSize() + i];
            }
        }
    }

    /** The network's number for the class of a picture, or -1. */
    private int label(PictureSet set, Picture picture) {
        List<String> classes = session.network().classes();
        if (!picture.isLabelled() || logits.isEmpty()) {
            return -1;
        }
        String name = set.classes().get(picture.label());
        return IntStream.range(0, classes.size()).filter(i -> classes.get(i).equalsIgnoreCase(name)).findFirst().orElse(-1);
    }

    private void measureSpread() {
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] /= vectors;
        }
        for (Shown one : shown) {
            for (int i = 0; i < one.maps.values().length; i++) {
                double distance = one.maps.values()[i] - means[i / one.maps.area() % means.length];
                total += distance * distance;
            }
        }
    }

    /** Makes something of vectors that is to take their place. */
    interface Replacing {
        /**
         * Vectors instead of vectors, one after the other.
         *
         * @param used how many numbers were used for each, added to the first value; what was used, marked as true
         */
        float[] replace(float[] vectors, long[] used, boolean[] which);
    }

    /** How good a dictionary is on these pictures. */
    Quality of(Dictionary dictionary, Products products) {
        Coder coder = new Coder(dictionary, products);
        return of(dictionary.latents(), (seen, used, which) -> {
            Codes codes = coder.encode(seen);
            used[0] += codes.size();
            for (int i = 0; i < codes.size(); i++) {
                which[codes.latent(i)] = true;
            }
            return coder.decode(codes);
        });
    }

    /**
     * How good something is that takes the place of the layer's activations.
     *
     * @param parts of how many parts it puts vectors together
     */
    Quality of(int parts, Replacing replacing) {
        boolean[] fired = new boolean[parts];
        long[] active = new long[1];
        double error = 0;
        List<Batch> made = new ArrayList<>();
        for (Shown one : shown) {
            float[] seen = Coder.vectors(one.maps);
            float[] reconstructed = replacing.replace(seen, active, fired);
            for (int i = 0; i < seen.length; i++) {
                double distance = seen[i] - reconstructed[i];
                error += distance * distance;
            }
            made.add(Coder.maps(reconstructed, one.maps));
        }
        long silent = IntStream.range(0, parts).filter(part -> !fired[part]).count();
        return new Quality(1 - error / total, (double) active[0] / vectors, (double) silent / parts, loss(made), pictures,
                vectors);
    }

    private TaskLoss loss(List<Batch> made) {
        if (logits.isEmpty()) {
            return TaskLoss.UNKNOWN;
        }
        Edit.Where where = Edit.Where.layer(tap);
        return new TaskLoss(labelled, loss((Replacement) null),
                loss(one -> Edit.splice(where, made.get(shown.indexOf(one)))),
                loss(one -> Edit.mean(where, IntStream.range(0, means.length).mapToObj(i -> means[i]).toList())));
    }

    /** The mean of each channel. */
    double[] means() {
        return means;
    }

    /** The layer's activations, a batch of pictures each: vectors one after the other. */
    List<float[]> activations() {
        return shown.stream().map(one -> Coder.vectors(one.maps)).toList();
    }

    private double loss(Replacement replacement) {
        double sum = 0;
        for (Shown one : shown) {
            float[] answers = replacement == null ? one.logits : session.activations(one.batch, Set.of(logits.get()),
                    List.of(replacement.of(one))).at(logits.get()).values();
            int classes = answers.length / one.batch.images();
            for (int image = 0; image < one.batch.images(); image++) {
                double[] before = logProbabilities(one.logits, image * classes, classes);
                double[] after = logProbabilities(answers, image * classes, classes);
                if (labelled) {
                    sum -= after[one.labels[image]];
                } else {
                    sum += IntStream.range(0, classes).mapToDouble(i -> Math.exp(before[i]) * (before[i] - after[i])).sum();
                }
            }
        }
        return sum / pictures;
    }

    private static double[] logProbabilities(float[] logits, int from, int classes) {
        double largest = IntStream.range(from, from + classes).mapToDouble(i -> logits[i]).max().orElseThrow();
        double sum = IntStream.range(from, from + classes).mapToDouble(i -> Math.exp(logits[i] - largest)).sum();
        return IntStream.range(from, from + classes).mapToDouble(i -> logits[i] - largest - Math.log(sum)).toArray();
    }
}
