package org.loupe.core.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.loupe.core.NpyHeader;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.picture.Unreadable;

/** Writes what follows from a scan once its pictures have been run; {@code docs/scan-files.md} describes the files. */
final class Summary {

    /** Numbers in the file of statistics for each channel. */
    static final int STATISTICS = 8;

    private static final int PLACE = 3;

    private final FolderFiles files;
    private final PictureSet pictures;
    private final List<SourceScan> sources;
    private final List<Unreadable> unreadable;
    private final int done;
    private final boolean means;
    private final int[] labels;
    private final Ranks ranks;

    /**
     * @param done  how many pictures of the set were run or could not be read
     * @param means whether the means of maps were kept
     */
    Summary(Path folder, PictureSet pictures, List<SourceScan> sources, List<Unreadable> unreadable, int done,
            boolean means) {
        this.files = new FolderFiles(folder);
        this.pictures = pictures;
        this.sources = sources;
        this.unreadable = unreadable;
        this.done = done;
        this.means = means;
        this.labels = pictures.pictures().stream().mapToInt(Picture::label).toArray();
        this.ranks = new Ranks(labels, pictures.classes().size());
    }

    void write() throws IOException {
        Map<Tap, ScanFacts.Place> taps = new LinkedHashMap<>();
        int kept = 0;
        for (List<Written> of : written()) {
            for (Written one : of) {
                kept = one.tap.ledger().kept();
                taps.put(one.tap.tap(), new ScanFacts.Place(one.tap.shape(), one.names));
            }
        }
        StringBuilder names = new StringBuilder("index,name,class\n");
        for (int i = 0; i < labels.length; i++) {
            Picture picture = pictures.pictures().get(i);
            names.append(i).append(',').append(cell(picture.name())).append(',')
                    .append(picture.isLabelled() ? cell(pictures.classes().get(picture.label())) : "").append('\n');
        }
        files.write(ScanFacts.PICTURES, utf8(names));
        StringBuilder reasons = new StringBuilder("name,reason\n");
        unreadable.forEach(one -> reasons.append(cell(one.name())).append(',').append(cell(one.reason())).append('\n'));
        files.write(ScanFacts.UNREADABLE, utf8(reasons));
        files.write(ScanFacts.NAME, utf8(new ScanFacts(pictures.name(), labels.length, done,
                done - unreadable.size(), kept, means, pictures.classes(), taps).text()));
    }

    /** What there are files about now. */
    private record Written(TapScan tap, TapFiles names) {
    }

    /** Writes the files about taps; those of several sources at once. */
    private List<List<Written>> written() throws IOException {
        int[] numbers = new int[sources.size() + 1];
        for (int i = 0; i < sources.size(); i++) {
            numbers[i + 1] = numbers[i] + (int) sources.get(i).taps().count();
        }
        try {
            return IntStream.range(0, sources.size()).parallel().mapToObj(i -> written(sources.get(i), numbers[i])).toList();
        } catch (UncheckedIOException problem) {
            throw problem.getCause();
        }
    }

