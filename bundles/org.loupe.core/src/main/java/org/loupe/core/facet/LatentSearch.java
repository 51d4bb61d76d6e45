package org.loupe.core.facet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Progress;
import org.loupe.core.Unit;
import org.loupe.core.dictionary.Dictionary;
import org.loupe.core.dictionary.DictionaryNetwork;
import org.loupe.core.dictionary.LearnedDictionary;
import org.loupe.core.engine.Readings;
import org.loupe.core.engine.Session;
import org.loupe.core.image.Plates;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Fitting;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Reading;
import org.loupe.core.picture.Sample;
import org.loupe.core.scan.Crops;
import org.loupe.core.visualize.Visualize;
import org.loupe.core.visualize.Visualized;

/** Finds which latents of a dictionary a channel's activations go through, on pictures from all over a set. */
final class LatentSearch {

    /** How many pictures are shown of what excites a latent. */
    static final int EXAMPLES = 6;

    private static final int PICTURES = 512;
    private static final int TOGETHER = 16;
    private static final int LATENTS = 8;
    private static final int MADE = 3;
    private static final int LARGEST_CROP = 48;
    private static final double RATE = .05;

    private final Material material;
    private final LearnedDictionary learned;
    private final Dictionary dictionary;
    private final Unit unit;
    private final Frame frame;
    private final int[] shown;
    private final double[] sums;
    private final double[] squares;
    private final double[] products;
    private final long[] fired;
    private final float[][] strongest;
    private final int[][] places;
    private double sum;
    private double square;
    private double error;
    private long positions;

    LatentSearch(Material material, LearnedDictionary learned, Unit unit, Fitting fitting) {
        this.material = material;
        this.learned = learned;
        this.dictionary = learned.dictionary();
        this.unit = unit;
        this.frame = Frame.of(material.network().input().shape(), fitting);
        int total = material.requirePictures().set().pictures().size();
        int count = Math.min(PICTURES, total);
        this.shown = IntStream.range(0, count).map(i -> Sample.index(i, count, total)).toArray();
        int latents = dictionary.latents();
        this.sums = new double[latents];
        this.squares = new double[latents];
        this.products = new double[latents];
        this.fired = new long[latents];
        this.strongest = new float[latents][count];
        this.places = new int[latents][count];
    }

    /**
     * Looks.
     *
     * @param question of the dictionary
     * @param steps    of the pictures of the first latents
     * @return nothing where it was told to stop
     */
    Optional<LatentsOfUnit> run(String question, int steps, long seed, Progress progress) {
        try (Session session = material.session().engine().open(learned.network())) {
            for (int from = 0; from < shown.length; from += TOGETHER) {
                if (!progress.report(from, shown.length, "Looking at the latents of " + learned.layer())) {
                    return Optional.empty();
                }
                show(session, from, Math.min(shown.length, from + TOGETHER));
            }
            double variance = square - sum * sum / positions;
            List<Integer> first = IntStream.range(0, dictionary.latents()).filter(latent -> fired[latent] > 0).boxed()
                    .sorted(Comparator.comparingDouble((Integer latent) -> -share(latent, variance)).thenComparing(latent -> latent))
                    .limit(LATENTS).filter(latent -> share(latent, variance) > 0).toList();
            Optional<List<Facet.Made>> made = pictures(session, first.subList(0, Math.min(MADE, first.size())), steps, seed, progress);
            if (made.isEmpty()) {
                return Optional.empty();
            }
            List<LatentsOfUnit.Latent> latents = new ArrayList<>();
            for (int i = 0; i < first.size(); i++) {
                latents.add(latent(first.get(i), variance, i < made.get().size() ? Optional.of(made.get().get(i))
                        : Optional.empty()));
            }
            return Optional.of(new LatentsOfUnit(question, dictionary.toString(), unit, shown.length,
                    variance > 0 ? 1 - error / variance : 0, latents));
        }
    }

    private void show(Session session, int from, int to) {
        PictureSet set = material.requirePictures().set();
        List<Integer> read = new ArrayList<>();
        List<Batch> batches = new ArrayList<>();
        for (int number = from; number < to; number++) {
            Reading reading = set.read(shown[number], shown[number] + 1, frame);
            if (reading.batch().isPresent()) {
                read.add(number);
                batches.add(reading.batch().get());
            }
        }
        if (read.isEmpty()) {
            return;
        }
        Tap channel = Tap.after(unit.layer());
        Tap missed = Tap.after(unit.layer() + DictionaryNetwork.ERROR);
        Tap latents = Tap.after(unit.layer() + DictionaryNetwork.LATENTS);
        Readings maps = session.activations(Plates.stacked(batches), Set.of(channel, missed, latents));
        for (int image = 0; image < read.size(); image++) {
            count(maps.at(channel), maps.at(missed), maps.at(latents), image, read.get(image));
        }
    }

