package org.loupe.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.loupe.core.Analysis;
import org.loupe.core.Argument;
import org.loupe.core.Batch;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.Result;
import org.loupe.core.ResultFiles;
import org.loupe.core.network.Network;
import org.loupe.core.picture.Frame;
import org.loupe.core.picture.Picture;
import org.loupe.core.picture.PictureHeader;
import org.loupe.core.picture.PictureSet;

/** Which pictures a network is asked with, in a question, in the queue, and after a restart. */
class PicturesOfNetworksTest {

    private static final String PLUGIN = """
            <extension point="org.loupe.platform.analyses">
               <analysis id="com.acme.look" name="Look" class="org.loupe.platform.PicturesOfNetworksTest$Look"/>
            </extension>
            <extension point="org.loupe.platform.engines">
               <engine id="com.acme.plain" class="org.loupe.core.engine.ReferenceEngine"/>
            </extension>
            <extension point="org.loupe.platform.networks">
               <network id="com.acme.tiny" class="org.loupe.platform.Contributions$Tiny"/>
            </extension>
            <extension point="org.loupe.platform.networkReaders">
               <reader id="com.acme.reader" extension="loupe" class="org.loupe.platform.LoupeFileReader"/>
            </extension>
            <extension point="org.loupe.platform.pictureSets">
               <set id="com.acme.own" class="org.loupe.platform.PicturesOfNetworksTest$Own"/>
               <set id="com.acme.other" class="org.loupe.platform.PicturesOfNetworksTest$Other"/>
            </extension>
            """;

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private Laboratory laboratory;
    private Network network;

    @BeforeEach
    void open() {
        laboratory = Laboratory.open(folder, new Registry(Contributions.registry(PLUGIN), (message, cause) -> notices.add(message)),
                EngineChoice.ANY, notices::add);
        network = laboratory.networks().get(0);
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aNetworkIsAskedWithTheSetOfItsPluginUntilAnotherOneIsChosen() {
        assertEquals(Optional.of("own"), laboratory.picturesOf(network));
        laboratory.choosePictures(network, "other");
        assertEquals(Optional.of("other"), laboratory.picturesOf(network));
    }

    @Test
    void aNetworkOfThePersonsHasNoPicturesUntilTheyAreChosen() {
        Network mine = Contributions.network("mine", "");
        assertEquals(Optional.empty(), laboratory.picturesOf(mine));
        laboratory.choosePictures(mine, "own");
        assertEquals(Optional.of("own"), laboratory.picturesOf(mine));
    }

    @Test
    void aSetIsOpenedOnceAndClosedWithTheLaboratory() {
        Nothing set = (Nothing) laboratory.pictures("own");
        assertSame(set, laboratory.pictures("own"));
        laboratory.close();
        assertTrue(set.isClosed);
        assertThrows(IllegalArgumentException.class, () -> laboratory.pictures("nowhere"));
    }

    @Test
    void aJobLooksAtThePicturesAndOneThatWasInterruptedAtTheSameOnes() throws InterruptedException {
        Registered<Analysis<Look.Arguments, Seen>> look = laboratory.registry().analysis(Look.class);
        AnalysisJob<Look.Arguments, Seen> job = new AnalysisJob<>(laboratory, look, new Look.Arguments(0), network);
        job.schedule();
        job.join();
        assertEquals("own", job.result().orElseThrow().name());
        laboratory.choosePictures(network, "other");
        AnalysisJob<Look.Arguments, Seen> endless = new AnalysisJob<>(laboratory, look,
                new Look.Arguments(Integer.MAX_VALUE), network);
        AtomicReference<String> begun = new AtomicReference<>();
        endless.onProgress(share -> begun.set("yes"));
        endless.schedule();
        while (begun.get() == null) {
            Thread.onSpinWait();
        }
        laboratory.choosePictures(network, "own");
        laboratory.close();
        open();
        List<AnalysisJob<?, ?>> interrupted = laboratory.interrupted();
        assertEquals(1, interrupted.size());
        AtomicReference<Seen> seen = new AtomicReference<>();
        @SuppressWarnings("unchecked") // it is the job of above
        AnalysisJob<Look.Arguments, Seen> same = (AnalysisJob<Look.Arguments, Seen>) interrupted.get(0);
        same.onProgress(share -> same.cancel()).onAnswer(seen::set).schedule();
        same.join();
        assertEquals(new Seen("other", true), seen.get());
    }

    @Test
    void withoutPicturesTheJobSaysWhatIsMissing() throws InterruptedException {
        Registered<Analysis<Look.Arguments, Seen>> look = laboratory.registry().analysis(Look.class);
        AnalysisJob<Look.Arguments, Seen> job = new AnalysisJob<>(laboratory, look, new Look.Arguments(0),
                Contributions.network("mine", ""));
        job.schedule();
        job.join();
        assertTrue(job.getResult().getMessage().contains("needs pictures"), job.getResult().getMessage());
    }

    /** Looks what the pictures are called. */
    public static final class Look implements Analysis<Look.Arguments, Seen> {

        /** How long to look. */
        public record Arguments(@Argument(label = "Steps", help = "How long to look.") int steps) {
        }

        @Override
        public Class<Arguments> arguments() {
            return Arguments.class;
        }

        @Override
        public boolean needsPictures() {
            return true;
        }

        @Override
        public Seen run(Material material, Arguments arguments, Observer<? super Seen> observer) {
            int step = 0;
            while (step < arguments.steps() && observer.report(step, arguments.steps(), "looking")) {
                step++;
            }
            return new Seen(material.requirePictures().set().name(), step < arguments.steps());
        }

        @Override
        public Seen load(ResultFiles files) {
            throw new UnsupportedOperationException("nothing is stored here");
        }
    }

    /** A name. */
    public record Seen(String name, boolean isPartial) implements Result {
        @Override
        public void save(ResultFiles files) {
            // Only the recipe matters.
        }
    }

    /** One set. */
    public static final class Own implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new Nothing("own");
        }
    }

    /** Another one. */
    public static final class Other implements Supplier<PictureSet> {
        @Override
        public PictureSet get() {
            return new Nothing("other");
        }
    }

    private static final class Nothing implements PictureSet {
        private final String name;
        private boolean isClosed;

        Nothing(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Picture> pictures() {
            return List.of();
        }

        @Override
        public List<String> classes() {
            return List.of();
        }

        @Override
        public Optional<String> hash(Progress progress) {
            return Optional.of("hash of " + name);
        }

        @Override
        public PictureHeader header(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public void read(int index, Frame frame, Batch batch, int image) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }
}