    /** @param first number of the first of its taps */
    private List<Written> written(SourceScan source, int first) {
        List<Written> written = new ArrayList<>();
        try {
            double[][][] compared = compare(source, TapFiles.of(first, source.own().tap()));
            for (TapScan tap : source.taps().toList()) {
                TapFiles names = TapFiles.of(first + written.size(), tap.tap());
                write(source, tap, names, compared[written.size()]);
                written.add(new Written(tap, names));
            }
            return written;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** @param compared for each channel, what {@link #compare(float[])} finds */
    private void write(SourceScan source, TapScan tap, TapFiles names, double[][] compared) throws IOException {
        Ledger ledger = tap.ledger();
        Shape shape = tap.shape();
        int channels = shape.channels();
        int classes = pictures.classes().size();
        ByteBuffer statistics = numbers("<f8", Double.BYTES, channels, STATISTICS);
        ByteBuffer histogram = numbers("<i8", Long.BYTES, channels, Bins.COUNT);
        ByteBuffer examples = numbers("<i4", Integer.BYTES, channels, ledger.kept(), PLACE);
        ByteBuffer values = numbers("<f4", Float.BYTES, channels, ledger.kept());
        ByteBuffer byClass = numbers("<f8", Double.BYTES, channels, classes, 2);
        for (int channel = 0; channel < channels; channel++) {
            long firing = 0;
            long all = 0;
            long[] counts = source.bins(tap, channel);
            for (int bin = 0; bin < counts.length; bin++) {
                histogram.putLong(counts[bin]);
                all += counts[bin];
                firing += bin > Bins.ZERO ? counts[bin] : 0;
            }
            statistics.putDouble(ledger.mean(channel)).putDouble(ledger.variance(channel)).putDouble((double) firing / all);
            for (int i = 0; i < compared[channel].length; i++) {
                (i < STATISTICS - PLACE ? statistics : byClass).putDouble(compared[channel][i]);
            }
            for (int rank = 0; rank < ledger.kept(); rank++) {
                Example example = ledger.example(channel, rank);
                examples.putInt(example.picture()).putInt(example.row()).putInt(example.column());
                values.putFloat(example.value());
            }
        }
        files.write(names.statistics(), statistics.array());
        files.write(names.histogram(), histogram.array());
        files.write(names.examples(), examples.array());
        files.write(names.values(), values.array());
        files.write(names.classes(), byClass.array());
    }

    /** For what is read and for its rectified values, for each channel what {@link #compare(float[])} finds. */
    private double[][][] compare(SourceScan source, TapFiles names) throws IOException {
        double[][][] compared = new double[2][source.own().shape().channels()][];
        try (FileChannel file = FileChannel.open(files.folder().resolve(names.maxima()))) {
            IntStream.range(0, compared[0].length).parallel().forEach(channel -> {
                double[][] found = compare(maxima(file, names.maxima(), channel));
                compared[0][channel] = found[0];
                compared[1][channel] = found[1];
            });
        }
        return compared;
    }

    private float[] maxima(FileChannel file, String name, int channel) {
        try {
            return Numbers.of(file, name, channel, labels.length, Float.BYTES).floats();
        } catch (IOException problem) {
            throw new UncheckedIOException(new IOException("What the scan has written to " + name + " cannot be read again: "
                    + problem.getMessage(), problem));
        }
    }

    /**
     * The statistics over pictures of one channel, and then for each class the mean and the area under the curve.
     *
     * @return for the maxima, and for the maxima with 0 instead of negative ones
     */
    private double[][] compare(float[] maxima) {
        int classes = pictures.classes().size();
        double[] sums = new double[classes];
        double[] rectifiedSums = new double[classes];
        long[] members = new long[classes];
        double sum = 0;
        double rectifiedSum = 0;
        long count = 0;
        long firing = 0;
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < done; i++) {
            float value = maxima[i];
            if (Float.isNaN(value)) {
                continue;
            }
            float rectified = value > 0 ? value : 0;
            count++;
            firing += value > 0 ? 1 : 0;
            sum += value;
            rectifiedSum += rectified;
            lowest = Math.min(lowest, value);
            highest = Math.max(highest, value);
            int label = labels[i];
            if (label >= 0) {
                members[label]++;
                sums[label] += value;
                rectifiedSums[label] += rectified;
            }
        }
        double mean = sum / count;
        double rectifiedMean = rectifiedSum / count;
        double deviation = 0;
        double rectifiedDeviation = 0;
        for (int i = 0; i < done; i++) {
            float value = maxima[i];
            if (!Float.isNaN(value)) {
                double distance = value - mean;
                double rectifiedDistance = (value > 0 ? value : 0) - rectifiedMean;
                deviation += distance * distance;
                rectifiedDeviation += rectifiedDistance * rectifiedDistance;
            }
        }
        double[][] areas = ranks.areas(ranks.order(maxima));
        return new double[][] {
            found((double) firing / count, lowest, highest, mean, deviation / count, sums, members, areas[0]),
            found((double) firing / count, rectified(lowest), rectified(highest), rectifiedMean, rectifiedDeviation / count,
                    rectifiedSums, members, areas[1])};
    }

    /** With 0 instead of negative numbers; as it is where there is none at all. */
    private static float rectified(float extreme) {
        return extreme <= 0 && extreme > Float.NEGATIVE_INFINITY ? 0 : extreme;
    }

    private static double[] found(double firing, float lowest, float highest, double mean, double variance, double[] sums,
            long[] members, double[] areas) {
        double[] found = new double[STATISTICS - PLACE + 2 * sums.length];
        found[0] = firing;
        found[1] = lowest;
        found[2] = highest;
        found[3] = mean;
        found[4] = variance;
        for (int label = 0; label < sums.length; label++) {
            found[STATISTICS - PLACE + 2 * label] = sums[label] / members[label];
            found[STATISTICS - PLACE + 2 * label + 1] = areas[label];
        }
        return found;
    }

    /** A file for as many numbers as a shape has, filled up to its header. */
    private static ByteBuffer numbers(String kind, int bytes, int... shape) {
        byte[] header = new NpyHeader(kind, false, shape).bytes();
        long size = bytes;
        for (int length : shape) {
            size *= length;
        }
        return ByteBuffer.allocate(Math.toIntExact(header.length + size)).put(header).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String cell(String text) {
        return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static byte[] utf8(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