    private void count(Batch channels, Batch missed, Batch latents, int image, int number) {
        int own = channels.offset(image, unit.channel());
        int less = missed.offset(image, unit.channel());
        for (int at = 0; at < channels.area(); at++) {
            double value = channels.values()[own + at];
            sum += value;
            square += value * value;
            error += missed.values()[less + at] * (double) missed.values()[less + at];
        }
        positions += channels.area();
        for (int latent = 0; latent < latents.channels(); latent++) {
            int from = latents.offset(image, latent);
            for (int at = 0; at < latents.area(); at++) {
                float value = latents.values()[from + at];
                if (value > 0) {
                    sums[latent] += value;
                    squares[latent] += (double) value * value;
                    products[latent] += (double) value * channels.values()[own + at];
                    fired[latent]++;
                    if (value > strongest[latent][number]) {
                        strongest[latent][number] = value;
                        places[latent][number] = at;
                    }
                }
            }
        }
    }

    private double covariance(int latent) {
        return products[latent] - sums[latent] * sum / positions;
    }

    private double share(int latent, double variance) {
        return variance > 0 ? weight(dictionary.decoder().values(), latent) * covariance(latent) / variance : 0;
    }

    private double weight(float[] values, int latent) {
        return values[latent * dictionary.channels() + unit.channel()];
    }

    private LatentsOfUnit.Latent latent(int latent, double variance, Optional<Facet.Made> made) {
        double own = squares[latent] - sums[latent] * sums[latent] / positions;
        double correlation = own > 0 && variance > 0 ? covariance(latent) / Math.sqrt(own * variance) : 0;
        List<Integer> best = IntStream.range(0, shown.length).filter(number -> strongest[latent][number] > 0).boxed()
                .sorted(Comparator.comparingDouble((Integer number) -> -strongest[latent][number]).thenComparing(number -> number))
                .limit(EXAMPLES).toList();
        return new LatentsOfUnit.Latent(latent, share(latent, variance), correlation, weight(dictionary.decoder().values(), latent),
                weight(dictionary.encoder().values(), latent), (double) fired[latent] / positions, learned.stability(latent),
                best.stream().map(number -> (double) strongest[latent][number]).toList(), crops(latent, best), made);
    }

    private Optional<Batch> crops(int latent, List<Integer> best) {
        Tap tap = Tap.after(unit.layer());
        Crops crops = new Crops(material.network(), tap);
        int columns = material.network().shape(material.network().layer(unit.layer())).columns();
        List<Batch> cut = new ArrayList<>();
        for (int number : best) {
            int place = places[latent][number];
            Batch picture = material.requirePictures().set().read(shown[number], shown[number] + 1, frame).batch().orElseThrow(
                    () -> new IllegalArgumentException("Picture " + shown[number] + " of "
                            + material.requirePictures().set().name() + " cannot be read any more."));
            cut.add(Plates.reduced(crops.cut(picture, place / columns, place % columns), LARGEST_CROP));
        }
        return cut.isEmpty() ? Optional.empty() : Optional.of(Plates.stacked(cut));
    }

    private Optional<List<Facet.Made>> pictures(Session session, List<Integer> latents, int steps, long seed, Progress progress) {
        if (latents.isEmpty() || steps == 0) {
            return Optional.of(List.of());
        }
        List<String> objectives = latents.stream().map(latent -> new Unit(unit.layer() + DictionaryNetwork.LATENTS, latent)
                .at(Unit.CENTRE).toString()).toList();
        Visualized made = new Visualize().run(new Material(session, Optional.empty(), material.stimuli(), material.objectives()),
                new Visualize.Arguments(objectives, false, steps, 0, Visualize.Space.FOURIER, Visualize.Robustness.BY_DEPTH, RATE,
                        seed), progress::report);
        if (made.isPartial()) {
            return Optional.empty();
        }
        List<Facet.Made> pictures = new ArrayList<>();
        for (int i = 0; i < objectives.size(); i++) {
            pictures.add(new Facet.Made(made.pictures().image(i), objectives.get(i), made.details().get(i).score()));
        }
        return Optional.of(pictures);
    }
}
