package org.loupe.core.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.network.Shape;
import org.loupe.core.network.Tap;
import org.loupe.core.scan.ChannelScan.OfClass;

/**
 * What a scan has found. It stays on disk: what is known of a channel is read when it is asked for, without reading the
 * rest.
 */
public final class Scanned implements Result {

    private final ResultFiles files;
    private final ScanFacts facts;

    private Scanned(ResultFiles files, ScanFacts facts) {
        this.files = files;
        this.facts = facts;
    }

    /**
     * Opens the files of a scan.
     *
     * @throws IOException when they are missing or damaged
     */
    static Scanned load(ResultFiles files) throws IOException {
        return new Scanned(files, ScanFacts.read(files.read(ScanFacts.NAME)));
    }

    /** Name of the picture set. */
    public String set() {
        return facts.set();
    }

    /** How many pictures the set has. */
    public int pictures() {
        return facts.pictures();
    }

    /** How many pictures the network was shown. */
    public int seen() {
        return facts.readable();
    }

    /** How many pictures could not be read; {@code unreadable.csv} says why. */
    public int unreadable() {
        return facts.done() - facts.readable();
    }

    /** The classes of the picture set, in order. */
    public List<String> classes() {
        return facts.classes();
    }

    /** What was read, in the order of the network. */
    public Set<Tap> taps() {
        return facts.taps().keySet();
    }

    /**
     * The shape of what was read at a tap for one picture.
     *
     * @throws IllegalArgumentException when it was not read
     */
    public Shape shape(Tap tap) {
        return place(tap).shape();
    }

    @Override
    public boolean isPartial() {
        return facts.done() < facts.pictures();
    }

    /**
     * What is known of a channel.
     *
     * @throws IllegalArgumentException when it was not read
     * @throws IOException              when the files are missing or damaged
     */
    public ChannelScan channel(Tap tap, int channel) throws IOException {
        ScanFacts.Place place = place(tap);
        if (channel < 0 || channel >= place.shape().channels()) {
            throw new IllegalArgumentException(tap + " has the channels 0 to " + (place.shape().channels() - 1) + ", not "
                    + channel);
        }
        TapFiles names = place.files();
        double[] statistics = Numbers.of(files, names.statistics(), channel, Summary.STATISTICS, Double.BYTES).doubles();
        double[] byClass = Numbers.of(files, names.classes(), channel, 2 * classes().size(), Double.BYTES).doubles();
        int[] examples = Numbers.of(files, names.examples(), channel, 3 * facts.kept(), Integer.BYTES).integers();
        float[] values = Numbers.of(files, names.values(), channel, facts.kept(), Float.BYTES).floats();
        List<Example> top = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            top.add(new Example(examples[3 * i], examples[3 * i + 1], examples[3 * i + 2], values[i]));
        }
        List<OfClass> ofClasses = new ArrayList<>();
        for (int label = 0; label < classes().size(); label++) {
            ofClasses.add(new OfClass(byClass[2 * label], byClass[2 * label + 1]));
        }
        return new ChannelScan(statistics[0], statistics[1], statistics[2], statistics[3], statistics[6], statistics[7],
                top, Numbers.of(files, names.histogram(), channel, Bins.COUNT, Long.BYTES).longs(), ofClasses,
                Numbers.of(files, names.maxima(), channel, pictures(), Float.BYTES).floats(),
                Numbers.of(files, names.places(), channel, pictures(), Integer.BYTES).integers(), place.shape().columns());
    }

    private ScanFacts.Place place(Tap tap) {
        ScanFacts.Place place = facts.taps().get(tap);
        if (place == null) {
            throw new IllegalArgumentException("The scan has not read " + tap + ", only " + facts.taps().keySet());
        }
        return place;
    }

    @Override
    public String text() {
        String unread = unreadable() == 0 ? "0 unreadable"
                : String.format(Locale.ROOT, "%,d unreadable (%s says why)", unreadable(), ScanFacts.UNREADABLE);
        return String.format(Locale.ROOT, "%,d %s of %s, %s; layers %s%n", seen(), seen() == 1 ? "picture" : "pictures", set(),
                unread, taps().stream().filter(tap -> !tap.beforeActivation()).map(Tap::layer).collect(Collectors.joining(", ")));
    }

    @Override
    public void save(ResultFiles into) throws IOException {
        for (String name : facts.files()) {
            try (InputStream content = files.open(name)) {
                into.write(name, content);
            }
        }
    }
}
