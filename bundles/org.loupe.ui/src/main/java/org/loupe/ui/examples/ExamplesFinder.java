package org.loupe.ui.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import org.loupe.core.Analysis;
import org.loupe.core.Unit;
import org.loupe.core.network.Layer;
import org.loupe.core.network.Network;
import org.loupe.core.network.Tap;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.PictureSet;
import org.loupe.core.scan.ActivationSpectra;
import org.loupe.core.scan.ChannelScan;
import org.loupe.core.scan.Crops;
import org.loupe.core.scan.EffectiveField;
import org.loupe.core.scan.EffectiveFields;
import org.loupe.core.scan.FindSpectrum;
import org.loupe.core.scan.Scan;
import org.loupe.core.scan.Scanned;
import org.loupe.platform.Laboratory;
import org.loupe.platform.Registered;
import org.loupe.platform.StoredScans;
import org.loupe.platform.StoredSpectra;
import org.loupe.ui.UnitInNetwork;
import org.loupe.ui.results.Costs;
import org.loupe.ui.results.Inquiry;
import org.loupe.ui.results.Question;
import org.loupe.ui.results.Questions;

/** Finds out in the background what a study knows of a unit's examples. */
final class ExamplesFinder {

    private static final long QUICK = 200_000_000;
    private static final int MOST_TOGETHER = 256;
    private static final int TRIED = 4;
    private static final long TRIAL_NANOSECONDS = 400_000_000;

    private final Laboratory laboratory;
    private final Questions questions;
    private final StoredScans scans;
    private final StoredSpectra spectra;
    private final Registered<Analysis<Scan.Arguments, Scanned>> scan;
    private Crops crops;
    private Network cropped;
    private Tap croppedTap;

    ExamplesFinder(Laboratory laboratory, Questions questions) {
        this.laboratory = laboratory;
        this.questions = questions;
        this.scans = new StoredScans(laboratory);
        this.spectra = new StoredSpectra(laboratory);
        this.scan = laboratory.registry().analysis(Scan.class);
    }

    Registered<Analysis<Scan.Arguments, Scanned>> scan() {
        return scan;
    }

    /**
     * How it stands with a unit.
     *
     * @throws RuntimeException when the pictures or the files of a scan cannot be read
     */
    State find(UnitInNetwork unit) {
        Network network = unit.network();
        Optional<String> place = laboratory.picturesOf(network);
        if (place.isEmpty()) {
            return new State(unit, place, 0, null, 0, Optional.empty(), null, Optional.empty(), null);
        }
        PictureSet set = laboratory.pictures(place.get());
        int count = set.pictures().size();
        Question<Scan.Arguments, Scanned> question =
                new Question<>(scan, Scan.Arguments.STANDARD, network, (double) work(network) * count);
        Inquiry<Scan.Arguments, Scanned> inquiry = questions.open(question);
        EffectiveField.Arguments arguments = EffectiveField.Arguments.of(unit.unit().at(Unit.EVERYWHERE).toString());
        Inquiry<EffectiveField.Arguments, EffectiveFields> inField = questions.open(new Question<>(
                laboratory.registry().analysis(EffectiveField.class), arguments, network,
                Costs.work(network, unit.unit(), 1, arguments.over())));
        Layer layer = network.layer(unit.unit().layer());
        Tap after = Tap.after(layer.name());
        Tap signed = layer.hasActivation() ? Tap.before(layer.name()) : after;
        try {
            Optional<StoredScans.Stored> stored = scans.find(network, set, after);
            if (stored.isEmpty()) {
                return new State(unit, place, count, inquiry, seconds(question, inquiry, set), Optional.empty(), null,
                        Optional.empty(), inField);
            }
            Scanned scanned = stored.get().scanned();
            ChannelScan channel = scanned.channel(after, unit.unit().channel());
            Degrees degrees = Degrees.of(channel);
            ChannelScan before = signed.equals(after) ? channel : scanned.channel(signed, unit.unit().channel());
            Subject subject = new Subject(unit, set, stored.get(), channel, degrees, before,
                    before == channel ? degrees : Degrees.of(before), signed, crops(network, after), Frame.of(network.input().shape(), stored.get().arguments().fitting()));
            Optional<StoredSpectra.Stored> spectrum = spectra.find(network, set, unit.unit())
                    .filter(drawn -> drawn.arguments().fitting() == stored.get().arguments().fitting());
            return new State(unit, place, count, inquiry, inquiry.seconds(), Optional.of(subject), degrees(unit, count),
                    spectrum, inField);
        } catch (IOException problem) {
            throw new UncheckedIOException("What the scan has found cannot be read: " + problem.getMessage(), problem);
        }
    }

    /** One pass serves all units of a layer, as far as the memory has room for them. */
    private Inquiry<FindSpectrum.Arguments, ActivationSpectra> degrees(UnitInNetwork unit, int count) {
        boolean isSmall = unit.network().shape(unit.network().layer(unit.unit().layer())).channels() <= MOST_TOGETHER;
        FindSpectrum.Arguments arguments = FindSpectrum.Arguments.of(
                isSmall ? unit.unit().layer() : unit.unit().at(Unit.EVERYWHERE).toString());
        return questions.open(new Question<>(laboratory.registry().analysis(FindSpectrum.class), arguments, unit.network(),
                Costs.work(unit.network(), unit.unit(), 1, count)));
    }

    /** Units of one layer share what is known of their positions. */
    private synchronized Crops crops(Network network, Tap tap) {
        if (network != cropped || !tap.equals(croppedTap)) {
            crops = new Crops(network, tap);
            cropped = network;
            croppedTap = tap;
        }
        return crops;
    }

    private static long work(Network network) {
        return Math.max(1, network.layers().stream().mapToLong(network::multiplications).sum());
    }

    /** Tried for a moment on some pictures where nothing of the kind was done before and the network is small. */
    private double seconds(Question<Scan.Arguments, Scanned> question, Inquiry<Scan.Arguments, Scanned> inquiry,
            PictureSet set) {
        if (questions.knowsCost(question) || inquiry.isWorking() || work(question.network()) > QUICK) {
            return inquiry.seconds();
        }
        Network network = question.network();
        int last = Math.min(TRIED, set.pictures().size());
        Frame frame = Frame.of(network.input().shape(), question.arguments().fitting());
        Set<Tap> deepest = Set.of(Tap.after(network.layers().get(network.layers().size() - 1).name()));
        return laboratory.run(network, session -> {
            long end = System.nanoTime() + TRIAL_NANOSECONDS;
            double least = Double.POSITIVE_INFINITY;
            // The first times are slower than all that follow.
            for (int time = 0; time < 2 || System.nanoTime() < end; time++) {
                long begun = System.nanoTime();
                set.read(0, last, frame).batch().ifPresent(batch -> session.activations(batch, deepest));
                least = Math.min(least, (System.nanoTime() - begun) / 1e9);
            }
            return least / last * set.pictures().size();
        });
    }
}
