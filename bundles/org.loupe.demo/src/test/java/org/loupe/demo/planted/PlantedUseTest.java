package org.loupe.demo.planted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.core.Material;
import org.loupe.core.Observer;
import org.loupe.core.Progress;
import org.loupe.core.ResultFiles;
import org.loupe.core.circuit.MeasureUse;
import org.loupe.core.circuit.MeasureUse.Baseline;
import org.loupe.core.circuit.MeasureUse.By;
import org.loupe.core.circuit.UsedInputs;
import org.loupe.core.circuit.UsedInputs.Example;
import org.loupe.core.engine.ReferenceEngine;
import org.loupe.core.engine.Session;
import org.loupe.core.picture.Fitting;
import org.loupe.demo.pictures.PartPictureSet;

class PlantedUseTest {

    private final PlantedNetwork parts = PlantedNetwork.parts();

    @ParameterizedTest
    @CsvSource({"MEAN, PATH, p2, 1e-3", "ZERO, PATH, p1, 1e-3", "MEAN, PATH, p1, 1e-3",
        "ZERO, ACTIVATIONS, p2, 1e-4"})
    void contributionsAddUpToWhatTheTargetIsBeyondTheBaseline(Baseline baseline, By by, String layer, double tolerance) {
        UsedInputs found = found("p3:2", layer, by, baseline, layer.equals("p2") ? 4 : 256, 1, "", Progress.NONE);
        for (Example example : found.examples()) {
            double difference = example.score() - example.base();
            assertTrue(Math.abs(difference) > .05, "nothing to explain: " + difference);
            assertEquals(1, example.total() / difference, tolerance);
        }
    }

    @Test
    void theCarUsesWhatItWasWiredFrom() {
        UsedInputs found = found("p3:2", "", By.PATH, Baseline.ZERO, 4, 4, "", Progress.NONE);
        assertEquals("p2", found.layer());
        List<Integer> planted = parts.edges().stream().filter(edge -> edge.to().toString().equals("p3:2"))
                .map(edge -> edge.from().channel()).toList();
        for (int input = 0; input < found.inputs().size(); input++) {
            assertEquals(planted.contains(input), found.inputs().get(input).norm() > 0, "weights of " + input);
            assertTrue(planted.contains(input) || found.mean(input) == 0, "use of " + input);
        }
        assertTrue(planted.containsAll(found.byUse().subList(0, 2)));
        assertTrue(found.agreement().correlation() > .5, found.text());
        UsedInputs.Interval interval = found.interval(found.byUse().get(0));
        assertTrue(interval.low() <= interval.mean() && interval.mean() <= interval.high());
        assertTrue(found.mean(found.byUse().get(0)) > found.others().stream()
                .mapToDouble(one -> one.contributions()[found.byUse().get(0)]).average().orElseThrow());
        assertTrue(found.text().contains("100.00 % of the difference"), found.text());
    }

    @Test
    void onePictureIsExplainedByItself() {
        UsedInputs found = found("p3:2", "", By.PATH, Baseline.ZERO, 4, 4, "wheel/3", Progress.NONE);
        assertEquals(List.of("wheel/3"), found.examples().stream().map(Example::picture).toList());
        assertEquals(List.of(), found.others());
        assertEquals(1, found.sheets().size());
        assertTrue(found.text().contains("the picture wheel/3"), found.text());
    }

    @Test
    void stoppingKeepsThePicturesThatWereMeasuredAndTheSameQuestionGivesTheSameBytes() throws IOException {
        UsedInputs stopped = found("p3:2", "", By.PATH, Baseline.ZERO, 4, 4, "", (done, total, what) -> !what.startsWith("Attr")
                || done < 8);
        assertTrue(stopped.isPartial());
        assertEquals(2, stopped.examples().size());
        UsedInputs nothing = found("p3:2", "", By.PATH, Baseline.ZERO, 4, 4, "", (done, total, what) -> false);
        assertEquals(List.of(), nothing.sheets());
        UsedInputs found = found("p3:2", "", By.PATH, Baseline.ZERO, 4, 4, "", Progress.NONE);
        assertEquals(2, found.sheets().size());
        Map<String, byte[]> first = new HashMap<>();
        Map<String, byte[]> second = new HashMap<>();
        found.save(files(first));
        found("p3:2", "", By.PATH, Baseline.ZERO, 4, 4, "", Progress.NONE).save(files(second));
        assertArrayEquals(first.get("use.tsv"), second.get("use.tsv"));
        assertEquals(found, new MeasureUse().load(files(first)));
        first.put("use.tsv", "x\ty".getBytes(StandardCharsets.UTF_8));
        assertThrows(IOException.class, () -> new MeasureUse().load(files(first)));
    }

    @Test
    void whatHasNoInputsOrIsNoPictureIsRefused() {
        assertTrue(refused("p1:0", "", "").contains("nothing but the picture"));
        assertTrue(refused("p3:2", "", "sheep/3").contains("Write a name such as"));
        assertTrue(refused("p3:2", "p4", "").contains("does not read p4"));
    }

    private String refused(String unit, String layer, String only) {
        return assertThrows(RuntimeException.class, () -> found(unit, layer, By.PATH, Baseline.ZERO, 2, 2, only,
                Progress.NONE)).getMessage();
    }

    private UsedInputs found(String unit, String layer, By by, Baseline baseline, int steps, int examples, String only,
            Progress progress) {
        try (Session session = new ReferenceEngine().open(parts.network())) {
            Observer<UsedInputs> observer = progress::report;
            return new MeasureUse().run(new Material(session, Optional.of(new Material.Pictures(new PartPictureSet(4),
                    Path.of("unused")))), new MeasureUse.Arguments(List.of(unit), layer, by, baseline, steps, only, 24, examples, 0,
                    Fitting.COVER), observer);
        }
    }

    private static ResultFiles files(Map<String, byte[]> kept) {
        return new ResultFiles() {
            @Override
            public byte[] read(String name) {
                return kept.get(name);
            }

            @Override
            public void write(String name, byte[] content) {
                kept.put(name, content);
            }
        };
    }
}
